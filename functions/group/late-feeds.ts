import * as z from 'zod';
import { calendarOf, localDate, openingOn, plusMinutes, timeOn } from './business-time.ts';
import { type FeedSettings, storesOfFeed } from './feed-settings.ts';
import { departmentsOf, findStore, type Group, type Store } from './group.ts';

/** When a file of a feed was last read to its end. */
export const readFeed = z.object({ feed: z.string(), readAt: z.string() });
export type ReadFeed = z.infer<typeof readFeed>;

/** A feed of a store whose nightly file has not arrived. */
export interface LateFeed {
  readonly feed: string;
  readonly storeId: string;
  /** Such as `06:00`, on the store's clock. */
  readonly expectBy: string;
  /** Undefined if no file ever arrived. */
  readonly readAt?: string | undefined;
}

type Watching = Pick<Group, 'stores' | 'feeds'>;

export const isAnyExpected = ({ feeds }: Pick<Group, 'feeds'>): boolean =>
  feeds.some(({ expectBy }) => expectBy !== undefined);

/** A file that was read at most this long before the expected time is the current night's. */
const NIGHT_MINUTES = 12 * 60;

/** The feeds whose file is overdue today, by store. On days when the store is closed, none is expected. */
export function lateFeeds(group: Watching, read: readonly ReadFeed[], now: string): LateFeed[] {
  const readAt = new Map(read.map((one) => [one.feed, one.readAt]));
  return group.feeds.flatMap((feed) =>
    storesIn(group, feed)
      .filter((store) => isLate(feed, store, readAt.get(feed.name), now))
      .map(({ id }) => ({
        ...{ feed: feed.name, storeId: id, expectBy: feed.expectBy ?? '' },
        readAt: readAt.get(feed.name),
      })),
  );
}

function storesIn(group: Watching, feed: FeedSettings): readonly Store[] {
  const ids = [...new Set(Object.values(storesOfFeed(feed)))];
  return ids.flatMap((id) => findStore(group, id) ?? []).filter(({ mode }) => mode !== 'off');
}

function isLate({ expectBy }: FeedSettings, store: Store, readAt: string | undefined, now: string): boolean {
  if (expectBy === undefined) return false;
  const today = localDate(store.timeZone, now);
  const expectedAt = timeOn(store.timeZone, today, expectBy);
  if (now < expectedAt) return false;
  const isOpen = departmentsOf(store).some(
    (department) => openingOn(calendarOf(store, department), today) !== undefined,
  );
  return isOpen && (readAt ?? '') < plusMinutes(expectedAt, -NIGHT_MINUTES);
}
