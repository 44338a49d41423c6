import { describe, expect, it } from 'vitest';
import { twoColumnSheet } from '../../../functions/readiness/assess.ts';
import { type Given, questionOf, recently, today } from './readiness-questions.ts';

const sheetOf = (given: Given = {}) => twoColumnSheet(questionOf(given));
const unknown = (label: string) => ({ label, value: 'unknown' });

const lines = [
  {
    description: 'Front struts',
    amountCents: 200_000,
    answer: 'open' as const,
    buys: 'good for another 40,000 miles',
  },
  { description: 'Cabin filter', amountCents: 4_950, answer: 'declined' as const },
];

describe("the advisor's two columns", () => {
  it('put the repair beside what replacing rests on, each with its date', () => {
    const sheet = sheetOf({
      quote: {
        quote: { totalCents: 240_050, lines },
        equity: { lowCents: 150_000, highCents: 300_000, asOf: recently },
        warranty: { factoryEndsOn: '2027-03-01', factoryEndsMiles: 100_000, asOf: '2026-11-10' },
        lease: { maturesOn: '2027-04-20', asOf: recently },
      },
      history: {
        carSince: '2025-01-15',
        declined: [{ description: 'Rear brakes', amountCents: 38_900, on: '2026-06-01' }],
      },
    });
    expect(sheet.repair).toEqual([
      { label: 'What', value: 'Front struts; Cabin filter', asOf: today },
      { label: 'Cost', value: 'Quoted $2,400.50; declined $49.50; left to decide $2,351', asOf: today },
      { label: 'What it buys', value: 'good for another 40,000 miles', asOf: today },
      { label: 'Declined today', value: 'Cabin filter ($49.50)', asOf: today },
      { label: 'Declined before', value: 'Rear brakes ($389)', asOf: today },
      {
        label: 'Expected service in the next 12 months',
        value: '$1,300, as in the last 12 months, without this repair',
        asOf: today,
      },
    ]);
    expect(sheet.replace).toEqual([
      { label: 'Trade-in value (est.)', value: '$4,500', asOf: recently },
      { label: 'Equity', value: '$1,500 to $3,000', asOf: recently },
      {
        label: 'Factory warranty until',
        value: 'Monday, March 1, 2027 or 100,000 miles',
        asOf: '2026-11-10',
      },
      unknown('Extended warranty until'),
      { label: 'Lease until', value: 'Tuesday, April 20, 2027', asOf: recently },
      unknown('Est. monthly payment'),
    ]);
  });

  it('say unknown where nobody knows, and where the fact is too old', () => {
    const { repair, replace } = sheetOf({
      quote: {
        value: { cents: 450_000, asOf: '2026-09-01' },
        ownership: { status: 'owned', asOf: recently },
      },
      history: 'none',
    });
    expect(replace).toEqual([
      unknown('Trade-in value (est.)'),
      unknown('Equity'),
      unknown('Factory warranty until'),
      unknown('Extended warranty until'),
      unknown('Est. monthly payment'),
    ]);
    expect(repair.filter(({ value }) => value === 'unknown').map(({ label }) => label)).toEqual([
      'What',
      'What it buys',
      'Declined today',
      'Declined before',
      'Expected service in the next 12 months',
    ]);
  });

  it('expect no year of service from a car that has been known for half a year', () => {
    const { repair } = sheetOf({ history: { carSince: '2026-05-20' } });
    expect(repair.at(-1)).toEqual(unknown('Expected service in the next 12 months'));
  });

  it('have the same rows whatever the advice would be', () => {
    const labels = (totalCents: number) => {
      const { repair, replace } = sheetOf({ quote: { quote: { totalCents } } });
      return [repair, replace].map((column) => column.map(({ label }) => label));
    };
    expect(labels(20_000)).toEqual(labels(900_000));
  });

  it('list as much as one page has room for, what several lines buy once, and who appraised the car', () => {
    const line = (at: number) => ({
      description: `${at}: ${'x'.repeat(200)}`,
      amountCents: 10_000,
      buys: 'Good for another 60,000 miles',
    });
    const sheet = sheetOf({
      quote: {
        quote: { totalCents: 200_000, lines: Array.from({ length: 20 }, (_, at) => line(at)) },
        value: { cents: 450_000, source: 'Black Book', asOf: recently },
      },
    });
    const what = sheet.repair.find(({ label }) => label === 'What')?.value ?? '';
    expect(what.split('; ')).toHaveLength(7);
    expect(what.endsWith('; and 14 more')).toBe(true);
    expect(what.length).toBeLessThan(600);
    expect(sheet.repair).toContainEqual(expect.objectContaining({ value: 'Good for another 60,000 miles' }));
    expect(sheet.replace[0]?.value).toBe('$4,500, by Black Book');
  });
});
