import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../local/emulator/eventbridge/pattern.ts';

const event = {
  source: 'dms.cdk',
  'detail-type': 'repair-quote-high',
  detail: {
    store: 'North',
    amount: 3000,
    empty: '',
    nothing: null,
    open: false,
    tags: ['red', 'blue'],
    none: [],
    lines: [
      { code: 'A1', price: 10 },
      { code: 'B2', price: 99 },
    ],
    nested: { deep: { value: 'x' } },
    file: 'a/b/photo.png',
  },
};

const detail = (pattern: object) => ({ detail: pattern });

describe('patterns that match', () => {
  it.each([
    ['an exact value', { source: ['dms.cdk'] }],
    ['one of several', { 'detail-type': ['vehicle-sold', 'repair-quote-high'] }],
    ['several fields', { source: ['dms.cdk'], 'detail-type': ['repair-quote-high'] }],
    ['a number', detail({ amount: [3000] })],
    ['false', detail({ open: [false] })],
    ['null', detail({ nothing: [null] })],
    ['an empty string', detail({ empty: [''] })],
    ['an element of an array', detail({ tags: ['blue'] })],
    ['a field within an array of objects', detail({ lines: { code: ['B2'] } })],
    ['two fields of the same element', detail({ lines: { code: ['B2'], price: [99] } })],
    ['prefix', { source: [{ prefix: 'dms.' }] }],
    ['prefix ignoring case', { source: [{ prefix: { 'equals-ignore-case': 'DMS.' } }] }],
    ['suffix', detail({ file: [{ suffix: '.png' }] })],
    ['suffix ignoring case', detail({ file: [{ suffix: { 'equals-ignore-case': '.PNG' } }] })],
    ['equals-ignore-case', detail({ store: [{ 'equals-ignore-case': 'north' }] })],
    ['anything-but one', detail({ store: [{ 'anything-but': 'South' }] })],
    ['anything-but a list', detail({ store: [{ 'anything-but': ['South', 'East'] }] })],
    ['anything-but a number', detail({ amount: [{ 'anything-but': 5 }] })],
    ['anything-but prefix', { source: [{ 'anything-but': { prefix: 'handoff' } }] }],
    ['anything-but several prefixes', { source: [{ 'anything-but': { prefix: ['aws.', 'handoff'] } }] }],
    ['anything-but suffix', detail({ file: [{ 'anything-but': { suffix: '.jpg' } }] })],
    [
      'anything-but ignoring case',
      detail({ store: [{ 'anything-but': { 'equals-ignore-case': 'south' } }] }),
    ],
    ['anything-but wildcard', detail({ file: [{ 'anything-but': { wildcard: '*/c/*' } }] })],
    ['anything-but of null', detail({ nothing: [{ 'anything-but': 'x' }] })],
    [
      'anything-but of an array, as long as one element differs',
      detail({ tags: [{ 'anything-but': 'red' }] }),
    ],
    ['numeric', detail({ amount: [{ numeric: ['>', 100] }] })],
    ['a numeric range', detail({ amount: [{ numeric: ['>=', 3000, '<', 3001] }] })],
    ['exists', detail({ store: [{ exists: true }] })],
    ['exists of null', detail({ nothing: [{ exists: true }] })],
    ['absence', detail({ missing: [{ exists: false }] })],
    ['absence below an absent parent', detail({ missing: { deeper: [{ exists: false }] } })],
    ['absence of an empty array', detail({ none: [{ exists: false }] })],
    ['absence or a value', detail({ missing: [{ exists: false }, 'x'] })],
    ['wildcard', detail({ file: [{ wildcard: 'a/*/photo.*' }] })],
    ['a nested field', detail({ nested: { deep: { value: ['x'] } } })],
    ['$or', { $or: [{ source: ['other'] }, { detail: { amount: [3000] } }] }],
    [
      '$or beside a field',
      { source: ['dms.cdk'], $or: [{ detail: { store: ['North'] } }, { detail: { store: ['South'] } }] },
    ],
  ])('%s', (_name, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(true);
  });
});

describe('patterns that do not match', () => {
  it.each([
    ['another value', { source: ['dms.other'] }],
    ['another case', detail({ store: ['north'] })],
    ['a number as text', detail({ amount: ['3000'] })],
    ['null for an absent field', detail({ missing: [null] })],
    ['null for an empty string', detail({ empty: [null] })],
    ['two fields of different elements', detail({ lines: { code: ['A1'], price: [99] } })],
    ['anything-but the value', detail({ store: [{ 'anything-but': ['North'] }] })],
    ['anything-but of an absent field', detail({ missing: [{ 'anything-but': 'x' }] })],
    ['anything-but its prefix', { source: [{ 'anything-but': { prefix: ['dms.'] } }] }],
    ['a number below', detail({ amount: [{ numeric: ['<', 3000] }] })],
    ['numeric of a text', detail({ store: [{ numeric: ['>', 0] }] })],
    ['exists of an absent field', detail({ missing: [{ exists: true }] })],
    ['exists of what is no leaf', detail({ nested: [{ exists: true }] })],
    ['exists of an empty array', detail({ none: [{ exists: true }] })],
    ['absence of a present field', detail({ store: [{ exists: false }] })],
    ['a wildcard elsewhere', detail({ file: [{ wildcard: 'b/*' }] })],
    ['an inherited property', detail({ constructor: [{ exists: true }] })],
    ['$or of nothing that fits', { $or: [{ source: ['other'] }, { detail: { amount: [1] } }] }],
  ])('%s', (_name, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(false);
  });
});

