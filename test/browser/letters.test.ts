import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyMessage } from '../support/emails/every-message.ts';
import { withDrawnPictures } from '../support/emails/renditions.ts';
import { launch } from './chromium.ts';

const PHONE = { width: 390, height: 844 };

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  page = await browser.newPage({ viewport: PHONE });
});
afterAll(() => browser?.close());

const titled = everyMessage().map((one) => [one.language, one.name, one.variant, one] as const);

/** Screens that a letter to a customer takes, as the fonts of this machine have it; more where something is explained. */
const SCREENS = 1.55;
const SCREENS_WITH_A_REASON = 1.7;
const explained = ['closed', 'another car', 'sold at another store', 'booked'];

it.each(titled)(
  '%s %s (%s) fits the width of a phone, and takes one and a half screens where it is to a customer',
  async (_language, _name, variant, { email, to }) => {
    await page.setContent(withDrawnPictures(email.html));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    // What the law asks for stands below it.
    const letter = await page.locator('.card').boundingBox();
    const screens = explained.includes(variant) ? SCREENS_WITH_A_REASON : SCREENS;
    if (to === 'customer') expect(letter?.height).toBeLessThanOrEqual(screens * PHONE.height);
  },
);
