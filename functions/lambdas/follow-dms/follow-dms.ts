import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import { type Received, versionOf } from '../../contracts/fact-version.ts';
import type { RepairOrderNoLongerOpen } from '../../contracts/repair-order-no-longer-open.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import type { ServiceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import type { ServiceAppointmentMatched } from '../../contracts/service-appointment-matched.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { bookingOf, cancellationOf } from '../../customers/appointments.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { daysBetween } from '../../group/business-time.ts';
import type { DmsFact } from '../../handoff/dms-fact.ts';
import { followFirstVisit } from '../../handoffs/any-kind/follow-first-visit.ts';
import { customerOf, everyKind, taskIdsOfCustomer, vehicleOf } from '../../handoffs/kinds.ts';
import { noteOf, reportsOf } from '../../history/appointments-ahead.ts';
import {
  type CarOwners,
  isOwner,
  mayBeOf,
  type Owner,
  otherOwners,
  withAppointment,
} from '../../history/car-owners.ts';
import type { AppointmentsAhead, Cars, HistoryStore } from '../../history/ports.ts';
import { visitFrom } from '../../history/visits.ts';
import { contextOf, decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import { numbersAmong } from '../../outbox/numbers-among.ts';

export interface FollowServices extends Services {
  readonly history: HistoryStore;
  readonly cars: Cars;
  readonly ahead: AppointmentsAhead;
}

interface Followed {
  readonly outcomes: readonly string[];
  /** True if a handoff was found that knows its car; false if the fact was only kept for later. */
  readonly isFound: boolean;
}

/**
 * Handles a fact that may concern several handoffs: each kind that follows it is asked in the order of the registry,
 * and each task is decided and delivered separately. A redelivered fact completes whatever was left undone.
 */
async function followEach(services: Services, fact: DmsFact): Promise<Followed> {
  const outcomes: string[] = [];
  let isFound = false;
  let { vin, customerNumber, use } = fact;
  for (const kind of everyKind) {
    const followed = kind.follow({ ...fact, vin, customerNumber, use });
    if (!followed) continue;
    const { outcome, task } = await decideAndDeliver(services, { storeId: fact.storeId, ...followed });
    outcomes.push(outcome);
    isFound ||= vehicleOf(task) !== undefined;
    vin ??= vehicleOf(task)?.vin;
    customerNumber ??= customerOf(task)?.customerNumber;
    use ??= task.use;
  }
  return { outcomes, isFound };
}

const follow = async (services: Services, fact: DmsFact): Promise<string> =>
  (await followEach(services, fact)).outcomes.join(', ');

export const followBooked = (
  services: FollowServices,
  detail: Received<ServiceAppointmentBooked>,
): Promise<string> => followAppointment(services, bookingOf(detail));

export const followAppointmentCancelled = (
  services: FollowServices,
  detail: Received<ServiceAppointmentCancelled>,
): Promise<string> => followAppointment(services, cancellationOf(detail));

/** The event that matches an appointment without a car to a car: handled as if the appointment had named that car. */
export const followAppointmentMatched = (
  services: FollowServices,
  { appointment }: ServiceAppointmentMatched,
): Promise<string> => followAppointment(services, appointment);

/**
 * Finds the handoff by the store's customer number, else by the car: a phone booking has no number, and the customer
 * of a car that another store sold has a different one. An appointment that names no car is matched by
 * `keep-customers`. It is stored with the car before the search, so that a first service that arrives later, or at
 * this moment, finds it there.
 */
async function followAppointment(services: FollowServices, waiting: ReportedAppointment): Promise<string> {
  const { storeId, vin, customerNumber } = waiting.detail;
  const { today, store } = await contextOf(services, storeId);
  if (vin === undefined) return 'car-not-named';
  const here = await followEach(services, { ...waiting, storeId, vin, customerNumber });
  if (isStandIn(vin)) return here.outcomes.join(', ');
  const owners = await services.cars.change(vin, (known) => withAppointment(known, waiting));
  const note = noteOf(waiting.detail, { vin, owners }, { today, timeZone: store.timeZone });
  if (note) await services.ahead.note(note);
  const outcomes = here.isFound
    ? here.outcomes
    : [...here.outcomes, ...(await followByCar(services, waiting, { vin, owners }))];
  const shown = await followFirstVisit(services, waiting, await services.cars.read(vin));
  const changed = await followChanged(services, waiting, owners);
  return [...outcomes, ...shown, ...changed].join(', ') || 'kept-for-later';
}

/**
 * Handles what was asked about an appointment that is moved or cancelled. About one reported for the first time,
 * nothing can have been asked.
 */
async function followChanged(
  services: FollowServices,
  waiting: ReportedAppointment,
  { appointments }: CarOwners,
): Promise<string[]> {
  const { storeId, appointmentNumber, vin, customerNumber } = waiting.detail;
  if (reportsOf(appointments, { storeId, appointmentNumber }).length < 2) return [];
  const { startsAt } = waiting.detailType === 'service-appointment-booked' ? waiting.detail : {};
  const detail = { ...versionOf(waiting.detail), appointmentNumber, startsAt };
  return [
    await follow(services, {
      detailType: 'service-appointment-changed',
      ...{ storeId, detail, vin, customerNumber },
    }),
  ];
}

async function followByCar(
  services: FollowServices,
  waiting: ReportedAppointment,
  { vin, owners }: { readonly vin: string; readonly owners: CarOwners },
): Promise<string[]> {
  const { storeId, customerNumber } = waiting.detail;
  const outcomes: string[] = [];
  const numbers =
    customerNumber === undefined
      ? []
      : await numbersAmong(services, owners.firstServices, { storeId, customerNumber });
  const isMerged = (one: Owner) => one.storeId === storeId && numbers.includes(one.customerNumber);
  for (const owner of owners.firstServices.filter((one) => isMerged(one) || mayBeOf(waiting.detail, one))) {
    outcomes.push(await follow(services, { ...waiting, ...owner, vin }));
  }
  return outcomes;
}

export async function followVisit(
  services: FollowServices,
  detail: Received<ServiceVisitCompleted>,
): Promise<string> {
  const { storeId, vehicle, customer } = detail;
  const { today, group } = await contextOf(services, storeId);
  await keepNoContact(services, detail);
  const { counts } = await services.history.record(visitFrom(detail));
  if (!counts) return 'voided-before';
  if (daysBetween(detail.closedOn, today) > group.actOnFactsOfDays) return 'kept-for-history';
  const { customerNumber } = customer;
  const { vin } = vehicle;
  const here = await follow(services, {
    ...{ storeId, detail, vin, customerNumber },
    detailType: 'service-visit-completed',
  });
  if (isStandIn(vin)) return here;
  const elsewhere = { detailType: 'service-visit-elsewhere', detail } as const;
  const car = await services.cars.readVisited(vin);
  const others = await followOthers(services, elsewhere, otherOwners(car, { storeId, customerNumber }), vin);
  const awaited = { detailType: 'service-visit-awaited', detail, vin } as const;
  const asked = await followAsked(services, awaited, { storeId, customerNumber }, car);
  return [here, ...others, ...asked].join(', ');
}

type FactAwaited = {
  [DetailType in DmsFact['detailType']]: DetailType extends `${string}-awaited`
    ? Pick<Extract<DmsFact, { detailType: DetailType }>, 'detailType' | 'detail' | 'vin'>
    : never;
}[DmsFact['detailType']];

type MaybeNumbered = Partial<Owner> & Pick<Owner, 'storeId'>;

/**
 * Follows the handoffs that Sales started for this car. Where Sales had no VIN, it follows the customer's latest
 * visit, found by the customer number that the store uses.
 */
async function followAsked(
  services: FollowServices,
  fact: FactAwaited,
  customer: MaybeNumbered,
  { awaited }: Pick<CarOwners, 'awaited'>,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (const one of [...awaited, ...(await numbered(services, customer, awaited))])
    outcomes.push(await follow(services, { ...fact, ...one }));
  return outcomes;
}

/** The customer's latest visit, unless it was found by the car. */
async function numbered(
  { tasks }: FollowServices,
  { storeId, customerNumber }: MaybeNumbered,
  awaited: CarOwners['awaited'],
): Promise<CarOwners['awaited']> {
  if (customerNumber === undefined || isStandIn(customerNumber)) return [];
  const isKnown = async (use: number): Promise<boolean> => {
    const ids = taskIdsOfCustomer(storeId, customerNumber, use);
    return (await Promise.all(ids.map((id) => tasks.read(id)))).some((task) => task !== undefined);
  };
  let last = 0;
  while (await isKnown(last + 1)) last += 1;
  const byCar = awaited.some((one) => isOwner(one, { storeId, customerNumber }) && (one.use ?? 1) === last);
  return last === 0 || byCar ? [] : [{ storeId, customerNumber, use: last }];
}

type FactElsewhere = {
  [DetailType in DmsFact['detailType']]: DetailType extends `${string}-elsewhere`
    ? Pick<Extract<DmsFact, { detailType: DetailType }>, 'detailType' | 'detail'>
    : never;
}[DmsFact['detailType']];

/** Follows the first services of the same car at other stores, or of other customers. */
async function followOthers(
  services: FollowServices,
  fact: FactElsewhere,
  owners: readonly Owner[],
  vin: string,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (const owner of owners) outcomes.push(await follow(services, { ...fact, ...owner, vin }));
  return outcomes;
}

export async function followOrderVoided(
  services: FollowServices,
  detail: Received<RepairOrderVoided>,
): Promise<string> {
  const { storeId, roNumber } = detail;
  const order = await services.history.void(storeId, roNumber, versionOf(detail));
  const { vin, customerNumber } = order ?? {};
  const here = await follow(services, {
    detailType: 'repair-order-voided',
    storeId,
    detail,
    vin,
    customerNumber,
  });
  if (!order || isStandIn(order.vin)) return here;
  const elsewhere = { detailType: 'repair-order-voided-elsewhere', detail } as const;
  const car = await services.cars.readVisited(order.vin);
  const others = await followOthers(services, elsewhere, otherOwners(car, order), order.vin);
  const awaited = { detailType: 'repair-order-voided-awaited', detail, vin } as const;
  return [here, ...others, ...(await followAsked(services, awaited, order, car))].join(', ');
}

/** A list of open orders does not say what was done, so nothing is added to the service history. */
export const followOrderGone = (
  services: Services,
  detail: Received<RepairOrderNoLongerOpen>,
): Promise<string> =>
  follow(services, {
    detailType: 'repair-order-no-longer-open',
    ...{ storeId: detail.storeId, detail, vin: undefined, customerNumber: undefined },
  });

export const followUnwound = (services: Services, detail: Received<DealUnwound>): Promise<string> => {
  const { storeId, vin, customerNumber } = detail;
  return follow(services, { detailType: 'deal-unwound', storeId, detail, vin, customerNumber });
};
