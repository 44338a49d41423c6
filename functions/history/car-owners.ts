import * as z from 'zod';
import { compareVersions, storedFact } from '../contracts/fact-version.ts';
import { serviceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import { serviceAppointmentCancelled } from '../contracts/service-appointment-cancelled.ts';

/**
 * Who bought a car from the group, and whose first service is known: by VIN, because each store knows the same car
 * under a customer number and a deal of its own. Holds no name and no address.
 */
const owner = z.object({ storeId: z.string(), customerNumber: z.string() });
export type Owner = z.infer<typeof owner>;

const sale = owner.extend({ dealNumber: z.string(), soldAt: z.string() });
export type CarSale = z.infer<typeof sale>;

/** An appointment that no first service has taken: without a customer number, or of a car that another store sold. */
const waitingAppointment = z.discriminatedUnion('detailType', [
  z.object({
    detailType: z.literal('service-appointment-booked'),
    detail: storedFact(serviceAppointmentBooked.schema),
  }),
  z.object({
    detailType: z.literal('service-appointment-cancelled'),
    detail: storedFact(serviceAppointmentCancelled.schema),
  }),
]);
export type WaitingAppointment = z.infer<typeof waitingAppointment>;

export const carOwners = z.object({
  sales: z.array(sale).default([]),
  /** Owners with a first service of their own. */
  firstServices: z.array(owner).default([]),
  appointments: z.array(waitingAppointment).default([]),
});
export type CarOwners = z.infer<typeof carOwners>;

/** More owners than the group sells one car to. */
const MOST = 12;

const isOwner = (a: Owner, b: Owner) => a.storeId === b.storeId && a.customerNumber === b.customerNumber;

/** A deal as it stands. A corrected deal keeps the date on which it was made: only the car and the owner change. */
export function withSale(known: CarOwners, made: CarSale): CarOwners {
  const before = known.sales.find((one) => isOfDeal(one, made));
  const soldAt = before && before.soldAt < made.soldAt ? before.soldAt : made.soldAt;
  if (before && isOwner(before, made) && before.soldAt === soldAt) return known;
  const sales = [...known.sales.filter((one) => one !== before), { ...made, soldAt }];
  return { ...known, sales: sales.toSorted(bySale).slice(-MOST) };
}

/** A deal that was reversed, or turned out to be about another car. */
export function withoutSale(known: CarOwners, deal: Pick<CarSale, 'storeId' | 'dealNumber'>): CarOwners {
  const sales = known.sales.filter((one) => !isOfDeal(one, deal));
  return sales.length === known.sales.length ? known : { ...known, sales };
}

export function withFirstService(known: CarOwners, { storeId, customerNumber }: Owner): CarOwners {
  const added = { storeId, customerNumber };
  return known.firstServices.some((one) => isOwner(one, added))
    ? known
    : { ...known, firstServices: [...known.firstServices, added].slice(-MOST) };
}

/** Keeps every report once; which report of an appointment counts is decided by the handoff. */
export function withAppointment(known: CarOwners, added: WaitingAppointment): CarOwners {
  const { appointmentNumber } = added.detail;
  const isKept = known.appointments.some(
    ({ detail }) =>
      detail.appointmentNumber === appointmentNumber && compareVersions(detail, added.detail) === 0,
  );
  return isKept ? known : { ...known, appointments: [...known.appointments, added].slice(-MOST) };
}

/** Whether an appointment may be this owner's: a customer number counts only against the same store's. */
export const mayBeOf = ({ storeId, customerNumber }: WaitingAppointment['detail'], one: Owner): boolean =>
  customerNumber === undefined || storeId !== one.storeId || customerNumber === one.customerNumber;

const isOfDeal = (a: Pick<CarSale, 'storeId' | 'dealNumber'>, b: Pick<CarSale, 'storeId' | 'dealNumber'>) =>
  a.storeId === b.storeId && a.dealNumber === b.dealNumber;

const bySale = (a: CarSale, b: CarSale) => (a.soldAt < b.soldAt ? -1 : 1);

/** When this owner bought the car from the group. */
export const boughtAt = ({ sales }: CarOwners, one: Owner): string | undefined =>
  sales.findLast((made) => isOwner(made, one))?.soldAt;

/** The latest sale of the car to somebody else, after this owner bought it where that is known. */
export function soldOnBy(owners: CarOwners, one: Owner): CarSale | undefined {
  const { sales } = owners;
  const since = boughtAt(owners, one);
  return sales.findLast((made) => !isOwner(made, one) && (since === undefined || made.soldAt > since));
}

/** Everybody else whose first service of this car is known. */
export const otherOwners = ({ firstServices }: CarOwners, one: Owner): readonly Owner[] =>
  firstServices.filter((other) => !isOwner(other, one));
