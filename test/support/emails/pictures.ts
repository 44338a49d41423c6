/** Takes the pictures of the documentation: the most important messages on a phone, and two pages. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch } from '../../browser/chromium.ts';
import { everyMessage, type Preview } from './every-message.ts';
import { inScheme, type Scheme, withDrawnPictures } from './renditions.ts';

interface Picture {
  readonly file: string;
  readonly name: Preview['name'];
  readonly variant: string;
  readonly language?: 'es';
  readonly of?: 'page';
  readonly scheme?: Scheme;
}

/** In the order in which a customer's story brings them about. */
const pictures: readonly Picture[] = [
  { file: 'walk-over', name: 'walk-over', variant: 'open' },
  { file: 'introduction-to-sign', name: 'introduction-to-sign', variant: 'usual' },
  { file: 'introduction-to-customer', name: 'introduction-to-customer', variant: 'open' },
  { file: 'first-service-invitation-es', name: 'first-service-invitation', variant: 'usual', language: 'es' },
  { file: 'first-service-confirmation', name: 'first-service-confirmation', variant: 'usual' },
  { file: 'visit-tomorrow', name: 'visit-tomorrow', variant: 'usual' },
  { file: 'repair-options-sheet', name: 'repair-options-sheet', variant: 'usual' },
  { file: 'upgrade-nudge', name: 'upgrade-nudge', variant: 'assessment' },
  { file: 'escalation', name: 'escalation', variant: 'accept', scheme: 'dark' },
  { file: 'morning-summary', name: 'morning-summary', variant: 'one late' },
  { file: 'task-page', name: 'introduction-to-sign', variant: 'usual', of: 'page' },
];

/** The first screen of a tall phone: what decides whether it is read. */
const PHONE = { width: 390, height: 844 };

/** Returns the files that it wrote. */
export async function takePictures(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const all = everyMessage();
  const browser = await launch();
  try {
    const files: string[] = [];
    for (const picture of pictures) files.push(await take(browser, picture, all, folder));
    return files;
  } finally {
    await browser.close();
  }
}

async function take(
  browser: Browser,
  picture: Picture,
  all: readonly Preview[],
  folder: string,
): Promise<string> {
  const { file, name, variant, language = 'en', of, scheme = 'light' } = picture;
  const shown = all.find((one) => one.name === name && one.variant === variant && one.language === language);
  if (!shown) throw new Error(`No message is called ${name} (${variant}) in ${language}`);
  const document = withDrawnPictures(of === 'page' ? shown.page : shown.email.html);
  const page = await browser.newPage({ viewport: PHONE, deviceScaleFactor: 1.25 });
  await page.setContent(inScheme(document, scheme));
  const path = join(folder, `${file}.png`);
  const { width, height } = PHONE;
  const box = await page.locator('main, [role=main]').boundingBox();
  const shownHeight = Math.min(height, box?.height ?? height);
  await page.screenshot({ path, clip: { x: 0, y: 0, width, height: shownHeight } });
  await page.close();
  return path;
}
