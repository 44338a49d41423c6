import {
  type AttributeValue,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { SimulatedTable } from '../simulation/dynamodb.ts';
import { holds, isSameValue } from '../simulation/expression.ts';

/** The simulation's own table must be as unkind as DynamoDB, or the adapters are not tested by it. */
function filled(count: number): SimulatedTable {
  const table = new SimulatedTable({ now: () => 0, seenAt: () => 0, wrote: () => {} });
  for (let at = 0; at < count; at += 1) {
    const key = String(at).padStart(3, '0');
    const Item = {
      pk: { S: `task#${key}` },
      sk: { S: 'task' },
      due: { S: 'due' },
      dueAt: { S: '2026-11-20' },
    };
    table.execute(new PutItemCommand({ TableName: 'T', Item }));
  }
  return table;
}

function pageOf(table: SimulatedTable, change: Partial<QueryCommandInput>): Partial<QueryCommandOutput> {
  const input = {
    TableName: 'T',
    IndexName: 'due',
    KeyConditionExpression: 'due = :d',
    ExpressionAttributeValues: { ':d': { S: 'due' } },
  };
  return table.execute(new QueryCommand({ ...input, ...change }));
}

/** The partition keys of each page. */
function pagesOf(table: SimulatedTable, change: Partial<QueryCommandInput>): string[][] {
  const pages: string[][] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = pageOf(table, { ...change, ExclusiveStartKey });
    pages.push((page.Items ?? []).map((item) => item['pk']?.S ?? ''));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return pages;
}

describe('a page of the simulated table', () => {
  it('that is filled exactly is followed by an empty one', () => {
    expect(pagesOf(filled(4), { Limit: 2 }).map(({ length }) => length)).toEqual([2, 2, 0]);
    expect(pagesOf(filled(3), { Limit: 2 }).map(({ length }) => length)).toEqual([2, 1]);
    expect(pagesOf(filled(3), {}).map(({ length }) => length)).toEqual([3]);
  });

  it.each([true, false])(
    'has every item once, whatever the order of equal sort keys (forward: %s)',
    (forward) => {
      const found = pagesOf(filled(50), { Limit: 7, ScanIndexForward: forward }).flat();
      expect(new Set(found).size).toBe(50);
      expect(found).toHaveLength(50);
      expect(found).not.toEqual(found.toSorted());
      expect(found).not.toEqual(found.toSorted().toReversed());
    },
  );
});

describe('values of the simulated table', () => {
  it.each<[AttributeValue, AttributeValue, boolean]>([
    [{ M: { a: { S: '1' }, b: { S: '2' } } }, { M: { b: { S: '2' }, a: { S: '1' } } }, true],
    [{ M: { a: { S: '1' } } }, { M: { a: { S: '1' }, b: { S: '2' } } }, false],
    [{ SS: ['a', 'b'] }, { SS: ['b', 'a'] }, true],
    [{ L: [{ S: 'a' }, { S: 'b' }] }, { L: [{ S: 'b' }, { S: 'a' }] }, false],
    [{ N: '1.0' }, { N: '1' }, true],
    [{ N: '1' }, { S: '1' }, false],
    [{ BOOL: false }, { BOOL: false }, true],
  ])('%j and %j are compared by content', (one, other, same) => {
    expect(isSameValue(one, other)).toBe(same);
    expect(holds('a = :b', { a: one }, { values: { ':b': other } })).toBe(same);
  });
});
