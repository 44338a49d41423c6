import * as z from 'zod';
import type { Group } from '../group/group.ts';
import { link } from '../links/link.ts';
import { routingReasons } from '../people/routing.ts';
import { emailEntryOf, entryReason, eventEntry, moveReason, settledEmail } from './outbox-entry.ts';

/**
 * A handoff task as it is stored, whatever its kind. A stored item is a contract: a field is only ever added, with a
 * default or as optional. Items of schema 1 are upgraded by handoffs/schema-1.ts when they are read.
 *
 * - awaited: only side facts are known, such as an unwound deal whose sale never came; nobody was told anything
 * - history: the fact was too old to act on, or the store was off; nobody was told anything
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
  'accept-reminder',
  'accept-escalation',
  'complete-reminder',
  'complete-escalation',
  'unfinished',
] as const;
export type DeadlineName = (typeof deadlineNames)[number];

/** The moves of the lifecycle; handoff/lifecycle.ts has the table. */
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
  'undo',
  'undo of acceptance',
] as const;
export type Trigger = (typeof triggers)[number];

export const sesReports = ['Send', 'Delivery', 'DeliveryDelay', 'Bounce', 'Complaint', 'Reject'] as const;
/** What SES reports of an email that carried our tags, in the words of SES's own events. */
export type SesReport = (typeof sesReports)[number];

const assignee = z.object({
  employeeNumber: z.string(),
  /** Why this person: the customer's own, an advisor's partner, a fair choice, the manager. */
  reason: z.enum(routingReasons),
  since: z.string(),
});

const logged = {
  at: z.string(),
  /** Who did it: an employee number, or `dms`, `clock`, `routing`, `roster`, `ses`, `outbox`, `cap`, `advisor`. */
  by: z.string(),
  /** The event of the bus that brought it, by its envelope. */
  eventId: z.string().optional(),
};

/** The log is for reading: no decision depends on it. `own` is what only its kind of handoff says. */
const logEntryOf = <Own extends z.ZodType<object>>(own: Own) =>
  z.discriminatedUnion('what', [
    z.object({
      ...logged,
      what: z.literal('step'),
      trigger: z.enum(triggers),
      outcome: z.string().optional(),
      own: own.optional(),
    }),
    z.object({ ...logged, what: z.literal('fact'), own }),
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
    /** An event that changed facts and nothing that a person reads: the outcome of its decision. */
    z.object({ ...logged, what: z.literal('decided'), outcome: z.string() }),
    /** Of a release before 2026-12, where nothing better is known. */
    z.object({
      ...logged,
      what: z.literal('earlier release'),
      text: z.string(),
      detail: z.string().optional(),
    }),
  ]);
const anyOwn = z.looseObject({ code: z.string() });
const anyLogEntry = logEntryOf(anyOwn);
export type LogEntry = z.infer<typeof anyLogEntry>;

const undoOf = <Keeps extends z.ZodType<object>>(keeps: Keeps) =>
  z.object({
    /** The state to go back to, by whom, and until when. */
    state: z.enum(taskStates),
    choice: z.string(),
    by: z.string(),
    until: z.string(),
    /** How the task was before the choice. */
    before: z
      .object({
        at: z.string(),
        assignee: assignee.optional(),
        deadlines: z.partialRecord(z.enum(deadlineNames), z.string()),
        entriesMade: z.number().int(),
        own: keeps.optional(),
      })
      .optional(),
  });
const anyUndo = undoOf(z.looseObject({}));
export type Undo = z.infer<typeof anyUndo>;

/** What a kind of handoff adds to the fields that every task has. */
export interface TaskParts<
  Message extends z.ZodType<string>,
  Outcome extends z.ZodType<string>,
  Note extends z.ZodType<{ code: string }>,
  EmailOwn extends z.ZodType<object>,
  Keeps extends z.ZodType<object>,
> {
  /** The names of its emails, with those that every kind has. */
  readonly messages: Message;
  /** How it can end. */
  readonly outcomes: Outcome;
  /** What its log says that no other kind says. */
  readonly notes: Note;
  /** What its emails note beside the task. */
  readonly emailNotes: EmailOwn;
  /** What it has to keep so that a choice can be taken back. */
  readonly undoKeeps: Keeps;
}

