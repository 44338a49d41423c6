import { feedOf, isExpectedDaily } from '../group/feeds.ts';
import type { Group } from '../group/group.ts';
import type { Clock, Feeds } from '../ports.ts';

export interface FeedServices {
  readonly group: Pick<Group, 'stores' | 'eventSenders' | 'feeds'>;
  readonly feeds: Feeds;
  readonly clock: Clock;
}

/**
 * Records that a feed sent an event, and whether the event was refused. A failure is returned and never thrown: the event
 * itself has been processed, and a retry would process it twice.
 */
export async function noteFeed(
  { group, feeds, clock }: FeedServices,
  event: {
    readonly id: string;
    readonly source: string;
    readonly detailType: string;
    readonly detail: unknown;
  },
  outcome: 'accepted' | 'refused',
): Promise<{ readonly failed?: unknown }> {
  const feed = feedOf(group, event);
  if (!feed) return {};
  const at = clock.now();
  try {
    if (isExpectedDaily(event.detailType)) await feeds.noteHeard(feed, at);
    if (outcome === 'refused') await feeds.noteRefused(feed, { id: event.id, at });
    return {};
  } catch (failed) {
    return { failed };
  }
}
