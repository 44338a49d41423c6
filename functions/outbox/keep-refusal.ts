import type { HandoffEventRefused } from '../contracts/handoff-event-refused.ts';
import type { Clock, EventBus, Refusal, RefusalStore } from '../ports.ts';

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
  const kept = beginning(JSON.stringify(event.detail) ?? 'null');
  await services.refusals.keep({ id, at, queue, functionName, reason, source, detailType, ...kept });
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

/** EventBridge takes an event of 1 MB, DynamoDB an item of 400 KB: what is larger would never be kept at all. */
export const KEPT_BYTES = 300 * 1024;

function beginning(detail: string): Pick<Refusal, 'detail' | 'wholeBytes'> {
  const whole = Buffer.from(detail);
  if (whole.byteLength <= KEPT_BYTES) return { detail };
  // As of a stream that goes on: a character that is cut in two is left out.
  const cut = new TextDecoder().decode(whole.subarray(0, KEPT_BYTES), { stream: true });
  return { detail: cut, wholeBytes: whole.byteLength };
}
