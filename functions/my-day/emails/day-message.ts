import type { Customer, Vehicle } from '../../contracts/fields.ts';
import type { Store } from '../../group/group.ts';
import type { Task } from '../../handoff/task.ts';
import type { Email, TaskWords } from '../../mail/message.ts';
import type { StaffMember } from '../../people/staff.ts';
import type { Worklist } from '../worklist.ts';

/** What a list says of one task. */
export interface TaskInList {
  readonly words: Pick<TaskWords, 'name' | 'toAccept' | 'toComplete'> & {
    readonly heldBack: (task: Task) => string | undefined;
  };
  readonly customer: Customer | undefined;
  readonly vehicle: Vehicle | undefined;
}

/** What a person's own email is written from: what is open at the moment of sending, and no task in particular. */
export interface DayContext {
  readonly worklist: Worklist;
  readonly store: Store;
  /** An instant in UTC. */
  readonly now: string;
  /** Anybody of the store's roster who is employed today. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  readonly about: (task: Task) => TaskInList;
  /** The reader's own link to their open tasks. */
  readonly link?: string;
  /** The reader asked for the list. */
  readonly wasAskedFor: boolean;
}

export type DayMessage = (context: DayContext) => Email;
