import * as z from 'zod';
import { oddFacts } from '../contracts/warnings.ts';
import type { Group } from '../group/group.ts';
import { link } from '../links/link.ts';
import { routingReasons } from '../people/routing.ts';
import { credit } from './credit-record.ts';
import { emailEntryOf, entryReason, eventEntry, moveReason, settledEmail } from './outbox-entry.ts';
import type { SharedMessage } from './shared-messages.ts';

/**
 * A handoff task as it is stored, whatever its kind. A stored item is a contract: a field is only ever added, with a
 * default or as optional. Items of schema 1 are upgraded by handoffs/schema-1.ts when they are read.
 *
 * - awaited: only side facts are known, such as an unwound deal whose sale never came; nobody was notified
 * - history: the fact was too old to act on, or the store was off; nobody was notified
 * - waiting: scheduled for later: a delivery next week, a snooze, a cap
 * - open: offered to the named person, who has not accepted
 * - accepted: the named person took it
 * - completed, cancelled: ended by a choice, or by a fact from the DMS
 */
const taskStates = ['awaited', 'history', 'waiting', 'open', 'accepted', 'completed', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];

export const deadlineNames = [
  'release',
  'raise-first-service',
  'day-before',
  'head-start',
  'settle',
  'visit-over',
  'pass-on',
  'follow-up',
  'accept-reminder',
  'accept-escalation',
  'complete-reminder',
  'complete-escalation',
  'unfinished',
] as const;
export type DeadlineName = (typeof deadlineNames)[number];

/** The transitions of the lifecycle; handoff/lifecycle.ts has the table. */
export const triggers = [
  'opening fact',
  'early fact',
  'old fact',
  'release',
  'cap',
  'asked anew',
  'snooze',
  'accept',
  'route on',
  'outcome',
  'closing fact',
  'given up',
  'sold again',
  'reinstated',
  'undo',
  'undo of acceptance',
] as const;
export type Trigger = (typeof triggers)[number];

export const sesReports = ['Send', 'Delivery', 'DeliveryDelay', 'Bounce', 'Complaint', 'Reject'] as const;
/** What SES reported about one of our tagged emails. The names follow the SES events. */
export type SesReport = (typeof sesReports)[number];

const assignee = z.object({
  employeeNumber: z.string(),
  /** Why this person: the customer's own, the advisor's partner, an even distribution, or the manager. */
  reason: z.enum(routingReasons),
  since: z.string(),
});

const logged = {
  at: z.string(),
  /** Who did it: an employee number, or `dms`, `clock`, `routing`, `roster`, `ses`, `outbox`, `cap`, `advisor`. */
  by: z.string(),
  /** The envelope id of the bus event that caused it. */
  eventId: z.string().optional(),
};

// What kinds share is built once for all of them, because every cold start builds the schemas of all kinds.
const sharedLogEntries = [
  z.object({
    ...logged,
    what: z.literal('assigned'),
    employeeNumber: z.string(),
    reason: z.enum(routingReasons),
  }),
  z.object({ ...logged, what: z.literal('moved'), why: moveReason }),
  z.object({ ...logged, what: z.literal('choice'), choice: z.string(), value: z.string().optional() }),
  z.object({ ...logged, what: z.literal('undone'), choice: z.string() }),
  z.object({ ...logged, what: z.literal('fresh link') }),
  z.object({ ...logged, what: z.literal('deadline'), deadline: z.enum(deadlineNames) }),
  z.object({ ...logged, what: z.literal('email report'), report: z.enum(sesReports), entry: z.string() }),
  z.object({ ...logged, what: z.literal('email not sent'), message: z.string(), reason: entryReason }),
  z.object({ ...logged, what: z.literal('no address') }),
  /** The DMS named somebody who is not on the roster. */
  z.object({
    ...logged,
    what: z.literal('unknown employee'),
    role: z.enum(['salesperson', 'service advisor']),
    number: z.string(),
  }),
  /** Fields in the fact's event that were left out, cut or odd. */
  z.object({
    ...logged,
    what: z.literal('odd fields'),
    fields: z.array(z.object({ path: z.string(), code: z.enum(oddFacts) })),
  }),
  /** The outcome of an event that changed facts but nothing visible to staff. */
  z.object({ ...logged, what: z.literal('decided'), outcome: z.string() }),
  /** Written by a release before 2026-12 when nothing more specific is known. */
  z.object({
    ...logged,
    what: z.literal('earlier release'),
    text: z.string(),
    detail: z.string().optional(),
  }),
] as const;

