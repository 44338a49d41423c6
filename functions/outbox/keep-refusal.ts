import type { HandoffEventRefused } from '../contracts/handoff-event-refused.ts';
import type { Clock, EventBus, Refusal, RefusalStore } from '../domain/ports.ts';

export interface RefusingServices {
  readonly refusals: RefusalStore;
  readonly bus: EventBus;
  readonly clock: Clock;
}

/** Keeps an event that was refused or failed, and tells the integrator over the bus. */
export async function keepRefusal(
  services: RefusingServices,
  event: {
    readonly id: string;
    readonly queue: Refusal['queue'];
    readonly functionName?: string | undefined;
    readonly reason: string;
    readonly source: string;
    readonly detailType: string;
    readonly detail: unknown;
  },
): Promise<void> {
  const at = services.clock.now();
  const { id, queue, functionName, reason, source, detailType } = event;
  const detail = JSON.stringify(event.detail) ?? 'null';
  await services.refusals.keep({ id, at, queue, functionName, reason, source, detailType, detail });
  const told: HandoffEventRefused = {
    version: 1,
    refusalId: id,
    occurredAt: at,
    eventId: id,
    eventSource: source,
    eventDetailType: detailType,
    reason,
  };
  const [answer] = await services.bus.put([{ detailType: 'handoff-event-refused', detail: told }]);
  // Kept it is; that the integrator hears of it is worth another try of the whole, which keeps nothing twice.
  if (answer?.result !== 'sent')
    throw new Error('The refusal is kept, but the bus did not take the event about it');
}
