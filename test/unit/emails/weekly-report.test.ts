import { describe, expect, test } from 'vitest';
import { reportMessages } from '../../../functions/weekly-report/emails/messages.ts';
import { bare, hostile, hostileNames, ordinary } from '../../support/email-fixtures.ts';
import { isWellFormed, readHtml } from '../../support/email-reading.ts';
import { reportCasesOf, writeReport } from '../../support/report-fixtures.ts';

const usual = reportCasesOf(ordinary);
const all = [
  ...usual,
  ...reportCasesOf(bare),
  ...Object.values(hostileNames).flatMap((name) => reportCasesOf(hostile(name))),
];
const named = (variant: string) => {
  const found = usual.find((one) => one.variant === variant);
  expect.assert(found);
  return writeReport(found);
};
const flat = (text: string) => text.replaceAll(/[\s\u2066-\u2069\u200b]+/g, ' ').trim();

describe('every email of the weekly report', () => {
  test('is written in at least one of these cases', () => {
    expect([...new Set(usual.map(({ name }) => name))].toSorted()).toEqual(
      Object.keys(reportMessages).toSorted(),
    );
  });

  test('is well-formed and has a subject that an inbox shows, whatever the names are', () => {
    for (const one of all) {
      const { subject, html, text } = writeReport(one);
      expect(subject.length, subject).toBeLessThanOrEqual(120);
      expect(isWellFormed(html), one.variant).toBe(true);
      for (const part of [subject, html, text])
        expect(part, one.variant).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object|Invalid Date/);
      expect(html).not.toContain('<script');
    }
  });

  test('loads no picture, so that it says everything with images off', () => {
    for (const one of usual) expect(writeReport(one).html).not.toContain('<img');
  });

  test('has a subject of at most sixty letters for a store with a name of usual length', () => {
    for (const one of usual) expect(writeReport(one).subject.length).toBeLessThanOrEqual(60);
  });
});

describe('in ten seconds', () => {
  test('a general manager knows what to begin with', () => {
    const { subject, text } = named('usual');
    expect(subject).toBe('Lakeshore Honda this week: 2 overdue, 7 to win back');
    expect(flat(text)).toContain(
      'Begin with what is overdue: 2 customers are waiting for somebody here. 1 number fell, too.',
    );
    expect(flat(named('in a bad week').text)).toContain(
      'Begin with what is overdue: 4 customers are waiting for somebody here. 4 numbers fell, too.',
    );
  });

  test('a quiet week is a quiet email, with whom to thank', () => {
    const { subject, text } = named('calm');
    expect(subject).toBe('Lakeshore Honda this week: nothing is overdue');
    expect(flat(text)).toContain('Nothing is overdue. No number fell. A good week to say thank you.');
    expect(flat(text)).toContain('4 customers referred last week, and Sales took up 3.');
  });

  test('a new store reads its first counts, and no comparison with what nobody counted', () => {
    const { text } = named('of a new store');
    expect(flat(text)).toContain('Last week: 6 of 9; October: none; October 2025: none');
    expect(text).not.toMatch(/Up|Down|No real change/);
    expect(flat(text)).toContain(
      'Nothing is overdue. There are too few cases yet to say whether a number changed.',
    );
  });

  test('a store of which nothing is counted yet reads that, and from when on there are numbers', () => {
    const { subject, text } = named('before anything is counted');
    expect(subject).toBe('Lakeshore Honda this week: no numbers yet');
    expect(flat(text)).toContain(
      'Nothing is counted yet. The numbers begin with the first car sold and the first visit that your dealer system sends.',
    );
    expect(text).not.toContain('Last week');
    expect(text).not.toContain('Names above');
  });

  test('a calm week of the group claims nothing of what is overdue: nobody counted that', () => {
    const { subject, text } = named('of the group, calm');
    expect(subject).toBe('Lakeshore Auto Group this week: no number fell');
    expect(flat(text)).toContain('No number fell.');
    expect(text).not.toContain('overdue');
  });

  test('a store without a year of numbers reads since when there are some', () => {
    expect(flat(named('of a new store').text)).toContain('Counted since November 2026');
    expect(flat(named('usual').text)).not.toContain('Counted since');
  });

  test('another setting of the rule comes with its evidence, and one that nobody can judge says so', () => {
    const text = flat(named('usual').text);
    expect(text).toContain(
      'We propose to count a repair of 40% of the car’s value as a reason, not a repair of 30% of the car’s value (repairSharePercent 30 → 40). Of the nudges that this would have spared, 3 of 34 were right (9%); of the others, 24 of 61 (39%).',
    );
    expect(text).toContain('27 more orders. What would have come of them, nobody knows.');
    expect(named('calm').text).not.toContain('settings to consider');
  });

  test('a list is short, and the rest is a number', () => {
    const { card } = readHtml(named('usual').html);
    expect(card.filter((line) => line.includes('(303) 555-0186'))).toHaveLength(5);
    expect(card).toContain('And 2 more, on your page My day.');
  });

  test('bars say their figures in words beside them, also as plain text', () => {
    const { html, text } = named('usual');
    expect(html).toContain('<table role="presentation" width="45%"');
    expect(text).toContain('19 · 45% █████████ Met Service');
  });
});

test('a manager hears of their own people only, as a question and not as a verdict', () => {
  const { subject, text } = named('one');
  expect(flat(subject)).toMatch(/^Worth a word this month: /);
  expect(flat(text)).toContain('no referral to Sales in October, out of 180 customers who paid for a repair');
  expect(text).not.toContain('buyers met Service');
});
