import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { taskIdOf } from '../../functions/domain/keys.ts';
import { accessibilityProblems, complaintsOf, desktop, launch, overflows, phone } from './chromium.ts';
import { LocalRun, until } from './local-run.ts';

/** From the inbox through the choice to the changed task, as a person with a phone does it. */
const FRIDAY_MORNING = '2026-11-20T15:30:00Z';

let run: LocalRun;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let numbers = 100;

beforeAll(async () => {
  [run, browser] = await Promise.all([LocalRun.start(FRIDAY_MORNING), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await run?.stop();
});
beforeEach(async () => {
  context = await browser.newContext(phone);
  page = await context.newPage();
  complaints = complaintsOf(page);
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const next = () => {
  numbers += 1;
  return String(numbers);
};

async function introduction(sample = 'vehicle-sold', storeId = 'lakeshore-subaru'): Promise<string> {
  const dealNumber = next();
  await run.putSample(sample, { dealNumber });
  return taskIdOf({ kind: 'service-introduction', storeId, dealNumber });
}

async function firstService(): Promise<string> {
  const customerNumber = `C-${next()}`;
  const customer = {
    customerNumber,
    firstName: 'Maria',
    lastName: 'Kowalski',
    email: 'maria.kowalski@example.com',
  };
  const vin = '4S4BTGND8V3104872';
  await run.putSample('first-service-due', { customer });
  return taskIdOf({ kind: 'first-service-visit', storeId: 'lakeshore-subaru', vin, customerNumber });
}

const sellers = [
  ['lakeshore-ford', '3041'],
  ['lakeshore-honda', '2051'],
  ['lakeshore-ford', '3042'],
  ['lakeshore-honda', '2052'],
  ['lakeshore-ford', '3043'],
  ['lakeshore-honda', '2053'],
] as const;
let repairs = 0;

/** Each of a customer and a car of its own, and of the next salesperson: nobody hears of more than the caps allow. */
async function repairAt(): Promise<{ storeId: string; roNumber: string }> {
  repairs += 1;
  const [storeId, salespersonNumber] = sellers[repairs % sellers.length] ?? sellers[0];
  const roNumber = next();
  await run.putSample('repair-quote-high-new-customer', {
    storeId,
    salespersonNumber,
    serviceAdvisorNumber: undefined,
    roNumber,
    customer: {
      customerNumber: `C-${roNumber}`,
      firstName: 'Dana',
      lastName: 'Whitlock',
      phone: '(585) 555-0107',
    },
    vehicle: {
      vin: `1FMCU9GD0RUA${roNumber.padStart(5, '0')}`,
      year: 2024,
      make: 'Ford',
      model: 'Escape Active',
    },
  });
  return { storeId, roNumber };
}

const repair = async () => taskIdOf({ kind: 'repair-options', ...(await repairAt()) });

async function upgrade(): Promise<string> {
  const order = await repairAt();
  await page.goto(await run.linkOfNamed(taskIdOf({ kind: 'repair-options', ...order })));
  await press('open-to-looking');
  return taskIdOf({ kind: 'upgrade-conversation', ...order });
}

const button = (choice: string) => page.locator(`button[name=choice][value=${choice}]`);

async function press(choice: string): Promise<void> {
  await button(choice).click();
  await page.waitForURL(new RegExp(`done=${choice}$`));
}

/** Opens what asks for something, and answers it as a person would on this page. */
async function fill(choice: string, typed: string): Promise<void> {
  const details = page.locator('details', { has: button(choice) });
  await details.locator('summary').click();
  const field = details.locator('input:not([type=hidden]), select, textarea');
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(typed);
  else await field.fill(typed);
}

const inDays = (days: number) =>
  new Date(Date.parse(FRIDAY_MORNING) + days * 86_400_000).toISOString().slice(0, 10);

describe('every choice of every kind', () => {
  const kinds = { introduction, firstService, repair, upgrade };
  const cases: [keyof typeof kinds, string, string | undefined, string][] = [
    ['introduction', 'accept', undefined, 'accepted'],
    ['introduction', 'introduced-in-person', undefined, 'completed'],
    ['introduction', 'introduced-by-video', undefined, 'completed'],
    ['introduction', 'not-yet', undefined, 'accepted'],
    ['introduction', 'first-visit-booked', inDays(30), 'accepted'],
    ['introduction', 'customer-declined', undefined, 'completed'],
    ['introduction', 'hand-over', '1043', 'open'],
    ['introduction', 'decline', 'With a customer until noon', 'open'],
    ['introduction', 'note', 'Asked for a text before noon', 'open'],
    ['firstService', 'visit-booked', `${inDays(12)}T09:30`, 'accepted'],
    ['firstService', 'customer-declined', undefined, 'completed'],
    ['firstService', 'snooze', inDays(4), 'waiting'],
    ['repair', 'open-to-looking', undefined, 'completed'],
    ['repair', 'repair-it', undefined, 'completed'],
    ['repair', 'not-now', undefined, 'completed'],
    ['upgrade', 'contacted', undefined, 'accepted'],
    ['upgrade', 'appointment-set', `${inDays(1)}T10:00`, 'accepted'],
    ['upgrade', 'sold', 'D-77', 'completed'],
    ['upgrade', 'not-ready', undefined, 'completed'],
    ['upgrade', 'wrong-car', undefined, 'completed'],
    ['upgrade', 'already-bought', undefined, 'completed'],
    ['upgrade', 'snooze', inDays(4), 'waiting'],
  ];

  it.each(cases)('%s: %s', async (kind, choice, typed, state) => {
    const taskId = await kinds[kind]();
    await page.goto(await run.linkOfNamed(taskId));
    if (typed !== undefined) await fill(choice, typed);
    await press(choice);
    expect(await page.locator('[role=status]').textContent()).toMatch(/^Done: /);
    expect((await run.task(taskId))?.state).toBe(state);
    expect(await accessibilityProblems(page, ['light'])).toEqual([]);
  });

  it('an address that was missing', async () => {
    const taskId = await introduction('vehicle-sold-no-email', 'lakeshore-honda');
    await page.goto(await run.linkOfNamed(taskId));
    const address = `walter.${taskId.slice(0, 6)}@example.com`;
    await fill('customer-email', address);
    await press('customer-email');
    await until('the introduction', async () => (await run.inbox()).find(({ to }) => to.includes(address)));
  });
});

describe('a page', () => {
  it('of each kind is without fault for axe, at both widths, and never wider than the screen', async () => {
    const links = [];
    for (const make of [introduction, firstService, repair, upgrade])
      links.push(await run.linkOfNamed(await make()));
    const [one = ''] = links;
    for (const shape of [phone, desktop]) {
      const window = await browser.newContext(shape);
      const tab = await window.newPage();
      const said = complaintsOf(tab);
      for (const link of [...links, `${one.slice(0, -3)}xyz`]) {
        await tab.goto(link);
        expect(await accessibilityProblems(tab)).toEqual([]);
        expect(await overflows(tab)).toBe(false);
      }
      expect(said).toEqual([]);
      await window.close();
    }
  });

  it('works without a script, since it has none', async () => {
    const taskId = await introduction();
    const plain = await browser.newContext({ ...phone, javaScriptEnabled: false });
    const tab = await plain.newPage();
    await tab.goto(await run.linkOfNamed(taskId));
    await tab.locator('button[value=accept]').click();
    await tab.waitForURL(/done=accept$/);
    expect((await run.task(taskId))?.state).toBe('accepted');
    await plain.close();
  });

  it('has targets that a thumb hits, and a focus that is seen', async () => {
    await page.goto(await run.linkOfNamed(await introduction()));
    for (const target of await page.locator('button:visible, summary:visible').all()) {
      expect((await target.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(48);
    }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineWidth');
    expect(outline).toBe('3px');
  });

  it('is worked by the keyboard alone', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await page.locator('summary', { hasText: 'Add a note' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=note$/);
    expect(await page.locator('[role=status]').textContent()).toContain('By keyboard');
  });

  it('makes no choice when Enter is pressed in a field but that of the field', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await fill('decline', 'In a meeting');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=decline$/);
    expect((await run.task(taskId))?.state).toBe('open');
  });

  it('of a repair prints both columns on one page', async () => {
    await page.goto(await run.linkOfNamed(await repair()));
    const paper = await page.pdf({ format: 'Letter' });
    expect(paper.toString('latin1')).toMatch(/\/Count 1\b/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('table').isVisible()).toBe(true);
    expect(await page.locator('button:visible').count()).toBe(0);
  });
});

describe('a choice', () => {
  it('is made once by a double click', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await button('accept').dblclick();
    await page.waitForURL(/done=accept$/);
    expect(await page.locator('[role=status]').textContent()).toContain('Done: I have this.');
    expect(await page.locator('.story li', { hasText: 'I have this' }).count()).toBe(1);
  });

  it('is not made again by reloading, by going back, or by pressing there again', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await press('accept');
    await page.reload();
    expect(await page.locator('[role=status]').textContent()).toContain('Done: I have this.');
    await page.goBack();
    const stale = button('accept');
    if (await stale.isVisible()) await stale.click();
    await page.waitForLoadState();
    expect(await page.locator('h1').textContent()).toContain('Introduce');
    await page.goForward().catch(() => undefined);
    expect((await run.task(taskId))?.state).toBe('accepted');
    await page.goto(page.url().split('?')[0] ?? '');
    expect(await page.locator('.story li', { hasText: 'I have this' }).count()).toBe(1);
  });

  it('is taken back, and made anew', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await press('introduced-in-person');
    await press('undo');
    expect(await page.locator('[role=status]').textContent()).toContain('Taken back: Introduced in person');
    expect((await run.task(taskId))?.state).toBe('open');
    await press('introduced-by-video');
    expect((await run.task(taskId))?.state).toBe('completed');
  });

  it('with a field left wrong shows what is wrong beside it, and keeps what was typed', async () => {
    const taskId = await firstService();
    await page.goto(await run.linkOfNamed(taskId));
    await page
      .locator('form')
      .evaluateAll((forms) => forms.map((form) => form.setAttribute('novalidate', '')));
    await fill('visit-booked', '2026-11-19T09:30');
    await button('visit-booked').click();
    await page.waitForLoadState();
    expect(await page.locator('[role=alert]').textContent()).toContain('That time has passed');
    expect(await page.locator('[aria-invalid=true]').inputValue()).toBe('2026-11-19T09:30');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect((await run.task(taskId))?.state).toBe('open');
  });

  it('of two people at once is one after the other, and the second sees what happened', async () => {
    const taskId = await introduction();
    const link = await run.linkOfNamed(taskId);
    const other = await context.newPage();
    await Promise.all([page.goto(link), other.goto(link)]);
    await fill('hand-over', '1043');
    await press('hand-over');
    await other.locator('button[value=introduced-in-person]').click();
    await other.waitForLoadState();
    expect(await other.locator('[role=alert]').textContent()).toContain('had moved on');
    expect(await other.locator('.now').textContent()).toContain('Greg Lindqvist');
    expect((await run.task(taskId))?.state).toBe('open');
  });
});

describe('a link', () => {
  it('of somebody else shows the handoff, and offers only what anyone may do', async () => {
    const taskId = await introduction();
    await run.linkOfNamed(taskId);
    await page.goto(await run.link(taskId, 'jordan.blake@lakeshore.example'));
    expect(
      await page
        .locator('button[name=choice]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('value'))),
    ).toEqual(['note']);
  });

  it('that is forged opens what an unknown one opens', async () => {
    const link = await run.linkOfNamed(await introduction());
    const forged = await page.goto(`${link.slice(0, -4)}AAAA`);
    const text = await page.locator('main').textContent();
    const unknown = await page.goto(link.replace(/\/t\/[0-9a-f]{32}/, `/t/${'0'.repeat(32)}`));
    expect([forged?.status(), unknown?.status()]).toEqual([404, 404]);
    expect(await page.locator('main').textContent()).toBe(text);
  });

  it('that expired sends a fresh one to the roster’s address, which works', async () => {
    const taskId = await introduction();
    const link = await run.linkOfNamed(taskId);
    await run.expireLinks(taskId);
    await page.goto(link);
    await button('fresh-link').click();
    await page.waitForLoadState();
    expect(await page.locator('[role=status]').textContent()).toContain('If that link was yours');
    expect(await accessibilityProblems(page)).toEqual([]);
    const fresh = await until('the fresh link', async () => {
      const email = (await run.inbox()).find(
        ({ text }) => text.includes('A fresh link, as you asked.') && text.includes(taskId),
      );
      return email && new RegExp(`http[^"]*/t/${taskId}/[\\w-]+`).exec(email.html)?.[0];
    });
    await page.goto(fresh);
    await press('introduced-in-person');
    expect((await run.task(taskId))?.state).toBe('completed');
  });
});
