import { timeOn } from '../group/business-time.ts';
import { type Converted, type ConverterName, convert, NotConvertible, type Reading } from './converters.ts';
import { plainDate, timeOfDay } from './dates.ts';
import { type FeedRecord, valueAt, valuesOf } from './record.ts';
import type { Condition, Rule, SimpleRule, Source } from './source.ts';

/** A record, and a position in its lists. Without a position, the first value of a list is used. */
export interface Place {
  readonly record: FeedRecord;
  readonly at?: number;
}

export interface Mapping extends Reading {
  readonly codes: Source['codes'];
  /** The store's date when the file was made. */
  readonly stampDate: string;
}

export type Value = Converted | readonly Value[] | { readonly [field: string]: Value };

/** A word that is in no code table of the source. The message names the kind of word, never its text. */
export class UnknownCode extends Error {}

/** Throws {@link UnknownCode} if a condition looks up a word that its table does not have. */
export const holds = (conditions: readonly Condition[] = [], place: Place, codes: Source['codes']): boolean =>
  conditions.every((condition) => isSo(condition, place, codes));

function isSo(condition: Condition, { record, at }: Place, codes: Source['codes']): boolean {
  const all = valuesOf(record, condition.column);
  const here = at === undefined || all.length < 2 ? all : [all[at] ?? ''];
  const known = here.map((text) => text.trim()).filter((text) => text !== '');
  if (condition.isEmpty !== undefined && (known.length === 0) !== condition.isEmpty) return false;
  if (condition.isZero && known.some((text) => /[1-9]/.test(text))) return false;
  const list = condition.inCodes;
  if (list !== undefined && !known.some((text) => meaningOf(list, text, codes) !== undefined)) return false;
  const table = condition.codes;
  const said =
    table === undefined ? known : known.map((text) => codeIn(condition.column, table, text, codes) ?? '');
  const { is, isNot, startsWith, contains } = condition;
  const anyOf = (words: readonly string[] | undefined, like: (text: string, word: string) => boolean) =>
    words === undefined ||
    said.some((text) => words.some((word) => like(text.toLowerCase(), word.toLowerCase())));
  const isWord = (text: string, word: string) => text === word;
  return (
    anyOf(is, isWord) &&
    !(isNot !== undefined && anyOf(isNot, isWord)) &&
    anyOf(startsWith, (text, word) => text.startsWith(word)) &&
    anyOf(contains, (text, word) => text.includes(word))
  );
}

const sameWord = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const begins = (text: string, one: string) => text.toLowerCase().startsWith(one.toLowerCase());

