import * as z from 'zod';
import { compareVersions, type Received, versionFields, versionOf } from '../contracts/fact-version.ts';
import {
  type Customer,
  identifier,
  localDate,
  miles,
  signedCents,
  storeId,
  vin,
} from '../contracts/fields.ts';
import type { ServiceVisitCompleted } from '../contracts/service-visit-completed.ts';
import { isSameName, nameKey, plain } from '../customers/name-key.ts';
import { addMonths, daysBetween, type LocalDate } from '../group/business-time.ts';

/**
 * The service history of a customer: closed repair orders, each stored once, and their summary on a given day. Money is
 * in cents, by who paid. A voided order is kept and does not count.
 */

/** The stored length of a declined line, so that a visit with twenty of them fits in 4 KB. */
const DESCRIPTION_LENGTH = 60;
/** Declined work listed in a summary; its sum includes all of it. */
const DECLINED_LISTED = 5;
/**
 * Minimum days between odometer readings: over a shorter time, a road trip would look like a habit. Our own number: a quarter.
 */
const PACE_NEEDS_DAYS = 90;
const VIN_OF_ONE_CAR = 17;

const declinedLine = z.object({ description: z.string(), amountCents: signedCents.optional() });

/** A closed repair order as it is stored. */
export const visit = z.object({
  storeId,
  roNumber: identifier,
  vin,
  customerNumber: identifier,
  /** {@link nameKey} of the customer: enough to recognize, not to address. */
  nameKey: z.string().optional(),
  email: z.string().optional(),
  openedOn: localDate.optional(),
  closedOn: localDate,
  opCodes: z.array(z.string()).optional(),
  odometerMiles: miles.optional(),
  customerPayCents: signedCents,
  warrantyCents: signedCents,
  internalCents: signedCents,
  declined: z.array(declinedLine),
  comeback: z.boolean().optional(),
  hardship: z.boolean().optional(),
  voided: z.boolean().optional(),
  ...versionFields,
});
export type Visit = z.infer<typeof visit>;

/** What identifies a customer at this store or another. */
export interface Person {
  readonly storeId: string;
  readonly customerNumber: string;
  /** Numbers that were merged with it. */
  readonly otherNumbers?: readonly string[];
  readonly vin: string;
  readonly nameKey?: string;
  readonly email?: string;
}

/** The summary of the last 24 months. 12 and 24 are the months that end with `asOf`. */
export const historySummary = z.object({
  asOf: z.string(),
  /** The date of the first known visit, stored separately because old visits are not read. */
  customerSince: z.string().optional(),
  visits12: z.number().int(),
  visits24: z.number().int(),
  lastVisitOn: z.string().optional(),
  /** All cars of the customer. */
  customerPayCents12: z.number().int(),
  /** From here on: the car in question only. */
  carPayCents12: z.number().int(),
  /** The car's first visit in the 24 months. */
  carSince: z.string().optional(),
  milesPerYear: z.number().int().optional(),
  /** Declined within 12 months, newest first, each piece of work once. */
  declined: z.array(declinedLine.extend({ on: z.string() })),
  declinedCents12: z.number().int(),
  comebacks12: z.number().int(),
  /** The last visit in the 24 months at which the customer was short of money, for any car. */
  hardshipOn: z.string().optional(),
  /** The last purchase by the customer, or of the car. */
  lastBoughtOn: z.string().optional(),
  /** When the customer bought or leased this very car from the group. */
  carBoughtOn: z.string().optional(),
  isLeased: z.boolean().optional(),
  /** Numbers at the store of customers who bought a car together with this customer. */
  coBuyers: z.array(z.string()).optional(),
  /** Numbers at the store that were merged with the customer's. */
  otherNumbers: z.array(z.string()).optional(),
});
export type HistorySummary = z.infer<typeof historySummary>;

export function visitFrom(fact: Received<ServiceVisitCompleted>): Visit {
  return {
    ...personOf(fact),
    roNumber: fact.roNumber,
    ...(fact.openedOn !== undefined && { openedOn: fact.openedOn }),
    closedOn: fact.closedOn,
    ...(fact.opCodes !== undefined && { opCodes: fact.opCodes }),
    ...(fact.vehicle.odometerMiles !== undefined && { odometerMiles: fact.vehicle.odometerMiles }),
    customerPayCents: fact.customerPayCents,
    warrantyCents: fact.warrantyCents,
    internalCents: fact.internalCents,
    declined: fact.declined.map(({ description, amountCents }) => ({
      description: shortened(description),
      ...(amountCents !== undefined && { amountCents }),
    })),
    ...(fact.comeback !== undefined && { comeback: fact.comeback }),
    ...(fact.hardship !== undefined && { hardship: fact.hardship }),
    ...versionOf(fact),
  };
}

export const numbersOf = ({ customerNumber, otherNumbers = [] }: Person): readonly string[] => [
  customerNumber,
  ...otherNumbers,
];

/** The customer and car of a fact. */
export function personOf(fact: {
  readonly storeId: string;
  readonly customer: Customer;
  readonly vehicle: { readonly vin: string };
}): Person {
  const name = nameKey(fact.customer);
  return {
    storeId: fact.storeId,
    customerNumber: fact.customer.customerNumber,
    vin: fact.vehicle.vin,
    ...(name !== undefined && { nameKey: name }),
    ...(fact.customer.email !== undefined && { email: fact.customer.email }),
  };
}

