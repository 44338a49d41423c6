import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { handoffTaskCreated } from '../../functions/contracts/handoff-task-events.ts';
import { taskIdOf } from '../../functions/handoffs/kinds.ts';
import { LocalRun, until } from '../browser/local-run.ts';
import { readXml, textsAt } from '../support/adf.ts';
import { ApiServer } from '../support/api-server.ts';

/** A store's CRM: the whole stack of a group that has one, each call judged by its role, and a small server for its API. */
const FRIDAY_MORNING = '2026-11-20T15:30:00Z';

const LEADS = 'leads@lakeshore-crm.example';
const order = { storeId: 'lakeshore-honda', roNumber: '77120' };

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
    (demo) => ({
      ...demo,
      apiDestinations: [destination],
      stores: demo.stores.map((store) => ({ ...store, crm: { leadAddress: LEADS } })),
    }),
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

it('gets a lead in its mailbox, answers it, and the list of the sales manager counts both', async () => {
  await run.putSample('repair-quote-high');
  const sheet = await run.link(taskIdOf({ kind: 'repair-options', ...order }), 'sam.delgado');
  await fetch(sheet, { method: 'POST', body: new URLSearchParams({ choice: 'open-to-looking' }) });
  const lead = await until('a lead', async () => (await run.inbox()).find(({ to }) => to.includes(LEADS)));
  expect(lead.html).toBe('');
  expect(textsAt(readXml(lead.text), 'adf/prospect/vehicle/vin')).toEqual(['5J6RM4H77FL041229']);
  await run.putSample('crm-lead-updated');
  const talk = taskIdOf({ kind: 'upgrade-conversation', ...order });
  await until('an answer', async () => ((await run.task(talk))?.state === 'accepted' ? true : undefined));
  await run.advance('PT25H');
  const list = await until('the list of the morning', async () => {
    await run.advance('PT5M');
    return (await run.inbox()).find(
      ({ to, subject }) => to.includes('karen.whitfield') && subject.includes('today'),
    );
  });
  expect(list.text).toContain('1 sent. 1 acknowledged (0 sold), 0 with no reply.');
});
