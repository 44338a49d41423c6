import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Temporal } from 'temporal-polyfill';
import type { Webhook } from '../functions/feeds/webhook.ts';
import { Problem } from './emulator/problem.ts';
import { dayIn, type SampleFile, shiftFile, stampedAt } from './shift-file.ts';

/** A feed of the group's file, reduced to what the desk shows. */
export interface DeskFeed {
  readonly name: string;
  /** A one-line description of its files. */
  readonly title: string;
  /** Its store's time zone. */
  readonly timeZone: string;
  /** The name of its source. */
  readonly source?: string;
  /** How vendors post it, if they do. */
  readonly webhook?: Webhook | undefined;
}

export interface DroppedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where feeds' files are dropped: from the desk, from the watched folder, and from the samples. */
export interface FeedDesk {
  readonly feeds: readonly DeskFeed[];
  /** The watched local folder, with a subfolder for each feed. */
  readonly folder: string;
  drop(feedName: string, file: DroppedBytes): Promise<void>;
  hasSample(feedName: string): boolean;
  /** Drops the next night's sample, with its dates moved to the clock's current minute; returns its name. */
  dropSample(feedName: string): Promise<string>;
}

export interface FeedDeskParts {
  readonly feeds: readonly DeskFeed[];
  readonly client: Pick<S3Client, 'send'>;
  readonly bucket: string;
  readonly folder: string;
  /** The folder of samples, also with a subfolder for each feed. */
  readonly samples: string;
  readonly now: () => number;
}

export function createFeedDesk({ feeds, client, bucket, folder, samples, now }: FeedDeskParts): FeedDesk {
  const feedNamed = (name: string): DeskFeed => {
    const feed = feeds.find((one) => one.name === name);
    if (!feed) throw new Problem(`'${name}' is no feed of this group: ${feeds.map((one) => one.name)}`);
    return feed;
  };

  async function drop(feedName: string, { name, bytes }: DroppedBytes): Promise<void> {
    const Key = `${prefixOf(feedNamed(feedName))}${basename(name)}`;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes }));
  }

  const samplesOf = (feedName: string): string[] => {
    const own = join(samples, feedName);
    return existsSync(own) ? readdirSync(own).sort() : [];
  };

  /** The names of the files in a feed's folder, sorted by their stamps, oldest first. */
  async function namesIn(feed: DeskFeed): Promise<string[]> {
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefixOf(feed) }),
    );
    return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [basename(Key)]));
  }

  /**
   * The first night's file is dated yesterday and the next one today; later ones are copies with a later stamp. All
   * are moved by the same number of days as the first, so that unchanged records stay the same from night to night.
   */
  async function nextSample(feed: DeskFeed): Promise<SampleFile> {
    const all = samplesOf(feed.name);
    const [first, last = first] = [all[0], all.at(-1)];
    if (first === undefined || last === undefined)
      throw new Problem(`there is no sample file of ${feed.name}`);
    const here = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(feed.timeZone);
    const there = (await namesIn(feed)).filter((name) => isLike(name, first));
    const name = all[there.length] ?? last;
    const days = daysBetween(first, there[0]) ?? daysBetween(last, stampedAt(last, here)) ?? 0;
    const shifted = shiftFile({ name, text: readFileSync(join(samples, feed.name, name), 'utf8') }, days);
    return name === first ? shifted : { ...shifted, name: stampedAt(name, here) };
  }

  return {
    feeds,
    folder,
    drop,
    hasSample: (feedName) => samplesOf(feedName).length > 0,
    dropSample: async (feedName) => {
      const { name, text } = await nextSample(feedNamed(feedName));
      await drop(feedName, { name, bytes: Buffer.from(text) });
      return name;
    },
  };
}

const prefixOf = ({ name }: DeskFeed): string => `drop/${name}/`;

/** Whether two names are the same except for the stamp. */
const isLike = (name: string, sample: string): boolean =>
  name.replaceAll(/\d/g, '') === sample.replaceAll(/\d/g, '');

function daysBetween(one: string, other: string | undefined): number | undefined {
  const [from, to] = [dayIn(one), other === undefined ? undefined : dayIn(other)];
  return from && to && from.until(to, { largestUnit: 'days' }).days;
}
