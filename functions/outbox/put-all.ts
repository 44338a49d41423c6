import type { OutgoingEvent } from '../handoff/outgoing-events.ts';
import type { EventBus } from '../ports.ts';

/**
 * Puts what this software tells itself on the bus, or throws where any of it was not taken: then whoever called tries again
 * with all of it, and a reader that knows the fact already changes nothing.
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