/** The emails that every kind of handoff has. */
export const sharedMessages = [
  'reminder',
  'escalation',
  'handoff-closed',
  'handoff-moved',
  'customer-email-problem',
] as const;
export type SharedMessage = (typeof sharedMessages)[number];

const closing = z.object({ at: z.string(), by: z.string() });

export const taskFields = <
  Message extends z.ZodType<string>,
  Outcome extends z.ZodType<string>,
  Note extends z.ZodType<{ code: string }>,
  EmailOwn extends z.ZodType<object>,
  Keeps extends z.ZodType<object>,
>(
  parts: TaskParts<Message, Outcome, Note, EmailOwn, Keeps>,
) => ({
  schema: z.literal(2),
  taskId: z.string(),
  /** Grows by one with each write; 0 is not yet written. */
  version: z.number().int(),
  storeId: z.string(),
  state: z.enum(taskStates),
  createdAt: z.string(),
  updatedAt: z.string(),
  assignee: assignee.optional(),
  /** Everybody who was the named person before: the newest last. */
  heldBy: z.array(z.string()).optional(),
  /** Who had it and declined or left: it is not routed to them again. */
  declinedBy: z.array(z.string()).optional(),
  deadlines: z.partialRecord(z.enum(deadlineNames), z.string()),
  /** When each deadline was last found passed. */
  passed: z.partialRecord(z.enum(deadlineNames), z.string()).optional(),
  /** Since when the person has had it, after a snooze; and since when it is accepted. */
  releasedAt: z.string().optional(),
  acceptedAt: z.string().optional(),
  outbox: z.array(z.discriminatedUnion('type', [emailEntryOf(parts.messages, parts.emailNotes), eventEntry])),
  /** What left the outbox for want of room. */
  settled: z.array(settledEmail).optional(),
  /** How many entries were ever made: the next one's id. */
  entriesMade: z.number().int(),
  /** Entries up to this number belong to an earlier handoff about the same subject. */
  earlierEntries: z.number().int().optional(),
  links: z.array(link),
  log: z.array(logEntryOf(parts.notes)),
  /** The last choices, newest last: from one page the same choice twice is a double click. */
  said: z
    .array(z.object({ by: z.string(), at: z.string(), choice: z.string(), value: z.string().optional() }))
    .optional(),
  /** Who put it off until its release deadline. */
  snoozed: z.object({ by: z.string(), at: z.string() }).optional(),
  ended: closing.extend({ outcome: parts.outcomes }).optional(),
  /** The last choice, while it can be taken back. */
  undo: undoOf(parts.undoKeeps).optional(),
  correlationId: z.string().optional(),
  /** Who asked for a fresh link of this task in the last day, and when. */
  linkRequests: z.array(z.object({ by: z.string(), at: z.string() })).optional(),
  /** The customer's address as staff were given it; goes before what the DMS holds. */
  customerEmail: z.string().optional(),
});

/** The kinds of handoff, by the names under which a group's file sets their limits. */
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
/** A task of any kind, as far as every kind is alike. */
export type Task = z.infer<typeof anyTask> & { kind: HandoffName; subject: object; facts: object };

type EmailOf<T extends Task> = Extract<T['outbox'][number], { type: 'email' }>;
/** The names of the emails that a kind of task sends. */
export type MessageOf<T extends Task> = EmailOf<T>['message'] | SharedMessage;
export type EmailOwnOf<T extends Task> = NonNullable<EmailOf<T>['own']>;
export type OutcomeOf<T extends Task> = NonNullable<T['ended']>['outcome'];
/** What only this kind of task says in its log. */
export type NoteOf<T extends Task> = Extract<T['log'][number], { what: 'fact' }>['own'];

export const isOpen = ({ state }: { state: TaskState }) => state === 'open' || state === 'accepted';
export const isEnded = ({ state }: { state: TaskState }) => state === 'completed' || state === 'cancelled';
