import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { taskIdOf } from '../../functions/handoffs/kinds.ts';
import { carOf } from '../kinds/deadlines.ts';
import {
  accessibilityProblems,
  arrivesAt,
  complaintsOf,
  desktop,
  newContext,
  overflows,
  phone,
} from './chromium.ts';
import { LocalRun } from './local-run.ts';
import { onAPhone } from './on-a-phone.ts';

/** From the morning's email to what it lists; for the manager, to who has it. */
const BEFORE_OPENING = '2026-11-21T13:50:00Z';
const MAYA = 'maya.torres@lakeshore.example';
const GREG = 'greg.lindqvist@lakeshore.example';
const DENISE = 'denise.whitaker@lakeshore.example';

let run: LocalRun;
let browser: Browser;
let context: BrowserContext;
let page: Page;

onAPhone(
  async () => {
    run = await LocalRun.start(BEFORE_OPENING);
    for (const dealNumber of ['1', '2', '3', '4']) await sell(dealNumber, '1042');
    for (const dealNumber of ['5', '6']) await sell(dealNumber, '1043');
    await run.advance('PT15M');
    return run;
  },
  (played) => {
    ({ run, browser, context, page } = played);
  },
);

const idOf = (dealNumber: string) =>
  taskIdOf({ kind: 'service-introduction', storeId: 'lakeshore-subaru', dealNumber });

/** Its customer drove off last night: what is delivered later today waits for its half an hour before. */
const DELIVERED_LAST_NIGHT = {
  occurredAt: '2026-11-20T07:30:00-06:00',
  deliveryAt: '2026-11-19T17:30:00-06:00',
};

async function sell(dealNumber: string, serviceAdvisorNumber: string): Promise<void> {
  const customer = { customerNumber: `C-${dealNumber}`, firstName: 'Kim', lastName: `No ${dealNumber}` };
  await run.putSample('vehicle-sold', {
    ...DELIVERED_LAST_NIGHT,
    dealNumber,
    serviceAdvisorNumber,
    customer,
    vehicle: carOf(dealNumber),
  });
  await run.linkOfNamed(idOf(dealNumber));
}

const hasIt = async (dealNumber: string) => (await run.task(idOf(dealNumber)))?.assignee?.employeeNumber;
const emailsTo = async (to: string) => (await run.inbox()).filter((one) => one.to.includes(to)).length;
const notice = () => page.locator('[role=status]').textContent();
const rows = () => page.locator('section[aria-labelledby=mine] th[scope=row] a');

/** The form below the list of somebody, opened. */
async function unfolded(of: Page, name: string) {
  await of.locator('details.whole > summary', { hasText: name }).click();
  const form = of.locator('details:not(.whole)', { hasText: `Reassign the list of ${name}` });
  await form.locator('summary').click();
  return form;
}

/** Opens what the manager hands over of a person, and chooses what goes to whom. */
async function chooseHandOver(name: string, what: string, to: string) {
  const form = await unfolded(page, name);
  await form.getByLabel('What?').selectOption(what === ALL ? ALL : { label: what });
  await form.getByLabel('To whom?').selectOption({ label: to });
  return form.getByRole('button', { name: 'Hand over' });
}

const ALL = 'all';
const BY_THE_RULES = 'The next one up';

describe('my open tasks', () => {
  it('are opened from the email of the morning, worked one by one, and gone when they are done', async () => {
    await page.goto(await run.ownLink(MAYA));
    expect(await page.locator('h1').textContent()).toBe('My open tasks');
    expect(await rows().count()).toBe(4);
    await rows().filter({ hasText: 'No 1' }).click();
    await page.locator('button[value=introduced-in-person]').click();
    await arrivesAt(page, /done=introduced-in-person$/);
    expect((await run.task(idOf('1')))?.state).toBe('completed');
    await page.getByRole('link', { name: 'All my open tasks' }).click();
    await rows().first().waitFor();
    expect(await rows().count()).toBe(3);
    await page.goBack();
    await page.reload();
    expect(await notice()).toContain('Done: Introduced in person.');
  });

  it('are sent again from the page of a task, to the address on the roster', async () => {
    await page.goto(await run.linkOfNamed(idOf('5')));
    await page.getByRole('button', { name: 'Send me my open tasks' }).click();
    await arrivesAt(page, /done=my-day$/);
    expect(await notice()).toContain('on their way');
    await page.goto(await run.ownLink(GREG, 1));
    expect(await rows().count()).toBe(2);
    expect(await page.locator('main').textContent()).not.toContain('My store today');
  });

  it('are nobody else’s: a forged link, and a colleague’s task under one’s own, open what an unknown one opens', async () => {
    const link = await run.ownLink(MAYA);
    const answers = [];
    for (const address of [`${link.slice(0, -4)}AAAA`, `${link}/${idOf('5')}`, `${link}/${'0'.repeat(32)}`]) {
      const answer = await page.goto(address);
      answers.push([answer?.status(), await page.locator('main').textContent()]);
    }
    expect(answers.map(([status]) => status)).toEqual([404, 404, 404]);
    expect(new Set(answers.map(([, text]) => text)).size).toBe(1);
  });

  it('have an expired link that sends a fresh one, which works', async () => {
    const link = await run.ownLink(GREG);
    await run.advance('PT20M');
    await run.expireOwnLink(link);
    expect((await page.goto(link))?.status()).toBe(404);
    const before = (await run.inbox()).filter(({ to }) => to.includes(GREG));
    await page.locator('button[value=fresh-link]').click();
    await page.waitForLoadState();
    expect(await notice()).toContain('If that link was yours');
    const known = before.filter(({ html }) => html.includes('/me/')).length;
    await page.goto(await run.ownLink(GREG, known));
    expect(await page.locator('h1').textContent()).toBe('My open tasks');
  });
});

