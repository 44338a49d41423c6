import type { Store } from '../../group/group.ts';
import type { Email } from '../../mail/message.ts';
import type { StaffMember } from '../../people/staff.ts';
import type { Desk } from '../my-day.ts';

/** What a person's own email is written from: what is open at the moment of sending, and no task in particular. */
export interface DayContext {
  readonly desk: Desk;
  readonly store: Store;
  /** An instant in UTC. */
  readonly now: string;
  /** Anybody of the store's roster who is employed today. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  /** The reader's own link to their open tasks. */
  readonly link?: string;
  readonly note: Readonly<Record<string, string>>;
}

export type DayMessage = (context: DayContext) => Email;
