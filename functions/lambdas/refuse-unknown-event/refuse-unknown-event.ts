import { suggestDetailType } from '../../events.ts';
import { keepRefusal, type RefusingServices } from '../../outbox/keep-refusal.ts';

/** No rule knows this detail type: EventBridge would drop it in silence, so it is kept, with a hint. */
export async function refuseUnknownEvent(
  services: RefusingServices,
  event: { id: string; source: string; detailType: string; detail: unknown },
): Promise<void> {
  const nearest = suggestDetailType(event.detailType);
  const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
  const reason = `detail-type: nothing here knows '${event.detailType.toWellFormed()}'.${hint}`;
  await keepRefusal(services, { ...event, queue: 'unknown event', reason });
}
