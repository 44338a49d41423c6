import type { HandoffTaskEvent } from '../contracts/handoff-task-events.ts';
import { customerOf, vehicleOf } from '../customers/customer.ts';
import { readAbout } from '../customers/statements.ts';
import { firstServiceOfSale } from '../handoffs/introduction/decide.ts';
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
        ? told(task, entry, { roNumber: task.subject.roNumber, askedBy: entry.about ?? 'assessment' })
        : undefined;
    case 'customer-answered':
      return 'roNumber' in task.subject
        ? told(task, entry, { roNumber: task.subject.roNumber, ...readAbout(entry.about) })
        : undefined;
    case 'customer-bought':
      return 'dealNumber' in task.subject
        ? told(task, entry, { dealNumber: task.subject.dealNumber })
        : undefined;
    default:
      return told(task, entry, taskFields(task, entry));
  }
}

function told(task: Task, { detailType, owedAt }: EventEntry, fields: object): OutgoingEvent {
  const { storeId, correlationId } = task;
  const envelope = { version: 1, storeId, occurredAt: owedAt };
  const detail = { ...envelope, ...fields, ...(correlationId === undefined ? {} : { correlationId }) };
  return { detailType, detail };
}

function taskFields(task: Task, entry: EventEntry): Partial<HandoffTaskEvent> {
  const customer = customerOf(task);
  const vehicle = vehicleOf(task);
  return {
    taskId: task.taskId,
    kind: task.kind,
    state: task.state,
    ...(task.assignee ? { assigneeNumber: task.assignee.employeeNumber } : {}),
    ...('dealNumber' in task.subject ? { dealNumber: task.subject.dealNumber } : {}),
    ...('roNumber' in task.subject ? { roNumber: task.subject.roNumber } : {}),
    ...(vehicle ? { vin: vehicle.vin } : {}),
    ...(customer ? { customerNumber: customer.customerNumber } : {}),
    ...(entry.about === undefined ? {} : { reason: entry.about }),
  };
}
