import { distanceText } from '../../group/distance.ts';
import type { Store } from '../../group/group.ts';
import { type Block, paragraph, points } from '../../mail/blocks.ts';
import { carOf } from '../../mail/format.ts';
import { reasonWithAge } from '../../mail/repair-sheet.ts';
import { entries } from '../../mail/repair-sheet-words.ts';
import { type Content, listed, stacked, type Words, words } from '../../mail/words.ts';
import { type Assessment, explain } from '../../readiness/assess.ts';
import type { Occasion } from '../../readiness/occasion.ts';
import { isDeclined } from '../../readiness/quote-amounts.ts';
import { amountsText } from '../../readiness/sheet.ts';
import { firstOf } from '../../readiness/sheet-cell.ts';

/** Words shared by the emails to Sales about a car in Service. */

/** As many reasons as somebody reads in twenty seconds; the page behind the button lists all of them. */
const REASONS_SHOWN = 4;

/** The first reason for each fact, with its numbers and their age. */
export function reasonsOf(
  assessment: Assessment | undefined,
  title: string,
  most = REASONS_SHOWN,
): Block | undefined {
  if (!assessment) return undefined;
  const { reasonsFor } = assessment;
  const explained = explain(assessment).reasonsFor;
  const first = explained.filter((_, at) => {
    const fact = reasonsFor[at]?.fact;
    return reasonsFor.findIndex((reason) => reason.fact === fact) === at;
  });
  return points(first.slice(0, most).map(reasonWithAge), title);
}

/** Lists unknown facts, so that nobody assumes they were checked. */
export function notKnown(assessment: Assessment | undefined): Block | undefined {
  const names = assessment?.unknown.map(({ name }) => name) ?? [];
  return names.length === 0 ? undefined : paragraph(words`Not known, or too old to count: ${listed(names)}.`);
}

/** What is quoted, or what the customer came for. */
export function orderRows({
  roNumber,
  quote,
  concerns = [],
}: Occasion): readonly (readonly [string, Content | undefined])[] {
  if (!quote)
    return [
      ['Repair order', roNumber],
      ['Came for', worked(concerns)],
    ];
  const { lines } = quote;
  const declined = lines.filter(isDeclined).map(({ description }) => description);
  return [
    ['Repair order', roNumber],
    ['Repair', worked(lines.map(({ description }) => description))],
    ['Cost', amountsText(quote)],
    ['Declined', worked(declined)],
  ];
}

/** The work lines that fit on one page; the repair order lists all of them. */
const WORK_LISTED = 10;

const worked = (lines: readonly string[]) =>
  lines.length === 0 ? undefined : stacked(entries(firstOf(lines, WORK_LISTED), 'en'));

export function carLine({ vehicle }: Pick<Occasion, 'vehicle'>, { distanceUnit }: Store): Words | undefined {
  const car = carOf(vehicle);
  if (car === undefined || vehicle.odometerMiles === undefined)
    return car === undefined ? undefined : words`${car}`;
  return words`${car}, ${distanceText(vehicle.odometerMiles, distanceUnit)}`;
}
