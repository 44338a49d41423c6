import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { taskIdOf } from '../../functions/handoffs/kinds.ts';
import { accessibilityProblems, arrivesAt, formAnswered, overflows } from './chromium.ts';
import { LocalRun, until } from './local-run.ts';
import { onAPhone } from './on-a-phone.ts';

/** A customer says which emails are wanted, from the link at the end of one. */
const CUSTOMER = 'maria.kowalski@example.com';

let run: LocalRun;
let page: Page;

onAPhone(
  () => LocalRun.start('2026-11-20T15:30:00Z'),
  (played) => {
    ({ run, page } = played);
  },
);

async function sold(dealNumber: string, sample = 'vehicle-sold'): Promise<string> {
  await run.putSample(sample, { dealNumber });
  const storeId = sample === 'vehicle-sold' ? 'lakeshore-subaru' : 'lakeshore-ford';
  const taskId = taskIdOf({ kind: 'service-introduction', storeId, dealNumber });
  await run.accept(taskId);
  return taskId;
}

const emailsToCustomer = async () => (await run.inbox()).filter(({ to }) => to.includes(CUSTOMER)).length;

it('says no to one kind, sees it, and takes it back', async () => {
  await page.goto(await run.link(await sold('501'), CUSTOMER));
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
  await page.getByLabel('Your service advisor').selectOption('no-store');
  await page.getByRole('button', { name: 'Save' }).click();
  await arrivesAt(page, /done=saved$/);
  expect(await page.getByRole('status').textContent()).toContain('Saved.');
  expect(await page.getByLabel('Your service advisor').inputValue()).toBe('no-store');
  expect(await accessibilityProblems(page)).toEqual([]);

  const before = await emailsToCustomer();
  const refused = await sold('502');
  await run.linkOfNamed(refused);
  expect(await emailsToCustomer()).toBe(before);

  await page.getByLabel('Your service advisor').selectOption('yes');
  await Promise.all([formAnswered(page), page.getByRole('button', { name: 'Save' }).click()]);
  await run.link(await sold('503'), CUSTOMER);
});

it('is obeyed where a mail program unsubscribes by the header', async () => {
  const taskId = await sold('504');
  await run.link(taskId, CUSTOMER);
  const email = (await run.inbox()).find(({ to, text }) => to.includes(CUSTOMER) && text.includes(taskId));
  const header = (name: string) => email?.headers[name] ?? '';
  const address = header('List-Unsubscribe').slice(1, -1);
  expect((await page.goto(address))?.status()).toBe(200);
  expect(await page.getByRole('button', { name: 'Unsubscribe' }).isVisible()).toBe(true);
  const body = new FormData();
  const [name = '', value = ''] = header('List-Unsubscribe-Post').split('=');
  body.append(name, value);
  expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
  const before = await emailsToCustomer();
  await run.linkOfNamed(await sold('505'));
  expect(await emailsToCustomer()).toBe(before);
});

it('reads Spanish where the customer prefers it', async () => {
  const found = async () => {
    await sold('506', 'vehicle-sold-spanish');
    return until('an email in Spanish', async () =>
      (await run.inbox()).find(({ html }) => html.includes('lang="es"')),
    );
  };
  const link = /http[^"]*\/u\/[0-9a-f]{32}\/[\w-]+/.exec((await found()).html)?.[0] ?? '';
  await page.goto(link);
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  await page.locator('button[value=stop-store]').click();
  await arrivesAt(page, /done=saved$/);
  expect(await page.getByRole('status').textContent()).toContain('Listo: no más correos de Lakeshore Ford.');
  expect(await page.locator('button[value=stop-store]').count()).toBe(0);
  expect(await page.locator('button[value=stop-group]').count()).toBe(1);
  expect(await accessibilityProblems(page)).toEqual([]);
});
