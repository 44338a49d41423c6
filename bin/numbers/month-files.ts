import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LedgerFact } from '../../functions/ledger/facts.ts';
import { Problem, UsageProblem } from '../lib/problem.ts';

/** A month of the ledger as it lies in the bucket, and in a folder on this machine: one fact a line. */
const isMonthFile = (name: string) => /\.jsonl(\.gz)?$/.test(name);

export function writeMonthFile(folder: string, month: string, facts: readonly LedgerFact[]): void {
  mkdirSync(folder, { recursive: true });
  const lines = facts.map((fact) => `${JSON.stringify(fact)}\n`).join('');
  writeFileSync(join(folder, `${month}.jsonl.gz`), gzipSync(lines));
}

/** The month files in a folder and below it. */
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
