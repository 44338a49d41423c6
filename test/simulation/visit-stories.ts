import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import opened from '../../samples/service-visit-opened.json' with { type: 'json' };
import type { Chance } from './chance.ts';
import { people } from './roster.ts';
import type { Days } from './side-stories.ts';
import type { Told } from './stories.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Their number says that nothing is known of them, so that a visit of theirs is no occasion. */
const FRESH = 'FRESH-';
export const isFresh = (customerNumber: string | undefined): boolean =>
  customerNumber?.startsWith(FRESH) ?? false;

/**
 * Customers whose order is written up when they come, perhaps for an oil change: those who have come for years, and those
 * of whom nothing is known. What is found on the car is quoted later, small or high, at once or line by line; the order
 * is closed or voided; and all of it is told in any order, and perhaps twice.
 */
export function visitStories(chance: Chance, days: Days): Told[] {
  return Array.from({ length: chance.whole(1, 3) }, (_one, at) => at).flatMap((number) =>
    visitStory(chance, days, number),
  );
}

function visitStory(chance: Chance, { start, span, storeIds }: Days, number: number): Told[] {
  const storeId = chance.oneOf(storeIds) ?? 'lakeshore-honda';
  const at = start + chance.skewed(0, span);
  const here = people.filter((one) => one.storeId === storeId);
  const isKnown = chance.happens(0.7);
  const who = {
    customer: {
      customerNumber: `${isKnown ? 'YEARS-' : FRESH}${number}`,
      ...{ firstName: 'Robert', lastName: `Okafor ${number}`, email: `visitor-${number}@example.com` },
    },
    vehicle: {
      ...{ vin: `5J6RM4H77FL${String(chance.whole(100_000, 999_999))}`, year: 2015, make: 'Honda' },
      ...{ model: 'CR-V', odometerMiles: 131_420 },
    },
  };
  const roNumber = `V-${number}`;
  const told = (when: number, detailType: string, detail: object): Told => ({
    ...{ at: when, source: 'dms.simulated', detailType },
    detail: { version: 1, storeId, occurredAt: instantOf(when), ...detail },
  });
  const order = {
    ...{ ...who, roNumber, openedAt: instantOf(at), promisedAt: instantOf(at + 6 * HOUR) },
    ...(chance.happens(0.5) ? { customerIs: 'waiting' } : {}),
    serviceAdvisorNumber: chance.oneOf(here.filter(({ role }) => role === 'service advisor'))?.employeeNumber,
    salespersonNumber: chance.oneOf(here.filter(({ role }) => role === 'salesperson'))?.employeeNumber,
  };
  const writtenUp = (when: number) =>
    told(when, 'service-visit-opened', { ...order, ...known(at), concerns: opened.detail.concerns });
  const quote = (when: number, said: object, detailType = 'repair-quoted') =>
    told(when, detailType, { ...order, ...known(at), quote: said });
  const quotedAt = at + chance.skewed(-10 * MINUTE, 3 * HOUR);
  const over = at + chance.skewed(-10 * MINUTE, 8 * HOUR);
  return [
    ...(isKnown ? pastVisits(told, who, { at, number }) : []),
    writtenUp(at),
    ...(chance.happens(0.2) ? [writtenUp(at + chance.skewed(MINUTE, 2 * HOUR))] : []),
    ...chance.pick<() => Told[]>([
      () => [],
      () => [quote(quotedAt, { totalCents: 8_900 })],
      () => [quote(quotedAt, quoted.detail.quote, chance.pick(['repair-quoted', 'repair-quote-high']))],
      () => [quote(quotedAt, { totalCents: 8_900 }), quote(quotedAt + HOUR, quoted.detail.quote)],
      () => lineByLine(chance, quotedAt).map(({ when, said }) => quote(when, said)),
    ])(),
    ...(chance.happens(0.4) ? [told(over, 'service-visit-completed', closing(who, roNumber, over))] : []),
    ...(chance.happens(0.2)
      ? [told(over + chance.skewed(-HOUR, HOUR), 'repair-order-voided', { roNumber })]
      : []),
  ].flatMap((one) =>
    chance.happens(0.15) ? [one, { ...one, at: one.at + chance.skewed(SECOND, 3 * HOUR) }] : [one],
  );
}

/** What speaks for a conversation and against it, as of the day: no value, so that a service is asked for one. */
const known = (at: number) => ({
  ownership: { ...opened.detail.ownership, asOf: dayOf(at) },
  circumstances: opened.detail.circumstances,
  lease: { maturesOn: dayOf(at + 60 * DAY), asOf: dayOf(at) },
});

interface Who {
  readonly customer: { readonly customerNumber: string };
  readonly vehicle: { readonly vin: string };
}

const closing = (who: Who, roNumber: string, at: number) => ({
  ...who,
  ...{ occurredAt: instantOf(at), roNumber, closedOn: dayOf(at), customerPayCents: 20_000 },
});

/** Told in the night before, mostly before the day's story. */
const pastVisits = (
  told: (when: number, detailType: string, detail: object) => Told,
  who: Who,
  { at, number }: { readonly at: number; readonly number: number },
): Told[] =>
  [1_200, 200, 120, 60].map((days) => ({
    ...told(at, 'service-visit-completed', closing(who, `V-${number}-${days}`, at - days * DAY)),
    at: at - HOUR,
  }));

/** As an advisor writes it: a line every few minutes, and the sender says that more may follow. */
function lineByLine(chance: Chance, from: number): { when: number; said: object }[] {
  const { lines } = quoted.detail.quote;
  let when = from;
  return lines.map((_line, index) => {
    when += chance.skewed(20 * SECOND, 12 * MINUTE);
    const written = lines.slice(0, index + 1);
    const totalCents = written.reduce((sum, { amountCents }) => sum + amountCents, 0);
    return { when, said: { totalCents, lines: written, linesFollow: true } };
  });
}

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();
const dayOf = (at: number) => instantOf(at).slice(0, 10);
