import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import parsers from 'node-sql-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { NumbersDatabase } from '../../bin/numbers/duckdb.ts';
import { monthFilesIn, writeMonthFile } from '../../bin/numbers/month-files.ts';
import { type LedgerFact, monthOf } from '../../functions/ledger/facts.ts';
import type { Cell } from '../../functions/numbers/definition.ts';
import { evidence } from '../../functions/numbers/definitions/thresholds.ts';
import { definitionNamed, definitions } from '../../functions/numbers/definitions.ts';
import { withViews } from '../../functions/numbers/views.ts';
import { FactsByHand } from './facts.ts';
import { facts, today } from './year-by-hand.ts';

const folder = mkdtempSync(join(tmpdir(), 'numbers-'));
afterAll(() => rmSync(folder, { recursive: true }));

let folders = 0;
async function databaseOf(all: readonly LedgerFact[], fileOf: (fact: LedgerFact) => string = monthOf) {
  folders += 1;
  const own = join(folder, String(folders));
  for (const [file, content] of Map.groupBy(all, fileOf)) writeMonthFile(own, file, content);
  return NumbersDatabase.over(monthFilesIn(own));
}

const inWords = ({ storeId, person, period, breakdown, part, whole }: Cell) =>
  `${[storeId, period, person, breakdown].filter(Boolean).join(' ')}: ${part} of ${whole}`;

const count = async (name: string, database: NumbersDatabase) =>
  (await database.cells(definitionNamed(name), today)).map(inWords).sort();

/** By hand, from the cars of year-by-hand.ts. */
const onPaper: Record<string, readonly string[]> = {
  sold: [
    'north 2024-02 S1: 2 of 2',
    'north 2024-12 S1: 5 of 5',
    'north 2025-01 S1: 1 of 1',
    'north 2025-06 S1: 2 of 2',
    'north 2026-05 S3: 5 of 5',
    'south 2025-07 S1: 1 of 1',
    'west 2026-03 S1: 1 of 1',
    'west 2026-05 S1: 2 of 2',
    'west 2026-06 S1: 1 of 1',
    'west 2026-10 S1: 1 of 1',
  ],
  introduced: [
    'north 2024-02 S1: 0 of 2',
    'north 2024-12 S1: 0 of 5',
    'north 2025-01 S1: 0 of 1',
    'north 2025-06 S1: 0 of 2',
    'north 2026-05 S3: 4 of 5',
    'south 2025-07 S1: 0 of 1',
    'west 2026-03 S1: 0 of 1',
    'west 2026-05 S1: 0 of 2',
    'west 2026-06 S1: 0 of 1',
    'west 2026-10 S1: 0 of 1',
  ],
  'first-visit-booked': [
    'north 2024-02 S1: 0 of 2',
    'north 2024-12 S1: 0 of 5',
    'north 2025-01 S1: 0 of 1',
    'north 2025-06 S1: 0 of 2',
    'north 2026-05 S3: 3 of 5',
    'south 2025-07 S1: 0 of 1',
    'west 2026-03 S1: 0 of 1',
    'west 2026-05 S1: 0 of 2',
    'west 2026-06 S1: 0 of 1',
    'west 2026-10 S1: 0 of 1',
  ],
  'first-service-show': ['north 2026-11 A1: 1 of 2', 'north 2026-11 A2: 1 of 1', 'north 2026-12 A1: 1 of 1'],
  retention: [
    'north 2024-02 1: 1 of 2',
    'north 2024-02 2: 0 of 2',
    'north 2024-12 1: 1 of 4',
    'north 2024-12 2: 2 of 4',
    'north 2025-01 1: 1 of 1',
    'north 2025-06 1: 1 of 2',
    'south 2025-07 1: 0 of 1',
  ],
  'retained-vin': [
    'north 2024-02: 0 of 2',
    'north 2024-12: 1 of 4',
    'north 2025-01: 0 of 1',
    'north 2025-06: 1 of 2',
  ],
  'referrals-accepted': ['north 2026-03 A1: 2 of 3'],
  'referred-to-service': ['north 2026-04 S3: 1 of 1'],
  'referrals-sold': [
    'north 2026-03 S3 upgrade-conversation: 1 of 3',
    'north 2026-04 A1 repair-instead: 0 of 1',
  ],
  accepted: [
    'north 2026-03 S3 upgrade-conversation: 2 of 3',
    'north 2026-04 A1 repair-instead: 0 of 1',
    'north 2026-09 A1 first-service-visit: 0 of 5',
    'north 2026-09 A2 first-service-visit: 0 of 1',
  ],
  'time-to-accept': [
    'north 2026-03 S3 upgrade-conversation: 600 of 1',
    'north 2026-03 S4 upgrade-conversation: 12 of 1',
  ],
  escalated: [
    'north 2026-03 S3 upgrade-conversation: 1 of 3',
    'north 2026-04 A1 repair-instead: 0 of 1',
    'north 2026-09 A1 first-service-visit: 0 of 5',
    'north 2026-09 A2 first-service-visit: 0 of 1',
  ],
  silences: [
    'north 2026-03 complaint-open: 1 of 1',
    'north 2026-03 not-a-long-term-customer: 1 of 1',
    'north 2026-03 too-few-reasons: 1 of 1',
  ],
  precision: ['north 2026-03 long-term: 1 of 2', 'north 2026-03 spend: 1 of 1'],
  'email-outcomes': [
    'north 2026-05 introduction-to-customer bounced: 2 of 7',
    'north 2026-05 introduction-to-customer complained: 1 of 7',
    'north 2026-05 introduction-to-customer delivered: 4 of 7',
    'north 2026-05 introduction-to-customer opted out: 1 of 7',
    ...['2026-09', '2026-10'].flatMap((month) => [
      `north ${month} first-service-invitation bounced: 0 of 1`,
      `north ${month} first-service-invitation complained: 0 of 1`,
      `north ${month} first-service-invitation delivered: 1 of 1`,
      `north ${month} first-service-invitation opted out: 0 of 1`,
    ]),
  ],
  holdout: [
    'west 2026-03 withheld: 1 of 3',
    'west 2026-03 with the rule: 1 of 3',
    'west 2026-10 with the rule: 0 of 1',
  ],
};