const step = {
  ...logged,
  what: z.literal('step'),
  trigger: z.enum(triggers),
  outcome: z.string().optional(),
};
const ofFact = z.literal('fact');

/** The log is for people: no decision depends on it. `own` holds entries that only this kind of handoff has. */
const logEntryOf = <Own extends z.ZodType<object>>(own: Own) =>
  z.discriminatedUnion('what', [
    z.object({ ...step, own: own.optional() }),
    z.object({ ...logged, what: ofFact, own }),
    ...sharedLogEntries,
  ]);
const anyOwn = z.looseObject({ code: z.string() });
const anyLogEntry = logEntryOf(anyOwn);
export type LogEntry = z.infer<typeof anyLogEntry>;

const undoFields = {
  /** The state to go back to, by whom, and until when. */
  state: z.enum(taskStates),
  choice: z.string(),
  by: z.string(),
  until: z.string(),
};
const fieldsBefore = {
  at: z.string(),
  assignee: assignee.optional(),
  deadlines: z.partialRecord(z.enum(deadlineNames), z.string()),
  entriesMade: z.number().int(),
  customerEmail: z.string().optional(),
};

const undoOf = <Keeps extends z.ZodType<object>>(keeps: Keeps) =>
  z.object({
    ...undoFields,
    /** How the task was before the choice. */
    before: z.object({ ...fieldsBefore, own: keeps.optional() }).optional(),
  });
const anyUndo = undoOf(z.looseObject({}));
export type Undo = z.infer<typeof anyUndo>;

/** Fields that a kind of handoff adds to those of every task. */
export interface TaskParts<
  Message extends z.ZodType<string>,
  Outcome extends z.ZodType<string>,
  Note extends z.ZodType<{ code: string }>,
  EmailOwn extends z.ZodType<object>,
  Keeps extends z.ZodType<object>,
> {
  /** The names of its emails, including the shared ones. */
  readonly messages: Message;
  /** How it can end. */
  readonly outcomes: Outcome;
  /** Log entries that only this kind has. */
  readonly notes: Note;
  /** Fields that its emails carry in addition to the task. */
  readonly emailNotes: EmailOwn;
  /** Fields that it needs to undo a choice. */
  readonly undoKeeps: Keeps;
}

const closing = { at: z.string(), by: z.string() };

