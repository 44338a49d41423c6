import type { HandoffTaskEvent } from '../contracts/handoff-task-events.ts';
import { customerOf, vehicleOf } from './customer.ts';
import { readAbout } from './customer-memory.ts';
import { firstServiceOfSale } from './introduction.ts';
import type { EventEntry } from './outbox-entry.ts';
import type { OutgoingEvent } from './ports.ts';
import type { Task } from './task.ts';

/** The event that an entry owes, written when it is put on the bus. Its `occurredAt` is when it came to be owed. */
export function outgoingEvent(task: Task, entry: EventEntry): OutgoingEvent | undefined {
  switch (entry.detailType) {
    case 'first-service-due': {
      const detail =
        task.kind === 'service-introduction' ? firstServiceOfSale(task, entry.owedAt) : undefined;
      return detail && { detailType: entry.detailType, detail };
    }
    case 'upgrade-conversation-due':
      return task.kind === 'repair-options'
        ? { detailType: entry.detailType, detail: upgradeDetail(task, entry) }
        : undefined;
    case 'customer-answered':
      return 'roNumber' in task.subject
        ? { detailType: entry.detailType, detail: answeredDetail(task, task.subject.roNumber, entry) }
        : undefined;
    case 'customer-bought':
      return 'dealNumber' in task.subject
        ? { detailType: entry.detailType, detail: boughtDetail(task, task.subject.dealNumber, entry) }
        : undefined;
    default:
      return { detailType: entry.detailType, detail: taskDetail(task, entry) };
  }
}

function upgradeDetail(task: Task & { kind: 'repair-options' }, entry: EventEntry) {
  return {
    version: 1,
    storeId: task.storeId,
    occurredAt: entry.owedAt,
    roNumber: task.subject.roNumber,
    askedBy: entry.about ?? 'assessment',
    ...(task.correlationId === undefined ? {} : { correlationId: task.correlationId }),
  };
}

function answeredDetail(task: Task, roNumber: string, entry: EventEntry) {
  return {
    version: 1,
    storeId: task.storeId,
    occurredAt: entry.owedAt,
    roNumber,
    ...readAbout(entry.about),
    ...(task.correlationId === undefined ? {} : { correlationId: task.correlationId }),
  };
}

function boughtDetail(task: Task, dealNumber: string, entry: EventEntry) {
  return {
    version: 1,
    storeId: task.storeId,
    occurredAt: entry.owedAt,
    dealNumber,
    ...(task.correlationId === undefined ? {} : { correlationId: task.correlationId }),
  };
}

function taskDetail(task: Task, entry: EventEntry): HandoffTaskEvent {
  const customer = customerOf(task);
  const vehicle = vehicleOf(task);
  return {
    version: 1,
    storeId: task.storeId,
    occurredAt: entry.owedAt,
    taskId: task.taskId,
    kind: task.kind,
    state: task.state,
    ...(task.assignee ? { assigneeNumber: task.assignee.employeeNumber } : {}),
    ...('dealNumber' in task.subject ? { dealNumber: task.subject.dealNumber } : {}),
    ...('roNumber' in task.subject ? { roNumber: task.subject.roNumber } : {}),
    ...(vehicle ? { vin: vehicle.vin } : {}),
    ...(customer ? { customerNumber: customer.customerNumber } : {}),
    ...(entry.about === undefined ? {} : { reason: entry.about }),
    ...(task.correlationId === undefined ? {} : { correlationId: task.correlationId }),
  };
}
