import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyMessage } from '../support/emails/every-message.ts';
import { withDrawnPictures } from '../support/emails/renditions.ts';
import { launch } from './chromium.ts';

const PHONE = { width: 390, height: 844 };

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const titled = everyMessage().map((one) => [one.language, one.name, one.variant, one] as const);

it.each(titled)(
  '%s %s (%s) fits the width of a phone; a letter to a customer is read in one and a half screens',
  async (_language, _name, _variant, { email, to }) => {
    const page = await browser.newPage({ viewport: PHONE });
    await page.setContent(withDrawnPictures(email.html));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    // What the law asks for stands below it.
    const letter = await page.locator('.card').boundingBox();
    if (to === 'customer') expect(letter?.height).toBeLessThanOrEqual(1.5 * PHONE.height);
    await page.close();
  },
);
