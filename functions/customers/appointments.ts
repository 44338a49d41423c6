import * as z from 'zod';
import { compareVersions, type Received } from '../contracts/fact-version.ts';
import { type ReportedAppointment, reportedAppointment } from '../contracts/reported-appointment.ts';
import type { ServiceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../contracts/service-appointment-cancelled.ts';
import { type Card, carsOn } from './card.ts';
import { customerPlace, phonePlace } from './contact-places.ts';
import { emailLookUp, type LookUp, phoneLookUp } from './identity.ts';

/**
 * Appointments by whom they name: a phone booking often says the customer, and not the car. They are kept at that
 * customer until the car is known, because a wrong guess would prepare the wrong visit.
 */
const kept = z.object({
  report: reportedAppointment,
  /** The car that the report names, or that was found for it. */
  vin: z.string().optional(),
});

export const appointmentList = z.object({ reports: z.array(kept).default([]) });
export type AppointmentList = z.infer<typeof appointmentList>;

/** The appointments that name a customer by one of their numbers or addresses. */
export interface NamedAppointments {
  readonly named: NamedBy;
  readonly place: string;
  readonly list: AppointmentList;
}

/** More than a customer has in the time that the list is kept; of a fleet the latest are. */
const MOST = 24;

/** By what an appointment names its customer: the surest that it says. */
export type NamedBy =
  | { readonly by: 'number'; readonly storeId: string; readonly customerNumber: string }
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'phone'; readonly phone: string };

export function namedBy({
  storeId,
  customerNumber,
  email,
  phone,
}: Pick<ServiceAppointmentBooked, 'storeId' | 'customerNumber' | 'email' | 'phone'>): NamedBy | undefined {
  if (customerNumber !== undefined) return { by: 'number', storeId, customerNumber };
  if (email !== undefined) return { by: 'email', email };
  return phone === undefined ? undefined : { by: 'phone', phone };
}

interface Names {
  readonly storeId: string;
  readonly numbers: readonly string[];
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Everything by which an appointment may name a customer. */
export const namesOf = ({ storeId, numbers, email, phone }: Names): NamedBy[] => [
  ...numbers.map((customerNumber) => ({ by: 'number', storeId, customerNumber }) as const),
  ...(email === undefined ? [] : [{ by: 'email', email } as const]),
  ...(phone === undefined ? [] : [{ by: 'phone', phone } as const]),
];

/** Where the appointments of a customer are kept; undefined for a phone number that is too short to be one. */
export function placeOf(named: NamedBy): string | undefined {
  switch (named.by) {
    case 'number':
      return customerPlace(named.storeId, named.customerNumber);
    case 'email':
      return named.email;
    case 'phone':
      return phonePlace(named.phone);
  }
}

export function lookUpOf(named: Exclude<NamedBy, { by: 'number' }>): LookUp | undefined {
  return named.by === 'email' ? emailLookUp(named.email) : phoneLookUp(named.phone);
}

/** Without the address and the phone number, which only found the customer. */
export const bookingOf = ({
  email: _email,
  phone: _phone,
  ...detail
}: Received<ServiceAppointmentBooked>): ReportedAppointment => ({
  detailType: 'service-appointment-booked',
  detail,
});

export const cancellationOf = ({
  email: _email,
  phone: _phone,
  ...detail
}: Received<ServiceAppointmentCancelled>): ReportedAppointment => ({
  detailType: 'service-appointment-cancelled',
  detail,
});

const isOfAppointment = (a: ReportedAppointment, b: ReportedAppointment) =>
  a.detail.storeId === b.detail.storeId && a.detail.appointmentNumber === b.detail.appointmentNumber;

const isSame = (a: ReportedAppointment, b: ReportedAppointment) =>
  isOfAppointment(a, b) && compareVersions(a.detail, b.detail) === 0;

/** Every report once, in whatever order they come. */
export function withReport(known: AppointmentList, report: ReportedAppointment): AppointmentList {
  if (known.reports.some((one) => isSame(one.report, report))) return known;
  const { vin } = report.detail;
  return { reports: [...known.reports, { report, ...(vin === undefined ? {} : { vin }) }].slice(-MOST) };
}

/** All reports of two lists, each once; a car that one of them knows stays known. */
export function withReports(list: AppointmentList, other: AppointmentList): AppointmentList {
  if (other.reports.length === 0) return list;
  const added = other.reports.filter(({ report }) => !list.reports.some((one) => isSame(one.report, report)));
  const known = list.reports.map((one) => {
    const vin = one.vin ?? other.reports.find(({ report }) => isSame(report, one.report))?.vin;
    return { ...one, ...(vin === undefined ? {} : { vin }) };
  });
  return { reports: [...known, ...added].slice(-MOST) };
}

/** Whether the car of any appointment is not known. */
export const isWaiting = ({ reports }: AppointmentList): boolean =>
  reports.some(({ vin }) => vin === undefined);

export const isWaitingFor = ({ reports }: AppointmentList, report: ReportedAppointment): boolean =>
  reports.some((one) => one.vin === undefined && isSame(one.report, report));

/**
 * The reports whose car is known now: another report of the same appointment names it, or the customer has one car on the
 * day of the appointment. A customer with two is asked about by nobody: the DMS will say which.
 */
export const matchedBy = (list: AppointmentList, cards: readonly Card[]): ReportedAppointment[] =>
  list.reports
    .filter(({ vin }) => vin === undefined)
    .flatMap(({ report }) => {
      const vin = carNamed(list, report) ?? onlyCar(cards, dayOf(list, report));
      return vin === undefined ? [] : [withCar(report, vin, cards)];
    });

const carNamed = ({ reports }: AppointmentList, report: ReportedAppointment): string | undefined =>
  reports.findLast((one) => one.vin !== undefined && isOfAppointment(one.report, report))?.vin;

function onlyCar(cards: readonly Card[], day: string): string | undefined {
  const vins = new Set(cards.flatMap((card) => carsOn(card, day)).map(({ vin }) => vin));
  const [vin, ...others] = vins;
  return others.length === 0 ? vin : undefined;
}

/** The day of the appointment; of a cancellation that says none, the day that its booking says. */
function dayOf({ reports }: AppointmentList, report: ReportedAppointment): string {
  const booked = reports.flatMap(({ report: one }) =>
    one.detailType === 'service-appointment-booked' && isOfAppointment(one, report) ? [one.detail] : [],
  );
  const [latest] = booked.toSorted(compareVersions).toReversed();
  return (latest?.startsAt ?? report.detail.occurredAt).slice(0, 10);
}

function withCar(report: ReportedAppointment, vin: string, cards: readonly Card[]): ReportedAppointment {
  const { storeId } = report.detail;
  const holder = cards.find((one) => one.storeId === storeId && one.cars.some((car) => car.vin === vin));
  const customerNumber = report.detail.customerNumber ?? holder?.customerNumber;
  const found = { vin, ...(customerNumber === undefined ? {} : { customerNumber }) };
  return report.detailType === 'service-appointment-booked'
    ? { ...report, detail: { ...report.detail, ...found } }
    : { ...report, detail: { ...report.detail, ...found } };
}

/** Nothing waits for them any more. */
export const withMatched = (
  known: AppointmentList,
  matched: readonly ReportedAppointment[],
): AppointmentList => ({
  reports: known.reports.map((one) => {
    const found = matched.find((report) => isSame(report, one.report));
    return found ? { ...one, vin: one.vin ?? found.detail.vin } : one;
  }),
});
