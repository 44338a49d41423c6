import type { UnknownLead } from './crm/reconciliation.ts';
import type { LookUp } from './customers/identity.ts';
import type { Feed, HeardFeed, RefusedEvents } from './group/feeds.ts';
import type { ReadFeed } from './group/late-feeds.ts';
import type { GoodVersion, VersionOfFact } from './group/refused-fact.ts';
import type { SendResult } from './handoff/outbox.ts';
import type { OutgoingEvent } from './handoff/outgoing-events.ts';
import type { AnyTask } from './handoffs/kinds.ts';
import type { Letter } from './leavers/letter.ts';
import type { LedgerFact } from './ledger/facts.ts';
import type { MyDay } from './my-day/my-day.ts';
import type { Item } from './my-day/outbox-owner.ts';
import type { StoreSchedule } from './my-day/store-schedule.ts';
import type { Roster } from './people/staff.ts';
import type { UnknownNumber } from './people/unknown-numbers.ts';
import type { Decision } from './readiness/decision.ts';
import type { Arm } from './readiness/holdout.ts';
import type { WeeklyReport } from './weekly-report/weekly-report.ts';

/**
 * What use cases need from outside. functions/adapters implements each port for AWS; tests and the simulation have
 * their own implementations.
 */
export interface Clock {
  /** The current instant, in UTC with milliseconds. */
  now(): string;
}

export interface Random {
  /** 256 random bits in base64url: the secret of one link. */
  secret(): string;
  /** A unique id. */
  id(): string;
  /** From 0 up to 1, for jitter. */
  jitter(): number;
}

export interface TaskStore {
  /** A consistent read. */
  read(taskId: string): Promise<AnyTask | undefined>;
  /**
   * Writes the item as its next version. False if it was changed since the read: read and decide again. The given
   * item carries the version that was read, 0 for a new one.
   */
  write(item: Item): Promise<boolean>;
  readDay(dayId: string): Promise<MyDay | undefined>;
  readReport(reportId: string): Promise<WeeklyReport | undefined>;
  readLetter(letterId: string): Promise<Letter | undefined>;
  readSchedule(storeId: string): Promise<StoreSchedule | undefined>;
  writeSchedule(schedule: StoreSchedule): Promise<boolean>;
  /**
   * Items with a deadline or an outbox entry due up to `now`, oldest first. The index may lag: read before deciding.
   */
  findDue(now: string, page?: string): Promise<{ found: readonly DueItem[]; next?: string }>;
  /** Ids of the person's open and snoozed tasks. This index and those below may lag. */
  findOfPerson(storeId: string, employeeNumber: string): Promise<readonly string[]>;
  findOfStore(storeId: string): Promise<readonly string[]>;
  /** Ids of a person's tasks that ended since an instant because the customer did not come back. */
  findLost(storeId: string, employeeNumber: string, since: string): Promise<readonly string[]>;
  /** Ids of the tasks completed since an instant, and of those that ended because the customer did not come back. */
  findDone(storeId: string, since: string): Promise<readonly string[]>;
}

export interface DueItem {
  readonly is: 'task' | 'day' | 'report' | 'store' | 'feed-file' | 'campaign' | 'letter';
  /** The id of a feed's file is made of the feed, the time it was dropped, and the file, joined by `#`. */
  readonly id: string;
  readonly dueAt: string;
}

export interface RosterReader {
  /** The store's people, at most a minute old. */
  read(storeId: string): Promise<Roster>;
}

export interface UnknownNumbers {
  /** Idempotent for the same deal or order. */
  keep(unknown: UnknownNumber): Promise<void>;
}

/** Mail to this address of a person bounced. */
export interface StaffBounce {
  readonly storeId: string;
  readonly employeeNumber: string;
  readonly address: string;
  readonly at: string;
}

export interface StaffAddresses {
  /** Flags the person's row if it still has that address; a late bounce must not flag a corrected one. */
  flagBounced(bounce: StaffBounce): Promise<void>;
}

export interface OutgoingEmail {
  readonly fromName: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  /** Missing if a program reads the email, such as a lead for a CRM: then the text is everything. */
  readonly html?: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly { fileName: string; contentType: string; content: string }[];
  /** Opaque ids that link SES events to the outbox entry. */
  readonly tags: { readonly task: string; readonly entry: string };
}

export interface Mailer {
  /**
   * Never throws; an unclear outcome is `unknown`. It makes one attempt. A mailer that paces SES tries again if SES
   * was sent too much at once, but only while `isStillOwed` is true: the handoff may have ended since the email was
   * written.
   */
  send(email: OutgoingEmail, isStillOwed?: () => Promise<boolean>): Promise<SendResult>;
  /** SES accepts no email for now, so queued emails are left alone instead of being tried. */
  readonly isClosed?: boolean;
}

/** Waits for the given milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

export interface EventBus {
  /** One attempt, with a result for each event. Never throws. */
  put(events: readonly OutgoingEvent[]): Promise<readonly SendResult[]>;
}