describe('a year that was counted on paper gives the same numbers', () => {
  it.each(Object.entries(onPaper))('%s', async (name, expected) => {
    expect(await count(name, await databaseOf(facts))).toEqual([...expected].sort());
  });

  it('referred-to-sales: three of the five orders that customers paid for that day', async () => {
    const lines = await count('referred-to-sales', await databaseOf(facts));
    expect(lines.filter((line) => line.includes('A1'))).toEqual(['north 2026-03 A1: 3 of 5']);
  });

  it('introduced-how: three in person, one by the customer’s own word, one by email at most', async () => {
    const lines = await count('introduced-how', await databaseOf(facts));
    expect(lines.filter((line) => line.includes('north 2026-05'))).toEqual([
      'north 2026-05 S3 by email at most: 1 of 5',
      'north 2026-05 S3 by phone: 0 of 5',
      'north 2026-05 S3 by video: 0 of 5',
      'north 2026-05 S3 in person: 3 of 5',
      'north 2026-05 S3 says the customer: 1 of 5',
    ]);
  });

  it('also in any order, with facts told twice, in whatever file they lie', async () => {
    const right = await databaseOf(facts);
    const expected = await Promise.all(definitions.map(({ name }) => count(name, right)));
    const orders = fc.tuple(
      fc.shuffledSubarray(facts, { minLength: facts.length }),
      fc.subarray(facts),
      fc.infiniteStream(fc.nat(3)),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([shuffled, again, files]) => {
        const database = await databaseOf([...shuffled, ...again], () => String(files.next().value));
        expect(await Promise.all(definitions.map(({ name }) => count(name, database)))).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });
});

describe('the SQL is meant for both engines', () => {
  const { Parser } = parsers;

  it('a query brings the views that it reads, and no other', () => {
    const viewsOf = (name: string) =>
      [...withViews(definitionNamed(name).sql, today).matchAll(/^(?:WITH )?(\w+) AS \($/gm)].map(
        ([, view]) => view,
      );
    expect(viewsOf('sold')).toEqual(['sale_versions', 'sales']);
    expect(viewsOf('accepted')).toEqual(['dated', 'told', 'handoffs']);
  });

  it.each([...definitions, ...evidence])(
    '$name is read by a Trino grammar, and by DuckDB even where nothing happened yet',
    async (definition) => {
      const sql = withViews(definition.sql, today);
      expect(() => new Parser().parse(sql, { database: 'trino' })).not.toThrow();
      const nothing = new FactsByHand('north').tell(
        { deal: 'none' },
        { what: 'unwound', at: '2026-01-01T00:00:00Z' },
      );
      const database = await databaseOf(nothing.facts);
      expect(await database.cells(definition, today)).toEqual([]);
    },
  );
});

describe('the evidence for another setting, counted on paper', () => {
  const north = new FactsByHand('north');
  const judged = (order: string, what: 'nudged' | 'silent', decidedBy: string[], says: object = {}) =>
    north.tell(
      { order },
      {
        ...{ what, at: '2026-03-10T16:00:00Z', reasonsFor: ['spend', 'equity'], reasonsAgainst: [] },
        ...{ suppressions: [], policy: 'p1', decidedBy, ...says },
      },
    );
  const ended = (order: string, as: string) =>
    north.tell(
      { order, kind: 'upgrade-conversation', handoff: `talk of ${order}` },
      { what: 'ended', at: '2026-03-12T16:00:00Z', as, by: 'S3', how: 'outcome' },
    );
  // Spared by a stricter spend: one right, one not; the third was never answered, the fourth under another policy.
  judged('1', 'nudged', ['spend']);
  ended('1', 'sold');
  judged('2', 'nudged', ['spend']);
  ended('2', 'not-ready');
  judged('3', 'nudged', ['spend']);
  judged('4', 'nudged', ['spend'], { policy: 'p2' });
  ended('4', 'sold');
  // Left by both; quoted again, after which a stricter equity would have spared it.
  judged('5', 'nudged', []);
  judged('5', 'nudged', ['equity'], { at: '2026-03-10T17:00:00Z' });
  ended('5', 'wrong-car');
  // Silences; a decision of an earlier release says nothing.
  judged('6', 'silent', ['equity']);
  judged('7', 'silent', []);
  judged('8', 'silent', ['equity'], { policy: undefined });

  it.each([
    [
      'nudges-that-go',
      ['north 2026-03 p1 equity: 0 of 1', 'north 2026-03 p1 spend: 1 of 2', 'north 2026-03 p2 spend: 1 of 1'],
    ],
    [
      'nudges-that-stay',
      [
        'north 2026-03 p1 equity: 1 of 2',
        'north 2026-03 p1 spend: 0 of 1',
        'north 2026-03 p2 equity: 1 of 1',
      ],
    ],
    ['silences-that-end', ['north 2026-03 p1 equity: 1 of 1']],
  ])('%s', async (name, expected) => {
    const definition = evidence.find((one) => one.name === name) ?? expect.fail(name);
    const cells = await (await databaseOf(north.facts)).cells(definition, today);
    expect(cells.map(inWords).sort()).toEqual(expected);
  });
});
