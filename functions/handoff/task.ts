import * as z from 'zod';
import { firstServiceDue } from '../contracts/first-service-due.ts';
import type { taskKinds } from '../contracts/handoff-task-events.ts';
import { repairQuoteHigh } from '../contracts/repair-quote-high.ts';
import { vehicleSold } from '../contracts/vehicle-sold.ts';
import { historySummary } from '../history/visits.ts';
import { assessment, circumstances } from '../readiness/assessment.ts';
import { outboxEntry, settledEmail } from './outbox-entry.ts';

/**
 * A handoff task as it is stored. The schema is a contract with our own past: an item written by an older release
 * must still parse, so a field is only ever added with a default or as optional.
 */
export type TaskKind = (typeof taskKinds)[number];

/**
 * - awaited: only side facts are known, such as an unwound deal whose sale never came; nobody was told anything
 * - history: the fact was too old to act on, or the store was off; nobody was told anything
 * - waiting: its moment has not come: a delivery next week, a snooze, a cap
 * - open: offered to the named person, who has not accepted
 * - accepted: the named person took it
 * - completed, cancelled: ended by a choice, or by a fact of the DMS
 */
export const taskStates = [
  'awaited',
  'history',
  'waiting',
  'open',
  'accepted',
  'completed',
  'cancelled',
] as const;
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

export const routingReasons = ['own', 'partner', 'fair choice', 'manager', 'handed over'] as const;

const assignee = z.object({
  employeeNumber: z.string(),
  /** Why this person: the customer's own, an advisor's partner, a fair choice, the manager. */
  reason: z.enum(routingReasons),
  since: z.string(),
});
export type Assignee = z.infer<typeof assignee>;

const logEntry = z.object({
  at: z.string(),
  /** An employee number, or who else did it. */
  by: z.string(),
  what: z.string(),
  detail: z.string().optional(),
  /** The event of the bus that brought it, by its envelope. */
  eventId: z.string().optional(),
});
export type LogEntry = z.infer<typeof logEntry>;

export const link = z.object({
  /** SHA-256 of the secret, base64url. The secret itself stands only in the email. */
  hash: z.string(),
  /** Whose it is: an employee number, or the customer's page or one-click address for saying no. */
  of: z.union([z.object({ staff: z.string() }), z.enum(['customer preferences', 'customer one-click'])]),
  expiresAt: z.string(),
  /** Of a customer's link, the address that its email went to: an opt-out is by address, not by who has it later. */
  address: z.string().optional(),
});
export type Link = z.infer<typeof link>;

const ended = z.object({
  at: z.string(),
  by: z.string(),
  outcome: z.string(),
});

/** What the advisor said of telling Sales. `may be asked`: a never was taken back. */
export const advisorWords = ['good time', 'not now', 'never', 'may be asked'] as const;
export type AdvisorWord = (typeof advisorWords)[number];

const undo = z.object({
  /** The state to go back to, by whom, and until when. */
  state: z.enum(taskStates),
  choice: z.string(),
  by: z.string(),
  until: z.string(),
  /** How it stood before: with whom, by when, and how much it owed. */
  before: z
    .object({
      at: z.string(),
      assignee: assignee.optional(),
      deadlines: z.partialRecord(z.enum(deadlineNames), z.string()),
      entriesMade: z.number().int(),
      advisorSays: z.enum(advisorWords).optional(),
      toldSales: z.boolean().optional(),
    })
    .optional(),
});
export type Undo = z.infer<typeof undo>;

const base = {
  schema: z.literal(1),
  taskId: z.string(),
  /** Grows by one with each write; 0 is not yet written. */
  version: z.number().int(),
  storeId: z.string(),
  state: z.enum(taskStates),
  createdAt: z.string(),
  updatedAt: z.string(),
  assignee: assignee.optional(),
  /** Who had it and declined or left: it is not routed to them again. */
  declinedBy: z.array(z.string()).optional(),
  deadlines: z.partialRecord(z.enum(deadlineNames), z.string()),
  outbox: z.array(outboxEntry),
  /** What left the outbox for want of room. */
  settled: z.array(settledEmail).optional(),
  /** How many entries were ever made: the next one's id. */
  entriesMade: z.number().int(),
  /** So many of them are of an earlier handoff about the same subject: who was told then was not told of this one. */
  earlierEntries: z.number().int().optional(),
  links: z.array(link),
  log: z.array(logEntry),
  ended: ended.optional(),
  /** The last choice, while it can be taken back. */
  undo: undo.optional(),
  correlationId: z.string().optional(),
  /** Who asked for a fresh link of this task in the last day, and when. */
  linkRequests: z.array(z.object({ by: z.string(), at: z.string() })).optional(),
  /** The customer's address as staff were given it; goes before what the DMS holds. */
  customerEmail: z.string().optional(),
};

