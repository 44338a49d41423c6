import { describe, expect, it, test } from 'vitest';
import { fieldsOf } from '../../../bin/schemas/fields.ts';
import { misdated, past, plan } from '../../../functions/contracts/dates.ts';
import { incomingEvents } from '../../../functions/events.ts';

const NOW = '2026-11-20T18:00:00.000Z';
const bounds = { happenedOn: past, 'car.dueOn': plan(30, 60) };
const codes = (fact: object, now: string | undefined = NOW) =>
  misdated(bounds, { occurredAt: NOW, ...fact }, now).map(({ path, code }) => [
    path.map(String).join('.'),
    code,
  ]);

describe('the dates of a fact', () => {
  it.each<[string, object, [string, string][]]>([
    ['today', { happenedOn: '2026-11-20', car: { dueOn: '2026-11-20' } }, []],
    ['a day ahead, as in a zone further west', { happenedOn: '2026-11-21' }, []],
    ['ten years ago', { happenedOn: '2016-11-20' }, []],
    [
      'a month ahead, though it has happened',
      { happenedOn: '2026-12-20' },
      [['happenedOn', 'too-far-ahead']],
    ],
    ['planned for the last day', { car: { dueOn: '2027-01-19' } }, []],
    ['planned for the day after it', { car: { dueOn: '2027-01-20' } }, [['car.dueOn', 'too-far-ahead']]],
    ['planned too long ago', { car: { dueOn: '2026-10-20' } }, [['car.dueOn', 'too-long-ago']]],
    ['a fact of next month', { occurredAt: '2026-12-20T18:00:00.000Z' }, [['occurredAt', 'too-far-ahead']]],
  ])('%s', (_when, fact, expected) => expect(codes(fact)).toEqual(expected));

  it('are judged without a clock where they lie around the fact itself', () => {
    expect(misdated(bounds, { occurredAt: NOW, happenedOn: '2036-01-01' }, undefined)).toEqual([]);
    expect(misdated(bounds, { occurredAt: NOW, car: { dueOn: '2036-01-01' } }, undefined)).toHaveLength(1);
  });
});

/** Parts of a fact that may lie anywhere: too old to count, or an end that is far away and of no consequence. */
const anywhere = /\.(asOf|maturesOn|endsOn|factoryEndsOn|extendedEndsOn|goodThrough)$/;

test.each(incomingEvents)('every date of $detailType is held to a bound', ({ schema, dates }) => {
  const dated = fieldsOf(schema).filter(({ type }) => ['instant', 'date'].includes(type));
  const paths = dated.map(({ path }) => path).filter((path) => path !== 'occurredAt' && !anywhere.test(path));
  expect(Object.keys(dates ?? {}).sort()).toEqual(paths.sort());
});
