import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longTermCustomer } from '../support/customers.ts';
import { headStartOf, World } from '../support/world.ts';
import { choose, linkTo, open } from '../workflow/answer-visitor.ts';
import { launch, newContext, overflows, phone } from './chromium.ts';

/** The two-column sheet as the advisor holds it: on a phone, and on one sheet of paper for the customer. */
const TODAY = '2026-11-20T18:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';

/** As long as the contract lets an advisor write it: twenty pieces of work, each with what it buys. */
const longQuote = {
  totalCents: 418_000,
  lines: Array.from({ length: 20 }, (_, at) => ({
    description: `${at + 1}: ${'replace front struts and mounts, both sides, '.repeat(6)}`,
    buys: `${at + 1}: ${'good for another 60,000 miles of driving, '.repeat(6)}`,
    amountCents: 20_900,
    answer: 'declined',
  })),
};

let world: World;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [world, browser] = await Promise.all([World.open(TODAY, headStartOf('until-answered')), launch()]);
  page = await (await newContext(browser, phone)).newPage();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const sheets: readonly (readonly [string, object])[] = [
  ['an ordinary quote', {}],
  ['a long quote', { quote: longQuote }],
  ['a quote with nothing known of the car', { value: undefined, equity: undefined, warranty: undefined }],
];

describe.each(sheets)('the sheet of %s', (_what, change) => {
  beforeAll(async () => {
    await world.reset(TODAY);
    await longTermCustomer(world);
    await world.putSample('repair-quote-high', change);
  });
  const email = () => world.inbox(ADVISOR)[0]?.html ?? '';
  const taskPage = async () => (await open(world, linkTo(world, ADVISOR))).body;

  it('is an email that prints on one page, and fits a phone', async () => {
    await page.setContent(email());
    expect(await pagesOf(page)).toBe(1);
    expect(await overflows(page)).toBe(false);
  });

  it.each(['email', 'page'])(
    'is printed by its %s as the customer’s copy, and shows none of it on a screen',
    async (of) => {
      await page.setContent(of === 'email' ? email() : await taskPage());
      const seen = () => page.locator('body').innerText();
      expect(await seen()).not.toContain('Service advisor');
      await page.emulateMedia({ media: 'print' });
      const printed = await seen();
      await page.emulateMedia({ media: null });
      expect(printed).toContain('Sam Delgado, (303) 555-0130');
      expect(printed).toContain('Repair it');
      expect(printed).not.toMatch(
        /\byou|Who has it|Where now|guess|find out|In one sentence|trade|equity|\$9,200|note the|Accept|password/i,
      );
    },
  );

  it.each(['email', 'page'])('keeps both columns beside each other on a phone in its %s', async (of) => {
    await page.setContent(of === 'email' ? email() : await taskPage());
    const columns = page.locator('.columns').filter({ visible: true });
    const [repair, replace] = await columns.locator('.head').all();
    const [left, right] = [await repair?.boundingBox(), await replace?.boundingBox()];
    expect(left?.y).toBe(right?.y);
    expect(right?.x).toBeGreaterThan((left?.x ?? 0) + (left?.width ?? 0) - 2);
    expect(right?.width).toBeGreaterThan(phone.viewport.width / 3);
    expect((await columns.locator('caption').boundingBox())?.height).toBeLessThan(150);
  });

  it('is a page that prints on one page, and fits a phone', async () => {
    await page.setContent(await taskPage());
    expect(await pagesOf(page)).toBe(1);
    expect(await overflows(page)).toBe(false);
  });
});

it('the nudge after it: a phone’s first screen has all that is needed, down to the button', async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
  await world.putSample('repair-quote-high');
  await choose(world, linkTo(world, ADVISOR), 'open-to-looking');
  const nudge = world.inbox().find(({ subject }) => subject.includes('is open to looking'));
  await page.setContent(nudge?.html ?? '');
  const box = await page.locator('a.button').boundingBox();
  expect(box && box.y + box.height).toBeLessThanOrEqual(phone.viewport.height);
  expect(await page.locator('main, body').first().innerText()).toContain('Say: “Sam mentioned');
});

/** On the paper of the US, with the margins that the style sheet asks for. */
async function pagesOf(shown: Page): Promise<number> {
  const pdf = await shown.pdf({ format: 'Letter', preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
