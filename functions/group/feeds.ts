import * as z from 'zod';
import { addBusinessMinutes, calendarOf, plusMinutes } from './business-time.ts';
import { isOfFeed } from './feed-settings.ts';
import { departmentsOf, findStore, type Group, isNamedSender, type Store } from './group.ts';

/** What one source sends about one store. */
export interface Feed {
  readonly storeId: string;
  readonly source: string;
}

/** A feed, and when its last event arrived. That may be up to an hour later than stored, see {@link isNoted}. */
export const heardFeed = z.object({ storeId: z.string(), source: z.string(), heardAt: z.string() });
export type HeardFeed = z.infer<typeof heardFeed>;

export interface RefusedEvents extends Feed {
  readonly count: number;
}

type Groups = Pick<Group, 'stores' | 'eventSenders' | 'feeds'>;
type Watching = Groups & Pick<Group, 'silentAfterHours'>;

const ofStore = z.looseObject({ storeId: z.string() });

/**
 * The feed that an event belongs to. Undefined for our own events, for those that an operator sends under any source,
 * and for those that name no store of the group.
 */
export function feedOf(group: Groups, event: { source: string; detail: unknown }): Feed | undefined {
  const { data } = ofStore.safeParse(event.detail);
  const feed = data && { storeId: data.storeId, source: event.source };
  return feed && isWatched(group, feed) ? feed : undefined;
}

/** What a CRM reports about individual customers: a week without any is normal. */
const occasional: readonly string[] = [
  'crm-lead-updated',
  'customer-contacted',
  'customer-preferences-changed',
];

/** Whether a store has such events every day, so that their absence means that the sender failed. */
export const isExpectedDaily = (detailType: string): boolean => !occasional.includes(detailType);

/** Feeds of files are not watched for silence: a file without news sends no events. They are checked for being late. */
function isWatched(group: Groups, { storeId, source }: Feed): boolean {
  const store = findStore(group, storeId);
  if (isOfFeed(group.feeds, source, storeId)) return false;
  return store !== undefined && store.mode !== 'off' && isNamedSender(group, source, storeId);
}

const HOUR = 60;

/** Whether a feed was stored as heard within the last hour: one write an hour is enough, however much it sends. */
export const isNoted = (heardAt: string | undefined, now: string): boolean =>
  heardAt !== undefined && heardAt > plusMinutes(now, -HOUR);

/** The feeds without an event for longer than their store allows, except those that never sent any. */
export const silentFeeds = (group: Watching, heard: readonly HeardFeed[], now: string): HeardFeed[] =>
  heard.filter((feed) => isWatched(group, feed) && isSilent(group, feed, now));

/**
 * Counts the opening hours of each department, so that a store where only Service works on Saturdays does not count
 * as silent then.
 */
function isSilent(group: Watching, { storeId, heardAt }: HeardFeed, now: string): boolean {
  const store = findStore(group, storeId);
  if (!store) return false;
  const minutes = silentAfterHoursOf(group, store) * HOUR;
  // Opening hours never pass faster than the clock, so most feeds need no calendar.
  if (plusMinutes(heardAt, minutes) > now) return false;
  return departmentsOf(store).every(
    (department) => addBusinessMinutes(calendarOf(store, department), heardAt, minutes) <= now,
  );
}

export const silentAfterHoursOf = (group: Pick<Group, 'silentAfterHours'>, store: Store): number =>
  store.silentAfterHours ?? group.silentAfterHours;

/** A few refusals are for the operator to look at; this many at one store mean that the feed is broken. */
const REFUSING_FROM = 5;

export const isRefusing = ({ count }: RefusedEvents): boolean => count >= REFUSING_FROM;
