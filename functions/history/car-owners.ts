import * as z from 'zod';
import { compareVersions } from '../contracts/fact-version.ts';
import { type ReportedAppointment, reportedAppointment } from '../contracts/reported-appointment.ts';
import type { CarValue } from '../enrich/car-value.ts';
import type { LocalDate } from '../group/business-time.ts';
import { bySale, type PlacedSale, type Sale } from './sales.ts';
import { numbersOf, type Person } from './visits.ts';

/**
 * Who bought a car from the group, and whose first service is known: by VIN, because each store knows the same car under its
 * own customer number and deal. Holds no name and no address.
 */
const owner = z.object({ storeId: z.string(), customerNumber: z.string() });
export type Owner = z.infer<typeof owner>;

/** A sale as stored in the car owners' item by a release that had no history of sales. */
const formerSale = owner.extend({ dealNumber: z.string(), soldAt: z.string() });

export const carOwners = z.object({
  /** Owners with a first service of their own. */
  firstServices: z.array(owner).default([]),
  /** Recent reports of the car's appointments, for a sale or a first service that becomes known, or known again, only later. */
  appointments: z.array(reportedAppointment).default([]),
  sales: z.array(formerSale).default([]),
  /** Owners whose car Sales sent to Service; their handoff waits for the closed order. */
  awaited: z.array(owner.extend({ use: z.number().int().optional() })).default([]),
});
export type CarOwners = z.infer<typeof carOwners>;

/** Who bought the car from the group, oldest first. */
type CarSale = Owner &
  Pick<Sale, 'dealNumber' | 'soldOn'> &
  Partial<Pick<PlacedSale, 'dealType' | 'isTradeIn'>>;

/** The owners of a car, and the sales that made them owners. */
export type KnownCar = Omit<CarOwners, 'sales'> & {
  readonly sales: readonly CarSale[];
  /** The value from a price guide. */
  readonly value?: CarValue;
};

/** A sale in the history replaces what an earlier release stored for the same deal. */
export function knownCar({ sales: former, ...owners }: CarOwners, sales: readonly PlacedSale[]): KnownCar {
  const older = former
    .filter((one) => !sales.some((made) => isOfDeal(one, made)))
    .map((one) => ({ ...one, soldOn: one.soldAt.slice(0, 10), occurredAt: one.soldAt }));
  const standing = sales.filter(({ takenBack }) => takenBack !== true);
  return { ...owners, sales: [...older, ...standing].toSorted(bySale) };
}

/** More owners than the group sells one car to. */
const MOST = 12;

export const isOwner = (a: Owner, b: Owner) =>
  a.storeId === b.storeId && a.customerNumber === b.customerNumber;

/**
 * The record without one owner, who is to be forgotten; the other owners' entries stay. Appointments that name nobody go, too,
 * because they may be this owner's.
 */
export function withoutOwner(known: CarOwners, one: Owner): CarOwners {
  const isTheirs = ({ storeId, customerNumber }: { storeId: string; customerNumber?: string | undefined }) =>
    storeId === one.storeId && (customerNumber === undefined || customerNumber === one.customerNumber);
  return {
    firstServices: known.firstServices.filter((other) => !isTheirs(other)),
    appointments: known.appointments.filter(({ detail }) => !isTheirs(detail)),
    sales: known.sales.filter((made) => !isTheirs(made)),
    awaited: known.awaited.filter((other) => !isTheirs(other)),
  };
}

/** Whether the record is empty. */
export const isUnknownCar = ({ firstServices, appointments, sales, awaited }: CarOwners): boolean =>
  [firstServices, appointments, sales, awaited].every(({ length }) => length === 0);

export type AwaitedCar = CarOwners['awaited'][number];

/** Adding the same again changes nothing. A later visit of the same customer replaces the earlier one. */
export function withAwaited(known: CarOwners, { storeId, customerNumber, use }: AwaitedCar): CarOwners {
  const added = { storeId, customerNumber, ...(use === undefined ? {} : { use }) };
  const theirs = known.awaited.find((one) => isOwner(one, added));
  if (theirs && (theirs.use ?? 1) >= (use ?? 1)) return known;
  const others = known.awaited.filter((one) => one !== theirs);
  return { ...known, awaited: [...others, added].slice(-MOST) };
}

export function withFirstService(known: CarOwners, { storeId, customerNumber }: Owner): CarOwners {
  const added = { storeId, customerNumber };
  return known.firstServices.some((one) => isOwner(one, added))
    ? known
    : { ...known, firstServices: [...known.firstServices, added].slice(-MOST) };
}

