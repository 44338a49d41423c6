import type { EmailKind } from '../customers/opt-outs.ts';
import type { Instant } from '../group/business-time.ts';
import type { Department } from '../group/group.ts';
import { hash } from '../group/hash.ts';
import type { Context } from './context.ts';
import type { MessageOf, OutcomeOf, Task } from './task.ts';

/** What the assignee has to do in time: accept it, and finish it. */
export type Limit = 'accept' | 'complete';

/** The constants of a kind that its own decisions and the shared code need. */
export interface KindTraits<T extends Task = Task> {
  readonly kind: T['kind'];
  /** The department whose people take it and whose opening hours count. */
  readonly department: Department;
  /** The email that assigns the handoff, for its current state. */
  readonly assignmentMessage: (task: T) => MessageOf<T>;
  /** The outcome when nobody finishes it. */
  readonly unfinished: OutcomeOf<T>;
  /**
   * Sent to the assignee alone when nobody finishes it. Left out: everybody who was notified of the handoff gets the closing
   * email.
   */
  readonly unfinishedNotice?: MessageOf<T>;
  /** The opt-out category that covers this kind's emails. */
  readonly emailKind: EmailKind;
  /** When there is first something to do: if later than the assignment, the limits count from then. */
  readonly limitsFrom?: (task: T, context: Pick<Context, 'group' | 'store'>) => Instant | undefined;
  /** Whether anybody waits for an answer. Left out: always. If not, there are no reminders and no escalation. */
  readonly hasLimits?: (task: T) => boolean;
  /** Dates that postpone closing it as unfinished, in addition to the day of assignment. */
  readonly unfinishedFrom?: (task: T, timeZone: string) => readonly string[];
  /** The limits for which the customer waits at the store: if one passes, a manager is notified at once. */
  readonly isWaitedFor?: readonly Limit[];
  /** Until when there is nothing to do for this limit, which starts to count then. Undefined: it counts now. */
  readonly restsUntil?: (task: T, limit: Limit) => string | undefined;
}

/** Of any variant of the subject. */
type NameIn<Subject> = Subject extends unknown ? keyof Subject & string : never;

/** Adds the subject fields that identify a handoff, such as the deal number; unique per store only. */
export interface NamedTraits<T extends Task> extends KindTraits<T> {
  readonly numbers: readonly NameIn<T['subject']>[];
}

/**
 * Opaque and ASCII, for links and SES tags: the same business fact always gives the same id. `numbers`, such as the deal
 * number, are unique only within a store and one use of the number.
 */
export const taskIdOf = (kind: string, storeId: string, numbers: readonly string[], use = 1): string =>
  hash([kind, storeId, ...numbers, ...(use === 1 ? [] : [`use ${use}`])]).slice(0, 32);
