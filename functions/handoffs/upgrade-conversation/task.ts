import * as z from 'zod';
import { leadStatuses } from '../../contracts/crm-lead-updated.ts';
import { customerAskedAboutCar } from '../../contracts/customer-asked-about-car.ts';
import { storedFact, versionFields } from '../../contracts/fact-version.ts';
import { customer, vehicle } from '../../contracts/fields.ts';
import { repairQuoted } from '../../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../../contracts/service-visit-opened.ts';
import { crmLeads, sharedMessages } from '../../handoff/shared-messages.ts';
import { taskFields } from '../../handoff/task.ts';
import { blank } from '../../handoff/task-changes.ts';
import type { NamedTraits } from '../../handoff/traits.ts';
import { historySummary } from '../../history/visits.ts';
import { assessment } from '../../readiness/assessment.ts';
import { numbersOfWish } from '../../readiness/occasion.ts';

/** Who requested the conversation: the rule, at once or after the advisor's silence, a person in Service, the customer. */
const askers = ['assessment', 'silence', 'advisor', 'manager', 'customer'] as const;
export type Asker = (typeof askers)[number];

const capNames = ['customer', 'vehicle', 'household', 'person', 'days-ahead'] as const;
/** The cap that held a nudge back. */
export type CapName = (typeof capNames)[number];

/** Log entries that only an upgrade conversation has. */
export const notes = z.discriminatedUnion('code', [
  z.object({ code: z.literal('over-cap'), cap: z.enum(capNames) }),
  z.object({ code: z.literal('car-left') }),
  z.object({ code: z.literal('quote-changed') }),
  z.object({ code: z.literal('store-off') }),
  z.object({ code: z.literal('too-long-ago') }),
  z.object({ code: z.literal('crm-said'), status: z.enum(leadStatuses) }),
]);

/** `repair-chosen` was stored by releases before 2026-12, in which the salesperson ended the conversation. */
const nudgeParts = [
  'customer',
  'reasons',
  'work',
  'promise',
  'asker',
  'repair-chosen',
  'decides-later',
  'decides-now',
] as const;
export type NudgePart = (typeof nudgeParts)[number];

/** What the advisor is told about the conversation that began with them. */
const talkNews = z.discriminatedUnion('code', [
  z.object({ code: z.literal('accepted') }),
  z.object({ code: z.literal('contacted') }),
  z.object({ code: z.literal('appointment'), startsAt: z.string() }),
]);
export type TalkNews = z.infer<typeof talkNews>;

/** What changed since the salesperson's last nudge. */
export const nudgeChange = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('amount-changed'),
    wasCents: z.number().int().optional(),
    isCents: z.number().int().optional(),
  }),
  z.object({
    code: z.literal('nudge-changed'),
    part: z.enum(nudgeParts),
    /** Who had asked before, if that changed. */
    was: z.enum(askers).optional(),
  }),
]);
export type NudgeChange = z.infer<typeof nudgeChange>;

export const newsForAdvisor = z.object({ code: z.literal('talk-news'), news: talkNews });

/** The nudge is sent again: the repair that had ended it was taken back, or it had ended otherwise. */
export const nudgeAgain = z.object({ code: z.literal('again'), after: z.enum(['repair', 'end']) });
export type NudgeAgain = z.infer<typeof nudgeAgain>;

const emailNotes = z.discriminatedUnion('code', [...nudgeChange.options, newsForAdvisor, nudgeAgain]);

const purchase = z.object({ storeId: z.string(), dealNumber: z.string(), at: z.string() });
export type Purchase = z.infer<typeof purchase>;

const closing = z.object({ ...versionFields, reason: z.string().optional() });

/** Has stand-ins if the store has no number for the customer, or nobody knows the VIN. */
const wish = storedFact(customerAskedAboutCar.schema).extend({ customer, vehicle });
export type Wish = z.infer<typeof wish>;

/** The remark stored on the record of a customer who asked. */
export const ASKED = 'asked about a car';

export const upgradeSchema = z.object({
  ...taskFields({
    messages: z.enum([
      ...sharedMessages,
      ...crmLeads,
      'upgrade-nudge',
      'nudge-corrected',
      'sales-has-it',
      'talk-news',
      'crm-lead-lost',
    ]),
    outcomes: z.enum([
      'sold',
      'not-ready',
      'wrong-car',
      'already-bought',
      'bought',
      'order voided',
      'the car left before Sales was told',
      'the newer quote gives no reason any more',
      'the advisor took it back',
      'the customer chose the repair',
      'closed in the CRM',
      'started-by-mistake',
      'nobody finished the conversation',
    ]),
    notes,
    emailNotes,
    undoKeeps: z.object({}),
  }),
  kind: z.literal('upgrade-conversation'),
  /** The repair order that it follows from, or the customer who asked. */
  subject: z.union([z.object({ roNumber: z.string() }), z.object({ customerNumber: z.string() })]),
  facts: z.object({
    /** Who asked last, and whether that was taken back. */
    asked: z
      .object({
        ...versionFields,
        by: z.enum(askers),
        takenBack: z.boolean().optional(),
        decidesLater: z.boolean().optional(),
      })
      .optional(),
    quote: storedFact(repairQuoted.schema).optional(),
    /** What the customer asked for, as somebody at the store noted it to start the conversation. */
    wish: wish.optional(),
    /** The visit that it follows from, if nothing was quoted. */
    visit: storedFact(serviceVisitOpened.schema).optional(),
    /** The advisor who wrote the order and keeps the credit; the salesperson talks to them first. */
    originatorNumber: z.string().optional(),
    /** The latest void and closing, even if the order has been opened again since: `order-ends.ts`. */
    voided: closing.optional(),
    /** The car has left: while that is so, no text may say "in the lane". */
    closed: closing.optional(),
    /** The customer's newest purchase, at any store of the group. */
    bought: purchase.optional(),
    /** The CRM's latest answer to its lead. */
    crm: z
      .object({ ...versionFields, status: z.enum(leadStatuses), crmNumber: z.string().optional() })
      .optional(),
  }),
  assessment: assessment.optional(),
  /** The customer's service history as of the order's decision. */
  history: historySummary.optional(),
  /** Why Sales was not notified at once: held for a later day, or listed in a summary and then kept as history. */
  overCap: z
    .object({
      at: z.string(),
      cap: z.enum(capNames),
      /** The date of the claimed place; undefined for a customer cap. */
      until: z.string().optional(),
    })
    .optional(),
});
export type UpgradeConversation = z.infer<typeof upgradeSchema>;

export const upgradeTraits: NamedTraits<UpgradeConversation> = {
  kind: 'upgrade-conversation',
  numbers: ['roNumber'],
  department: 'sales',
  assignmentMessage: () => 'upgrade-nudge',
  unfinished: 'nobody finished the conversation',
  emailKind: 'upgrade',
};

export const blankUpgrade = (
  storeId: string,
  roNumber: string,
  now: string,
  use = 1,
): UpgradeConversation => ({
  ...blank('upgrade-conversation', storeId, [roNumber], now, use),
  subject: { roNumber },
  facts: {},
});

export const blankWish = (
  storeId: string,
  customerNumber: string,
  now: string,
  use = 1,
): UpgradeConversation => ({
  ...blank('upgrade-conversation', storeId, numbersOfWish(customerNumber), now, use),
  subject: { customerNumber },
  facts: {},
});
