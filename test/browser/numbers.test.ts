import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { storePageReply } from '../../functions/lambdas/answer-task/reply.ts';
import { ordinary } from '../support/email-fixtures.ts';
import { numbersPageOf } from '../support/numbers-shown.ts';
import {
  accessibilityProblems,
  complaintsOf,
  desktop,
  launch,
  newContext,
  overflows,
  phone,
} from './chromium.ts';

/** The page of the numbers as the function answers it, with every header. */
const { headers, body } = storePageReply(
  { group: ordinary.group, store: ordinary.store },
  200,
  numbersPageOf(ordinary),
);
const ADDRESS = 'https://handoff.example.com/s/0123456789abcdef0123456789abcdef/secret';

let browser: Browser;
const opened: Page[] = [];
let complaints: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
  expect(complaints).toEqual([]);
  expect(asked.splice(0)).toEqual([ADDRESS]);
});
afterAll(() => browser?.close());

async function openOn(device: BrowserContextOptions): Promise<Page> {
  const page = await (await newContext(browser, { ...device, javaScriptEnabled: true })).newPage();
  complaints = complaintsOf(page);
  await page.route('**/*', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ headers, body });
  });
  await page.goto(ADDRESS);
  opened.push(page);
  return page;
}

describe.each([
  ['phone', phone],
  ['desktop', desktop],
] as const)('on a %s', (_, device) => {
  it('is accessible, light and dark, with all figures unfolded, and fits the screen', async () => {
    const page = await openOn(device);
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  });
});

it('prints the figures behind each picture, also where they are folded on the screen', async () => {
  const page = await openOn(desktop);
  const figures = page.locator('.figures table').first();
  expect(await figures.isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect((await figures.boundingBox())?.height).toBeGreaterThan(40);
});
