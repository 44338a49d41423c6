import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcome } from '../../functions/ledger/facts.ts';
import type { Cell, Definition } from '../../functions/numbers/definition.ts';
import { definitionNamed } from '../../functions/numbers/definitions.ts';
import { factColumns } from '../../functions/numbers/facts-table.ts';
import { sectionOf } from '../../functions/numbers/report.ts';
import { figureOf, groundsOf } from '../../functions/numbers/words.ts';

const cell = (says: Partial<Cell>): Cell => ({
  ...{ storeId: 'north', person: undefined, period: '2026-05', breakdown: undefined, part: 1, whole: 1 },
  ...says,
});
const introduced = definitionNamed('introduced');
const said = (definition: Definition, cells: readonly Cell[], by: 'group' | 'person' = 'group') =>
  sectionOf(definition, cells, by).lines.map(({ person, value, rank }) =>
    [person, figureOf(value), groundsOf(value), rank]
      .filter((part) => part !== undefined && part !== '')
      .join(' | '),
  );

describe('a report says no more than it knows', () => {
  it('nineteen cases are counts, twenty are a rate with its interval', () => {
    expect(said(introduced, [cell({ part: 12, whole: 19 })])).toEqual(['12 of 19 | too few for a rate']);
    expect(said(introduced, [cell({ part: 12, whole: 19 }), cell({ part: 0 })])).toEqual([
      '60% | 12 of 20, between 39% and 78%',
    ]);
  });

  it('people are ranked from thirty cases on, equals share a place, and the others are not ranked', () => {
    const cells = [
      cell({ person: '1', part: 15, whole: 30 }),
      cell({ person: '2', part: 30, whole: 30 }),
      cell({ person: '3', part: 29, whole: 29 }),
      cell({ person: '4', part: 30, whole: 30 }),
      cell({ person: undefined, part: 30, whole: 30 }),
    ];
    const places = sectionOf(introduced, cells, 'person').lines.map(({ person, rank }) => [person, rank]);
    expect(places).toEqual([
      [undefined, undefined],
      ['1', 3],
      ['2', 1],
      ['3', undefined],
      ['4', 1],
    ]);
  });

  it('where less is better, the one with the fewest comes first', () => {
    const cells = [cell({ person: '1', part: 15, whole: 30 }), cell({ person: '2', part: 3, whole: 30 })];
    const places = sectionOf(definitionNamed('escalated'), cells, 'person').lines.map(({ rank }) => rank);
    expect(places).toEqual([2, 1]);
  });

  it('a time is the middle one of all cases, not of months', () => {
    const cells = [
      cell({ period: '2026-04', part: 5, whole: 3 }),
      cell({ part: 60, whole: 1 }),
      cell({ part: 125, whole: 3 }),
    ];
    expect(said(definitionNamed('time-to-accept'), cells)).toEqual(['1 h | 7 cases']);
  });

  it('only the store and the months that are asked for count', () => {
    const cells = [
      cell({}),
      cell({ storeId: 'south' }),
      cell({ period: '2026-06' }),
      cell({ period: '2026-07' }),
    ];
    const selection = { storeId: 'north', from: '2026-06', to: '2026-06' };
    const { lines } = sectionOf(definitionNamed('sold'), cells, 'group', selection);
    expect(lines.map(({ value }) => value)).toEqual([{ kind: 'count', count: 1 }]);
  });

  it('lines add up to the same whole, by whatever they are told apart', () => {
    const cells = fc.array(
      fc.record({
        storeId: fc.constantFrom('north', 'south'),
        person: fc.constantFrom('1', '2', undefined),
        period: fc.constantFrom('2026-05', '2026-06'),
        breakdown: fc.constant(undefined),
        part: fc.nat(9),
        whole: fc.constant(9),
      }),
    );
    fc.assert(
      fc.property(cells, (all) => {
        const total = (by: 'group' | 'store' | 'person' | 'month') =>
          sectionOf(definitionNamed('sold'), all, by).lines.reduce(
            (sum, { value }) => sum + (value.kind === 'count' ? value.count : 0),
            0,
          );
        const expected = all.reduce((sum, { part }) => sum + part, 0);
        expect([total('group'), total('store'), total('person'), total('month')]).toEqual(
          Array(4).fill(expected),
        );
      }),
    );
  });
});

it('every field of an outcome is a column, so that nothing the ledger says is lost to the numbers', () => {
  const fields = new Set(outcome.options.flatMap((option) => Object.keys(option.shape)));
  expect([...fields].filter((field) => !(field in factColumns))).toEqual([]);
});