/** The value of the first rule whose condition holds and that yields a value. */
export function firstValue(rules: readonly Rule[], place: Place, mapping: Mapping): Value {
  for (const rule of rules) {
    if (!isPerEntry(rule) && !holds(rule.when, place, mapping.codes)) continue;
    const value = valueBy(rule, place, mapping);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether the rule's condition is checked for each entry of a list. */
const isPerEntry = (rule: Rule) => 'sum' in rule || 'each' in rule || 'list' in rule;

function valueBy(rule: Rule, place: Place, mapping: Mapping): Value {
  if ('sum' in rule) return sumOf(rule, place.record, mapping);
  if ('each' in rule) {
    const { each, as, when } = rule;
    const values = entriesAt([each], place.record, when, mapping).map((at) =>
      converted({ column: each, as }, { ...place, at }, mapping),
    );
    return notEmpty(values.filter((value) => value !== undefined));
  }
  if ('list' in rule) {
    const columns = Object.values(rule.list).flatMap((one) => [one].flat().flatMap(columnsOf));
    return notEmpty(
      entriesAt(columns, place.record, rule.when, mapping)
        .map((at) => objectAt(rule.list, { ...place, at }, mapping))
        .filter((entry) => Object.keys(entry).length > 0),
    );
  }
  return simpleValue(rule, place, mapping);
}

function simpleValue(rule: SimpleRule, place: Place, mapping: Mapping): Value {
  if ('value' in rule) return rule.value;
  if ('stampDate' in rule) return mapping.stampDate;
  if ('join' in rule) {
    const parts = rule.join.map((column) => valueAt(place.record, column, place.at).trim());
    return parts.filter((part) => part !== '').join(' ') || undefined;
  }
  if ('date' in rule) return momentOf(rule, place, mapping);
  for (const column of rule.from) {
    const value = converted({ ...rule, column }, entryOf(column, rule.when, place, mapping), mapping);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first entry of a list whose condition holds, such as the advisor among an order's staff. */
function entryOf(
  column: string,
  when: readonly Condition[] | undefined,
  place: Place,
  mapping: Mapping,
): Place {
  if (place.at !== undefined || when === undefined) return place;
  const [at] = entriesAt([column], place.record, when, mapping);
  return at === undefined ? place : { ...place, at };
}

interface Taking {
  readonly column: string;
  readonly as: ConverterName;
  readonly codes?: string | undefined;
  readonly without?: string | undefined;
}

function converted(
  { column, as, codes, without }: Taking,
  { record, at }: Place,
  mapping: Mapping,
): Converted {
  const text = valueAt(record, column, at).trim();
  const rest = without !== undefined && begins(text, without) ? text.slice(without.length) : text;
  try {
    const value = convert(as, rest, mapping);
    return codes === undefined || value === undefined
      ? value
      : codeIn(column, codes, String(value), mapping.codes);
  } catch (error) {
    if (error instanceof NotConvertible)
      throw new NotConvertible(`${error.message}, from the column ${column}`);
    throw error;
  }
}

/** An empty meaning in the table marks a word that is known and has no meaning for us. */
function codeIn(column: string, table: string, text: string, codes: Source['codes']): string | undefined {
  const found = meaningOf(table, text, codes);
  if (found === undefined)
    throw new UnknownCode(`a word that the codes '${table}' do not have, from the column ${column}`);
  return found === '' ? undefined : found;
}

const meaningOf = (table: string, text: string, codes: Source['codes']): string | undefined =>
  Object.entries(codes[table] ?? {}).find(([word]) => sameWord(word, text))?.[1];

function momentOf(
  { date, time }: { readonly date: string; readonly time: string },
  { record, at }: Place,
  { dates, year, timeZone }: Mapping,
): string | undefined {
  const day = valueAt(record, date, at).trim();
  const clock = valueAt(record, time, at).trim();
  if (day === '' || clock === '' || day === '0') return undefined;
  const on = plainDate(day, dates, year);
  if (on === undefined)
    throw new NotConvertible(`expected a date as ${dates.join(' or ')}, from the column ${date}`);
  const hour = timeOfDay(clock);
  if (hour === undefined)
    throw new NotConvertible(`expected a time such as '08:30' or '2:15 PM', from the column ${time}`);
  return timeOn(timeZone, on, hour);
}

interface Summing {
  readonly sum: string;
  readonly as: ConverterName;
  readonly when?: readonly Condition[] | undefined;
}

export function sumOf({ sum, as, when }: Summing, record: FeedRecord, mapping: Mapping): number {
  return entriesAt([sum], record, when, mapping)
    .map((at) => converted({ column: sum, as }, { record, at }, mapping))
    .reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);
}

function entriesAt(
  columns: readonly string[],
  record: FeedRecord,
  when: readonly Condition[] | undefined,
  { codes }: Mapping,
): readonly number[] {
  const length = Math.max(0, ...columns.map((column) => valuesOf(record, column).length));
  return Array.from({ length }, (_, at) => at).filter((at) => holds(when, { record, at }, codes));
}

function objectAt(
  fields: Readonly<Record<string, SimpleRule | readonly SimpleRule[]>>,
  place: Place,
  mapping: Mapping,
): Record<string, Value> {
  const values = Object.entries(fields).map(([name, rules]): [string, Value] => [
    name,
    firstValue([rules].flat(), place, mapping),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

const notEmpty = (values: readonly Value[]): Value => (values.length === 0 ? undefined : values);

/** The columns that a rule reads. */
export function columnsOf(rule: Rule): readonly string[] {
  if ('from' in rule) return rule.from;
  if ('join' in rule) return rule.join;
  if ('date' in rule) return [rule.date, rule.time];
  if ('sum' in rule) return [rule.sum];
  if ('each' in rule) return [rule.each];
  return 'list' in rule ? Object.values(rule.list).flatMap((one) => [one].flat().flatMap(columnsOf)) : [];
}
