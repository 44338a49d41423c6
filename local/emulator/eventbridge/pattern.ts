import * as z from 'zod';

/** Whether an event (an object as it stands on the bus) matches a rule's pattern. */
export type Matches = (event: unknown) => boolean;

type Leaf = string | number | boolean | null;
type LeafTest = (value: Leaf) => boolean;
/** Tests all values that stand at one path; none means that the path is absent. */
type PathTest = (values: Leaf[]) => boolean;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLeaf = (value: unknown): value is Leaf =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

function refuse(what: string, value: unknown): never {
  throw new Error(`event pattern: ${what}: ${JSON.stringify(value)}`);
}

/** The values at a leaf: arrays stand for each of their elements; an object is no leaf. */
function leaves(value: unknown): Leaf[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isLeaf(value) ? [value] : [];
}

const onText =
  (test: (value: string) => boolean): LeafTest =>
  (value) =>
    typeof value === 'string' && test(value);

function ignoringCase(argument: unknown, what: string): string {
  if (isRecord(argument) && typeof argument['equals-ignore-case'] === 'string') {
    return argument['equals-ignore-case'].toLowerCase();
  }
  return refuse(`${what} needs a string`, argument);
}

function prefix(argument: unknown): LeafTest {
  if (typeof argument === 'string') return onText((value) => value.startsWith(argument));
  const lower = ignoringCase(argument, 'prefix');
  return onText((value) => value.toLowerCase().startsWith(lower));
}

function suffix(argument: unknown): LeafTest {
  if (typeof argument === 'string') return onText((value) => value.endsWith(argument));
  const lower = ignoringCase(argument, 'suffix');
  return onText((value) => value.toLowerCase().endsWith(lower));
}

function equalsIgnoreCase(argument: unknown): LeafTest {
  if (typeof argument !== 'string') return refuse('equals-ignore-case needs a string', argument);
  const lower = argument.toLowerCase();
  return onText((value) => value.toLowerCase() === lower);
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function wildcard(argument: unknown): LeafTest {
  if (typeof argument !== 'string') return refuse('wildcard needs a string', argument);
  const parts = argument.match(/\\[*\\]|\*+|[^*\\]+|\\/g) ?? [];
  const source = parts.map((part) => {
    if (part === '\\') return refuse('wildcard has a stray backslash', argument);
    if (part.startsWith('*')) return part === '*' ? '.*' : refuse('wildcard has consecutive stars', argument);
    return literal(part.startsWith('\\') ? part.slice(1) : part);
  });
  const expression = new RegExp(`^${source.join('')}$`, 's');
  return onText((value) => expression.test(value));
}

const comparisons: Record<string, (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

function numeric(argument: unknown): LeafTest {
  if (!Array.isArray(argument) || ![2, 4].includes(argument.length)) {
    return refuse('numeric needs one or two comparisons', argument);
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < argument.length; at += 2) {
    const compare = comparisons[String(argument[at])];
    const limit: unknown = argument[at + 1];
    if (!compare || typeof limit !== 'number') return refuse('numeric is malformed', argument);
    tests.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function anythingBut(argument: unknown): LeafTest {
  if (isRecord(argument)) {
    const [name, inner] = onlyEntry(argument);
    const test = butOperators[name];
    if (!test) return refuse('unknown operator in anything-but', argument);
    const forbidden = (Array.isArray(inner) ? inner : [inner]).map(test);
    return (value) => !forbidden.some((matches) => matches(value));
  }
  const forbidden = z
    .array(z.union([z.string(), z.number()]))
    .min(1)
    .safeParse([argument].flat());
  if (!forbidden.success) return refuse('anything-but needs strings or numbers', argument);
  const values = new Set<Leaf>(forbidden.data);
  return (value) => !values.has(value);
}

const butOperators: Record<string, (argument: unknown) => LeafTest> = {
  prefix,
  suffix,
  wildcard,
  'equals-ignore-case': equalsIgnoreCase,
};

const leafOperators: Record<string, (argument: unknown) => LeafTest> = {
  ...butOperators,
  numeric,
  'anything-but': anythingBut,
};

function onlyEntry(value: Record<string, unknown>): [string, unknown] {
  const [entry, ...others] = Object.entries(value);
  return entry && others.length === 0 ? entry : refuse('one operator is expected', value);
}

function alternative(pattern: unknown): PathTest {
  if (isLeaf(pattern)) return (values) => values.includes(pattern);
  if (!isRecord(pattern)) return refuse('a value or an operator is expected', pattern);
  const [name, argument] = onlyEntry(pattern);
  if (name === 'exists') {
    if (typeof argument !== 'boolean') return refuse('exists needs true or false', pattern);
    return (values) => values.length > 0 === argument;
  }
  const operator = leafOperators[name];
  if (!operator) return refuse(`the local run does not know the operator ${name}`, pattern);
  const test = operator(argument);
  return (values) => values.some(test);
}

function field(key: string, pattern: unknown): Matches {
  if (Array.isArray(pattern)) {
    if (pattern.length === 0) return refuse('an empty list matches nothing', { [key]: pattern });
    const alternatives = pattern.map(alternative);
    return (event) => {
      const values = isRecord(event) && Object.hasOwn(event, key) ? leaves(event[key]) : [];
      return alternatives.some((test) => test(values));
    };
  }
  if (!isRecord(pattern)) return refuse('a list or an object is expected', { [key]: pattern });
  const inner = compilePattern(pattern);
  return (event) => {
    const value = isRecord(event) && Object.hasOwn(event, key) ? event[key] : undefined;
    return elements(value).some(inner);
  };
}

/** An object pattern holds within one element of an array, not across two. */
function elements(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [value];
  return value.length === 0 ? [undefined] : value.flatMap(elements);
}

function oneOf(patterns: unknown): Matches {
  if (!Array.isArray(patterns) || patterns.length === 0) return refuse('$or needs a list', patterns);
  const alternatives = patterns.map((pattern) =>
    isRecord(pattern) ? compilePattern(pattern) : refuse('$or needs objects', pattern),
  );
  return (event) => alternatives.some((matches) => matches(event));
}

/** Compiles a rule's event pattern; what EventBridge or this matcher does not know is refused here. */
export function compilePattern(pattern: Record<string, unknown>): Matches {
  const entries = Object.entries(pattern);
  if (entries.length === 0) return refuse('an empty object is not allowed', pattern);
  const tests = entries.map(([key, inner]) => (key === '$or' ? oneOf(inner) : field(key, inner)));
  return (event) => tests.every((matches) => matches(event));
}