/** Stores every report once; the handoff decides which report of an appointment counts. */
export function withAppointment(known: CarOwners, added: ReportedAppointment): CarOwners {
  const { appointmentNumber } = added.detail;
  const isKept = known.appointments.some(
    ({ detail }) =>
      detail.appointmentNumber === appointmentNumber && compareVersions(detail, added.detail) === 0,
  );
  return isKept ? known : { ...known, appointments: [...known.appointments, added].slice(-MOST) };
}

/**
 * Whether an appointment may be that of this owner, whom the store knows by these numbers. Other stores' numbers mean nothing
 * here.
 */
export const mayBeOf = (
  { storeId, customerNumber }: ReportedAppointment['detail'],
  one: Owner,
  numbers: readonly string[] = [one.customerNumber],
): boolean => customerNumber === undefined || storeId !== one.storeId || numbers.includes(customerNumber);

type Deal = Pick<CarSale, 'storeId' | 'dealNumber'>;
const isOfDeal = (a: Deal, b: Deal) => a.storeId === b.storeId && a.dealNumber === b.dealNumber;

/** The day on which this owner bought the car from the group. */
export const boughtOn = ({ sales }: Pick<KnownCar, 'sales'>, isTheirs: IsTheirs): LocalDate | undefined =>
  sales.findLast((made) => madeOwner(made, isTheirs))?.soldOn;

/** Whether an owner is this customer, who may have several numbers at several stores. */
export type IsTheirs = (owner: Owner) => boolean;

const madeOwner = (made: CarSale, isTheirs: IsTheirs) => made.isTradeIn !== true && isTheirs(made);

/** The latest day, after this owner bought the car, on which they traded it in or somebody else bought it. */
export function soldOnBy({ sales }: Pick<KnownCar, 'sales'>, isTheirs: IsTheirs): LocalDate | undefined {
  const since = sales.slice(sales.findLastIndex((made) => madeOwner(made, isTheirs)) + 1);
  return since.findLast((made) => (made.isTradeIn === true) === isTheirs(made))?.soldOn;
}

/** Whether the deal made somebody else the owner, because it was corrected to another customer. */
export const isDealOfOthers = (
  { sales }: Pick<KnownCar, 'sales'>,
  { storeId, dealNumber }: { readonly storeId: string; readonly dealNumber?: string | undefined },
  isTheirs: IsTheirs,
): boolean =>
  sales.some(
    (made) =>
      made.isTradeIn !== true &&
      made.storeId === storeId &&
      made.dealNumber === dealNumber &&
      !isTheirs(made),
  );

/** Everybody else whose first service of this car is known. */
export const otherOwners = (
  { firstServices }: Pick<CarOwners, 'firstServices'>,
  one: Owner,
): readonly Owner[] => firstServices.filter((other) => !isOwner(other, one));

/** What the group sold to a customer, for the assessment. */
export interface Purchases {
  /** The last purchase by the customer, or of the car by anybody: the driver of a new car needs no other one either. */
  readonly lastBoughtOn?: LocalDate;
  /** When the customer bought this very car, if nobody bought it after them. */
  readonly carBoughtOn?: LocalDate;
  readonly isLeased?: boolean;
  /** Numbers at the store of customers who bought a car together with this customer: one household. */
  readonly coBuyers?: string[];
}

const isOfPerson = (made: CarSale, person: Person) =>
  made.storeId === person.storeId && numbersOf(person).includes(made.customerNumber);

export function purchasesOf(
  { sales }: KnownCar,
  toCustomer: readonly PlacedSale[],
  person: Person,
): Purchases {
  const bought = toCustomer.filter(({ takenBack }) => takenBack !== true);
  const lastBoughtOn = [...sales.filter(({ isTradeIn }) => isTradeIn !== true), ...bought]
    .map(({ soldOn }) => soldOn)
    .toSorted()
    .at(-1);
  const last = sales.at(-1);
  const isTheirCar = last !== undefined && last.isTradeIn !== true && isOfPerson(last, person);
  const coBuyers = [...new Set(bought.flatMap(({ coBuyerNumber }) => coBuyerNumber ?? []))].filter(
    (number) => !numbersOf(person).includes(number),
  );
  return {
    ...(lastBoughtOn !== undefined && { lastBoughtOn }),
    ...(isTheirCar && { carBoughtOn: last.soldOn, isLeased: last.dealType === 'lease' }),
    ...(coBuyers.length > 0 && { coBuyers }),
  };
}