const sharedFields = {
  schema: z.literal(2),
  taskId: z.string(),
  /** Incremented with each write; 0 means not yet written. */
  version: z.number().int(),
  /** The store whose people take it. */
  storeId: z.string(),
  /** The store that sold the car, if another store services it: the subject's numbers belong to the selling store. */
  soldAt: z.string().optional(),
  /** Set if the subject's number was used before, by another customer for another car: 2 for its second use. */
  use: z.number().int().optional(),
  /** When the DMS began to use the number again; later facts about the number concern its next use. */
  usedAgainSince: z.string().optional(),
  state: z.enum(taskStates),
  createdAt: z.string(),
  updatedAt: z.string(),
  assignee: assignee.optional(),
  /** Former assignees, newest last. */
  heldBy: z.array(z.string()).optional(),
  /** People who declined it or left; it is not routed to them again. */
  declinedBy: z.array(z.string()).optional(),
  deadlines: z.partialRecord(z.enum(deadlineNames), z.string()),
  /** When each deadline last fired. */
  passed: z.partialRecord(z.enum(deadlineNames), z.string()).optional(),
  /** When it last returned from a snooze or a schedule, and when it was accepted. */
  releasedAt: z.string().optional(),
  acceptedAt: z.string().optional(),
  /** Who accepted it at that time, by employee number; somebody else may have it now. */
  acceptedBy: z.string().optional(),
  /** Set if a person started it, on a page or through another system: who handed the customer over, and when. */
  started: z.object({ at: z.string(), by: z.string().optional() }).optional(),
  /** When the fact behind it was first reported, if the version that stands is a later one. */
  saidSince: z.string().optional(),
  /** Summary of emails removed from the outbox to save space. */
  settled: z.array(settledEmail).optional(),
  /** The number of outbox entries ever created; determines the next id. */
  entriesMade: z.number().int(),
  /** Entries up to this number belong to an earlier handoff about the same subject. */
  earlierEntries: z.number().int().optional(),
  /** Somebody had it before its ending was undone, so subscribers on the bus already know it. */
  isReinstated: z.literal(true).optional(),
  links: z.array(link),
  /** The latest choices, newest last: the same choice twice from one page is a double click. */
  said: z
    .array(z.object({ by: z.string(), at: z.string(), choice: z.string(), value: z.string().optional() }))
    .optional(),
  /** Who snoozed it until its release deadline. */
  snoozed: z.object({ by: z.string(), at: z.string() }).optional(),
  correlationId: z.string().optional(),
  /** Requests for a fresh link in the last day: who and when. */
  linkRequests: z.array(z.object({ by: z.string(), at: z.string() })).optional(),
  /** The customer's address as entered by staff; takes precedence over the DMS. */
  customerEmail: z.string().optional(),
  /** Later sales that follow from it, and disputes about them. */
  credit: credit.optional(),
};

export function taskFields<
  Message extends z.ZodType<string>,
  Outcome extends z.ZodType<string>,
  Note extends z.ZodType<{ code: string }>,
  EmailOwn extends z.ZodType<object>,
  Keeps extends z.ZodType<object>,
>(parts: TaskParts<Message, Outcome, Note, EmailOwn, Keeps>) {
  const undo = undoOf(parts.undoKeeps).optional();
  return {
    ...sharedFields,
    outbox: z.array(
      z.discriminatedUnion('type', [emailEntryOf(parts.messages, parts.emailNotes), eventEntry]),
    ),
    log: z.array(logEntryOf(parts.notes)),
    ended: z.object({ ...closing, outcome: parts.outcomes }).optional(),
    /** The last choice, while it can be undone. */
    undo,
    /** The last choice that left the task's state as it was, such as the sender's signature. It does not replace `undo`. */
    undoBeside: undo,
  };
}

/** The kinds of handoff, as named in the group's file. */
export type HandoffName = keyof Group['handoffs'];

const anyTask = z.object(
  taskFields({
    messages: z.string(),
    outcomes: z.string(),
    notes: anyOwn,
    emailNotes: z.looseObject({}),
    undoKeeps: z.looseObject({}),
  }),
);
/** A task of any kind, with the fields that all kinds share. */
export type Task = z.infer<typeof anyTask> & { kind: HandoffName; subject: object; facts: object };

type EmailOf<T extends Task> = Extract<T['outbox'][number], { type: 'email' }>;
/** The names of the emails that a kind of task sends. */
export type MessageOf<T extends Task> = EmailOf<T>['message'] | SharedMessage;
export type EmailOwnOf<T extends Task> = NonNullable<EmailOf<T>['own']>;
export type OutcomeOf<T extends Task> = NonNullable<T['ended']>['outcome'];
/** Log entries that only this kind of task has. */
export type NoteOf<T extends Task> = Extract<T['log'][number], { what: 'fact' }>['own'];

export const isOpen = ({ state }: { state: TaskState }) => state === 'open' || state === 'accepted';
export const isEnded = ({ state }: { state: TaskState }) => state === 'completed' || state === 'cancelled';
