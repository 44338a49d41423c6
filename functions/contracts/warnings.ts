import type { Problem } from './limits.ts';

/** What is odd about a fact that is accepted all the same. Never the value: warnings go to logs and to the bus. */
export const oddFacts = [
  'left-out',
  'text-cut',
  'list-cut',
  'read-carefully',
  'no-email-address',
  'email-taken-out',
  'phone-taken-out',
  'placeholder-address',
  'staff-address',
  'placeholder',
  'unknown-language',
  'vin-short',
  'vin-letters',
  'vin-check-digit',
  'dollars-for-cents',
  'not-high',
  'sum-differs',
  'upside-down',
  'too-far-ahead',
  'too-long-ago',
  'names-nobody',
  'car-not-known',
] as const;
export type OddFact = (typeof oddFacts)[number];

/** Doubts about the amounts of a quote, which decide whether Sales is notified: a whole feed may count in dollars. */
const suspicious: ReadonlySet<OddFact> = new Set([
  'dollars-for-cents',
  'not-high',
  'sum-differs',
  'upside-down',
]);
export const isSuspicious = ({ code }: Pick<Odd, 'code'>): boolean => suspicious.has(code);

/** A path into the detail, and what is odd there. */
export interface Odd {
  readonly path: string;
  readonly code: OddFact;
}

/** With a message for the sender of the event. */
export interface Warning extends Odd, Problem {}

export const warning = (path: string, code: OddFact, because?: string): Warning => ({
  path,
  code,
  message: because === undefined ? oddWords[code] : `${oddWords[code]}: ${because}`,
});

export const oddWords: Readonly<Record<OddFact, string>> = {
  'left-out': 'counts as left out',
  'text-cut': 'is too long and was cut',
  'list-cut': 'has too many entries and was cut',
  'read-carefully': 'can not be read, and counts as the careful answer',
  'no-email-address': 'is no email address: the customer counts as having none',
  'email-taken-out': 'holds more than one email address alone: the first address in it is used',
  'phone-taken-out': 'holds more than one phone number: the first is used',
  'placeholder-address': 'is a placeholder: the customer counts as having none',
  'staff-address': 'is of somebody who works at the store: the customer counts as having none',
  placeholder: 'is a placeholder: it counts as none',
  'unknown-language': 'is no language that we know: the customer is written to in English',
  'vin-short': 'is no VIN of 17 characters: only a car with a model year before 1981 has fewer',
  'vin-letters': 'has I, O or Q, which no VIN since 1981 has',
  'vin-check-digit': 'has a check digit that does not agree: perhaps mistyped, or a grey import',
  'dollars-for-cents': 'looks like dollars: an amount is in cents, 418000 for $4,180',
  'not-high': "is below the store's minimum of a high repair: is it in cents?",
  'sum-differs': 'is not what the lines add up to',
  'upside-down': 'has a lower end above its upper end',
  'too-far-ahead': 'lies too far ahead',
  'too-long-ago': 'lies too long ago',
  'names-nobody':
    'is missing, and so is everything else that finds the car: expected at least one of vin, customerNumber, email and phone',
  'car-not-known':
    'is missing, and the customer is not known with one car: it is kept until the car is known',
};
