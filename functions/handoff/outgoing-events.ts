import type { HandoffTaskEvent } from '../contracts/handoff-task-events.ts';
import { isStandIn } from '../customers/without-placeholders.ts';
import { personNamed } from '../people/across-stores.ts';
import type { Kind } from './kind.ts';
import type { EventAbout, EventEntry } from './outbox-entry.ts';
import type { Task } from './task.ts';

export interface OutgoingEvent {
  readonly detailType: string;
  readonly detail: object;
}

/**
 * Builds the event for an outbox entry when it is published; `occurredAt` is when it was queued. Undefined if the task
 * no longer has the data for it.
 */
export function outgoingEvent(task: Task, entry: EventEntry, kind: Kind): OutgoingEvent | undefined {
  const { detailType, owedAt } = entry;
  const isOfTask = detailType.startsWith('handoff-task-');
  const fields = isOfTask ? taskFields(task, entry, kind) : kind.eventDetail(task, entry);
  if (!fields) return undefined;
  const { storeId, correlationId } = task;
  const envelope = { version: 1, storeId, occurredAt: owedAt };
  const detail = { ...envelope, ...fields, ...(correlationId === undefined ? {} : { correlationId }) };
  return { detailType, detail };
}

function taskFields(task: Task, { about }: EventEntry, kind: Kind): Partial<HandoffTaskEvent> {
  const customer = kind.customerOf(task);
  const vehicle = kind.vehicleOf(task);
  return {
    taskId: task.taskId,
    kind: task.kind,
    state: task.state,
    ...assigneeOf(task),
    ...(task.soldAt === undefined ? {} : { soldAt: task.soldAt }),
    ...kind.eventNumbers(task),
    ...(vehicle && !isStandIn(vehicle.vin) ? { vin: vehicle.vin } : {}),
    ...(customer && !isStandIn(customer.customerNumber) ? { customerNumber: customer.customerNumber } : {}),
    ...(about === undefined ? {} : { reason: reasonText(about) }),
  };
}

function assigneeOf({ storeId, assignee }: Task): Partial<HandoffTaskEvent> {
  if (!assignee) return {};
  const person = personNamed(storeId, assignee.employeeNumber);
  const elsewhere = person.storeId === storeId ? {} : { assigneeStoreId: person.storeId };
  return { assigneeNumber: person.employeeNumber, ...elsewhere };
}

/** The texts of the contract's `reason`, unchanged since version 1. */
function reasonText(about: EventAbout): string {
  switch (about.code) {
    case 'taken-back':
      return `taken back: ${about.choice}`;
    case 'declined':
      return `A colleague can't take it: ${about.reason}`;
    case 'late':
      return `late to ${about.deadline}`;
    case 'ended':
      return about.outcome;
    case 'statement':
      return about.said;
    case 'asked-by':
      return about.askedBy;
    case 'noted':
      return about.what;
    case 'earlier-release':
      return about.text;
  }
}
