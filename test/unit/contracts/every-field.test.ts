import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fieldsOf } from '../../../bin/schemas/fields.ts';
import { parseDetail } from '../../../functions/contracts/contract.ts';
import { incomingEvents } from '../../../functions/events.ts';

const sample = z.object({ detail: z.looseObject({}) });
const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A copy with another value at a path of the docs; undefined where the sample has nothing to put it into. */
function withValue(detail: unknown, [name = '', ...further]: readonly string[], value: unknown): unknown {
  if (name === '') return value;
  const isList = name.endsWith('[]');
  const key = isList ? name.slice(0, -2) : name;
  if (!isFields(detail)) return undefined;
  const inner = detail[key];
  if (!isList) {
    const next = withValue(inner, further, value);
    return next === undefined ? undefined : { ...detail, [key]: next };
  }
  const [first, ...others] = Array.isArray(inner) ? inner : [];
  const next = withValue(first, further, value);
  return next === undefined ? undefined : { ...detail, [key]: [next, ...others] };
}

const wrongValues = [
  null,
  '',
  '\u200b',
  -1,
  'no such value',
  { odd: true },
  [['x']],
  'x'.repeat(2_000),
  1e300,
];

describe.each(incomingEvents)('$detailType is taken', (contract) => {
  const { detail } = sample.parse(JSON.parse(readFileSync(`samples/${contract.detailType}.json`, 'utf8')));
  const optional = fieldsOf(contract.schema).filter(({ importance }) => importance === 'optional');

  // One name of the customer stays, whatever becomes of the others.
  test.each(optional.map(({ path }) => path))('whatever stands in %s', (path) => {
    const named = withValue(detail, ['customer', 'companyName'], 'Acme') ?? detail;
    const base = path === 'customer.companyName' ? detail : named;
    for (const value of wrongValues) {
      const changed = withValue(base, path.split('.'), value);
      if (changed === undefined) continue;
      const parsed = parseDetail(contract, changed);
      expect(parsed.ok ? [] : parsed.problems, JSON.stringify(value)).toEqual([]);
    }
  });
});
