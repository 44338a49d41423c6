import * as z from 'zod';

export type Leaf = string | number | boolean | null;
/** Tests one value in an event. */
export type LeafTest = (value: Leaf) => boolean;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isLeaf = (value: unknown): value is Leaf =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

export function refuse(what: string, value: unknown): never {
  throw new Error(`event pattern: ${what}: ${JSON.stringify(value)}`);
}

export function onlyEntry(value: Record<string, unknown>): [string, unknown] {
  const [entry, ...others] = Object.entries(value);
  return entry && others.length === 0 ? entry : refuse('one operator is expected', value);
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

/** EventBridge limits the cost of wildcards: with six stars and text between them, a pattern is too complex. */
const mostStars = 5;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function wildcard(argument: unknown): LeafTest {
  if (typeof argument !== 'string') return refuse('wildcard needs a string', argument);
  const parts = argument.match(/\\[*\\]|\*+|[^*\\]+|\\/g) ?? [];
  if (parts.filter((part) => part === '*').length > mostStars) {
    return refuse(`the wildcard is too complex, with more than ${mostStars} stars`, argument);
  }
  const source = parts.map((part) => {
    if (part === '\\') return refuse('wildcard has a stray backslash', argument);
    if (part.startsWith('*')) return part === '*' ? '.*' : refuse('wildcard has consecutive stars', argument);
    return literal(part.startsWith('\\') ? part.slice(1) : part);
  });
  const expression = new RegExp(`^${source.join('')}$`, 's');
  return onText((value) => expression.test(value));
}

const onNumber =
  (test: (value: number) => boolean): LeafTest =>
  (value) =>
    typeof value === 'number' && test(value);

const largestNumber = 5_000_000_000;
const bound = z.number().min(-largestNumber).max(largestNumber);
const lower = z.enum(['>', '>=']);
const upper = z.enum(['<', '<=']);
const oneSided = z.tuple([z.union([lower, upper, z.literal('=')]), bound]);
const range = z.tuple([lower, bound, upper, bound]);

const comparisons: Record<z.infer<typeof oneSided>[0], (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

function numeric(argument: unknown): LeafTest {
  const one = oneSided.safeParse(argument);
  if (one.success) {
    const [operator, limit] = one.data;
    return onNumber((value) => comparisons[operator](value, limit));
  }
  const two = range.safeParse(argument);
  if (!two.success)
    return refuse('numeric needs one comparison, or one from below and one from above', argument);
  const [above, bottom, below, top] = two.data;
  if (bottom >= top) return refuse('numeric needs a bottom that is less than its top', argument);
  return onNumber((value) => comparisons[above](value, bottom) && comparisons[below](value, top));
}

const butOperators: Record<string, (argument: string) => LeafTest> = {
  prefix,
  suffix,
  wildcard,
  'equals-ignore-case': equalsIgnoreCase,
};

const texts = z.array(z.string().min(1)).min(1);
const excluded = z.union([z.array(z.string()).min(1), z.array(z.number()).min(1)]);

function anythingBut(argument: unknown): LeafTest {
  if (isRecord(argument)) {
    const [name, inner] = onlyEntry(argument);
    const operator = Object.hasOwn(butOperators, name) ? butOperators[name] : undefined;
    if (!operator) return refuse('unknown operator in anything-but', argument);
    const given = texts.safeParse([inner].flat());
    if (!given.success) return refuse(`anything-but with ${name} needs texts that are not empty`, argument);
    const forbidden = given.data.map(operator);
    return (value) => !forbidden.some((matches) => matches(value));
  }
  const forbidden = excluded.safeParse([argument].flat());
  if (!forbidden.success) return refuse('anything-but needs texts only or numbers only', argument);
  const values = new Set<Leaf>(forbidden.data);
  return (value) => !values.has(value);
}

/** The operators that test a value. `exists` is not one of them, because it tests the field. */
export const leafOperators: Record<string, (argument: unknown) => LeafTest> = {
  prefix,
  suffix,
  wildcard,
  'equals-ignore-case': equalsIgnoreCase,
  numeric,
  'anything-but': anythingBut,
};
