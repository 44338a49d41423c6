import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Webhook } from '../functions/feeds/webhook.ts';
import { Problem } from './emulator/problem.ts';
import { shiftFile } from './shift-file.ts';

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

  /** The first of a feed's files is the first night's; every later one is the last sample's. */
  async function nextSample(feed: DeskFeed): Promise<string> {
    const there = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefixOf(feed) }));
    const all = samplesOf(feed.name);
    const name = all[Math.min(there.KeyCount ?? 0, all.length - 1)];
    if (name === undefined) throw new Problem(`there is no sample file of ${feed.name}`);
    return name;
  }

  return {
    feeds,
    folder,
    drop,
    hasSample: (feedName) => samplesOf(feedName).length > 0,
    dropSample: async (feedName) => {
      const feed = feedNamed(feedName);
      const name = await nextSample(feed);
      const text = readFileSync(join(samples, feedName, name), 'utf8');
      const shifted = shiftFile({ name, text }, now(), feed.timeZone);
      await drop(feedName, { name: shifted.name, bytes: Buffer.from(shifted.text) });
      return shifted.name;
    },
  };
}

const prefixOf = ({ name }: DeskFeed): string => `drop/${name}/`;
