import type { HandoffEventWarned } from '../contracts/handoff-event-warned.ts';
import type { Warning } from '../contracts/warnings.ts';
import type { Clock, EventBus } from '../ports.ts';

/**
 * Tells the integrator what was odd about an accepted event. False if the bus did not accept it; that is not retried, because
 * the warnings are also in the log and in the task's story.
 */
export async function warnSender(
  { bus, clock }: { readonly bus: EventBus; readonly clock: Clock },
  event: { readonly id: string; readonly source: string; readonly detailType: string },
  warnings: readonly Warning[],
): Promise<boolean> {
  const notice: HandoffEventWarned = {
    version: 1,
    eventId: event.id,
    occurredAt: clock.now(),
    eventSource: event.source,
    eventDetailType: event.detailType,
    warnings: warnings.map(({ path, code, message }) => ({ path, code, message })),
  };
  const [answer] = await bus.put([{ detailType: 'handoff-event-warned', detail: notice }]);
  return answer?.result === 'sent';
}
