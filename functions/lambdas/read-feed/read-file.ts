import { incomingEvents } from '../../events.ts';
import { type DroppedFile, placeOf } from '../../feeds/dropped-file.ts';
import type { FileFeed } from '../../feeds/file-feed.ts';
import { type FeedContext, type FeedFile, judgedAfter, judgeFile } from '../../feeds/judge-file.ts';
import type { DroppedFiles, FeedBus, FeedEvent, OpenedFile } from '../../feeds/ports.ts';
import { sourceOnBus } from '../../group/feed-settings.ts';
import { findStore, type Group } from '../../group/group.ts';
import type { Clock } from '../../ports.ts';

export interface ReadingServices {
  readonly clock: Clock;
  readonly group: Group;
  readonly fileFeeds: readonly FileFeed[];
  readonly files: DroppedFiles;
  readonly bus: FeedBus;
}

const TOGETHER = 100;

/**
 * Reads a file twice: the first time as a whole, to judge whether it is the right one and complete, which sends nothing;
 * the second time to send.
 */
export async function readFile(services: ReadingServices, dropped: DroppedFile): Promise<string> {
  const place = placeOf(dropped.key);
  const feed = services.fileFeeds.find(({ name }) => name === place?.feedName);
  if (!place || !feed) return 'no-feed';
  const opened = await services.files.open(dropped);
  if (!opened) return 'gone';
  const context = contextOf(services, feed);
  const fileOf = ({ modifiedAt, bytes }: OpenedFile): FeedFile => ({
    name: place.fileName,
    modifiedAt,
    bytes,
  });
  const receipt = await judgeFile(fileOf(opened), feed.source, context, () => undefined);
  if (receipt.stops.length > 0) return 'stopped';
  const again = await services.files.open(dropped);
  if (!again) return 'gone';
  let events: FeedEvent[] = [];
  for await (const { mapped } of judgedAfter(0, fileOf(again), feed.source, context)) {
    if (mapped.kind !== 'event') continue;
    events.push({ source: sourceOnBus(feed.source.name), ...mapped });
    if (events.length < TOGETHER) continue;
    await services.bus.put(events);
    events = [];
  }
  await services.bus.put(events);
  return 'read';
}

function contextOf({ group, clock }: ReadingServices, { stores }: FileFeed): FeedContext {
  const known = Object.entries(stores).flatMap(([dealer, id]) => {
    const store = findStore(group, id);
    return store ? [[dealer, store] as const] : [];
  });
  return { group, stores: new Map(known), contracts: incomingEvents, now: clock.now() };
}
