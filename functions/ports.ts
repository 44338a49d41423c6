import type { AddressRecord } from './customers/opt-outs.ts';
import type { Remark } from './customers/statements.ts';
import type { SendResult } from './handoff/outbox.ts';
import type { OutgoingEvent } from './handoff/outgoing-events.ts';
import type { AnyTask } from './handoffs/kinds.ts';
import type { Person, Visit } from './history/visits.ts';
import type { MyDay } from './my-day/my-day.ts';
import type { Item } from './my-day/outbox-owner.ts';
import type { StoreSchedule } from './my-day/store-schedule.ts';
import type { Roster } from './people/staff.ts';
import type { Decision } from './readiness/decision.ts';

/** What the use cases need of the world. functions/adapters implements each; tests and the simulation, too. */
export interface Clock {
  /** The instant, in UTC with milliseconds. */
  now(): string;
}

export interface Random {
  /** 256 random bits, base64url: the secret of one link. */
  secret(): string;
  /** An id that no other call gives. */
  id(): string;
  /** From 0 up to 1, for jitter. */
  jitter(): number;
}

export interface TaskStore {
  /** As it stands now: a consistent read. */
  read(taskId: string): Promise<AnyTask | undefined>;
  /**
   * Writes the item as its next version. False where somebody else wrote since it was read: read again and decide
   * again. The item given carries the version that was read, 0 for a new one.
   */
  write(item: Item): Promise<boolean>;
  readDay(dayId: string): Promise<MyDay | undefined>;
  readSchedule(storeId: string): Promise<StoreSchedule | undefined>;
  writeSchedule(schedule: StoreSchedule): Promise<boolean>;
  /** Items with a deadline or an outbox entry due up to `now`, oldest first. The index may lag: read before deciding. */
  findDue(now: string, page?: string): Promise<{ found: readonly DueItem[]; next?: string }>;
  /** Ids of the tasks that are open with a person, or snoozed by them. The index may lag, here and below. */
  findOfPerson(storeId: string, employeeNumber: string): Promise<readonly string[]>;
  findOfStore(storeId: string): Promise<readonly string[]>;
  /** Those that were completed since an instant. */
  findDone(storeId: string, since: string): Promise<readonly string[]>;
}

export interface DueItem {
  readonly is: 'task' | 'day' | 'store';
  readonly id: string;
  readonly dueAt: string;
}

export interface RosterReader {
  /** The store's people, at most a minute old. */
  read(storeId: string): Promise<Roster>;
}

export interface AddressBook {
  read(address: string): Promise<AddressRecord>;
  /** Changes what is known; a change to the same record writes nothing. */
  change(address: string, next: (known: AddressRecord) => AddressRecord): Promise<AddressRecord>;
}

/** Mail to this address of a person bounced. */
export interface StaffBounce {
  readonly storeId: string;
  readonly employeeNumber: string;
  readonly address: string;
  readonly at: string;
}

export interface StaffAddresses {
  /** Marks the roster's row, as long as it still has that address: a late bounce says nothing of a corrected one. */
  flagBounced(bounce: StaffBounce): Promise<void>;
}

export interface OutgoingEmail {
  readonly fromName: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly { fileName: string; contentType: string; content: string }[];
  /** Opaque ids, so that what SES tells finds the entry. */
  readonly tags: { readonly task: string; readonly entry: string };
}

export interface Mailer {
  /** One attempt. Never throws: what cannot be said is `unknown`. */
  send(email: OutgoingEmail): Promise<SendResult>;
  /** No email leaves for now: what is owed is left as it is instead of being tried. */
  readonly isClosed?: boolean;
}

/** Waits so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

export interface EventBus {
  /** One attempt for all, an answer for each. Never throws. */
  put(events: readonly OutgoingEvent[]): Promise<readonly SendResult[]>;
}

export interface Refusal {
  /** The envelope's id, or another that a second delivery of the same gives again. */
  readonly id: string;
  readonly at: string;
  /** Where it ended: refused by a contract, unknown to every rule, or a queue after all tries failed. */
  readonly queue: 'refused' | 'unknown event' | 'rule' | 'function';
  /** Whose event it was: who puts it back invokes that function, where the bus takes the source from nobody else. */
  readonly functionName?: string | undefined;
  /** For a person: fields and what was expected, never their values. */
  readonly reason: string;
  readonly source: string;
  readonly detailType: string;
  /** The event's detail as JSON text, whatever it is. */
  readonly detail: string;
  /** How large the whole detail was, where only its beginning is kept. */
  readonly wholeBytes?: number | undefined;
}

export interface RefusalStore {
  /** Keeping the same refusal again changes nothing. */
  keep(refusal: Refusal): Promise<void>;
}

export interface HistoryStore {
  record(visit: Visit): Promise<void>;
  /** The order never was: its visit, come or still to come, counts for nothing. `at` is when it was voided. */
  void(storeId: string, roNumber: string, at: string): Promise<void>;
  /** The visits of the last 24 months, and since when someone is a service customer. */
  read(person: Person, today: string): Promise<{ visits: readonly Visit[]; customerSince?: string }>;
}

/** Who is remembered: by number at one store, and by address, where it is known, at all of them. */
export interface Remembered {
  readonly storeId: string;
  readonly customerNumber: string;
  readonly email?: string | undefined;
}

export interface CustomerMemory {
  read(customer: Remembered): Promise<readonly Remark[]>;
  /** Keeping the same remark again, or an older word than is known, changes nothing. Answers all that is known then. */
  keep(customer: Remembered, remark: Remark): Promise<readonly Remark[]>;
}

/** Every decision about an upgrade conversation, with all that it rested on: what why and what-if are answered from. */
export interface DecisionStore {
  /** One for each version of a quote: deciding it again replaces it. */
  keep(decision: Decision): Promise<void>;
}

/** Places under a cap. A place belongs to a task: claiming it again gives the same place. */
export interface Claims {
  holders(what: string): Promise<readonly { taskId: string; at: string }[]>;
  /** False where all places since then are taken by others. */
  claim(cap: { what: string; places: number; since: string }, taskId: string, now: string): Promise<boolean>;
  /** Counts a task under the cap without a limit. */
  note(cap: { what: string; since: string }, taskId: string, now: string): Promise<void>;
  release(what: string, taskId: string): Promise<void>;
}
