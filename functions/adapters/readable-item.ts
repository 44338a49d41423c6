import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type FileReceipt, fileReceipt } from '../feeds/file-receipt.ts';
import type { AnyTask } from '../handoffs/kinds.ts';
import { type StaffMember, storedStaffMember } from '../people/staff.ts';
import { fromItem } from './dynamodb.ts';
import { taskFromItem } from './task-item.ts';

/** Items prepared for display on the local desk and in the operator's commands. */
export type ReadableItem =
  | { readonly is: 'task'; readonly task: AnyTask; readonly dueAt: string | undefined }
  | { readonly is: 'staff'; readonly person: StaffMember }
  | { readonly is: 'refusal'; readonly refusal: KeptRefusal }
  | { readonly is: 'feed file'; readonly receipt: FileReceipt };

const kept = z.object({
  id: z.string(),
  /** Missing in items of releases before 2026-12, whose `id` is the event's id. */
  eventId: z.string().optional(),
  at: z.string(),
  queue: z.string(),
  functionName: z.string().optional(),
  reason: z.string(),
  source: z.string(),
  detailType: z.string(),
  time: z.string().optional(),
  detail: z.string(),
  wholeBytes: z.number().optional(),
});
export type KeptRefusal = z.infer<typeof kept> & { readonly eventId: string; readonly event: object };

export function readItem(attributes: Record<string, AttributeValue>): ReadableItem | undefined {
  const item = fromItem(attributes);
  switch (item['type']) {
    case 'task':
      return { is: 'task', task: taskFromItem(item), dueAt: z.string().optional().parse(item['dueAt']) };
    case 'staff':
      return { is: 'staff', person: storedStaffMember.parse(item) };
    case 'refusal':
      return { is: 'refusal', refusal: refusalFromItem(item) };
    case 'feed file':
      return { is: 'feed file', receipt: fileReceipt.parse(item) };
    default:
      return undefined;
  }
}

/** Includes the original event, so that it can be put on the bus again unchanged. */
export function refusalFromItem(item: Record<string, unknown>): KeptRefusal {
  const refusal = kept.parse(item);
  const { id, eventId = id, source, detailType, time, detail } = refusal;
  const timed = time === undefined ? {} : { time };
  return {
    ...refusal,
    eventId,
    event: { source, 'detail-type': detailType, ...timed, detail: json(detail) },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
