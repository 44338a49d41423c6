import type { Customer, Vehicle } from '../../contracts/fields.ts';
import type { Reconciliation } from '../../crm/reconciliation.ts';
import type { Group, Store } from '../../group/group.ts';
import type { Task } from '../../handoff/task.ts';
import type { Attachment, CallRow, Email, Line, TaskWords } from '../../mail/message.ts';
import type { StaffMember } from '../../people/staff.ts';
import type { Worklist } from '../worklist.ts';

/** The facts about one task in a list, with what is known of contacting its customer. */
export interface TaskInList {
  readonly words: Pick<TaskWords, 'name' | 'toAccept' | 'toComplete' | 'isWaiting'> & {
    readonly heldBack: (task: Task) => string | undefined;
  };
  readonly customer: Customer | undefined;
  readonly vehicle: Vehicle | undefined;
  /** For a task that is worked by phone. */
  readonly call: CallRow | undefined;
}

/** The line of an email that waited for this list. */
export interface ListedEmail {
  readonly task: Task;
  /** The name of the message. */
  readonly message: string;
  readonly line: Line;
  readonly attachments: readonly Attachment[];
  /** Whether this email assigned the task to the reader. */
  readonly isAssignment: boolean;
}

/** The input of a person's own email: what is open when the email is written. It belongs to no single task. */
export interface DayContext {
  readonly worklist: Worklist;
  readonly group: Group;
  readonly listed: readonly ListedEmail[];
  /** What happened to the leads that the CRM got, for whoever manages Sales. */
  readonly leads?: Reconciliation;
  readonly store: Store;
  /** An instant in UTC. */
  readonly now: string;
  /** Looks up a current employee of the store. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  readonly about: (task: Task) => TaskInList;
  /** The reader's own link to their open tasks. */
  readonly link?: string;
  /** Set if the reader asked for the list. */
  readonly wasAskedFor: boolean;
}

/** The facts from which the line of one handoff is written. */
export type LineContext = Pick<DayContext, 'store' | 'now' | 'person' | 'about' | 'link'>;

/** Undefined if there is nothing to write about; then no email is sent. */
export type DayMessage = (context: DayContext) => Email | undefined;
