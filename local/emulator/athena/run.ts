import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Access } from '../iam/access.ts';
import type { Ask } from '../iam/ask.ts';
import { messageOf } from '../problem.ts';
import { type ObjectStore, objectOf, type StoredObject } from '../s3/store.ts';
import { type GlueTableSpec, glueArn, type S3Folder, type WorkGroupSpec } from '../stack/athena.ts';
import type { DuckDb, Readable } from './duckdb.ts';
import type { Ended, Query } from './store.ts';

export interface RunParts {
  objects: ObjectStore;
  access: Access;
  clock: Clock;
  tables: GlueTableSpec[];
  engine: DuckDb;
  /** Reports an object while it is written, and again when it is complete. */
  created(object: StoredObject): void;
  changed(): void;
}

export const resultKey = ({ results }: WorkGroupSpec, id: string): string => `${results.prefix}${id}.csv`;

/**
 * Reads the files in the tables' folders with the caller's permissions, and writes the result to the work group's
 * folder.
 */
export async function performQuery(query: Query, workGroup: WorkGroupSpec, parts: RunParts): Promise<Ended> {
  const tables = parts.tables.filter(
    ({ database, name }) => database === query.database && new RegExp(`\\b${name}\\b`, 'i').test(query.sql),
  );
  const found = tables.map((table) => ({ table, objects: objectsIn(table.location, parts.objects) }));
  const asks = [
    ...tables.flatMap(asksOfCatalog),
    ...found.flatMap(({ table: { location }, objects }) => [
      ...asksOfBucket(location),
      ...objects.map(({ key }): Ask => object('s3:GetObject', location.bucket, key)),
    ]),
    ...asksOfBucket(workGroup.results).slice(0, 1),
    object('s3:PutObject', workGroup.results.bucket, resultKey(workGroup, query.id)),
  ];
  const caller = { accessKeyId: query.asked_by, service: 'athena' };
  for (const ask of asks) {
    const denial = parts.access.denialOf(caller, ask);
    if (denial !== undefined) return { state: 'FAILED', reason: `Access denied: ${denial}`, bytes: 0 };
  }
  const bytes = found.flatMap(({ objects }) => objects).reduce((sum, { size }) => sum + size, 0);
  if (workGroup.mostBytes !== undefined && bytes > workGroup.mostBytes)
    return { state: 'CANCELLED', reason: 'Query cancelled! : Bytes scanned limit was exceeded', bytes };
  const readable = found.map(
    ({ table, objects }): Readable => ({
      table,
      files: objects.map((one) => ({
        path: parts.objects.pathOf(one),
        isCompressed: one.key.endsWith('.gz'),
      })),
    }),
  );
  try {
    await write(query, readable, workGroup, parts);
    return { state: 'SUCCEEDED', bytes };
  } catch (error) {
    return { state: 'FAILED', reason: messageOf(error), bytes };
  }
}

async function write(
  { id, sql }: Query,
  readable: Readable[],
  workGroup: WorkGroupSpec,
  { objects, engine, clock, created, changed }: RunParts,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'athena-'));
  try {
    const file = join(folder, 'result.csv');
    await engine.run(sql, readable, file);
    const received = await objects.receive(createReadStream(file));
    const place = { bucket: workGroup.results.bucket, key: resultKey(workGroup, id) };
    const metadata = { 'content-type': 'application/octet-stream' };
    const result = objectOf(place, received, { metadata, at: clock.now() });
    objects.put(result, () => created(result));
    changed();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const objectsIn = ({ bucket, prefix }: S3Folder, objects: ObjectStore) => {
  const found = [];
  for (const one of objects.from(bucket, prefix)) {
    if (!one.key.startsWith(prefix)) break;
    found.push(one);
  }
  return found;
};

const object = (action: string, bucket: string, key: string): Ask => ({
  action,
  resource: `arn:aws:s3:::${bucket}/${key}`,
});

const asksOfBucket = ({ bucket, prefix }: S3Folder): Ask[] => [
  { action: 's3:GetBucketLocation', resource: `arn:aws:s3:::${bucket}` },
  { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: { 's3:prefix': [prefix] } },
];

/** Permission for a table includes its database and the catalog. Athena looks at the default database as well. */
const asksOfCatalog = ({ database, name }: GlueTableSpec): Ask[] => [
  ...['catalog', 'database/default', `database/${database}`].map((resource) => ({
    action: 'glue:GetDatabase',
    resource: glueArn(resource),
  })),
  ...['catalog', `database/${database}`, `table/${database}/${name}`].map((resource) => ({
    action: 'glue:GetTable',
    resource: glueArn(resource),
  })),
];
