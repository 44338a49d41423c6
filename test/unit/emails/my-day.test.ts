import { describe, expect, test } from 'vitest';
import { dayMessages } from '../../../functions/handoffs/letters.ts';
import {
  bare,
  DAY_LINK,
  dayCasesOf,
  hostile,
  hostileNames,
  ordinary,
  writeDay,
} from '../../support/email-fixtures.ts';
import { isWellFormed, readHtml } from '../../support/email-reading.ts';

const usual = dayCasesOf(ordinary);
const all = [
  ...usual,
  ...dayCasesOf(bare),
  ...Object.values(hostileNames).flatMap((name) => dayCasesOf(hostile(name))),
];
const named = (name: string, variant: string) => {
  const found = usual.find((one) => one.name === name && one.variant === variant);
  expect.assert(found);
  return writeDay(found);
};

describe('every summary', () => {
  test('is written in at least one of these cases', () => {
    expect([...new Set(usual.map(({ name }) => name))].toSorted()).toEqual(
      Object.keys(dayMessages).toSorted(),
    );
  });

  test('has a subject that an inbox shows whole, and is well-formed, whatever the names are', () => {
    for (const one of all) {
      const { subject, html, text } = writeDay(one);
      expect(subject.length, subject).toBeLessThanOrEqual(120);
      expect(subject, one.name).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(isWellFormed(html), one.name).toBe(true);
      for (const part of [subject, html, text]) {
        expect(part, one.name).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object|Invalid Date/);
      }
      expect(html, one.name).not.toContain('<script');
    }
  });

  test('leads to the page by one button, and says the same as plain text', () => {
    for (const one of usual) {
      const { html, text } = writeDay(one);
      expect(readHtml(html).buttons.map(({ href }) => href)).toEqual([DAY_LINK]);
      for (const block of readHtml(html).card) expect(flat(text)).toContain(flat(block));
    }
  });

  test('carries the least it can: no whole VIN, no email address of a customer', () => {
    for (const one of usual) {
      const { html } = writeDay(one);
      expect(html).not.toContain(ordinary.vehicle.vin);
      expect(html).not.toContain('maria.lopez@example.com');
    }
  });
});

describe('in ten seconds', () => {
  test('a person knows how much is open, and begins with what is overdue', () => {
    const { subject, text } = named('morning-summary', 'one late');
    expect(subject).toBe('Your day: 2 to do, 1 overdue');
    const [first] = text.split('\n').filter((line) => line.startsWith('- '));
    expect(first).toMatch(/^- Maria Lopez, .*: accept the introduction\. Overdue, yours since/);
  });

  test('a person sees which nudge waits, and until when', () => {
    const { subject, text } = named('morning-summary', 'under the cap');
    expect(subject).toBe('Your day: 1 customer coming later');
    expect(text).toMatch(/Upgrade conversation, comes to you Monday, November 23, 2026\./);
  });

  test('a manager knows what is late, and with whom', () => {
    const { subject, text } = named('store-today', 'one late');
    expect(subject).toMatch(/ today: 2 open, 1 overdue$/);
    expect(text).toContain(`with ${ordinary.advisor.name}. Escalated, not accepted`);
    expect(text).toMatch(/Done: 1 since Thursday, November 19, 2026/);
  });

  test('a long list is cut, and says so', () => {
    expect(named('morning-summary', 'many').text).toContain('And 25 more, on the page.');
  });
});

/** Text without what only layout differs in. */
const flat = (text: string) =>
  text
    .replace(/[\u2068\u2069]/g, '')
    .replace(/[\s;]+/g, ' ')
    .trim()
    .toLowerCase();
