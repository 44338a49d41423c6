import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChoiceName, choices } from '../../functions/domain/choices.ts';
import { taskIdOf } from '../../functions/domain/keys.ts';
import type { TaskKind } from '../../functions/domain/task.ts';
import type demo from '../../groups/demo.json';
import {
  accessibilityProblems,
  arrivesAt,
  complaintsOf,
  desktop,
  formAnswered,
  launch,
  newContext,
  overflows,
  phone,
} from './chromium.ts';
import { LocalRun, until } from './local-run.ts';

/** From the inbox through the choice to the changed task, as a person with a phone does it. */
const FRIDAY_MORNING = '2026-11-20T15:30:00Z';

let run: LocalRun;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let numbers = 100;

/** Where the advisor is asked first whether Sales may be told; everywhere else Sales hears by the rule. */
const ASKS_ADVISOR = 'lakeshore-honda';
const withGate = (group: typeof demo) => ({
  ...group,
  stores: group.stores.map((store) =>
    store.id === ASKS_ADVISOR ? { ...store, nudge: { askAdvisorFirst: true } } : store,
  ),
});

beforeAll(async () => {
  [run, browser] = await Promise.all([LocalRun.start(FRIDAY_MORNING, withGate), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await run?.stop();
});
beforeEach(async () => {
  context = await newContext(browser, phone);
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

async function firstService(change: object = {}): Promise<string> {
  const customerNumber = `C-${next()}`;
  const customer = {
    customerNumber,
    firstName: 'Maria',
    lastName: 'Kowalski',
    email: 'maria.kowalski@example.com',
    ...change,
  };
  const vin = '4S4BTGND8V3104872';
  await run.putSample('first-service-due', { customer });
  return taskIdOf({ kind: 'first-service-visit', storeId: 'lakeshore-subaru', vin, customerNumber });
}

const sellers = [
  ['lakeshore-ford', '3041'],
  ['lakeshore-subaru', '1077'],
  ['lakeshore-ford', '3042'],
  ['lakeshore-subaru', '1078'],
  ['lakeshore-ford', '3043'],
  ['lakeshore-subaru', '1079'],
] as const;
let repairs = 0;

/** Each of a customer and a car of its own, so that no nudge was ever sent about them. */
const strangerOf = (roNumber: string) => ({
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

/** Of the next salesperson: nobody hears of more than the caps allow. */
async function repairAt(): Promise<{ storeId: string; roNumber: string }> {
  repairs += 1;
  const [storeId, salespersonNumber] = sellers[repairs % sellers.length] ?? sellers[0];
  const roNumber = next();
  const serviceAdvisorNumber = undefined;
  const order = { storeId, salespersonNumber, serviceAdvisorNumber, roNumber };
  await run.putSample('repair-quote-high-new-customer', { ...order, ...strangerOf(roNumber) });
  return { storeId, roNumber };
}

const repair = async () => taskIdOf({ kind: 'repair-options', ...(await repairAt()) });

async function upgrade(): Promise<string> {
  const order = await repairAt();
  await page.goto(await run.linkOfNamed(taskIdOf({ kind: 'repair-options', ...order })));
  await press('open-to-looking');
  return taskIdOf({ kind: 'upgrade-conversation', ...order });
}

/** The rule would tell Sales of the samples' long-term customer, and asks the advisor first: at each order anew. */
async function askingSheet(): Promise<string> {
  const roNumber = next();
  await run.putSample('repair-quote-high', { roNumber });
  return taskIdOf({ kind: 'repair-options', storeId: ASKS_ADVISOR, roNumber });
}

async function silencedSheet(): Promise<string> {
  const taskId = await repair();
  await page.goto(await run.linkOfNamed(taskId));
  await press('never-for-this-customer');
  return taskId;
}

const withoutEmail = (kind: TaskKind) =>
  kind === 'first-service-visit'
    ? firstService({ email: undefined })
    : introduction('vehicle-sold-no-email', 'lakeshore-honda');

/** Nobody can say whether its email to the customer was sent. It takes SES's silence, and a quarter of an hour. */
async function unsure(kind: TaskKind): Promise<string> {
  await run.loseNextEmail();
  const taskId = await kinds[kind]();
  await customerEmailOf(taskId, 'unknown');
  await run.advance('PT20M');
  await customerEmailOf(taskId, 'asked');
  return taskId;
}

const customerEmailOf = (taskId: string, state: string) =>
  until(`an email to the customer that is ${state}`, async () =>
    (await run.task(taskId))?.outbox.find((entry) => entry['to'] === 'customer' && entry.state === state),
  );

const kinds: Readonly<Record<TaskKind, () => Promise<string>>> = {
  'service-introduction': () => introduction(),
  'first-service-visit': () => firstService(),
  'repair-options': repair,
  'upgrade-conversation': upgrade,
};

/** What is offered only where it has come to that. */
const madeFor: Readonly<Partial<Record<ChoiceName, (kind: TaskKind) => Promise<string>>>> = {
  'good-time': askingSheet,
  'not-a-good-time': askingSheet,
  'may-be-asked': silencedSheet,
  'customer-email': withoutEmail,
  'send-again': unsure,
  'leave-it': unsure,
};

const button = (choice: string) => page.locator(`button[name=choice][value=${choice}]`);

async function press(choice: string): Promise<void> {
  await button(choice).click();
  await arrivesAt(page, new RegExp(`done=${choice}$`));
}

/** Any colleague of those who are offered. */
const ANYBODY = 'anybody';

/** Opens what asks for something, and answers it as a person would on this page. */
async function fill(choice: string, typed: string): Promise<void> {
  const details = page.locator('details', { has: button(choice) });
  await details.locator('summary').click();
  const field = details.locator('input:not([type=hidden]), select, textarea');
  if ((await field.evaluate((element) => element.tagName)) !== 'SELECT') return field.fill(typed);
  await field.selectOption(typed === ANYBODY ? { index: 1 } : typed);
}

const inDays = (days: number) =>
  new Date(Date.parse(FRIDAY_MORNING) + days * 86_400_000).toISOString().slice(0, 10);

describe('every choice of every kind', () => {
  type Case = [kind: TaskKind, choice: ChoiceName, typed: string | undefined, becomes: object];
  const accepted = { state: 'accepted' };
  const ended = (outcome: ChoiceName) => ({ state: 'completed', ended: { outcome } });
  const toCustomer = (state: string) => ({
    outbox: expect.arrayContaining([expect.objectContaining({ to: 'customer', state })]),
  });
  const everyKind: readonly TaskKind[] = [
    'service-introduction',
    'first-service-visit',
    'repair-options',
    'upgrade-conversation',
  ];
  const ofEachKind = (choice: ChoiceName, typed: string | undefined, becomes: object) =>
    everyKind.map((kind): Case => [kind, choice, typed, becomes]);
  const toNewAddress = (kind: TaskKind): Case => {
    const address = `walter.${kind}@example.com`;
    return [kind, 'customer-email', address, { ...toCustomer('sent'), customerEmail: address }];
  };

  const cases: Case[] = [
    ...ofEachKind('accept', undefined, accepted),
    ['service-introduction', 'introduced-in-person', undefined, ended('introduced-in-person')],
    ['service-introduction', 'introduced-by-video', undefined, ended('introduced-by-video')],
    ['service-introduction', 'not-yet', undefined, accepted],
    ['service-introduction', 'first-visit-booked', inDays(30), accepted],
    ['service-introduction', 'customer-declined', undefined, ended('customer-declined')],
    ['first-service-visit', 'visit-booked', `${inDays(12)}T09:30`, accepted],
    ['first-service-visit', 'customer-declined', undefined, ended('customer-declined')],
    ['first-service-visit', 'snooze', inDays(4), { state: 'waiting' }],
    ['repair-options', 'not-a-good-time', undefined, { ...accepted, advisorSays: 'not now' }],
    // After this one Sales knows of the customer, and the rule is silent for a fortnight.
    ['repair-options', 'good-time', undefined, { ...accepted, advisorSays: 'good time', toldSales: true }],
    ['repair-options', 'never-for-this-customer', undefined, { ...accepted, advisorSays: 'never' }],
    ['repair-options', 'may-be-asked', undefined, { ...accepted, advisorSays: 'may be asked' }],
    ['repair-options', 'open-to-looking', undefined, { ...ended('open-to-looking'), toldSales: true }],
    ['repair-options', 'repair-it', undefined, ended('repair-it')],
    ['repair-options', 'not-now', undefined, ended('not-now')],
    ['upgrade-conversation', 'contacted', undefined, accepted],
    ['upgrade-conversation', 'appointment-set', `${inDays(1)}T10:00`, accepted],
    ['upgrade-conversation', 'sold', 'D-77', ended('sold')],
    ['upgrade-conversation', 'not-ready', undefined, ended('not-ready')],
    ['upgrade-conversation', 'wrong-car', undefined, ended('wrong-car')],
    ['upgrade-conversation', 'already-bought', undefined, ended('already-bought')],
    ['upgrade-conversation', 'snooze', inDays(4), { state: 'waiting' }],
    toNewAddress('service-introduction'),
    toNewAddress('first-service-visit'),
    ['service-introduction', 'send-again', undefined, toCustomer('sent')],
    ['service-introduction', 'leave-it', undefined, toCustomer('lapsed')],
    ['first-service-visit', 'send-again', undefined, toCustomer('sent')],
    ['first-service-visit', 'leave-it', undefined, toCustomer('lapsed')],
    ...ofEachKind('hand-over', ANYBODY, { state: 'open', assignee: { reason: 'handed over' } }),
    ...ofEachKind('decline', 'With a customer until noon', {
      state: 'open',
      declinedBy: [expect.any(String)],
    }),
    ...ofEachKind('note', 'Asked for a text before noon', { state: 'open' }),
  ];

  it('stands in the table below', () => {
    const all = choices.flatMap(({ name, kinds }) => kinds.map((kind) => `${kind}: ${name}`));
    expect(cases.map(([kind, choice]) => `${kind}: ${choice}`).toSorted()).toEqual(all.toSorted());
  });

  const looked = new Set<string>();
  /** Pages of one sort are much the same. */
  async function lookOnceAt(sort: string): Promise<void> {
    if (looked.has(sort)) return;
    looked.add(sort);
    expect(await accessibilityProblems(page, ['light'])).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }

  it.each(cases)('%s: %s', async (kind, choice, typed, becomes) => {
    const taskId = await (madeFor[choice] ?? kinds[kind])(kind);
    await page.goto(await run.linkOfNamed(taskId));
    if (typed !== undefined) await fill(choice, typed);
    await lookOnceAt(madeFor[choice] ? choice : kind);
    await press(choice);
    expect(await page.locator('[role=status]').textContent()).toMatch(/^Done: /);
    const task = await run.task(taskId);
    expect(task).toMatchObject(becomes);
    expect(task?.log.map(({ what }) => what)).toContain(choice);
    await lookOnceAt(`${kind} ${task?.state}`);
  });
});

describe('a page', () => {
  it('of each kind is without fault for axe, at both widths, and never wider than the screen', async () => {
    const links = [];
    for (const make of Object.values(kinds)) links.push(await run.linkOfNamed(await make()));
    const [one = ''] = links;
    for (const shape of [phone, desktop]) {
      const window = await newContext(browser, shape);
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
    const plain = await newContext(browser, { ...phone, javaScriptEnabled: false });
    const tab = await plain.newPage();
    await tab.goto(await run.linkOfNamed(taskId));
    await tab.locator('button[value=accept]').click();
    await arrivesAt(tab, /done=accept$/);
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
    await arrivesAt(page, /done=note$/);
    expect(await page.locator('[role=status]').textContent()).toContain('By keyboard');
  });

  it('makes no choice when Enter is pressed in a field but that of the field', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await fill('decline', 'In a meeting');
    await page.keyboard.press('Enter');
    await arrivesAt(page, /done=decline$/);
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
    await arrivesAt(page, /done=accept$/);
    expect(await page.locator('[role=status]').textContent()).toContain('Done: I accept: I have this.');
    expect(await page.locator('.story li', { hasText: 'I have this' }).count()).toBe(1);
  });

  it('is not made again by reloading, by going back, or by pressing there again', async () => {
    const taskId = await introduction();
    await page.goto(await run.linkOfNamed(taskId));
    await press('accept');
    await page.reload();
    expect(await page.locator('[role=status]').textContent()).toContain('Done: I accept: I have this.');
    await page.goBack();
    const stale = button('accept');
    if (await stale.isVisible()) {
      await Promise.all([formAnswered(page), stale.click()]);
      await page.locator('[role=status], [role=alert]').first().waitFor();
    }
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
