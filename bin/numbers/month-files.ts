import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { LEDGER, type LedgerFact, monthFileOf } from '../../functions/ledger/facts.ts';
import { Problem, UsageProblem } from '../lib/problem.ts';
import type { Target } from '../lib/target.ts';

/** A month file of the ledger, as stored in the bucket or in a local folder: one fact a line. */
const isMonthFile = (name: string) => /\.jsonl(\.gz)?$/.test(name);

export function writeMonthFile(folder: string, month: string, facts: readonly LedgerFact[]): void {
  const file = join(folder, monthFileOf(month, 1));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(facts.map((fact) => `${JSON.stringify(fact)}\n`).join('')));
}

/** The month files in a folder and its subfolders. */
export function monthFilesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageProblem(`There is no folder ${folder}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isMonthFile).sort();
  if (files.length === 0)
    throw new Problem(
      `${folder} holds no month file of the ledger: expected files such as 2026-11.jsonl.gz.`,
    );
  return files.map((file) => join(folder, file));
}

/** Copies a stack's month files to this machine while they are used. They contain only pseudonyms. */
export async function withMonthFilesOf<T>(
  target: Target,
  use: (files: readonly string[]) => Promise<T>,
): Promise<T> {
  const bucket = target.outputs.get('LedgerBucket');
  if (bucket === undefined)
    throw new Problem(
      `${target.where} has no ledger: name the local run, a stack, or a folder of month files.`,
    );
  const client = new S3Client(target.clientOptions);
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  try {
    const files: string[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: LEDGER })) {
      for (const { Key } of page.Contents ?? []) {
        if (Key === undefined || !isMonthFile(Key)) continue;
        const file = join(folder, `${files.length}.jsonl${Key.endsWith('.gz') ? '.gz' : ''}`);
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
        if (!(Body instanceof Readable)) throw new Problem(`S3 answered without the file ${Key}.`);
        await pipeline(Body, createWriteStream(file));
        files.push(file);
      }
    }
    if (files.length === 0)
      throw new Problem(
        `${target.where} has written no month yet: that happens every night, once there is a fact.`,
      );
    return await use(files);
  } finally {
    rmSync(folder, { recursive: true });
    client.destroy();
  }
}
