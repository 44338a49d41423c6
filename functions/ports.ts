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

/** What use cases need from outside. functions/adapters implements each port; so do tests and the simulation. */
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
   * Writes the item as its next version. False if it was changed since the read: read and decide again. The given item
   * carries the version that was read, 0 for a new one.
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
  /** Ids of the tasks that are open with a person, or snoozed by them. The index may lag, here and below. */
  findOfPerson(storeId: string, employeeNumber: string): Promise<readonly string[]>;
  findOfStore(storeId: string): Promise<readonly string[]>;
  /** Ids of a person's tasks that ended since an instant because the customer did not come back. */
  findLost(storeId: string, employeeNumber: string, since: string): Promise<readonly string[]>;
  /** Ids of the tasks completed since an instant, and of those whose customer did not come back. */
  findDone(storeId: string, since: string): Promise<readonly string[]>;
}

export interface DueItem {
  readonly is: 'task' | 'day' | 'report' | 'store' | 'feed-file' | 'campaign' | 'letter';
  /** Of a file of a feed: its feed, when it was dropped, and the file, with the sign # between. */
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
  /** Left out of what a program reads, such as a lead: the text is all of it. */
  readonly html?: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly { fileName: string; contentType: string; content: string }[];
  /** Opaque ids that link SES events to the outbox entry. */
  readonly tags: { readonly task: string; readonly entry: string };
}

export interface Mailer {
  /**
   * Never throws; an unclear outcome is `unknown`. One attempt; a mailer that paces SES tries again where that was too
   * fast, if `isStillOwed` says so: the handoff may have ended since the email was written.
   */
  send(email: OutgoingEmail, isStillOwed?: () => Promise<boolean>): Promise<SendResult>;
  /** SES accepts no email for now: queued emails are left alone instead of being tried. */
  readonly isClosed?: boolean;
}

/** Waits for the given milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

export interface EventBus {
  /** One attempt, with a result for each event. Never throws. */
  put(events: readonly OutgoingEvent[]): Promise<readonly SendResult[]>;
}

export interface Refusal {
  /** The same however often it fails. One event may fail in several functions: each is a refusal of its own. */
  readonly id: string;
  /** The envelope's id, or another id that is the same for every delivery of the event. A row of a file has none. */
  readonly eventId?: string | undefined;
  readonly at: string;
  /** Where it ended: refused by a contract, matched by no rule, in a queue after all tries failed, or a row of a file. */
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
  /** Which fact it is a version of, where its sender can send a better one. */
  readonly fact?: VersionOfFact | undefined;
}

export interface CorrectedRefusals {
  /** Takes what was refused or failed, and this version makes up for, off the list of dead letters; how many there were. */
  takeOff(good: GoodVersion): Promise<number>;
}

export interface NotedLead {
  readonly storeId: string;
  readonly taskId: string;
  readonly at: string;
}

/** Which handoffs a store's CRM has a lead of. What became of a lead is in its handoff. */
export interface LeadBook {
  /** Before the lead leaves. Noting the same again changes nothing but the time. */
  note(lead: NotedLead): Promise<void>;
  of(storeId: string): Promise<readonly NotedLead[]>;
  /** An answer to no known lead; a later one about the same replaces it. */
  keepUnknown(lead: UnknownLead): Promise<void>;
  forgetUnknown(lead: Pick<UnknownLead, 'storeId' | 'id' | 'at'>): Promise<void>;
  unknownOf(storeId: string): Promise<readonly UnknownLead[]>;
}

/**
 * What is noted at the places of a customer: a handoff or a deal by its task, a contact by its instant, or the household that the
 * holdout knows there.
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

/** A stored fact, and the handoff that it is about: that stays in the table. */
export interface KeptFact {
  readonly fact: LedgerFact;
  readonly taskId?: string | undefined;
}

export interface Outcomes {
  /** Keeps the facts that are new, each on the condition that its id is; how many were. */
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

/** What the sources of the DMS sent about each store, to tell a feed that stopped from a quiet day. */
export interface Feeds {
  /** Writes at most once an hour for each warm function and feed. */
  noteHeard(feed: Feed, at: string): Promise<void>;
  noteRefused(feed: Feed, event: { readonly id: string; readonly at: string }): Promise<void>;
  /** A file of a feed was read to its end. */
  noteFileRead(feedName: string, at: string): Promise<void>;
  filesRead(): Promise<readonly ReadFeed[]>;
  /** Of one store, or of all. */
  heard(storeId?: string): Promise<readonly HeardFeed[]>;
  refusedSince(storeId: string, since: string): Promise<readonly RefusedEvents[]>;
}

/** Every decision about an upgrade conversation with all its inputs, for the `why` and `replay-policy` commands. */
export interface DecisionStore {
  /** One decision for each version of a quote; deciding again replaces it. */
  keep(decision: Decision): Promise<void>;
  /**
   * Of a visit about which nobody was asked: one decision, by its latest word. False, and nothing is replaced, if nobody was
   * asked after this very word before, or after a later one.
   */
  keepUnlessSilent(decision: Decision): Promise<boolean>;
}

/** Places under a cap. A place belongs to a task, so claiming again returns the same place. */
export interface Claims {
  holders(what: string): Promise<readonly { taskId: string; at: string }[]>;
  /** False if other tasks hold all places since then. */
  claim(cap: { what: string; places: number; since: string }, taskId: string, now: string): Promise<boolean>;
  /** Counts a task under the cap without a limit. */
  note(cap: { what: string; since: string }, taskId: string, now: string): Promise<void>;
  release(what: string, taskId: string): Promise<void>;
}
