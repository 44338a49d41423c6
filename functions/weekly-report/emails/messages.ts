import type { ReportMessage } from './report-message.ts';
import { teamThisMonth } from './team-this-month.ts';
import { weeklyReportMessage } from './weekly-report.ts';

/** The emails of the weekly report, by the name under which they are queued. */
export const reportMessages = {
  'weekly-report': weeklyReportMessage,
  'team-this-month': teamThisMonth,
} as const satisfies Record<string, ReportMessage>;
export type ReportMessageName = keyof typeof reportMessages;

const byName: ReadonlyMap<string, ReportMessage> = new Map(Object.entries(reportMessages));
/** Undefined if only an older or newer release has it. */
export const findReportMessage = (name: string): ReportMessage | undefined => byName.get(name);
