import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { complaintsOf, launch, newContext, phone } from './chromium.ts';
import type { LocalRun } from './local-run.ts';

/** What a test presses through: a page of its own, on a phone. */
export interface Played {
  readonly run: LocalRun;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
}

/** One local run for the tests of a file, and a fresh page for each, of which the browser has nothing to complain. */
export function onAPhone(start: () => Promise<LocalRun>, use: (played: Played) => void): void {
  let run: LocalRun | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext;
  let complaints: string[];

  beforeAll(async () => {
    [run, browser] = await Promise.all([start(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await run?.stop();
  });
  beforeEach(async () => {
    if (!run || !browser) throw new Error('the local run did not start');
    context = await newContext(browser, phone);
    const page = await context.newPage();
    complaints = complaintsOf(page);
    use({ run, browser, context, page });
  });
  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
}
