import * as z from 'zod';
import type { Customer, Vehicle } from '../contracts/fields.ts';
import { emailLookUp, type LookUp, phoneLookUp, vinLookUp } from './identity.ts';
import { isStandIn } from './without-placeholders.ts';

const dated = <Value extends z.ZodType>(value: Value) => z.object({ value, at: z.string() });

const car = z.object({
  vin: z.string(),
  /** The car's name as people say it. */
  called: dated(
    z.object({ year: z.number().optional(), make: z.string().optional(), model: z.string().optional() }),
  ).optional(),
  /** The dates of the first and the latest fact that showed it with this customer. */
  since: z.string(),
  seenOn: z.string(),
  /** The date on which somebody else became its owner. */
  until: z.string().optional(),
});
export type Car = z.infer<typeof car>;

const name = z.object({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  companyName: z.string().optional(),
});

/** What a store knows about one customer. Facts arrive in any order, so each part has the date of its fact. */
export const card = z.object({
  storeId: z.string(),
  /** The number in this store's DMS. */
  customerNumber: z.string(),
  /** Replaces the customer's identity where it must stay unknown: in numbers and exports for analysis. */
  pseudonym: z.string(),
  name: dated(name).optional(),
  email: dated(z.string()).optional(),
  phone: dated(z.string()).optional(),
  preferredLanguage: dated(z.string()).optional(),
  cars: z.array(car),
  /** By employee number. */
  advisor: dated(z.string()).optional(),
  salesperson: dated(z.string()).optional(),
  /** The time of the latest fact about the customer, from which the disposal period counts. */
  lastSeenAt: z.string(),
  /** Former numbers of the same customer, which the DMS merged into this one. */
  formerNumbers: z.array(z.string()).optional(),
  /** The number into which the DMS merged this one: facts about either number belong to that card. */
  mergedInto: z.string().optional(),
});
export type Card = z.infer<typeof card>;

/** What any fact can say about a customer. */
export interface Sighting {
  readonly storeId: string;
  readonly occurredAt: string;
  readonly customer: Customer;
  readonly vin?: string | undefined;
  readonly called?: Pick<Vehicle, 'year' | 'make' | 'model'> | undefined;
  readonly advisorNumber?: string | undefined;
  readonly salespersonNumber?: string | undefined;
}

/** More than a private customer has; for a fleet, the latest are kept. */
const CARS_KEPT = 20;

/** Adds a fact to the card. The result does not depend on the order of the facts. A fact removes nothing by leaving it out. */
export function withSighting(known: Card | undefined, seen: Sighting, pseudonym: string): Card {
  const { storeId, occurredAt: at, customer } = seen;
  const { firstName, lastName, companyName, email, phone, preferredLanguage } = customer;
  return {
    ...known,
    storeId,
    customerNumber: customer.customerNumber,
    pseudonym,
    name: newer(known?.name, { value: { firstName, lastName, companyName }, at }),
    email: newer(known?.email, saidAt(email, at)),
    phone: newer(known?.phone, saidAt(phone, at)),
    preferredLanguage: newer(known?.preferredLanguage, saidAt(preferredLanguage, at)),
    cars: withCar(known?.cars ?? [], seen),
    advisor: newer(known?.advisor, saidAt(seen.advisorNumber, at)),
    salesperson: newer(known?.salesperson, saidAt(seen.salespersonNumber, at)),
    lastSeenAt: later(known?.lastSeenAt ?? '', at),
  };
}

interface Dated<Value> {
  readonly value: Value;
  readonly at: string;
}

const saidAt = <Value>(value: Value | undefined, at: string): Dated<Value> | undefined =>
  value === undefined || value === '' ? undefined : { value, at };

/** For two values of the same instant, any rule will do that gives the same answer in both orders. */
function newer<Value>(
  one: Dated<Value> | undefined,
  other: Dated<Value> | undefined,
): Dated<Value> | undefined {
  if (!one || !other) return one ?? other;
  if (one.at !== other.at) return one.at > other.at ? one : other;
  return JSON.stringify(one.value) >= JSON.stringify(other.value) ? one : other;
}

const later = (one: string, other: string) => (one > other ? one : other);
const earlier = (one: string, other: string) => (one < other ? one : other);

function withCar(cars: readonly Car[], { vin, called, occurredAt }: Sighting): Car[] {
  if (vin === undefined || isStandIn(vin)) return [...cars];
  const on = occurredAt.slice(0, 10);
  const known = cars.find((one) => one.vin === vin);
  const others = cars.filter((one) => one.vin !== vin);
  const seen = known ? seenAgain(known, on) : { vin, since: on, seenOn: on };
  const next = { ...seen, called: newer(known?.called, saidAt(nameOfCar(called), occurredAt)) };
  return [...others, next].toSorted((a, b) => (a.seenOn < b.seenOn ? -1 : 1)).slice(-CARS_KEPT);
}

const nameOfCar = ({ year, make, model }: Sighting['called'] & object = {}) =>
  make === undefined && model === undefined ? undefined : { year, make, model };

/** If the car is seen with the customer after it was given away, it is theirs again. */
function seenAgain({ until, ...known }: Car, on: string): Car {
  return {
    ...known,
    since: earlier(known.since, on),
    seenOn: later(known.seenOn, on),
    ...(until !== undefined && on <= until ? { until } : {}),
  };
}

/** The car was sold to somebody else on that date. A later visit by the former owner would show that it was not. */
export function withoutCar(known: Card, vin: string, on: string): Card {
  const cars = known.cars.map((one) =>
    one.vin === vin && one.until === undefined && one.seenOn <= on ? { ...one, until: on } : one,
  );
  return cars.some((one, at) => one !== known.cars[at]) ? { ...known, cars } : known;
}

/** The cars that a customer has on that date. */
export const carsOn = ({ cars }: Card, on: string): readonly Car[] =>
  cars.filter(({ since, until }) => since <= on && (until === undefined || on < until));

/** One customer under two numbers: the DMS merged `gone` into `kept`. */
export function mergeCards(kept: Card, gone: Card): Card {
  const numbers = [...(kept.formerNumbers ?? []), ...(gone.formerNumbers ?? []), gone.customerNumber];
  return {
    ...kept,
    name: newer(kept.name, gone.name),
    email: newer(kept.email, gone.email),
    phone: newer(kept.phone, gone.phone),
    preferredLanguage: newer(kept.preferredLanguage, gone.preferredLanguage),
    cars: gone.cars.reduce(mergeCar, kept.cars),
    advisor: newer(kept.advisor, gone.advisor),
    salesperson: newer(kept.salesperson, gone.salesperson),
    lastSeenAt: later(kept.lastSeenAt, gone.lastSeenAt),
    formerNumbers: [...new Set(numbers)].filter((number) => number !== kept.customerNumber),
  };
}

function mergeCar(cars: Car[], one: Car): Car[] {
  const known = cars.find(({ vin }) => vin === one.vin);
  if (!known) return [...cars, one];
  const last = known.seenOn < one.seenOn ? one : known;
  const called = newer(known.called, one.called);
  const merged = { ...last, since: earlier(known.since, one.since), called };
  return [...cars.filter((other) => other !== known), merged];
}

/** The look-ups that find the customer. Merged numbers are one customer, found by the remaining card. */
export function lookUpsOf({ email, phone, cars, mergedInto }: Card): LookUp[] {
  if (mergedInto !== undefined) return [];
  return [
    email && emailLookUp(email.value),
    phone && phoneLookUp(phone.value),
    ...cars.map(({ vin }) => vinLookUp(vin)),
  ].filter((lookUp) => lookUp !== undefined);
}
