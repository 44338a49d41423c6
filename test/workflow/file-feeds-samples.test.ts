import '../simulation/quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsOf } from '../../functions/feeds/file-receipt.ts';
import type { FeedSettings } from '../../functions/group/feed-settings.ts';
import { fileAt, judge } from '../feeds/judge.ts';
import { samples } from '../feeds/sample-files.ts';
import { World } from '../support/world.ts';
import { receiptOf, sampleFile } from './file-feeds.ts';

const feedOf = (
  [, source, { '*': store, ...dealers }]: (typeof samples)[number],
  at: number,
): FeedSettings => ({
  ...{ name: `sample-${at}`, source, posted: false, codes: {} },
  ...(store === undefined ? { dealers } : { store }),
});

let world: World;
beforeAll(async () => {
  world = await World.open('2026-11-26T18:00:00.000Z', (group) => ({ ...group, feeds: samples.map(feedOf) }));
  world.deliversFeeds = false;
});
afterAll(() => world.close());

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('each sample file that is dropped into the bucket', () => {
  it.each(samples.map((sample, at) => [sample[0], sample, at] as const))(
    '%s becomes what its source makes of it, and its receipt adds up',
    async (file, [, source, stores], at) => {
      const { judged, receipt } = await judge(fileAt(`test/feeds/files/${file}`), source, stores);
      const before = world.fromFeeds.length;
      const read = receiptOf(await world.drop(`drop/sample-${at}/${file}`, sampleFile(file)));
      const sent = world.fromFeeds.slice(before).map((event) => event['detail-type']);
      if (receipt.stops.length > 0) {
        expect(read.stops).toEqual(receipt.stops);
        expect(sent).toEqual([]);
        return;
      }
      expect(read).toMatchObject({ state: 'read', stops: [] });
      const counts = countsOf(read);
      expect(counts.read).toBe(
        sum(counts.sent) + counts.unchanged + sum(counts.skipped) + sum(counts.waiting) + counts.refused,
      );
      expect(counts.refused).toBe(receipt.refused);
      // Of the first file an open quote is only noted, and an end of nothing is left out.
      const notNow = /repair-quote|voided|unwound|cancelled/;
      const made = judged.flatMap(({ mapped }) => (mapped.kind === 'event' ? [mapped.detailType] : []));
      expect(sent.filter((one) => !/appointment/.test(one))).toEqual(
        made.filter((one) => !notNow.test(one) && !/appointment/.test(one)),
      );
    },
  );
});
