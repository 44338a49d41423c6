import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Temporal } from 'temporal-polyfill';
import type { Webhook } from '../functions/feeds/webhook.ts';
import { Problem } from './emulator/problem.ts';
import { dayIn, type SampleFile, shiftFile, stampedAt } from './shift-file.ts';

/** A feed of the group's file, as far as the desk shows it. */
export interface DeskFeed {
  readonly name: string;
  /** What its files are, in a line. */
  readonly title: string;
  /** The clock of its store. */
  readonly timeZone: string;
  /** The name of its source. */
  readonly source?: string;
  /** How it is posted, where it is. */
  readonly webhook?: Webhook | undefined;
}

export interface DroppedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where the files of feeds come in: the desk, the folder that is watched, and the samples. */
export interface FeedDesk {
  readonly feeds: readonly DeskFeed[];
  /** The folder of this machine that is watched, with a folder for each feed. */
  readonly folder: string;
  drop(feedName: string, file: DroppedBytes): Promise<void>;
  hasSample(feedName: string): boolean;
  /** Drops the next night's sample, moved to this minute of the clock; says its name. */
  dropSample(feedName: string): Promise<string>;
}

export interface FeedDeskParts {
  readonly feeds: readonly DeskFeed[];
  readonly client: Pick<S3Client, 'send'>;
  readonly bucket: string;
  readonly folder: string;
  /** A folder with a folder for each feed, too. */
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

  /** The names of the files in the folder of a feed: by their stamps, the oldest first. */
  async function namesIn(feed: DeskFeed): Promise<string[]> {
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefixOf(feed) }),
    );
    return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [basename(Key)]));
  }

  /**
   * The first night's file is one of yesterday, the next one of today, and later ones are the same with a later stamp. All
   * of them are moved by as many days as the first, so that what did not change from night to night is the same.
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

/** But for what its stamp says. */
const isLike = (name: string, sample: string): boolean =>
  name.replaceAll(/\d/g, '') === sample.replaceAll(/\d/g, '');

function daysBetween(one: string, other: string | undefined): number | undefined {
  const [from, to] = [dayIn(one), other === undefined ? undefined : dayIn(other)];
  return from && to && from.until(to, { largestUnit: 'days' }).days;
}
