/**
 * What an event may look like before its contract is even consulted. EventBridge accepts far larger entries; these
 * limits let a stored fact fit into one item and keep hostile or broken events away from the schemas.
 */
export const limits = {
  /** Bytes of the detail, serialized as UTF-8 JSON. */
  detailBytes: 32_768,
  /** Levels of nested objects and arrays; the detail itself is the first. */
  depth: 10,
  /** Values in all objects and arrays together. */
  values: 2_000,
  /** Characters of a person's or company's name. */
  name: 200,
  /** Characters of a sentence, such as a promise or a repair line. */
  sentence: 300,
  /** Characters of an identifier such as a deal number. */
  identifier: 40,
  /** Entries of a list, such as promises. */
  list: 20,
  /** Lines of a repair order: an expensive one has many. */
  lines: 100,
  /**
   * How many days in the future a fact may be dated: more than any clock is off by, less than a wrong day, month or
   * year.
   */
  aheadDays: 1,
  /** The calendar years that a date or instant may have. 1970 is a clock at zero, 2100 a typing error. */
  years: { from: 1980, to: 2099 },
} as const;

export interface Problem {
  /** The place as a path in the detail: `customer.email`, `salespeople[1].employeeNumber`. */
  readonly path: string;
  /** What was expected there, as a sentence for the integrator. */
  readonly message: string;
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The first reason why a detail cannot be read at all; undefined if it can. */
export function findUnreadable(detail: unknown): Problem | undefined {
  const seen = { values: 0 };
  const problem = inspect(detail, '', 1, seen);
  if (problem) return problem;
  const bytes = bytesOf(detail);
  if (bytes <= limits.detailBytes) return undefined;
  const message = `expected at most ${limits.detailBytes} bytes of detail, got ${bytes}, most of them here`;
  return { path: largestField(detail), message };
}

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? '').length;

function largestField(detail: unknown): string {
  const fields = typeof detail === 'object' && detail !== null ? Object.entries(detail) : [];
  const [largest] = fields.toSorted(([, one], [, other]) => bytesOf(other) - bytesOf(one));
  return largest?.[0] ?? '';
}

function inspect(value: unknown, path: string, depth: number, seen: { values: number }): Problem | undefined {
  seen.values += 1;
  if (seen.values > limits.values) {
    return { path, message: `expected at most ${limits.values} values in the detail` };
  }
  if (typeof value === 'string') {
    return value.isWellFormed()
      ? undefined
      : { path, message: 'expected well-formed Unicode text, got a lone surrogate' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > limits.depth) {
    return { path, message: `expected at most ${limits.depth} levels of nesting` };
  }
  for (const [key, child] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (!key.isWellFormed() || forbiddenKeys.has(key)) {
      return { path: at.toWellFormed(), message: 'expected an ordinary field name' };
    }
    const problem = inspect(child, at, depth + 1, seen);
    if (problem) return problem;
  }
  return undefined;
}
