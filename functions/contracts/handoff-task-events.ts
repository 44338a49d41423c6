import * as z from 'zod';
import type { Contract } from './contract.ts';
import { envelopeFields, identifier } from './fields.ts';

export const taskKinds = [
  'service-introduction',
  'first-service-visit',
  'repair-options',
  'upgrade-conversation',
] as const;

/** Ids and numbers only: names, addresses and what was said stay with the dealer. */
const detail = z.looseObject({
  ...envelopeFields,
  taskId: z.string(),
  kind: z.enum(taskKinds),
  state: z.string(),
  assigneeNumber: identifier.optional(),
  dealNumber: identifier.optional(),
  roNumber: identifier.optional(),
  vin: z.string().optional(),
  customerNumber: identifier.optional(),
  /** Why, where there is a reason: a choice's outcome, or the fact that ended it. */
  reason: z.string().optional(),
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

export const handoffTaskCreated = contract('handoff-task-created', 'A handoff task was made');
export const handoffTaskAccepted = contract('handoff-task-accepted', 'The named person took it');
export const handoffTaskCompleted = contract('handoff-task-completed', 'It is done, with its outcome');
export const handoffTaskDeclined = contract('handoff-task-declined', 'The named person declined; it was routed on');
export const handoffTaskEscalated = contract('handoff-task-escalated', 'It went overdue and the manager was told');
export const handoffTaskCancelled = contract('handoff-task-cancelled', 'A fact of the DMS ended it');
