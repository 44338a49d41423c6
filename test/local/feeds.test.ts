import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DropFolder } from '../../local/drop-folder.ts';
import { createFeedDesk } from '../../local/feeds.ts';
import { shiftFile } from '../../local/shift-file.ts';
import { standIn } from '../support/stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'drop-'));
afterAll(() => rmSync(folder, { recursive: true }));

let bucket: Map<string, string>;
const client = standIn<S3Client>(async (command) => {
  if (command instanceof PutObjectCommand)
    return void bucket.set(
      command.input.Key ?? '',
      new TextDecoder().decode(z.instanceof(Uint8Array).parse(command.input.Body)),
    );
  if (!(command instanceof ListObjectsV2Command)) throw new Error('not asked for here');
  const keys = [...bucket.keys()].filter((key) => key.startsWith(command.input.Prefix ?? ''));
  return { Contents: keys.sort().map((Key) => ({ Key })) };
});
const feeds = [{ name: 'honda-orders', title: 'orders', timeZone: 'America/Denver' }];
const now = Date.parse('2027-01-05T16:30:00Z');
const folders = { folder: join(folder, 'watched'), samples: 'samples/feeds' };
const desk = createFeedDesk({ feeds, client, bucket: 'drop', ...folders, now: () => now });
beforeEach(() => {
  bucket = new Map();
});

describe('the folder that is watched', () => {
  const said: string[] = [];
  const watched = new DropFolder(desk, (line) => said.push(line));
  const put = (name: string, text: string, at = 1) => {
    const file = join(desk.folder, 'honda-orders', name);
    writeFileSync(file, text);
    utimesSync(file, at, at);
  };
  const looks = async (count: number) => {
    for (let look = 0; look < count; look += 1) await watched.look();
  };

  it('drops a file once, when it is whole', async () => {
    put('night.txt', 'half', 1);
    await looks(1);
    expect(bucket.size).toBe(0);
    put('night.txt', 'half and half', 2);
    await looks(1);
    expect(bucket.size).toBe(0);
    await looks(3);
    expect([...bucket]).toEqual([['drop/honda-orders/night.txt', 'half and half']]);
    bucket.clear();
    await looks(2);
    expect(bucket.size).toBe(0);
  });

  it('drops it again when it was written again, and leaves out what editors and folders leave there', async () => {
    put('night.txt', 'corrected!', 3);
    put('.night.txt.swp', 'x');
    mkdirSync(join(desk.folder, 'honda-orders', 'old'));
    await looks(3);
    expect([...bucket]).toEqual([['drop/honda-orders/night.txt', 'corrected!']]);
  });
});

describe('the button for last night’s file', () => {
  it('drops a file of yesterday, then the next night’s, and then the same at a later minute', async () => {
    const names = [];
    for (let night = 0; night < 3; night += 1) names.push(await desk.dropSample('honda-orders'));
    expect(names).toEqual([
      'DVD46315_20270104_0312_SV.txt',
      'DVD46315_20270105_0930_SV.txt',
      'DVD46315_20270105_0930_SV.txt',
    ]);
    const [first = '', second = ''] = [...bucket.values()];
    expect([first.includes('4,180.00'), second.includes('5,460.00')]).toEqual([true, true]);
    // The order of Maria Kowalski-Jiménez is the same in both.
    const rowIn = (text: string) => text.split('\r\n').find((row) => row.includes('000612031'));
    expect(rowIn(second)).toBe(rowIn(first));
    expect(rowIn(first)).toContain('1/3/2027');
  });

  it('asks for a feed that there is', async () => {
    await expect(desk.dropSample('kia-orders')).rejects.toThrow("'kia-orders' is no feed of this group");
  });
});

it('a sample moves by whole days, and an amount or a number stays', () => {
  const text = '11/18/2026\t2/28/2015\t12/24\t1/2/34567\t4,180.00';
  expect(shiftFile({ name: 'X_20261119_0312_SV.txt', text }, 47)).toEqual({
    name: 'X_20270105_0312_SV.txt',
    text: '1/4/2027\t4/16/2015\t12/24\t1/2/34567\t4,180.00',
  });
});
