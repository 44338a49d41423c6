import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier, storeId } from './fields.ts';
import { handoffName } from './handoff-kinds.ts';

/** Ids and numbers only: names, addresses and what people said stay with the dealer. */
const detail = z.looseObject({
  ...envelopeFields,
  taskId: z.string().describe('The same for the life of the task'),
  // Text rather than an enum: a new kind must not break consumers that validate events.
  kind: z
    .string()
    .max(100)
    .describe(`Which handoff: ${handoffName.options.join(', ')}. More kinds may follow`),
  state: z.string().describe('The state that the task is in now'),
  assigneeNumber: identifier.optional().describe('The named person, by employee number'),
  assigneeStoreId: storeId
    .optional()
    .describe("The named person's own store, where it is another than `storeId`"),
  soldAt: storeId
    .optional()
    .describe(
      'The store that sold the car, where the handoff is at the store that services it: deal and customer number are of that store',
    ),
  dealNumber: identifier.optional().describe('The deal that the task is about'),
  roNumber: identifier.optional().describe('The repair order that the task is about'),
  vin: z.string().optional().describe('The car'),
  customerNumber: identifier.optional().describe('The customer, by number in the DMS of the store'),
  reason: z
    .string()
    .optional()
    .describe("Why, where there is a reason: a choice's outcome, or the fact that ended it"),
});
export type HandoffTaskEvent = z.infer<typeof detail>;

const contract = (detailType: `handoff-task-${string}`, title: string) =>
  ({
    detailType,
    title,
    sentBy: 'this software',
    key: 'taskId + detail type + occurredAt',
    foundBy: 'taskId',
    schema: detail,
  }) satisfies Contract;

export const handoffTaskCreated = contract(
  'handoff-task-created',
  'A handoff task was made for a named person',
);
export const handoffTaskReopened = contract(
  'handoff-task-reopened',
  'It is open again, or with its former person: a choice was taken back, what had ended it was, or it was asked for anew',
);
export const handoffTaskAccepted = contract('handoff-task-accepted', 'The named person took it');
export const handoffTaskCompleted = contract('handoff-task-completed', 'It is done, with its outcome');
export const handoffTaskDeclined = contract(
  'handoff-task-declined',
  'The named person declined; it was routed on',
);
export const handoffTaskEscalated = contract(
  'handoff-task-escalated',
  'It went overdue and the manager was notified',
);
export const handoffTaskNoted = contract(
  'handoff-task-noted',
  'Something about it was noted that leaves its state: a later sale was found to follow from it or no longer does, a credit is disputed or decided, the customer said whether they met the advisor. The reason says which',
);
export const handoffTaskCancelled = contract('handoff-task-cancelled', 'A fact of the DMS ended it');
