import type { HandoffEventRefused } from '../contracts/handoff-event-refused.ts';
import { functionToTryAgain, type VersionOfFact } from '../group/refused-fact.ts';
import type { Clock, EventBus, Refusal, RefusalStore } from '../ports.ts';

export interface RefusingServices {
  readonly refusals: RefusalStore;
  readonly bus: EventBus;
  readonly clock: Clock;
}

/** Stores an event that was refused or failed, and notifies the integrator on the bus. */
export async function keepRefusal(
  services: RefusingServices,
  event: {
    /** The envelope's id. */
    readonly id: string;
    readonly queue: Refusal['queue'];
    readonly functionName?: string | undefined;
    readonly reason: string;
    readonly source: string;
    readonly detailType: string;
    readonly time: string | undefined;
    readonly detail: unknown;
    /** The version of the fact, if a later event can make up for this one. */
    readonly fact?: VersionOfFact | undefined;
  },
): Promise<void> {
  const at = services.clock.now();
  const { id: eventId, queue, functionName, reason, source, detailType, time, fact } = event;
  const id = refusalIdOf(event);
  const kept = beginning(JSON.stringify(event.detail) ?? 'null');
  await services.refusals.keep({
    ...{ id, eventId, at, queue, functionName, reason, source, detailType, time, fact },
    ...kept,
  });
  const notice: HandoffEventRefused = {
    version: 1,
    refusalId: id,
    occurredAt: at,
    eventId,
    eventSource: source,
    eventDetailType: detailType,
    reason,
  };
  const [answer] = await services.bus.put([{ detailType: 'handoff-event-refused', detail: notice }]);
  // The refusal is stored; throwing retries the notice, and storing the same refusal again changes nothing.
  if (answer?.result !== 'sent')
    throw new Error('The refusal is stored, but the bus did not accept its handoff-event-refused event');
}

/**
 * Never parsed: the event and the function are stored next to it. An event that goes back on the bus reaches every function
 * again, so if several functions refuse it, that is one refusal.
 */
const refusalIdOf = (event: Pick<Refusal, 'id' | 'queue' | 'source' | 'functionName'>): string =>
  functionToTryAgain(event) === undefined ? event.id : `${event.id}@${event.functionName}`;

/** EventBridge accepts events up to 1 MB, DynamoDB items up to 400 KB: a larger event is truncated. */
export const KEPT_BYTES = 300 * 1024;

function beginning(detail: string): Pick<Refusal, 'detail' | 'wholeBytes'> {
  const bytes = Buffer.from(detail);
  if (bytes.byteLength <= KEPT_BYTES) return { detail };
  // Decoding as a stream drops a character that is cut in half.
  const cut = new TextDecoder().decode(bytes.subarray(0, KEPT_BYTES), { stream: true });
  return { detail: cut, wholeBytes: bytes.byteLength };
}
