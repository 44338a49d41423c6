import { suggestDetailType } from '../../events.ts';
import { keepRefusal, type RefusingServices } from '../../outbox/keep-refusal.ts';
import type { Envelope } from '../../runtime/on-events.ts';

/** Stores an event with an unknown detail type and a hint; without it, EventBridge would drop the event silently. */
export async function refuseUnknownEvent(services: RefusingServices, event: Envelope): Promise<void> {
  const nearest = suggestDetailType(event.detailType);
  const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
  const reason = `detail-type: nothing here knows '${event.detailType.toWellFormed()}'.${hint}`;
  await keepRefusal(services, { ...event, queue: 'unknown event', reason });
}
