import type { Customer, Vehicle } from '../../contracts/fields.ts';
import type { Reconciliation } from '../../crm/reconciliation.ts';
import type { Group, Store } from '../../group/group.ts';
import type { Task } from '../../handoff/task.ts';
import type { Attachment, CallRow, Email, Line, TaskWords } from '../../mail/message.ts';
import type { StaffMember } from '../../people/staff.ts';
import type { Worklist } from '../worklist.ts';

/** The words about one task in a list, by what is known of contacting its customer. */
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
  /** Its name. */
  readonly message: string;
  readonly line: Line;
  readonly attachments: readonly Attachment[];
  /** It gave the task to the reader. */
  readonly isAssignment: boolean;
}

/** The input of a person's own email: what is open at the moment of sending. It belongs to no single task. */
export interface DayContext {
  readonly worklist: Worklist;
  readonly group: Group;
  readonly listed: readonly ListedEmail[];
  /** What became of the leads that the CRM got, for whoever manages Sales. */
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

/** What the line of one handoff is written from. */
export type LineContext = Pick<DayContext, 'store' | 'now' | 'person' | 'about' | 'link'>;

/** An email about nothing is not sent. */
export type DayMessage = (context: DayContext) => Email | undefined;
