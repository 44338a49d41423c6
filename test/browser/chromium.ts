import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser of this machine. No browser is no result, so it is an error and never a pass. */
export function chromiumPath(): string {
  const path = places.find((place) => place !== undefined && existsSync(place));
  if (path) return path;
  throw new Error('no browser: not run. Install Chromium, or set CHROMIUM_PATH to a Chromium or Chrome.');
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Long enough for a machine that is busy with other work. */
const PATIENCE = { timeout: 120_000 };

export async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE.timeout);
  return context;
}

/**
 * Waits until the page shows an address. It asks for the address, and does not watch the navigation as `waitForURL`
 * does: the second click of a double click aborts the navigation of the first, and `waitForURL` fails on that.
 */
export async function arrivesAt(page: Page, address: RegExp): Promise<void> {
  await expect.poll(() => page.url(), PATIENCE).toMatch(address);
  await page.waitForLoadState();
}

/** Waits for the answer to a form that is sent next, also where the address stays as it was. */
export const formAnswered = (page: Page) =>
  page.waitForResponse((response) => response.request().method() === 'POST');

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const desktop = { viewport: { width: 1000, height: 800 } } as const;

/** What axe finds on a page, light and dark, as sentences: nothing is what there should be. */
export async function accessibilityProblems(
  page: Page,
  schemes: readonly ('light' | 'dark')[] = ['light', 'dark'],
): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(
      ...violations.map(
        ({ id, help, nodes }) => `${colorScheme}: ${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
      ),
    );
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
}

/** Everything that the browser complains about, such as a style that the page's own policy forbids. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The status of the page that a test asked for is no complaint about the page.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** No page is wider than the phone it is read on. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