const closing = z.object({ occurredAt: z.string(), reason: z.string().optional() });

const introduction = z.object({
  ...base,
  kind: z.literal('service-introduction'),
  subject: z.object({ dealNumber: z.string() }),
  facts: z.object({ sold: vehicleSold.schema.optional(), unwound: closing.optional() }),
  /** When the first service is due: the DMS's word, or the brand's interval from delivery. */
  firstService: z.object({ dueOn: z.string(), dueMiles: z.number().int() }).optional(),
});
export type ServiceIntroduction = z.infer<typeof introduction>;

const appointment = z.object({
  appointmentNumber: z.string(),
  occurredAt: z.string(),
  status: z.enum(['booked', 'cancelled', 'no-show']),
  startsAt: z.string().optional(),
  durationMinutes: z.number().int().optional(),
});
export type Appointment = z.infer<typeof appointment>;

const firstServiceVisit = z.object({
  ...base,
  kind: z.literal('first-service-visit'),
  subject: z.object({ vin: z.string(), customerNumber: z.string() }),
  facts: z.object({
    due: firstServiceDue.schema.optional(),
    /** The sale's own due date raised it: a word of the DMS replaces it, it never replaces one. */
    raisedByUs: z.boolean().optional(),
    appointments: z.array(appointment).default([]),
    visited: z.object({ occurredAt: z.string(), roNumber: z.string(), closedOn: z.string() }).optional(),
    unwound: closing.extend({ dealNumber: z.string().optional() }).optional(),
  }),
});
export type FirstServiceVisit = z.infer<typeof firstServiceVisit>;

const repairOptions = z.object({
  ...base,
  kind: z.literal('repair-options'),
  subject: z.object({ roNumber: z.string() }),
  facts: z.object({
    quote: repairQuoteHigh.schema.optional(),
    voided: closing.optional(),
    closed: z.object({ occurredAt: z.string(), closedOn: z.string(), vin: z.string() }).optional(),
  }),
  /** The decision, fired or not, with what it rested on. */
  assessment: assessment.optional(),
  history: historySummary.optional(),
  circumstances: circumstances.optional(),
  /** Sales was told of this order, so a newer quote must say what changed. */
  toldSales: z.boolean().optional(),
  /** The gate: Sales is told only once the advisor says that it is a good time. */
  asksAdvisor: z.boolean().optional(),
  advisorSays: z.enum(advisorWords).optional(),
});
export type RepairOptions = z.infer<typeof repairOptions>;

/** Who wants the conversation: the rule, the rule and the advisor, or the customer. */
export const askers = ['assessment', 'advisor', 'customer'] as const;
export type Asker = (typeof askers)[number];

const purchase = z.object({ storeId: z.string(), dealNumber: z.string(), at: z.string() });
export type Purchase = z.infer<typeof purchase>;

const upgradeConversation = z.object({
  ...base,
  kind: z.literal('upgrade-conversation'),
  subject: z.object({ roNumber: z.string() }),
  facts: z.object({
    asked: z.object({ occurredAt: z.string(), by: z.enum(askers) }).optional(),
    quote: repairQuoteHigh.schema.optional(),
    /** The advisor, who wrote the order and keeps the credit: the one to talk to first. */
    originatorNumber: z.string().optional(),
    voided: closing.optional(),
    /** The car left: nothing may say "in the lane" any more. */
    closed: closing.optional(),
    /** The customer's newest purchase, at any store of the group. */
    bought: purchase.optional(),
  }),
  assessment: assessment.optional(),
  /** What is known of the customer's visits, as the order's decision knew it. */
  history: historySummary.optional(),
  /** Why Sales was not told at once: kept for the next day, or for a summary and then for the history. */
  overCap: z
    .object({
      at: z.string(),
      /** Whose cap. */
      of: z.enum(['person', 'customer']),
      why: z.string(),
      /** The date of the place that was claimed instead; none under the cap of a customer. */
      until: z.string().optional(),
    })
    .optional(),
});
export type UpgradeConversation = z.infer<typeof upgradeConversation>;

export const task = z.discriminatedUnion('kind', [
  introduction,
  firstServiceVisit,
  repairOptions,
  upgradeConversation,
]);
export type Task = z.infer<typeof task>;
export type TaskOf<Kind extends TaskKind> = Extract<Task, { kind: Kind }>;

export const isOpen = (one: { state: TaskState }) => one.state === 'open' || one.state === 'accepted';
export const isEnded = (one: { state: TaskState }) => one.state === 'completed' || one.state === 'cancelled';
