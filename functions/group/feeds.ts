import * as z from 'zod';
import { addBusinessMinutes, calendarOf, plusMinutes } from './business-time.ts';
import { isOfFeed } from './feed-settings.ts';
import { departmentsOf, findStore, type Group, isNamedSender, type Store } from './group.ts';

/** What one source sends about one store. */
export interface Feed {
  readonly storeId: string;
  readonly source: string;
}

/** A feed, and when its last event came: up to an hour later than said, see {@link isNoted}. */
export const heardFeed = z.object({ storeId: z.string(), source: z.string(), heardAt: z.string() });
export type HeardFeed = z.infer<typeof heardFeed>;

export interface RefusedEvents extends Feed {
  readonly count: number;
}

type Groups = Pick<Group, 'stores' | 'eventSenders' | 'feeds'>;
type Watching = Groups & Pick<Group, 'silentAfterHours'>;

const ofStore = z.looseObject({ storeId: z.string() });

/**
 * The feed that an event belongs to. Undefined for events of ours, for those that an operator sends under any source,
 * and for those that name no store of the group.
 */
export function feedOf(group: Groups, event: { source: string; detail: unknown }): Feed | undefined {
  const { data } = ofStore.safeParse(event.detail);
  const feed = data && { storeId: data.storeId, source: event.source };
  return feed && isWatched(group, feed) ? feed : undefined;
}

/** What a CRM tells, of single customers: a quiet week of it is no fault. */
const occasional: readonly string[] = [
  'crm-lead-updated',
  'customer-contacted',
  'customer-preferences-changed',
];

/** Whether a store has events of the kind every day, so that a sender of them is missed. */
export const isExpectedDaily = (detailType: string): boolean => !occasional.includes(detailType);

/** Of a file that says nothing new nothing is sent, so those of feeds are never silent: they are late. */
function isWatched(group: Groups, { storeId, source }: Feed): boolean {
  const store = findStore(group, storeId);
  if (isOfFeed(group.feeds, source, storeId)) return false;
  return store !== undefined && store.mode !== 'off' && isNamedSender(group, source, storeId);
}

const HOUR = 60;

/** Whether a feed was written down within the hour; so one write an hour is enough, however much it sends. */
export const isNoted = (heardAt: string | undefined, now: string): boolean =>
  heardAt !== undefined && heardAt > plusMinutes(now, -HOUR);

/** The feeds without an event for longer than their store allows. One that never sent anything is not among them. */
export const silentFeeds = (group: Watching, heard: readonly HeardFeed[], now: string): HeardFeed[] =>
  heard.filter((feed) => isWatched(group, feed) && isSilent(group, feed, now));

/** Counted in the hours of each department, so that a store whose Service works on Saturdays is not silent on one. */
function isSilent(group: Watching, { storeId, heardAt }: HeardFeed, now: string): boolean {
  const store = findStore(group, storeId);
  if (!store) return false;
  const minutes = silentAfterHoursOf(group, store) * HOUR;
  // Opening hours never pass faster than the clock: most feeds are settled without the calendar.
  if (plusMinutes(heardAt, minutes) > now) return false;
  return departmentsOf(store).every(
    (department) => addBusinessMinutes(calendarOf(store, department), heardAt, minutes) <= now,
  );
}

export const silentAfterHoursOf = (group: Pick<Group, 'silentAfterHours'>, store: Store): number =>
  store.silentAfterHours ?? group.silentAfterHours;

/** A few refusals are the operator's concern; this many at one store mean that the feed is broken. */
const REFUSING_FROM = 5;

export const isRefusing = ({ count }: RefusedEvents): boolean => count >= REFUSING_FROM;