describe('my store today', () => {
  it('is without fault for axe, at both widths, light and dark, and never wider than the screen', async () => {
    const links = [await run.ownLink(DENISE), await run.ownLink(MAYA)];
    for (const shape of [phone, desktop]) {
      const window = await newContext(browser, shape);
      const tab = await window.newPage();
      const said = complaintsOf(tab);
      for (const link of links) {
        await tab.goto(link);
        for (const summary of await tab.locator('summary').all()) await summary.click();
        expect(await accessibilityProblems(tab)).toEqual([]);
        expect(await overflows(tab)).toBe(false);
      }
      expect(said).toEqual([]);
      await window.close();
    }
  });

  it('says what is missing beside it, keeps what was chosen, and hands over nothing', async () => {
    await page.goto(await run.ownLink(DENISE));
    const form = await unfolded(page, 'Maya Torres');
    await form.locator('form').evaluate((one) => one.setAttribute('novalidate', ''));
    await form.getByLabel('To whom?').selectOption({ label: BY_THE_RULES });
    await form.getByRole('button', { name: 'Hand over' }).click();
    await page.waitForLoadState();
    expect(await page.locator('[role=alert]').textContent()).toContain('Please choose what');
    expect(await page.locator('[aria-invalid=true]').getAttribute('name')).toBe('what');
    expect(await form.getByLabel('To whom?').inputValue()).toBe('by the rules');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await hasIt('2')).toBe('1042');
  });

  it('hands over one task, and its people hear of it once, however often the button is pressed', async () => {
    await page.goto(await run.ownLink(DENISE));
    const before = await emailsTo(GREG);
    const press = await chooseHandOver(
      'Maya Torres',
      'Introduce Kim No 2 to Service',
      'Greg Lindqvist, service advisor',
    );
    await press.dblclick();
    await arrivesAt(page, /done=hand-over/);
    expect(await notice()).toMatch(/With Maya Torres, \d are open now\./);
    expect([await hasIt('2'), await hasIt('3')]).toEqual(['1043', '1042']);
    await page.goBack();
    await page.goForward();
    await page.reload();
    expect(await emailsTo(GREG)).toBe(before + 1);
  });

  it('hands over all that a person has, as on a day when they are sick', async () => {
    await page.goto(await run.ownLink(DENISE));
    const press = await chooseHandOver('Maya Torres', ALL, BY_THE_RULES);
    await press.click();
    await arrivesAt(page, /done=hand-over/);
    expect(await notice()).toContain('Done: nothing is open with Maya Torres any more.');
    for (const dealNumber of ['3', '4']) expect(await hasIt(dealNumber)).not.toBe('1042');
    await page.goto(await run.ownLink(MAYA));
    expect(await page.locator('.now').first().textContent()).toBe('Nothing is open with you.');
  });

  it('in two windows at once is one after the other: what is gone is not handed over again, and that is said', async () => {
    const other = await context.newPage();
    const link = await run.ownLink(DENISE);
    await Promise.all([page.goto(link), other.goto(link)]);
    const press = await chooseHandOver(
      'Greg Lindqvist',
      'Introduce Kim No 5 to Service',
      'Maya Torres, service advisor',
    );
    await press.click();
    await arrivesAt(page, /done=hand-over/);
    const late = await unfolded(other, 'Greg Lindqvist');
    await late.getByLabel('What?').selectOption({ label: 'Introduce Kim No 5 to Service' });
    await late.getByLabel('To whom?').selectOption({ label: BY_THE_RULES });
    await late.getByRole('button', { name: 'Hand over' }).click();
    await other.waitForLoadState();
    expect(await other.locator('[role=alert]').textContent()).toContain('that handoff had moved on');
    expect(await hasIt('5')).toBe('1042');
  });
});
