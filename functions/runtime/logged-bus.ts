import * as z from 'zod';
import type { OutgoingEvent } from '../handoff/outgoing-events.ts';
import type { EventBus } from '../ports.ts';
import { telemetry } from './telemetry.ts';

const taskEvent = z.object({ taskId: z.string(), kind: z.string(), occurredAt: z.string() });

/**
 * Logs each task event that the bus accepted; the dashboard counts handoffs and times to acceptance from these lines.
 */
export class LoggedBus implements EventBus {
  readonly #bus: EventBus;

  constructor(bus: EventBus) {
    this.#bus = bus;
  }

  async put(events: readonly OutgoingEvent[]) {
    const answers = await this.#bus.put(events);
    for (const [at, event] of events.entries()) if (answers[at]?.result === 'sent') log(event);
    return answers;
  }
}

function log({ detailType, detail }: OutgoingEvent): void {
  const step = /^handoff-task-(?<step>\w+)$/.exec(detailType)?.groups?.['step'];
  const { data } = taskEvent.safeParse(detail);
  if (step === undefined || !data) return;
  const { taskId, kind, occurredAt } = data;
  telemetry.info('Handoff', { taskId, kind, step, [`${step}At`]: Date.parse(occurredAt) });
}
