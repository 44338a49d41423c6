import type { EmailEntry } from '../handoff/outbox-entry.ts';
import type { Secrets } from '../links/paths.ts';
import { isReport, type OwnItem } from '../my-day/outbox-owner.ts';
import { type DayServices, writeDayEmail } from './write-day-email.ts';
import type { WritingContext, Written } from './write-email.ts';
import { type ReportServices, writeReportEmail } from './write-report-email.ts';

/** Writes an email of an item that is not a handoff; each type of item has one line here. */
export function writeOwnEmail(
  services: DayServices & ReportServices,
  item: OwnItem,
  entry: EmailEntry,
  secrets: Secrets,
  context: WritingContext,
): Promise<Written> {
  return isReport(item)
    ? writeReportEmail(services, item, entry, secrets, context)
    : writeDayEmail(services, item, entry, secrets, context);
}
