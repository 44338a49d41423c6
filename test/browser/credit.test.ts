import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { taskIdOf } from '../../functions/handoffs/kinds.ts';
import { vinOf } from '../kinds/deadlines.ts';
import { ended } from '../kinds/pages.ts';
import { accessibilityProblems, arrivesAt, overflows } from './chromium.ts';
import { type InboxEmail, LocalRun, until } from './local-run.ts';
import { onAPhone } from './on-a-phone.ts';

/**
 * From a salesperson's own page to the credit on a later sale, each page pressed through. From a Monday on, so that everybody
 * has a list each day.
 */
const MONDAY_MORNING = '2026-11-16T15:30:00Z';
const STORE = 'lakeshore-subaru';
const JORDAN = 'jordan.blake@lakeshore.example';
const PRIYA = 'priya.natarajan@lakeshore.example';
const MAYA = 'maya.torres@lakeshore.example';
const CUSTOMER = 'maria.kowalski@example.com';

let run: LocalRun;
let page: Page;

onAPhone(
  () => LocalRun.start(MONDAY_MORNING),
  (played) => {
    ({ run, page } = played);
  },
);

const looked = new Set<string>();
/** Once for each sort of page, as slow as axe is. */
async function lookAt(sort: string): Promise<void> {
  if (looked.has(sort)) return;
  looked.add(sort);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await overflows(page)).toBe(false);
}

const button = (choice: string) => page.locator(`button[name=choice][value=${choice}]`);

/** Presses a choice of the page that is open, whatever is folded around it. */
async function press(choice: string, typed?: string): Promise<void> {
  const folds = page.locator('details:not([open])', { has: button(choice) });
  while ((await folds.count()) > 0) await folds.first().locator('> summary').click();
  const details = page.locator('details:not(.fold)', { has: button(choice) });
  if (typed !== undefined) await details.locator('input:not([type=hidden]), textarea').first().fill(typed);
  await button(choice).click();
  await arrivesAt(page, new RegExp(`done=${choice}$`));
}

const said = () => page.locator('[role=status]').textContent();
const emailsTo = async (to: string): Promise<InboxEmail[]> =>
  (await run.inbox()).filter((one) => one.to.includes(to));
const emailSaying = (to: string, says: string | RegExp): Promise<InboxEmail> =>
  until(`an email to ${to} that says ${says}`, async () =>
    (await emailsTo(to)).find(({ subject, text }) => `${subject}\n${text}`.match(says)),
  );
/** In the first list of theirs that says so; time passes until then. */
async function listSaying(to: string, says: string | RegExp): Promise<InboxEmail> {
  for (let hours = 0; hours < 50; hours += 2) {
    const found = (await emailsTo(to)).find(({ subject, text }) => `${subject}\n${text}`.match(says));
    if (found) return found;
    await run.advance('PT2H');
  }
  return emailSaying(to, says);
}

const ownPages = new Map<string, string>();

/** Somebody's own page, sent to them once, from a handoff that they hear of. */
async function ownPageOf(to: string, number: string): Promise<string> {
  const known = ownPages.get(to);
  if (known !== undefined) return known;
  const dealNumber = `D-${number}`;
  await run.putSample('vehicle-sold', {
    ...{ dealNumber, salespeople: [{ employeeNumber: number }], deliveryAt: '2026-11-20T09:40:00-06:00' },
    customer: { customerNumber: `C-${number}`, firstName: 'Ana', lastName: 'Ruiz' },
    vehicle: { vin: vinOf(number), make: 'Subaru', model: 'Outback' },
  });
  const taskId = taskIdOf({ kind: 'service-introduction', storeId: STORE, dealNumber });
  await page.goto(await run.link(taskId, to));
  await page.getByRole('button', { name: 'Send me my open tasks' }).click();
  await arrivesAt(page, /done=my-day$/);
  const link = await run.ownLink(to);
  ownPages.set(to, link);
  return link;
}

const jordans = () => ownPageOf(JORDAN, '1077');
const priyas = () => ownPageOf(PRIYA, '1078');

interface Shopper {
  readonly lastName: string;
  readonly phone: string;
}

/** What a salesperson types on the phone; the id of the handoff that it opens. */
async function sendToService(ownPage: string, shopper: Shopper): Promise<string> {
  await page.goto(ownPage);
  await page.getByRole('link', { name: 'Send a shopper to Service' }).click();
  await lookAt('the form that starts a handoff');
  await page.locator('#firstName').fill('Walter');
  await page.locator('#lastName').fill(shopper.lastName);
  await page.locator('#phone').fill(shopper.phone);
  await page.locator('#needs').fill('It shakes when I brake');
  await page.locator('#wants').selectOption('just fix it');
  await page.getByRole('button', { name: 'Send a shopper to Service' }).click();
  await arrivesAt(page, /done=/);
  await lookAt('the page of whoever started it');
  return /([0-9a-f]{32})\?done=/.exec(page.url())?.[1] ?? expect.fail(page.url());
}

/** They come back and buy, under whatever number the dealer system gives them: the phone is the same. */
const buys = (dealNumber: string, { lastName, phone: number }: Shopper) =>
  run.putSample('vehicle-sold', {
    ...{ dealNumber, salespeople: [{ employeeNumber: '1079' }], deliveryAt: undefined },
    customer: { customerNumber: `N-${dealNumber}`, firstName: 'Walter', lastName, phone: number },
    vehicle: { vin: vinOf(dealNumber), make: 'Subaru', model: 'Forester' },
  });

/** The page of a handoff below the own page of somebody who reads of it in a list. */
const pageBelow = async (to: string, taskId: string) => `${await run.ownLink(to)}/${taskId}`;

