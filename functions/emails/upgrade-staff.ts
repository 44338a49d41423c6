import type { RepairQuoteHigh } from '../contracts/repair-quote-high.ts';
import { type Assessment, dollars, explain, milesText } from '../domain/readiness.ts';
import { type Block, paragraph, points } from './blocks.ts';
import { carOf } from './format.ts';
import { type Content, listed, sentenceCase, type Words, words } from './words.ts';

/** What the messages to Sales about a car in Service share. */

/** More reasons than these are not read in twenty seconds; the button leads to all of them. */
const REASONS_SHOWN = 4;

/** Each reason with its numbers, and how old they are. */
export function reasonsOf(assessment: Assessment | undefined, title: string): Block | undefined {
  if (!assessment) return undefined;
  const reasons = explain(assessment).reasonsFor.slice(0, REASONS_SHOWN);
  return points(
    reasons.map(({ text, age }) => words`${sentenceCase(text)} (${age})`),
    title,
  );
}

/** What nobody knows is said, so that nobody takes it for checked. */
export function notKnown(assessment: Assessment | undefined): Block | undefined {
  const names = assessment?.unknown.map(({ name }) => name) ?? [];
  return names.length === 0 ? undefined : paragraph(words`Not known, or too old to count: ${listed(names)}.`);
}

export function quoteRows(quote: RepairQuoteHigh): readonly (readonly [string, Content | undefined])[] {
  const { lines, totalCents } = quote.quote;
  const declined = lines.filter(({ answer }) => answer === 'declined').map(({ description }) => description);
  return [
    ['Car', carLine(quote)],
    ['Repair order', quote.roNumber],
    ['Repair', lines.length === 0 ? undefined : listed(lines.map(({ description }) => description))],
    ['Quoted', dollars(totalCents)],
    ['Declined', declined.length === 0 ? undefined : listed(declined)],
  ];
}

function carLine({ vehicle }: RepairQuoteHigh): Words | undefined {
  const car = carOf(vehicle);
  if (car === undefined || vehicle.odometerMiles === undefined)
    return car === undefined ? undefined : words`${car}`;
  return words`${car}, ${milesText(vehicle.odometerMiles)}`;
}
