import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NumbersDatabase } from '../../bin/numbers/duckdb.ts';
import { monthFilesIn } from '../../bin/numbers/month-files.ts';
import { writeLedger } from '../../functions/lambdas/write-ledger/write-ledger.ts';
import { definitionNamed } from '../../functions/numbers/definitions.ts';
import { ledgerServices } from '../../functions/runtime/ledger-services.ts';
import { standIn } from '../support/stand-in.ts';
import { World } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'month-'));
let world: World;

beforeAll(async () => {
  world = await World.open('2026-11-20T18:00:00.000Z');
  world.keepsOutcomes = true;
  await world.reset('2026-11-20T18:00:00.000Z');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

/** What the night's function puts into its bucket is in the folder. */
const s3 = standIn<S3Client>(async (command) => {
  if (!(command instanceof PutObjectCommand)) throw new Error('not asked of S3');
  const { Key = '', Body } = command.input;
  mkdirSync(dirname(join(folder, Key)), { recursive: true });
  writeFileSync(join(folder, Key), Body instanceof Uint8Array ? Body : '');
  return {};
});

async function countAtNight() {
  const { dynamodb, tableName } = world.target();
  const environment = { TABLE_NAME: tableName, LEDGER_BUCKET: 'ledger' };
  const given = { clock: { now: () => world.now }, dynamodb, s3, group: world.group };
  await writeLedger(ledgerServices(environment, given), () => false);
  const database = await NumbersDatabase.over(monthFilesIn(folder));
  return async (name: string) => {
    const cells = await database.cells(definitionNamed(name), world.now.slice(0, 10));
    return cells.map(({ person, breakdown, part, whole }) => [person, breakdown, part, whole]);
  };
}

it('a sold car, accepted and signed in person, stands in the numbers of the next morning', async () => {
  await world.putSample('vehicle-sold');
  const [introduction] = await world.tasks('service-introduction');
  const taskId = introduction?.taskId ?? '';
  await world.advance(12);
  await world.answer(taskId, { choice: 'accept' });
  await world.advance(30);
  await world.answer(taskId, { choice: 'introduced-in-person' });
  const numberOf = await countAtNight();
  expect(await numberOf('sold')).toEqual([['1077', undefined, 1, 1]]);
  expect(await numberOf('introduced')).toEqual([['1077', undefined, 1, 1]]);
  expect(await numberOf('accepted')).toContainEqual(['1042', 'service-introduction', 1, 1]);
  expect(await numberOf('time-to-accept')).toEqual([['1042', 'service-introduction', 12, 1]]);
});
