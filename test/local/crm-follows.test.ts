import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { handoffTaskCreated } from '../../functions/contracts/handoff-task-events.ts';
import { LocalRun, until } from '../browser/local-run.ts';
import { ApiServer } from '../support/api-server.ts';

/** A CRM that follows our handoffs over its JSON API: the whole stack of a group that says so, and a small server. */
const FRIDAY_MORNING = '2026-11-20T15:30:00Z';

let crm: ApiServer;
let run: LocalRun;

beforeAll(async () => {
  crm = await ApiServer.start();
  const destination = {
    name: 'crm',
    url: 'https://api.crm.example/events',
    secretArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:crm-key-AbCdEf',
  };
  run = await LocalRun.start(
    FRIDAY_MORNING,
    (demo) => ({ ...demo, apiDestinations: [destination] }),
    [],
    ['--api', `handoff-lakeshore-crm=${crm.url}`],
  );
}, 180_000);
afterAll(async () => {
  await run?.stop();
  await crm?.stop();
});

const posted = z.object({ 'detail-type': z.string(), detail: handoffTaskCreated.schema });

it('hears of a handoff as it is made, by ids and numbers only, and again after it was out of order', async () => {
  crm.answers = [500, 200];
  await run.putSample('vehicle-sold');
  const calls = await until('a second call', async () => {
    await run.advance('PT1M');
    return crm.calls.length > 1 ? crm.calls : undefined;
  });
  const [first, second] = calls.map(({ body }) => posted.parse(JSON.parse(body)));
  expect(second).toEqual(first);
  expect(first).toMatchObject({
    'detail-type': 'handoff-task-created',
    detail: { kind: 'service-introduction', storeId: 'lakeshore-subaru', dealNumber: '48211', version: 1 },
  });
  expect(calls[0]?.body).not.toMatch(/Kowalski|@/);
});
