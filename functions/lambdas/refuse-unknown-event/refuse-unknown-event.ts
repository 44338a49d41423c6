import { suggestDetailType } from '../../events.ts';
import type { Group } from '../../group/group.ts';
import { versionOfFact } from '../../group/refused-fact.ts';
import { keepRefusal, type RefusingServices } from '../../outbox/keep-refusal.ts';

/** Stores an event with an unknown detail type and a hint; without it, EventBridge would drop the event silently. */
export async function refuseUnknownEvent(
  services: RefusingServices & { readonly group: Pick<Group, 'stores'> },
  event: { id: string; source: string; detailType: string; time: string | undefined; detail: unknown },
): Promise<void> {
  const nearest = suggestDetailType(event.detailType, event.detail);
  const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
  const reason = `detail-type: nothing here knows '${event.detailType.toWellFormed()}'.${hint}`;
  const fact =
    nearest === undefined ? undefined : versionOfFact({ detailType: nearest }, event.detail, services.group);
  await keepRefusal(services, { ...event, fact, queue: 'unknown event', reason });
}
