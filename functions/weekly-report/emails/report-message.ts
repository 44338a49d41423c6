import type { Group, Store } from '../../group/group.ts';
import type { Task } from '../../handoff/task.ts';
import type { Email } from '../../mail/message.ts';
import type { LineContext } from '../../my-day/emails/day-message.ts';
import type { WeeklySummary } from '../../numbers/weekly/summary.ts';
import type { Role } from '../../people/staff.ts';

/** What a manager can do something about today. */
export interface ToActOn {
  /** The store's overdue handoffs, oldest first. */
  readonly overdue: readonly Task[];
  /** Whose customers did not come back for their first service in the last week. */
  readonly toSave: readonly Task[];
}

/** The input of an email of the weekly report, as of the moment of sending. */
export interface ReportContext {
  readonly group: Group;
  /** Left out in the report of the group. */
  readonly store?: Store;
  readonly summary: WeeklySummary;
  /** Left out for whoever has no role at a store. */
  readonly role?: Role;
  readonly nameOf: (who: string) => string;
  /** Left out where it is about no store. */
  readonly toActOn?: ToActOn;
  /** What lines about handoffs are written from; their links open below the reader's own page. */
  readonly lines?: LineContext;
  /** The page of the numbers. */
  readonly link?: string;
}

/** Undefined if there is nothing to say. */
export type ReportMessage = (context: ReportContext) => Email | undefined;
