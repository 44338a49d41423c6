import * as z from 'zod';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { type Contract, OWN_SOURCE, parseDetail } from '../../functions/contracts/contract.ts';
import {
  compareVersions,
  type FactVersion,
  factVersion,
  stillStanding,
} from '../../functions/contracts/fact-version.ts';
import { incomingEvents } from '../../functions/events.ts';
import { received } from '../../functions/group/received.ts';
import type { AnyTask, TaskOf } from '../../functions/handoffs/kinds.ts';
import { emailsIn } from '../support/emails-in.ts';
import type { BusEvent } from './bus.ts';
import { areOthers, type Holder, holderOf, usesOf } from './number-promises.ts';
import { endedSince, quoteOn, wasSilentAt, wordsOn } from './visit-promises.ts';
import type { SimulatedWorld } from './world.ts';

/**
 * What is stored of a fact is its latest version, by the rule of contracts/fact-version.ts, in whatever order the
 * versions came. The winner is found here among everything that the bus took, so that arrival cannot matter.
 */
export function checkVersions(world: SimulatedWorld, isRefused: (event: BusEvent) => boolean): void {
  const facts = world.events.filter((event) => !isRefused(event)).flatMap(factOf);
  const byKey = Map.groupBy(facts, ({ key }) => key);
  for (const [key, versions] of byKey) {
    const winner = latest(versions);
    const stored = winner && known(world, versions, winner, facts);
    if (stored && !isRight(stored, winner))
      world.watch.violated(`${key} has another version than the latest: ${JSON.stringify(stored)}`);
  }
}

const isRight = ({ is, expected }: Stored, winner: FactVersion): boolean =>
  is === undefined ? !expected : compareVersions(is, winner) === 0;

const told = z.looseObject({
  ...factVersion.shape,
  storeId: z.string(),
  dealNumber: z.string().optional(),
  roNumber: z.string().optional(),
  appointmentNumber: z.string().optional(),
  vin: z.string().optional(),
  customerNumber: z.string().optional(),
  vehicle: z.looseObject({ vin: z.string().optional() }).optional(),
  customer: z.looseObject({ customerNumber: z.string().optional() }).optional(),
});
interface Fact {
  readonly key: string;
  readonly type: string;
  readonly fact: z.infer<typeof told>;
}

/** The detail types that tell of one and the same fact. */
const sameFact: Readonly<Record<string, string>> = {
  'repair-quote-high': 'repair-quoted',
  'service-appointment-cancelled': 'service-appointment-booked',
};

function factOf({ source, time, detail, ...event }: BusEvent): Fact[] {
  const detailType = event['detail-type'];
  const contract: Contract | undefined = incomingEvents.find((one) => one.detailType === detailType);
  const parsed = contract && source !== OWN_SOURCE ? parseDetail(contract, detail) : undefined;
  if (!parsed?.ok) return [];
  const type = sameFact[detailType] ?? detailType;
  const fact = told.parse(received(parsed.fact, time));
  // A number that comes back is another fact, of another customer. A reversal names neither car nor customer.
  const isReversal = type === 'deal-unwound' || type === 'repair-order-voided';
  // A deal that is corrected to another buyer keeps its car.
  const holder = isReversal ? [] : [vinOf(fact), ...(type === 'vehicle-sold' ? [] : [customerOf(fact)])];
  const number = fact.appointmentNumber ?? fact.dealNumber ?? fact.roNumber;
  return [{ key: [type, fact.storeId, number, ...holder].join(' '), type, fact }];
}

const vinOf = ({ vin, vehicle }: Fact['fact']) => vin ?? vehicle?.vin ?? '';
const customerOf = ({ customerNumber, customer }: Fact['fact']) =>
  customerNumber ?? customer?.customerNumber ?? '';

const latest = (versions: readonly Fact[]): FactVersion | undefined =>
  latestOf(versions.map(({ fact }) => fact));

/** What is stored of a fact; a reversal is expected only where it still stands. */
interface Stored {
  readonly is: FactVersion | undefined;
  readonly expected: boolean;
}

