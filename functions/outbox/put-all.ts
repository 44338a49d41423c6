import type { OutgoingEvent } from '../handoff/outgoing-events.ts';
import type { EventBus } from '../ports.ts';

/**
 * Publishes events that this software itself consumes. Throws unless the bus accepted all of them: the caller then retries with
 * all of them, and a consumer that already knows a fact changes nothing.
 */
export async function putAll(
  { bus }: { readonly bus: EventBus },
  events: readonly OutgoingEvent[],
): Promise<void> {
  const answers = await bus.put(events);
  const refused = answers.filter(({ result }) => result !== 'sent').length;
  const [first] = events;
  if (refused > 0 && first)
    throw new Error(`The bus did not take ${refused} of ${events.length}: '${first.detailType}'`);
}