/**
 * Whether a visit belongs to this customer: by customer number at the same store; at another store only if the car and
 * the name or email match. Two records of one store stay two customers, as in its DMS.
 */
export function belongsTo(visit: Visit, person: Person): boolean {
  if (visit.storeId === person.storeId) return numbersOf(person).includes(visit.customerNumber);
  // Before 1981 a VIN was unique for one make only.
  if (visit.vin !== person.vin || visit.vin.length !== VIN_OF_ONE_CAR) return false;
  return isSameName(visit.nameKey, person.nameKey) || same(visit.email, person.email);
}

/** Each order once, in its latest version, oldest first; independent of the order and number of deliveries. */
export function mergeVisits(...lists: readonly (readonly Visit[])[]): Visit[] {
  const byOrder = new Map<string, Visit>();
  for (const one of lists.flat()) {
    const key = `${one.storeId} ${one.roNumber}`;
    const known = byOrder.get(key);
    if (known === undefined || isNewer(one, known)) byOrder.set(key, one);
  }
  return [...byOrder.values()].sort((left, right) => (positionOf(left) < positionOf(right) ? -1 : 1));
}

/** Summarizes a customer and their car on a day. Other customers' visits, voided and later ones do not count. */
export function summarize(question: {
  readonly visits: readonly Visit[];
  readonly person: Person;
  /** The earliest known visit, which is stored separately from the visits. */
  readonly customerSince?: LocalDate | undefined;
  readonly today: LocalDate;
}): HistorySummary {
  const { person, today } = question;
  const theirs = mergeVisits(question.visits).filter(
    (one) => belongsTo(one, person) && one.voided !== true && one.closedOn <= today,
  );
  const in24 = since(addMonths(today, -24), theirs);
  const in12 = since(addMonths(today, -12), in24);
  const car24 = in24.filter((one) => one.vin === person.vin);
  const car12 = in12.filter((one) => one.vin === person.vin);
  const declined = declinedIn(car12);
  const customerSince = earliest(question.customerSince, theirs[0]?.closedOn);
  const lastVisitOn = theirs.at(-1)?.closedOn;
  const carSince = car24[0]?.closedOn;
  const pace = milesPerYear(car24);
  const hardshipOn = in24.findLast((one) => one.hardship === true)?.closedOn;
  return {
    asOf: today,
    ...(customerSince !== undefined && { customerSince }),
    visits12: in12.length,
    visits24: in24.length,
    ...(lastVisitOn !== undefined && { lastVisitOn }),
    customerPayCents12: sum(in12.map((one) => one.customerPayCents)),
    carPayCents12: sum(car12.map((one) => one.customerPayCents)),
    ...(carSince !== undefined && { carSince }),
    ...(pace !== undefined && { milesPerYear: pace }),
    declined: declined.slice(0, DECLINED_LISTED),
    declinedCents12: sum(declined.map((line) => line.amountCents ?? 0)),
    comebacks12: car12.filter((one) => one.comeback === true).length,
    ...(hardshipOn !== undefined && { hardshipOn }),
  };
}

/** Normalizes a description, so that the same work compares as equal despite case and punctuation. */
export function workKey(description: string): string {
  return plain(shortened(description));
}

/** The same work declined twice counts once, in its latest version. */
function declinedIn(visits: readonly Visit[]): HistorySummary['declined'] {
  const byWork = new Map<string, HistorySummary['declined'][number]>();
  for (const one of visits.toReversed()) {
    for (const line of one.declined) {
      const key = workKey(line.description);
      if (!byWork.has(key)) byWork.set(key, { ...line, on: one.closedOn });
    }
  }
  return [...byWork.values()];
}

/** From the first to the last reading; undefined if readings contradict each other. Whole miles, rounded down. */
function milesPerYear(visits: readonly Visit[]): number | undefined {
  const readings = visits.flatMap(({ closedOn, odometerMiles }) =>
    odometerMiles === undefined ? [] : [{ on: closedOn, miles: odometerMiles }],
  );
  readings.sort((left, right) => daysBetween(right.on, left.on) || left.miles - right.miles);
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const days = daysBetween(first.on, last.on);
  const turnedBack = readings.some(({ miles: now }, at) => now < (readings[at - 1]?.miles ?? 0));
  if (days < PACE_NEEDS_DAYS || turnedBack) return undefined;
  return Math.floor(((last.miles - first.miles) * 365) / days);
}

function isNewer(one: Visit, known: Visit): boolean {
  const order = compareVersions(one, known);
  // Stored by a release before 2026-12: any rule will do that gives the same answer in both orders.
  return order === 0 ? fingerprint(one) > fingerprint(known) : order > 0;
}

function fingerprint(one: Visit): string {
  return JSON.stringify(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function positionOf(one: Visit): string {
  return `${one.closedOn} ${one.storeId} ${one.roNumber}`;
}

function since(start: LocalDate, visits: readonly Visit[]): Visit[] {
  return visits.filter((one) => one.closedOn > start);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function same(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && left === right;
}

function earliest(...dates: readonly (LocalDate | undefined)[]): LocalDate | undefined {
  return dates.filter((date) => date !== undefined).sort()[0];
}

/** Shortens a description, with an ellipsis where it was cut. */
function shortened(text: string): string {
  const letters = [...text];
  return letters.length <= DESCRIPTION_LENGTH
    ? text
    : `${letters.slice(0, DESCRIPTION_LENGTH - 1).join('')}…`;
}