function known(
  world: SimulatedWorld,
  [first]: readonly Fact[],
  winner: FactVersion,
  all: readonly Fact[],
): Stored | undefined {
  if (!first) return undefined;
  const { type, fact } = first;
  const { storeId, dealNumber = '', roNumber = '', appointmentNumber } = fact;
  const car = { vin: vinOf(fact), customerNumber: customerOf(fact) };
  const named = fact.vehicle === undefined ? {} : car;
  const factsOf = (tasks: readonly AnyTask[]) =>
    storedFacts.parse(tasks.find((task) => !areOthers(named, holderOf(task)))?.facts ?? {});
  const tasks = [...world.watch.tasks].toSorted((one, other) => (one.use ?? 1) - (other.use ?? 1));
  const sale = factsOf(usesOf(tasks, { kind: 'service-introduction', storeId, dealNumber }));
  const orders = usesOf(tasks, { kind: 'repair-options', storeId, roNumber });
  const order = orders.find((task) => !areOthers(named, holderOf(task)));
  const visit = factsOf(usesOf(tasks, { kind: 'first-service-visit', storeId, ...car }));
  switch (type) {
    case 'vehicle-sold':
      return { is: sale.sold, expected: true };
    case 'deal-unwound':
      return reversal(sale.unwound, winner, sale.sold);
    case 'repair-quoted':
      return order && endedSince(order, winner.occurredAt)
        ? undefined
        : { is: order && quoteOn(order), expected: true };
    case 'service-visit-opened':
      return visitOpened(world, order, winner);
    case 'repair-order-voided':
      return voidOf(
        orders,
        winner,
        all.filter((one) => one.fact.storeId === storeId && one.fact.roNumber === roNumber),
      );
    case 'first-service-due':
      return { is: visit.dmsVersion, expected: true };
    case 'service-appointment-booked':
      return {
        is: visit.appointments.find((one) => one.appointmentNumber === appointmentNumber),
        expected: true,
      };
    case 'service-visit-completed':
      return visitOf(world, storeId, roNumber, car);
    default:
      return undefined;
  }
}

/** If the number was in use again by the time of the void, the void may be about either order. */
function voidOf(
  orders: readonly TaskOf<'repair-options'>[],
  winner: FactVersion,
  onNumber: readonly Fact[],
): Stored {
  const [first] = orders;
  const begun = orders.filter((one) => one === first || beganBy(one, winner.occurredAt, onNumber));
  const stored = begun.map((one) =>
    reversal(storedFacts.parse(one.facts).voided, winner, latestOf(wordsOn(one))),
  );
  return stored.find((one) => isRight(one, winner)) ?? stored[0] ?? { is: undefined, expected: true };
}

const beganBy = (order: TaskOf<'repair-options'>, at: string, onNumber: readonly Fact[]): boolean =>
  onNumber.some(
    ({ type, fact }) =>
      type === 'repair-quoted' &&
      fact.occurredAt <= at &&
      !areOthers({ vin: vinOf(fact), customerNumber: customerOf(fact) }, holderOf(order)),
  );

/**
 * A visit that nothing followed from is stored nowhere, nor is one that was silent as a quote began its order. What was said
 * of it before the order ended, and comes after that, may be put aside.
 */
function visitOpened(
  { table }: SimulatedWorld,
  order: TaskOf<'repair-options'> | undefined,
  winner: FactVersion,
): Stored | undefined {
  if (!order?.facts.visit || order.state === 'awaited' || endedSince(order, winner.occurredAt))
    return undefined;
  const wasAsked = emailsIn(order).some(({ message }) => message === 'visit-question');
  if (!wasAsked && wasSilentAt(table, order, winner.occurredAt)) return undefined;
  return { is: order.facts.visit, expected: true };
}

const latestOf = (words: readonly FactVersion[]): FactVersion | undefined =>
  words.toSorted((one, other) => compareVersions(other, one))[0];

const reversal = (is: FactVersion | undefined, winner: FactVersion, of: FactVersion | undefined): Stored => ({
  is,
  expected: of === undefined || stillStanding(winner, of) !== undefined,
});

const storedFacts = z.object({
  sold: factVersion.optional(),
  unwound: factVersion.optional(),
  voided: factVersion.optional(),
  dmsVersion: factVersion.optional(),
  appointments: z.array(factVersion.extend({ appointmentNumber: z.string() })).default([]),
});

/** The order's item holds the visit of the number's latest use; a former one stays with its car. */
function visitOf(
  { table }: SimulatedWorld,
  storeId: string,
  roNumber: string,
  car: Holder,
): Stored | undefined {
  const { pk, sk } = keys.order(storeId, roNumber);
  const item = table.item(pk, sk);
  const { visit: is } = storedVisit.parse(item ? fromItem(item) : {});
  return is && areOthers(car, is) ? undefined : { is, expected: true };
}

const storedVisit = z.object({
  visit: z.object({ ...factVersion.shape, customerNumber: z.string(), vin: z.string() }).optional(),
});