it('a customer who met nobody says so in one tap more, and the manager reads it once and kindly', async () => {
  const dealNumber = '900';
  await run.putSample('vehicle-sold', {
    dealNumber,
    vehicle: { vin: vinOf('900'), make: 'Subaru', model: 'Outback' },
  });
  await run.accept(taskIdOf({ kind: 'service-introduction', storeId: STORE, dealNumber }));
  const letter = await emailSaying(CUSTOMER, /met/);
  await page.goto(/http[^"]+\/not-met(?=")/.exec(letter.html)?.[0] ?? expect.fail('no link'));
  await lookAt('whether the customer met their advisor');
  await page.getByRole('button').click();
  await page.getByText('Thank you for telling us.').waitFor();
  const told = await until('a list of a manager', async () => {
    await run.advance('PT2H');
    return (await run.inbox()).find(({ subject, text }) =>
      `${subject}\n${text}`.includes('Maria Kowalski hasn’t met'),
    );
  });
  expect(told.text).toContain('A short hello makes up for it.');
});

describe('a salesperson who sends a shopper to Service', () => {
  it('has the credit for the sale that comes later; it is disputed, decided, and gone with the deal', async () => {
    const taskId = await sendToService(await jordans(), { lastName: 'Nowak', phone: '(847) 555-0177' });
    expect(await said()).toContain('Started.');
    await page.goto(await run.link(taskId, MAYA));
    await press('accept');
    await press('fixed', 'New front rotors and pads');
    await listSaying(JORDAN, /Nowak’s car is fixed/);

    await buys('800', { lastName: 'Nowak', phone: '847-555-0177' });
    for (const to of [JORDAN, MAYA]) await listSaying(to, 'deal 800');

    await page.goto(await pageBelow(MAYA, taskId));
    await lookAt('a handoff with a later sale');
    await press('credit-not-right', 'I met them on the lot myself');
    const question = await until('a question to a manager', async () => {
      await run.advance('PT2H');
      return (await run.inbox()).find(({ text }) => text.includes('I met them on the lot myself'));
    });
    await page.goto(await pageBelow(question.to, taskId));
    expect(await page.locator('main').textContent()).toContain('I met them on the lot myself');
    await lookAt('a credit to decide');
    await press('credit-stands');
    for (const to of [JORDAN, MAYA]) await listSaying(to, 'credit for deal 800 stands');

    await page.goto(await pageBelow(MAYA, taskId));
    await press('credit-not-right', 'They came for the billboard');
    await until('the same question again', async () => {
      await run.advance('PT2H');
      return (await emailsTo(question.to)).find(({ text }) => text.includes('They came for the billboard'));
    });
    await page.goto(await pageBelow(question.to, taskId));
    await press('credit-does-not-stand');
    for (const to of [JORDAN, MAYA]) await listSaying(to, 'credit for deal 800 doesn’t stand');
  });

  it('reads that the sale is gone where its deal is unwound', async () => {
    const taskId = await sendToService(await jordans(), { lastName: 'Ito', phone: '(847) 555-0178' });
    await page.goto(await run.link(taskId, MAYA));
    await press('accept');
    await press('fixed', 'A new battery');
    await buys('801', { lastName: 'Ito', phone: '847-555-0178' });
    await listSaying(JORDAN, 'deal 801');
    await run.putSample('deal-unwound', {
      ...{ storeId: STORE, dealNumber: '801' },
      vin: undefined,
      customerNumber: undefined,
    });
    for (const to of [JORDAN, MAYA]) await listSaying(to, /deal 801 doesn’t count for this handoff any more/);
  });

  it('gets a car that is not worth fixing back, with thanks', async () => {
    const taskId = await sendToService(await jordans(), { lastName: 'Abara', phone: '(847) 555-0179' });
    await page.goto(await run.link(taskId, MAYA));
    await press('not-worth-it', 'Rust through the frame');
    expect(await run.task(taskId)).toMatchObject(ended('not-worth-it'));
    await emailSaying(JORDAN, /Abara is yours again: not worth fixing/);
  });

  it('is one of two who send the same shopper: there is one handoff, and both may open it', async () => {
    const first = await sendToService(await jordans(), { lastName: 'Lund', phone: '(847) 555-0180' });
    const second = await sendToService(await priyas(), { lastName: 'Lund', phone: '847 555 0180' });
    expect(second).toBe(first);
    await page.goto(await run.link(first, MAYA));
    expect(await page.locator('main').textContent()).toContain('Jordan Blake');
  });

  it('takes back what was started by mistake, and the advisor reads that there is nothing to do', async () => {
    const taskId = await sendToService(await jordans(), { lastName: 'Costa', phone: '(847) 555-0181' });
    await press('started-by-mistake');
    expect(await run.task(taskId)).toMatchObject(ended('started-by-mistake'));
    await listSaying(MAYA, 'started by mistake');
    await buys('802', { lastName: 'Costa', phone: '847-555-0181' });
    await run.advance('PT10M');
    expect((await run.task(taskId))?.['credit']).toBeUndefined();
  });

  it('takes back an introduction that was typed by mistake', async () => {
    await page.goto(await jordans());
    await page.getByRole('link', { name: 'Introduce a buyer to Service' }).click();
    await page.locator('#firstName').fill('Joan');
    await page.locator('#lastName').fill('Lee');
    await page.locator('#phone').fill('(847) 555-0182');
    await page.locator('#dealNumber').fill('50117');
    await page.locator('#vin').fill('4S4BTGND0V3104879');
    await page.getByRole('button', { name: 'Introduce a buyer to Service' }).click();
    await arrivesAt(page, /done=/);
    await press('started-by-mistake');
    const taskId = taskIdOf({ kind: 'service-introduction', storeId: STORE, dealNumber: '50117' });
    expect(await run.task(taskId)).toMatchObject(ended('started-by-mistake'));
  });
});