export interface Refusal {
  /**
   * The same however often the event fails. If one event fails in several functions, each failure is a refusal of its
   * own.
   */
  readonly id: string;
  /** The envelope's id, or another id that is the same for every delivery of the event. A row of a file has none. */
  readonly eventId?: string | undefined;
  readonly at: string;
  /** Where the event failed: refused by a contract, matched by no rule, out of tries in a queue, or a row of a file. */
  readonly queue: 'refused' | 'unknown event' | 'rule' | 'function' | 'file';
  /**
   * The function that failed. Redrive invokes it directly, because the event may not or must not go back on the bus.
   */
  readonly functionName?: string | undefined;
  /** Names the fields and what was expected, never their values. */
  readonly reason: string;
  readonly source: string;
  readonly detailType: string;
  /** The envelope's `time`, which the event keeps when it is put back. */
  readonly time?: string | undefined;
  /** The event's detail as JSON text. */
  readonly detail: string;
  /** Original size of the detail if it was truncated. */
  readonly wholeBytes?: number | undefined;
  /** The fact that the event is a version of, if its sender can send a better version. */
  readonly fact?: VersionOfFact | undefined;
}

export interface CorrectedRefusals {
  /** Takes the refused and failed versions that this good one replaces off the list of dead letters. Returns how many. */
  takeOff(good: GoodVersion): Promise<number>;
}

export interface NotedLead {
  readonly storeId: string;
  readonly taskId: string;
  readonly at: string;
}

/** Which handoffs were sent to a store's CRM as leads. The outcome of a lead is stored in its handoff. */
export interface LeadBook {
  /** Called before the lead is sent. Noting the same lead again changes only the time. */
  note(lead: NotedLead): Promise<void>;
  of(storeId: string): Promise<readonly NotedLead[]>;
  /** Keeps a CRM's answer about a lead that we do not know. A later answer about the same lead replaces it. */
  keepUnknown(lead: UnknownLead): Promise<void>;
  forgetUnknown(lead: Pick<UnknownLead, 'storeId' | 'id' | 'at'>): Promise<void>;
  unknownOf(storeId: string): Promise<readonly UnknownLead[]>;
}

/**
 * What is stored under a customer's numbers, addresses and phones: a handoff or a deal by its task, a contact by its
 * instant, or the household that the holdout assigned to an arm.
 */
export type CreditEntry = {
  readonly id: string;
  readonly storeId: string;
  readonly customerNumber: string;
} & (
  | { readonly of: 'handoff' | 'deal' | 'contact' }
  | { readonly of: 'household'; readonly arm: Arm; readonly since: string }
);

export interface CreditPlaces {
  /** Noting the same again changes nothing. */
  note(entry: CreditEntry, places: readonly LookUp[], at: string): Promise<void>;
  find(places: readonly LookUp[]): Promise<readonly CreditEntry[]>;
}

/** A fact to store, and the handoff that it is about. The handoff's id stays in the table. */
export interface KeptFact {
  readonly fact: LedgerFact;
  readonly taskId?: string | undefined;
}

export interface Outcomes {
  /** Stores the facts whose ids are new. Returns how many those were. */
  keep(facts: readonly KeptFact[], now: string): Promise<number>;
}

/** Finds the tasks that an event changed, for `npm run trace`. */
export interface EventIndex {
  /** Noting the same again changes nothing. */
  note(eventId: string, taskId: string, at: string): Promise<void>;
}

export interface RefusalStore {
  /** Idempotent: storing the same refusal again changes nothing, unless it was put back in between. */
  keep(refusal: Refusal): Promise<void>;
}

/** When each source last sent something about each store, so that a stopped feed can be told from a quiet day. */
export interface Feeds {
  /** Writes at most once an hour for each warm function and feed. */
  noteHeard(feed: Feed, at: string): Promise<void>;
  noteRefused(feed: Feed, event: { readonly id: string; readonly at: string }): Promise<void>;
  /** A file of a feed was read to its end. */
  noteFileRead(feedName: string, at: string): Promise<void>;
  filesRead(): Promise<readonly ReadFeed[]>;
  /** Of one store, or of all if none is given. */
  heard(storeId?: string): Promise<readonly HeardFeed[]>;
  refusedSince(storeId: string, since: string): Promise<readonly RefusedEvents[]>;
}

/** Every decision about an upgrade conversation with all its inputs, for the `why` and `replay-policy` commands. */
export interface DecisionStore {
  /** One decision for each version of a quote; deciding again replaces it. */
  keep(decision: Decision): Promise<void>;
  /**
   * Keeps one decision, the latest, for a visit about which the advisor was not asked. False, and nothing is
   * replaced, if somebody was asked after this version of the visit or a later one.
   */
  keepUnlessSilent(decision: Decision): Promise<boolean>;
}

/** Places under a cap. A place belongs to a task, so claiming again returns the same place. */
export interface Claims {
  holders(what: string): Promise<readonly { taskId: string; at: string }[]>;
  /** False if other tasks have held all places since then. */
  claim(cap: { what: string; places: number; since: string }, taskId: string, now: string): Promise<boolean>;
  /** Counts a task under the cap, even beyond the limit. */
  note(cap: { what: string; since: string }, taskId: string, now: string): Promise<void>;
  release(what: string, taskId: string): Promise<void>;
}
