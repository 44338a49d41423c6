import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Task } from '../handoff/task.ts';
import { whyLines } from '../handoffs/repair-options/explain-decision.ts';
import { type StaffMember, staffMember } from '../people/staff.ts';
import { fromItem } from './dynamodb.ts';
import { taskFromItem } from './task-item.ts';

/** An item as a person looks at it: on the desk of a local run, and in the operator's commands. */
export type Looked =
  | { readonly is: 'task'; readonly task: Task; readonly dueAt: string | undefined }
  | { readonly is: 'staff'; readonly person: StaffMember }
  | { readonly is: 'refusal'; readonly refusal: KeptRefusal };

/** Why Sales was told of a repair order, or was not: what `npm run why` says, for a task that a decision is kept on. */
export function whyOf(task: Task, all: readonly Task[]): string[] {
  if (task.kind !== 'repair-options') return [];
  const { storeId, subject } = task;
  const conversation = all.find(
    (one) =>
      one.kind === 'upgrade-conversation' &&
      one.storeId === storeId &&
      one.subject.roNumber === subject.roNumber,
  );
  return whyLines(task, conversation?.kind === 'upgrade-conversation' ? conversation : undefined);
}

const kept = z.object({
  id: z.string(),
  at: z.string(),
  queue: z.string(),
  functionName: z.string().optional(),
  reason: z.string(),
  source: z.string(),
  detailType: z.string(),
  detail: z.string(),
  wholeBytes: z.number().optional(),
});
export type KeptRefusal = z.infer<typeof kept> & { readonly event: object };

export function lookAtItem(attributes: Record<string, AttributeValue>): Looked | undefined {
  const item = fromItem(attributes);
  switch (item['type']) {
    case 'task':
      return { is: 'task', task: taskFromItem(item), dueAt: z.string().optional().parse(item['dueAt']) };
    case 'staff':
      return { is: 'staff', person: staffMember.parse(item) };
    case 'refusal':
      return { is: 'refusal', refusal: refusalFromItem(item) };
    default:
      return undefined;
  }
}

/** With the event as it came, so that it can be put on the bus again word for word. */
export function refusalFromItem(item: Record<string, unknown>): KeptRefusal {
  const refusal = kept.parse(item);
  const { source, detailType, detail } = refusal;
  return { ...refusal, event: { source, 'detail-type': detailType, detail: json(detail) } };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
