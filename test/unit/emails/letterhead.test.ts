import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast } from '../../../functions/group/color.ts';
import { letterhead } from '../../../functions/group/letterhead.ts';
import { palettesIn } from '../../../functions/mail/look.ts';
import {
  casesOf,
  contextOf,
  dayCasesOf,
  introductionIn,
  messageCalled,
  ordinary,
  spanish,
  type World,
  write,
  writeDay,
} from '../../support/email-fixtures.ts';
import { readHtml } from '../../support/email-reading.ts';

const logo = { url: 'https://cdn.lakeshore.example/honda.png', width: 160, height: 40 };

const withLetterhead = (world: World, own: World['store']['letterhead'], groups?: typeof own): World => ({
  ...world,
  group: { ...world.group, letterhead: groups },
  store: { ...world.store, letterhead: own },
});

const hex = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((channels) => `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`);

test('whatever color a store may have, every text in it can be read, in light and in dark mode', () => {
  fc.assert(
    fc.property(hex, (color) => {
      fc.pre(letterhead.safeParse({ color }).success);
      for (const { accent, onAccent, page, card, tint } of Object.values(palettesIn(color))) {
        for (const surface of [page, card, tint, onAccent]) {
          expect(contrast(accent, surface), `${accent} on ${surface}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }),
  );
});

test('our own colors can be read, too', () => {
  for (const { accent, onAccent, text, muted, late, lateTint, page, card, tint } of Object.values(
    palettesIn(undefined),
  )) {
    for (const surface of [page, card, tint])
      for (const ink of [accent, text, muted])
        expect(contrast(ink, surface), `${ink} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(late, lateTint)).toBeGreaterThanOrEqual(4.5);
  }
});

test("a store's color is on the button of its emails, and the group's where the store has none", () => {
  const writeIn = (world: World) =>
    messageCalled('introduction-to-customer').write(contextOf(world, introductionIn(world))).html;
  const button = (color: string) =>
    expect.stringContaining(
      `class="buttonCell" style="border-radius:10px;mso-padding-alt:15px 28px;background-color:${color}"`,
    );
  expect(writeIn(withLetterhead(ordinary, { color: '#a8142b' }, { color: '#14407f' }))).toEqual(
    button('#a8142b'),
  );
  expect(writeIn(withLetterhead(ordinary, { logo }, { color: '#14407f' }))).toEqual(button('#14407f'));
});

test('a logo stands in place of the name at the top of every email, and the name in its place without pictures', () => {
  const world = withLetterhead(ordinary, { logo });
  const emails = [...casesOf(world).map(write), ...dayCasesOf(world).map(writeDay)];
  for (const { html, text } of emails) {
    const [first] = readHtml(html).images;
    expect(first).toEqual({ src: logo.url, alt: ordinary.store.name });
    expect(html).toContain('width="160" height="40"');
    expect(text).toContain(ordinary.store.name);
  }
});

test('a letter comes from the person who writes it, at the store; without one from the store', () => {
  const introduce = messageCalled('introduction-to-customer').write;
  expect(introduce(contextOf(ordinary, introductionIn(ordinary))).fromName).toBe(
    'Dana Whitfield at Lakeshore Honda',
  );
  expect(introduce(contextOf(spanish, introductionIn(spanish))).fromName).toBe(
    'Dana Whitfield de Lakeshore Honda',
  );
  const task = introductionIn(ordinary);
  expect(introduce(contextOf(ordinary, task, { gone: [ordinary.advisor] })).fromName).toBeUndefined();
});