describe('patterns that are refused', () => {
  it.each([
    ['an unknown operator', { source: [{ cidr: '10.0.0.0/8' }] }, /cidr/],
    [
      'an unknown operator in anything-but',
      { source: [{ 'anything-but': { numeric: ['>', 1] } }] },
      /anything-but/,
    ],
    ['a bare value', { source: 'dms' }, /a list or an object/],
    ['an empty list', { source: [] }, /empty list/],
    ['an empty object', { detail: {} }, /empty object/],
    ['two operators at once', { source: [{ prefix: 'a', suffix: 'b' }] }, /one operator/],
    ['a mad range', { detail: { n: [{ numeric: ['between', 1] }] } }, /numeric/],
    ['consecutive stars', { source: [{ wildcard: 'a**' }] }, /consecutive/],
    ['exists of something else', { source: [{ exists: 'yes' }] }, /true or false/],
    ['anything-but an empty prefix', { source: [{ 'anything-but': { prefix: '' } }] }, /not empty/],
    ['anything-but an empty suffix', { source: [{ 'anything-but': { suffix: '' } }] }, /not empty/],
    ['anything-but no prefix', { source: [{ 'anything-but': { prefix: [] } }] }, /not empty/],
    [
      'anything-but a prefix of any case',
      { source: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'a' } } }] },
      /needs texts/,
    ],
    [
      'anything-but a suffix of any case',
      { source: [{ 'anything-but': { suffix: { 'equals-ignore-case': 'a' } } }] },
      /needs texts/,
    ],
    ['anything-but numbers and texts', { source: [{ 'anything-but': ['a', 1] }] }, /texts only or numbers/],
    ['anything-but null', { source: [{ 'anything-but': [null] }] }, /texts only or numbers/],
    ['an inherited operator', { source: [{ constructor: 'a' }] }, /does not know the operator/],
    ['two comparisons from below', { detail: { n: [{ numeric: ['>', 0, '>', 0] }] } }, /numeric/],
    ['= and another', { detail: { n: [{ numeric: ['=', 1, '>', 0] }] } }, /numeric/],
    ['a range that is written downwards', { detail: { n: [{ numeric: ['<', 5, '>', 1] }] } }, /numeric/],
    ['an empty range', { detail: { n: [{ numeric: ['>', 5, '<', 5] }] } }, /bottom/],
    ['a number out of range', { detail: { n: [{ numeric: ['>', 5_000_000_001] }] } }, /numeric/],
    ['$or of one object', { $or: [{ source: ['a'] }] }, /two objects/],
    ['$or of values', { $or: ['a', 'b'] }, /needs objects/],
    ['a path beside and inside $or', { source: ['a'], $or: [{ source: ['b'] }, { x: [1] }] }, /once/],
    ['a path in two spellings', { 'a.b': ['x'], a: { b: ['y'] } }, /once/],
    ['an operator as a field inside $or', { $or: [{ prefix: ['b'] }, { x: [1] }] }, /inside \$or/],
    ['a wildcard of six stars', { source: [{ wildcard: '*a*b*c*d*e*f' }] }, /too complex/],
  ])('%s', (_name, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});

describe('keys with dots', () => {
  const flat = { 'state.status': ['running'] };
  const nested = { state: { status: ['running'] } };
  it.each([
    ['a dotted pattern, a nested event', flat, { state: { status: 'running' } }],
    ['a nested pattern, a dotted event', nested, { 'state.status': 'running' }],
    ['both dotted', flat, { 'state.status': 'running' }],
    ['half and half', { a: { 'b.c': ['x'] } }, { 'a.b': { c: 'x' } }],
  ])('%s', (_name, pattern, given) => {
    expect(compilePattern(pattern)(given)).toBe(true);
  });
});

/** As AWS's matcher decides: an absent field is judged by the elements that fields before it, by name, have chosen. */
describe('absence below arrays', () => {
  const absent = { list: { code: [{ exists: false }] } };
  it.each([
    ['no element has it', absent, { list: [{ price: 1 }, { price: 2 }] }, true],
    ['one of two elements has it', absent, { list: [{ code: 'A' }, { price: 2 }] }, false],
    ['an object that has it beside a scalar', absent, { list: [{ code: 'A' }, 5] }, false],
    ['an object that has it not beside a scalar', absent, { list: [{ price: 1 }, 5] }, true],
    ['scalars only', absent, { list: [1, 2] }, true],
    [
      'the element that an earlier name chose has it not',
      { list: { code: ['A'], extra: [{ exists: false }] } },
      { list: [{ code: 'A' }, { code: 'B', extra: 1 }] },
      true,
    ],
    [
      'the element that an earlier name chose has it',
      { list: { code: ['A'], extra: [{ exists: false }] } },
      { list: [{ code: 'A', extra: 1 }, { code: 'B' }] },
      false,
    ],
    [
      'a later name chooses too late',
      { list: { code: [{ exists: false }], extra: [1] } },
      { list: [{ code: 'A' }, { extra: 1 }] },
      false,
    ],
  ])('%s', (_name, pattern, given, matches) => {
    expect(compilePattern(pattern)(given)).toBe(matches);
  });
});
