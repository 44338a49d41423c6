import type * as z from 'zod';
import type { Problem } from './limits.ts';

/**
 * What a schema found wrong, in plain words for the author of the file or the sender of the event. A message names
 * what was expected and the kind of value that arrived, never the value, because messages end up in logs.
 */
export type ReadBy<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function readBy<Schema extends z.ZodType>(schema: Schema, value: unknown): ReadBy<z.infer<Schema>> {
  const read = findProblems(schema, value);
  return read.ok ? read : { ok: false, problems: onePerPath(read.found.map(({ problem }) => problem)) };
}

/** A problem with its place, for a reader that repairs some of them. */
export interface Found {
  readonly path: readonly PropertyKey[];
  readonly problem: Problem;
  /** The limit that a text or list exceeded. */
  readonly atMost?: number;
}

export function findProblems<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
):
  | { readonly ok: true; readonly value: z.infer<Schema> }
  | { readonly ok: false; readonly found: readonly Found[] } {
  const result = schema.safeParse(value, { error: plainWords, reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, found: result.error.issues.flatMap(problemsOf) };
}

/** Formats a path as a programmer writes it, since the integrator will search for that: `salespeople[1].employeeNumber`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function problemsOf(issue: z.core.$ZodIssue): Found[] {
  const found = (path: readonly PropertyKey[], message: string): Found => ({
    path,
    problem: { path: pathText(path), message },
  });
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => found([...issue.path, name], issue.message));
  }
  // Added here, because a schema with a message of its own does not mention that the value is missing.
  const missing = issue.input === undefined ? ', but it is missing' : '';
  const one = found(issue.path, issue.message + missing);
  const isTooLong = issue.code === 'too_big' && ['string', 'array'].includes(issue.origin);
  return [isTooLong ? { ...one, atMost: Number(issue.maximum) } : one];
}

/** One problem for each path: a malformed text often breaks several rules at once, and the first says enough. */
export function onePerPath<P extends Problem>(problems: readonly P[]): P[] {
  return [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()].toReversed();
}

/** The message if the schema has none of its own. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kinds[issue.expected] ?? issue.expected}${instead(issue.input, issue.expected)}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values)}`;
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return `expected at most ${amount(issue.origin, Number(issue.maximum))}`;
    case 'unrecognized_keys':
      return 'is no field here: look for a typing error, or take it out';
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const numbers = ['number', 'int'];

function instead(input: unknown, expected: string): string {
  if (input === undefined) return '';
  if (input === null) return ', got null';
  if (Array.isArray(input)) return ', got a list';
  // A number where another kind of number was expected: half a mile, or one too large to be told from its neighbor.
  if (typeof input === 'number' && numbers.includes(expected)) return '';
  return `, got ${kinds[typeof input] ?? typeof input}`;
}

function oneOf(values: readonly unknown[]): string {
  const [only, ...others] = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  if (others.length === 0) return only ?? 'nothing';
  return `one of ${[only, ...others].join(', ')}`;
}

function tooSmall(origin: string, minimum: number): string {
  if (minimum === 1 && origin === 'string') return 'expected a text that is not empty';
  if (minimum === 1 && origin === 'array') return 'expected a list with at least one entry';
  return `expected at least ${amount(origin, minimum)}`;
}

function amount(origin: string, count: number): string {
  if (origin === 'string') return `${count} characters`;
  return origin === 'array' ? `${count} entries` : String(count);
}
