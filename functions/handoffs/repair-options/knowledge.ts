import { reachedBy } from '../../customers/contact-places.ts';
import type { KnownContact } from '../../customers/known-contact.ts';
import { mayBeTalkedTo, wantsNoUpgrades, withRefusals } from '../../customers/may-contact.ts';
import type { CustomerMemory } from '../../customers/ports.ts';
import type { Remark } from '../../customers/statements.ts';
import { type CarInService, lookUpCar } from '../../enrich/look-up-car.ts';
import type { LookedUp } from '../../enrich/looked-up.ts';
import { localDate } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { type KnownCar, purchasesOf } from '../../history/car-owners.ts';
import type { Cars, HistoryStore } from '../../history/ports.ts';
import { type HistorySummary, personOf, summarize } from '../../history/visits.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { findManager } from '../../people/routing.ts';
import { isAtWork, worksFor } from '../../people/staff.ts';
import type { Claims } from '../../ports.ts';
import { isAppraised } from '../../readiness/appraisal.ts';
import type { Circumstances } from '../../readiness/assessment.ts';
import { nudgeCaps } from '../../readiness/nudge-caps.ts';
import type { Occasion } from '../../readiness/occasion.ts';
import { recall } from '../../readiness/recall.ts';
import type { Knowledge } from './assess-order.ts';
import type { RepairOptions } from './task.ts';

export interface KnowingServices extends Services {
  readonly history: HistoryStore;
  readonly cars: Cars;
  readonly claims: Claims;
  readonly memory: CustomerMemory;
}

interface About {
  readonly task: RepairOptions;
  readonly occasion: Occasion;
  /** The car, if it was read already. */
  readonly car?: KnownCar;
}

/**
 * What may speak for a conversation: the history, and the guides' data about the car. The car's appointments are read along
 * with it.
 */
export type Reasons = Omit<Knowledge, 'circumstances'>;

/** Looks up what others know about the car: from what they said before, or by asking them. */
export type LookUp = (car: CarInService) => LookedUp | Promise<LookedUp>;

export async function knowledgeOf(
  services: KnowingServices,
  about: About & { readonly lookUp: LookUp },
  context: Context,
): Promise<Knowledge> {
  const contact = await contactOf(services, about.occasion);
  const [reasons, remarks] = await Promise.all([
    reasonsOf(services, about, contact, context),
    remarksOf(services, about.occasion, contact),
  ]);
  const circumstances = await circumstancesOf(services, { ...about, ...reasons, contact, remarks }, context);
  return { ...reasons, circumstances };
}

/**
 * The same for visits, most of which stay silent: if there are too few reasons, circumstances that may forbid a conversation
 * are not read.
 */
export async function knowledgeIfReady(
  services: KnowingServices,
  about: About,
  isReady: (reasons: Reasons) => boolean,
  context: Context,
): Promise<Knowledge> {
  const contact = await contactOf(services, about.occasion);
  const reasons = await reasonsOf(services, { ...about, lookUp: lookUpCar }, contact, context);
  if (!isReady(reasons)) return { ...reasons, circumstances: {} };
  const remarks = await remarksOf(services, about.occasion, contact);
  const circumstances = await circumstancesOf(services, { ...about, ...reasons, contact, remarks }, context);
  return { ...reasons, circumstances };
}

/** The circumstances at this moment, for an order whose reasons are known. */
export async function circumstancesNow(
  services: KnowingServices,
  { task, occasion }: About,
  context: Context,
): Promise<Circumstances> {
  const contact = await contactOf(services, occasion);
  const remarks = await remarksOf(services, occasion, contact);
  const { history = {} } = task;
  return circumstancesOf(services, { task, occasion, contact, remarks, history }, context);
}

const contactOf = ({ contacts }: KnowingServices, { storeId, customer }: Occasion): Promise<KnownContact> =>
  contacts.read(reachedBy(storeId, customer));

const otherNumbersOf = ({ customer }: Occasion, { numbers }: KnownContact): string[] =>
  numbers.filter((number) => number !== customer.customerNumber);

async function reasonsOf(
  { history, cars }: KnowingServices,
  { task, occasion, lookUp, car: known }: About & { readonly lookUp: LookUp },
  contact: KnownContact,
  { group, store, now, today }: Context,
): Promise<Reasons> {
  const otherNumbers = otherNumbersOf(occasion, contact);
  const person = { ...personOf(occasion), otherNumbers };
  const [{ visits, sales, customerSince }, car] = await Promise.all([
    history.read(person, today),
    known ?? cars.read(person.vin),
  ]);
  return {
    history: {
      ...summarize({ visits, person, customerSince, today }),
      ...purchasesOf(car, sales, person),
      ...(otherNumbers.length === 0 ? {} : { otherNumbers }),
    },
    appointments: car.appointments,
    lookedUp: await lookUp({
      ...{ quote: occasion, knownValue: car.value, isAppraised: isAppraised(task, today), today, now },
      factMaxAgeDays: nudgePolicyOf(group, store).factMaxAgeDays,
    }),
  };
}

const remarksOf = ({ memory }: KnowingServices, occasion: Occasion, contact: KnownContact) =>
  memory.read({
    storeId: occasion.storeId,
    ...occasion.customer,
    otherNumbers: otherNumbersOf(occasion, contact),
  });

interface Found extends About {
  readonly contact: KnownContact;
  readonly history: Pick<HistorySummary, 'coBuyers'>;
  readonly remarks: readonly Remark[];
}

/** Circumstances elsewhere in the group that forbid a conversation. */
async function circumstancesOf(
  services: KnowingServices,
  { task, occasion, contact, history, remarks }: Found,
  context: Context,
): Promise<Circumstances> {
  const { storeId, customer } = occasion;
  const household = [...contact.numbers, ...(history.coBuyers ?? [])];
  const lastNudgedOn = await lastNudge(services, { task, occasion }, household, context);
  return {
    ...recall(remarks, occasion, context.store.timeZone),
    ...(wantsNoUpgrades(contact, storeId) ? { optedOut: true } : {}),
    ...(mayBeTalkedTo(withRefusals(customer, contact.refused)) ? {} : { noChannelLeft: true }),
    ...(lastNudgedOn === undefined ? {} : { lastNudgedOn }),
    ...(somebodyInSales(context, context.today) ? {} : { nobodyToReceive: true }),
  };
}

/** The last nudge about this customer or household at any store, not counting this order's own. */
async function lastNudge(
  { claims }: KnowingServices,
  { task, occasion }: About,
  numbers: readonly string[],
  { store }: Context,
): Promise<string | undefined> {
  const caps = numbers.flatMap((customerNumber) =>
    nudgeCaps.ofCustomer({ ...occasion, customer: { ...occasion.customer, customerNumber } }),
  );
  const held = await Promise.all(
    [...new Set(caps.map(({ what }) => what))].map((what) => claims.holders(what)),
  );
  const { storeId, roNumber } = occasion;
  const ownTask =
    roNumber === undefined ? undefined : taskIdOf('upgrade-conversation', storeId, [roNumber], task.use);
  const others = held.flat().filter((holder) => holder.taskId !== ownTask);
  const last = others
    .map((holder) => holder.at)
    .toSorted()
    .at(-1);
  return last && localDate(store.timeZone, last);
}

function somebodyInSales({ roster }: Context, today: string): boolean {
  const salesperson = roster.some((person) => person.role === 'salesperson' && isAtWork(person, today));
  const manager = findManager({ department: 'sales', roster, on: today });
  return salesperson || (manager !== undefined && worksFor(manager, 'sales'));
}
