import type { Store } from '../domain/group.ts';
import type { Desk } from '../domain/my-day.ts';
import type { StaffMember } from '../domain/staff.ts';
import type { Email } from './message.ts';

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
