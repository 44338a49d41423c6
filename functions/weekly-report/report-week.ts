import { addDays, nextOpen, startOfDay } from '../group/business-time.ts';
import type { Store } from '../group/group.ts';
import type { Context } from '../handoff/context.ts';
import { type OwnEmail, queueOwnEmail } from '../handoff/own-emails.ts';
import { hasNumbers, type WeeklySummary } from '../numbers/weekly/summary.ts';
import { departmentOf, type StaffMember } from '../people/staff.ts';
import { managersToTell, readersAt, receiversOf } from './readers.ts';
import type { WeeklyReport } from './weekly-report.ts';

const DAYS_OF_WEEK = 7;

/**
 * Queues the week's emails about a store's numbers; undefined if they were queued before. Each is sent when its
 * reader's department opens, with the numbers counted now, even if there are none yet.
 */
export function reportWeek(
  before: WeeklyReport,
  counted: WeeklySummary,
  context: Context,
): WeeklyReport | undefined {
  if (!isNews(before, counted) || isAsleep(context.store, counted)) return undefined;
  const summary = withMonthlyOnce(before, counted);
  const readers = readersAt(context.roster, context.today);
  const managers = managersToTell(context.roster, {
    today: context.today,
    readers,
    alarms: summary.alarms,
  });
  const emails = [
    ...readers.map((reader) => ({ reader, message: 'weekly-report' })),
    ...managers.map((reader) => ({ reader, message: 'team-this-month' })),
  ];
  return queued(
    reported(before, summary),
    summary.week,
    context,
    emails.map(({ reader, message }) => ({
      message,
      to: { staff: reader.employeeNumber },
      notBefore: opensFor(reader, context),
    })),
  );
}

/** The same for the whole group, to the addresses in the group's file. */
export function reportWeekOfGroup(
  before: WeeklyReport,
  counted: WeeklySummary,
  context: Context,
): WeeklyReport | undefined {
  if (!isNews(before, counted)) return undefined;
  const summary = withMonthlyOnce(before, counted);
  const notBefore = nextOpen(context.calendar('sales'), context.now);
  return queued(
    reported(before, summary),
    summary.week,
    context,
    receiversOf(context.group).map(({ id }) => ({ message: 'weekly-report', to: { staff: id }, notBefore })),
  );
}

/** A week is not reported twice if it is counted again or its event repeats. */
const isNews = (before: WeeklyReport, counted: WeeklySummary): boolean =>
  before.summary?.week !== counted.week;

const monthOf = ({ today }: WeeklySummary): string => today.slice(0, 'YYYY-MM'.length);

/** A store in mode `off` where nothing has happened yet: nobody waits for its report. */
const isAsleep = ({ mode }: Store, counted: WeeklySummary): boolean => mode === 'off' && !hasNumbers(counted);

/** Alarms and proposals are included once a month, in its first report. */
const withMonthlyOnce = ({ toldInMonth }: WeeklyReport, summary: WeeklySummary): WeeklySummary =>
  toldInMonth === monthOf(summary) ? { ...summary, alarms: [], proposals: [] } : summary;

const reported = (before: WeeklyReport, summary: WeeklySummary): WeeklyReport => ({
  ...before,
  summary,
  toldInMonth: monthOf(summary),
});

/** A reader who is off today gets it on their next working day. */
const opensFor = (reader: StaffMember, { now, calendar }: Context): string =>
  nextOpen(calendar(departmentOf(reader), reader), now);

/** Emails lapse at the end of the week, because next week's report replaces them. */
function queued(
  report: WeeklyReport,
  week: string,
  { now, store }: Context,
  emails: readonly (OwnEmail & { readonly notBefore: string })[],
): WeeklyReport {
  const lapsesAt = startOfDay(store.timeZone, addDays(week, DAYS_OF_WEEK));
  return emails
    .filter(({ notBefore }) => notBefore < lapsesAt)
    .reduce<WeeklyReport>((current, email) => queueOwnEmail(current, now, { ...email, lapsesAt }), {
      ...report,
      updatedAt: now,
    });
}
