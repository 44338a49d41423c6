import { type FeedServices, noteFeed } from '../outbox/note-feed.ts';
import { EVENTS_RECEIVED_METRIC, EVENTS_REFUSED_METRIC } from './environment.ts';
import { telemetry } from './telemetry.ts';

/** Counts an event for the alarms about refusals, and notes its feed for the alarms about silent feeds. */
export async function countEvent(
  services: FeedServices,
  event: {
    readonly id: string;
    readonly source: string;
    readonly detailType: string;
    readonly detail: unknown;
  },
  outcome: 'accepted' | 'refused',
): Promise<void> {
  telemetry.measure(EVENTS_RECEIVED_METRIC, 1);
  telemetry.measure(EVENTS_REFUSED_METRIC, outcome === 'refused' ? 1 : 0);
  const { failed } = await noteFeed(services, event, outcome);
  if (failed !== undefined)
    telemetry.error('The feed of an event is not noted', failed, { eventId: event.id });
}
