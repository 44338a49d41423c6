import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from './problem.ts';

export interface DataDir {
  path: string;
  /** Frees the directory for another local run. */
  release(): void;
}

/** Files that the local run itself writes there. */
const ours = /^(cdk\.out|journal\.sqlite(-wal|-shm)?|dynamodb-\d+|s3|functions\.log(\.old)?)$/;

/** An operating-system lock, by means of SQLite: it ends with the process, even after a crash. */
function lock(path: string): DatabaseSync {
  const db = new DatabaseSync(join(path, 'lock.sqlite'));
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch {
    db.close();
    throw new Problem(`another local run uses ${path}: stop it, or choose another directory with --data`);
  }
  return db;
}

/** Claims the directory for this process. For a fresh start it is emptied. */
export function openDataDir(path: string, fresh: boolean): DataDir {
  mkdirSync(path, { recursive: true });
  const held = lock(path);
  for (const name of fresh ? readdirSync(path).filter((each) => ours.test(each)) : ['cdk.out']) {
    rmSync(join(path, name), { recursive: true, force: true });
  }
  return { path, release: () => held.close() };
}
