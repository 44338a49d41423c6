import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { NumbersBucket } from '../../functions/adapters/numbers-bucket.ts';
import { monthFileOf, monthOf } from '../../functions/ledger/facts.ts';
import { askFor } from '../../functions/numbers/cells.ts';
import { figureOf } from '../../functions/numbers/words.ts';
import { clientOptions } from '../../local/aws.ts';
import { OWN_APP } from '../../local/options.ts';
import { type LocalRun, startLocal } from '../../local/run.ts';
import { FactsByHand } from '../numbers/facts.ts';
import { numbersOfFacts } from '../numbers/week.ts';

/** The stack of the demo group as it would be deployed, on a Sunday evening. */
const START = '2026-11-23T03:00:00.000Z';
const MONDAY = '2026-11-23T10:30:00.000Z';

const data = mkdtempSync(join(tmpdir(), 'week-'));
let run: LocalRun;
let s3: S3Client;
let bucket: string;
const honda = new FactsByHand('lakeshore-honda')
  .sold('1', '2026-10-30', { by: '2051' })
  .sold('2', '2026-11-17', { by: '2051' })
  .sold('3', '2026-11-21', { by: '2051' })
  .visited('1', '2026-11-18', { by: '2031' });
const told = [...honda.facts, ...new FactsByHand('lakeshore-subaru').sold('4', '2026-11-16').facts];

beforeAll(async () => {
  const options = { app: OWN_APP, group: undefined, apisAt: new Map(), port: 0, awsPort: 0, data };
  const start = { ...options, fresh: false, firstStart: false, now: Date.parse(START) };
  run = await startLocal(start, () => undefined);
  s3 = new S3Client({ ...clientOptions(run.awsUrl), forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  bucket = Buckets.flatMap(({ Name = '' }) => (Name.includes('ledger') ? [Name] : []))[0] ?? '';
  for (const [month, facts] of Map.groupBy(told, monthOf)) {
    const Body = gzipSync(facts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: monthFileOf(month, 1), Body }));
  }
}, 120_000);
afterAll(async () => {
  s3.destroy();
  await run.stop();
  rmSync(data, { recursive: true });
});

const event = z.object({
  'detail-type': z.string(),
  detail: z.looseObject({ storeId: z.string().optional(), week: z.string().optional() }),
});
const countedEvents = async () => {
  const answer: unknown = await (await fetch(`${run.deskUrl}/events.json`)).json();
  const all = z
    .array(z.looseObject({ event }))
    .parse(answer)
    .map((one) => one.event);
  return all.filter((one) => one['detail-type'] === 'numbers-counted').map(({ detail }) => detail);
};

it('on Monday morning each store’s numbers lie there, as this machine counts them, and the bus hears of it', async () => {
  const numbers = new NumbersBucket(s3, bucket);
  expect(await numbers.read('lakeshore-honda')).toBeUndefined();
  await run.desk.advanceTo(Date.parse(MONDAY) + 60_000);
  const found = await numbers.read('lakeshore-honda');
  const group = await numbers.read();
  if (!found || !group) return expect.fail('nothing was counted');
  const week = { from: '2026-11-16', to: '2026-11-16' };
  const [sold] = askFor(found.weeks, 'sold', 'group', week).lines;
  expect(sold && figureOf(sold.value)).toBe('2');
  expect(askFor(group.weeks, 'sold', 'store', week).lines.map(({ storeId }) => storeId)).toEqual([
    'lakeshore-honda',
    'lakeshore-subaru',
  ]);
  const here = await numbersOfFacts(told, {
    ...{ countedAt: found.countedAt, today: '2026-11-23', storeIds: ['lakeshore-honda', 'lakeshore-subaru'] },
  });
  expect(found.months.since).toBe('2026-10');
  expect(inAnyOrder(found)).toEqual(inAnyOrder(here.get('lakeshore-honda')));
  const events = await countedEvents();
  expect(new Set(events.map((detail) => detail.week))).toEqual(new Set(['2026-11-16']));
  expect(events.map(({ storeId }) => storeId).filter((id) => id === undefined)).toHaveLength(1);
  expect(events.map(({ storeId }) => storeId)).toContain('lakeshore-honda');
});

/** Engines answer in the order of the stores, and in any order within one. */
const inAnyOrder = (numbers: Awaited<ReturnType<NumbersBucket['read']>>) =>
  [numbers?.months, numbers?.weeks].map((counted) =>
    [...(counted?.cells ?? [])].map(([name, cells]) => [
      name,
      cells.map((cell) => JSON.stringify(cell)).sort(),
    ]),
  );

it('as the stores open, whoever reads of the whole group has an email, and its link opens the page', async () => {
  await run.desk.advanceTo(Date.parse('2026-11-23T17:00:00.000Z'));
  const [report, ...others] = run.desk.inbox.list('owner@lakeshore.example');
  expect(others).toEqual([]);
  expect(report?.subject).toMatch(/^Lakeshore Auto Group this week: /);
  const link = /http\S+\/s\/\S+/.exec(report?.text ?? '')?.[0] ?? expect.fail('no link');
  const page = await fetch(link);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Stores side by side')]);
  expect(await (await fetch(`${link}/numbers.csv`)).text()).toContain('Cars sold or leased,Lakeshore Honda');
});
