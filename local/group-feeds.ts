import { findStore } from '../functions/group/group.ts';
import { DEMO_GROUP, readGroupFile } from '../lib/group-file.ts';
import { feedsOf } from '../lib/sources.ts';
import type { DeskFeed } from './feeds.ts';
import { type LocalOptions, OWN_APP } from './options.ts';

/** The feeds of the group that runs; none for another app. */
export function groupFeeds({
  app,
  group: file = DEMO_GROUP,
}: Pick<LocalOptions, 'app' | 'group'>): DeskFeed[] {
  if (app !== OWN_APP) return [];
  const group = readGroupFile(file);
  return feedsOf(group, file).map(({ name, source, stores }) => {
    const timeZones = Object.values(stores).flatMap((id) => findStore(group, id)?.timeZone ?? []);
    return {
      ...{ name, title: source.title, timeZone: timeZones[0] ?? 'UTC' },
      ...{ source: source.name, webhook: source.webhook },
    };
  });
}
