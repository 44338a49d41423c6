import type { Group, Store } from '../../group/group.ts';
import type { Task } from '../../handoff/task.ts';
import type { Email } from '../../mail/message.ts';
import type { LineContext } from '../../my-day/emails/day-message.ts';
import type { WeeklySummary } from '../../numbers/weekly/summary.ts';
import type { Role } from '../../people/staff.ts';

/** What a manager can act on today. */
export interface ToActOn {
  /** The store's overdue handoffs, oldest first. */
  readonly overdue: readonly Task[];
  /** Last week's first-service handoffs whose customer did not come back. */
  readonly toSave: readonly Task[];
}

/** The input of a weekly-report email, at the moment of sending. */
export interface ReportContext {
  readonly group: Group;
  /** Missing in the group's report. */
  readonly store?: Store;
  readonly summary: WeeklySummary;
  /** Missing for a reader who has no role at a store. */
  readonly role?: Role;
  readonly nameOf: (who: string) => string;
  /** Missing in a report that is not about a store. */
  readonly toActOn?: ToActOn;
  /** What lines about handoffs need; their links open below the reader's own page. */
  readonly lines?: LineContext;
  /** The link to the page of the numbers. */
  readonly link?: string;
}

/** Returns undefined if there is nothing to say. */
export type ReportMessage = (context: ReportContext) => Email | undefined;
