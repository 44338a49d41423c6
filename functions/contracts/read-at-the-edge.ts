import * as z from 'zod';
import { bare, edgeOf, inside } from './edge.ts';
import { type Warning, warning } from './warnings.ts';

/**
 * Normalizes a detail before its schema reads it. Null, an empty text and an empty entry of a list count as left out;
 * a number may arrive as text, a text as a number, and a single entry without its list.
 */
export function meant(schema: z.ZodType, written: unknown, warnings: Warning[], path = ''): unknown {
  if (isLeftOut(written)) return undefined;
  const reading = edgeOf(schema).read?.(written) ?? { value: written };
  if (reading.odd !== undefined) warnings.push(warning(path, reading.odd));
  return meantBy(bare(schema), reading.value, warnings, path);
}

function meantBy(schema: z.ZodType, written: unknown, warnings: Warning[], path: string): unknown {
  if (isLeftOut(written)) return undefined;
  if (schema instanceof z.ZodArray) {
    const entries = Array.isArray(written) ? written : [written];
    return listOf(entries.map((entry, at) => within(schema, at, entry, warnings, `${path}[${at}]`)));
  }
  if (Array.isArray(written)) return meantByList(schema, written, warnings, path);
  if (typeof written !== 'object' || written === null) return converted(schema, written);
  const fields = Object.entries(written).map(([name, value]): [string, unknown] => [
    name,
    within(schema, name, value, warnings, path === '' ? name : `${path}.${name}`),
  ]);
  return Object.fromEntries(fields.filter(([, value]) => !isLeftOut(value)));
}

/** Where one text is expected, a list with one entry is read as that entry. */
function meantByList(schema: z.ZodType, written: readonly unknown[], warnings: Warning[], path: string) {
  const entries = written.filter((entry) => !isLeftOut(entry));
  const [only] = entries;
  if (schema instanceof z.ZodString && entries.length === 1) return meantBy(schema, only, warnings, path);
  return entries;
}

function within(
  schema: z.ZodType,
  at: PropertyKey,
  value: unknown,
  warnings: Warning[],
  path: string,
): unknown {
  const known = inside(schema, at);
  return known ? meant(known, value, warnings, path) : value;
}

/** A list with nothing but empty entries counts as left out; an empty list says that there are none. */
function listOf(entries: readonly unknown[]): unknown {
  const full = entries.filter((entry) => !isLeftOut(entry));
  return entries.length > 0 && full.length === 0 ? undefined : full;
}

/** Whether it contains nothing that anybody could see. */
function isLeftOut(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && !/[^\s\p{C}]/u.test(value));
}

function converted(schema: z.ZodType, written: unknown): unknown {
  if (schema instanceof z.ZodNumber)
    return typeof written === 'string' ? (numberIn(written) ?? written) : written;
  if (schema instanceof z.ZodBoolean) return answers.get(String(written).trim().toLowerCase()) ?? written;
  if (schema instanceof z.ZodEnum) return optionLike(schema, written) ?? written;
  if (schema instanceof z.ZodLiteral) {
    const number = typeof written === 'string' ? numberIn(written) : undefined;
    return (
      [...schema.values].find((value) => [String(written), String(number)].includes(String(value))) ?? written
    );
  }
  const isPlain = typeof written === 'number' || typeof written === 'boolean';
  return schema instanceof z.ZodString && isPlain ? String(written) : written;
}

/** Reads `62310`, `5,120`, `-500`; undefined if the text is more than a number. */
export function numberIn(text: string): number | undefined {
  const digits = text.trim();
  const isNumber = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(digits);
  return isNumber ? Number(digits.replaceAll(',', '')) : undefined;
}

const answers = new Map<string, boolean>([
  ...['true', 'yes', 'y', 't', '1'].map((word): [string, boolean] => [word, true]),
  ...['false', 'no', 'n', 'f', '0'].map((word): [string, boolean] => [word, false]),
]);

/** Matches `RETAIL` or `dropped off` to an option, ignoring case, spaces and hyphens. */
function optionLike(schema: z.ZodEnum, written: unknown): unknown {
  if (typeof written !== 'string') return undefined;
  return schema.options.find((option) => lettersOf(String(option)) === lettersOf(written));
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
