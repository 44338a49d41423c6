import { andMore } from '../contracts/fields.ts';
import type { DistanceUnit } from '../contracts/odometer.ts';
import type { RepairQuoted } from '../contracts/repair-quoted.ts';
import { addMonths, formatDate, type LocalDate } from '../group/business-time.ts';
import { distanceText } from '../group/distance.ts';
import { type HistorySummary, shortened } from '../history/visits.ts';
import type { Question } from './assessment.ts';
import { type FreshFacts, freshFactsOf, quotedOn } from './fresh-facts.ts';
import { dollars } from './money.ts';
import { amountsOf, isDeclined, isPaidByOthers } from './quote-amounts.ts';

/**
 * The advisor's repair and replace columns: the same facts whatever the advice, in neutral words. A fact that is missing
 * or too old is `unknown`, because an unreliable number is worse than none.
 */
export interface Sheet {
  readonly repair: readonly Cell[];
  readonly replace: readonly Cell[];
}

export interface Cell {
  readonly label: string;
  readonly value: string;
  /** The date of the fact, if it has one. */
  readonly asOf?: LocalDate;
}

export const UNKNOWN = 'unknown';

/** As many lines as fit on one page; the repair order lists all of them. */
const WORK_LISTED = 6;
const OTHERS_LISTED = 3;
const LETTERS_OF_A_LINE = 60;

export function twoColumnSheet(question: Omit<Question, 'circumstances'>): Sheet {
  const asked = { ...question, circumstances: {} };
  const facts = freshFactsOf(asked);
  return {
    repair: repairColumn(asked, facts),
    replace: replaceColumn(facts, question.distanceUnit ?? 'miles'),
  };
}

function repairColumn(question: Question, facts: FreshFacts): Cell[] {
  const { quote } = question.quote;
  const asOf = quotedOn(question);
  const declined = quote.lines.filter(isDeclined).map(lineText);
  const buys = quote.lines.flatMap((line) =>
    line.buys === undefined || isDeclined(line) ? [] : [shortened(line.buys, LETTERS_OF_A_LINE)],
  );
  const what = quote.lines.map((line) => shortened(line.description, LETTERS_OF_A_LINE));
  return [
    cell('What', list(what, WORK_LISTED), asOf),
    cell('Cost', payText(quote), asOf),
    cell('What it buys', list([...new Set(buys)]), asOf),
    cell('Declined today', declined.length > 0 ? list(declined) : noneOf(quote.lines), asOf),
    cell('Declined before', declinedBefore(facts.history), facts.history?.asOf),
    cell(
      'Expected service in the next 12 months',
      expectedSpend(facts.history, question.today),
      facts.history?.asOf,
    ),
  ];
}

function replaceColumn(facts: FreshFacts, unit: DistanceUnit): Cell[] {
  const { value, equity, warranty, lease, replacement, ownership } = facts;
  const until = (date: LocalDate | undefined, miles: number | undefined) => untilText(date, miles, unit);
  return [
    cell('Trade-in value (est.)', value && valueText(value), value?.asOf),
    cell('Equity', equity && `${dollars(equity.lowCents)} to ${dollars(equity.highCents)}`, equity?.asOf),
    cell(
      'Factory warranty until',
      until(warranty?.factoryEndsOn, warranty?.factoryEndsMiles),
      warranty?.asOf,
    ),
    cell(
      'Extended warranty until',
      until(warranty?.extendedEndsOn, warranty?.extendedEndsMiles),
      warranty?.asOf,
    ),
    ...(lease || ownership?.status !== 'owned'
      ? [cell('Lease until', until(lease?.maturesOn, lease?.allowedMiles), lease?.asOf)]
      : []),
    cell('Est. monthly payment', replacement && dollars(replacement.monthlyPaymentCents), replacement?.asOf),
  ];
}

function payText(quote: RepairQuoted['quote']): string {
  if (isPaidByOthers(quote)) return `${dollars(quote.totalCents)}, and the customer pays nothing of it`;
  return amountsText(quote);
}

/** `$4,180`, or `Quoted $4,180; declined $1,290; left to decide $2,890` once something is declined or approved. */
export function amountsText(quote: RepairQuoted['quote']): string {
  const { quotedCents, declinedCents, approvedCents, leftCents } = amountsOf(quote);
  if (declinedCents === 0 && approvedCents === 0) return dollars(quotedCents);
  return [
    `Quoted ${dollars(quotedCents)}`,
    ...(declinedCents === 0 ? [] : [`declined ${dollars(declinedCents)}`]),
    ...(approvedCents === 0 ? [] : [`approved ${dollars(approvedCents)}`]),
    leftCents === approvedCents
      ? 'nothing left to decide'
      : `left to decide ${dollars(leftCents - approvedCents)}`,
  ].join('; ');
}

function valueText({ cents, source }: NonNullable<FreshFacts['value']>): string {
  return source === undefined
    ? dollars(cents)
    : `${dollars(cents)}, by ${shortened(source, LETTERS_OF_A_LINE)}`;
}

/** The car's cost in the last 12 months, if it was known that long: no forecast, and without this repair. */
function expectedSpend(history: HistorySummary | undefined, today: LocalDate): string | undefined {
  if (history?.carSince === undefined || history.carSince > addMonths(today, -12)) return undefined;
  return `${dollars(history.carPayCents12)}, as in the last 12 months, without this repair`;
}

function declinedBefore(history: HistorySummary | undefined): string | undefined {
  if (history === undefined) return undefined;
  if (history.declined.length === 0) return 'nothing within 12 months';
  return list(history.declined.map(lineText));
}

function lineText(line: { readonly description: string; readonly amountCents?: number | undefined }): string {
  const description = shortened(line.description, LETTERS_OF_A_LINE);
  return line.amountCents === undefined ? description : `${description} (${dollars(line.amountCents)})`;
}

function noneOf(lines: readonly unknown[]): string | undefined {
  return lines.length > 0 ? 'nothing' : undefined;
}

function untilText(
  date: LocalDate | undefined,
  miles: number | undefined,
  unit: DistanceUnit,
): string | undefined {
  const parts = [
    ...(date === undefined ? [] : [formatDate(date, 'en')]),
    ...(miles === undefined ? [] : [distanceText(miles, unit)]),
  ];
  return parts.length > 0 ? parts.join(' or ') : undefined;
}

function list(items: readonly string[], most = OTHERS_LISTED): string | undefined {
  return items.length === 0 ? undefined : firstOf(items, most).join('; ');
}

/** As many entries as people read, and how many more there are. */
export function firstOf(items: readonly string[], most: number): string[] {
  const more = items.length - most;
  return [...items.slice(0, most), ...(more > 0 ? [andMore(more)] : [])];
}

/** Unknown facts have no date: "unknown, as of" would claim that somebody looked. */
function cell(label: string, value: string | undefined, asOf: LocalDate | undefined): Cell {
  if (value === undefined || asOf === undefined) return { label, value: UNKNOWN };
  return { label, value, asOf };
}
