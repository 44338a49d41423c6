import * as z from 'zod';
import { compareVersions, type Received } from '../contracts/fact-version.ts';
import { type ReportedAppointment, reportedAppointment } from '../contracts/reported-appointment.ts';
import type { ServiceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../contracts/service-appointment-cancelled.ts';
import { type Card, carsOn } from './card.ts';
import { customerPlace, phonePlace } from './contact-places.ts';
import { emailLookUp, type LookUp, phoneLookUp } from './identity.ts';

/**
 * Appointments by the customer whom they name: a phone booking often names the customer but not the car. They are stored with
 * that customer until the car is known, because a wrong guess would prepare the wrong visit.
 */
const kept = z.object({
  report: reportedAppointment,
  /** The car that the report names, or that was found for the report. */
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

/** More than a customer has while the list is kept; for a fleet, the latest are kept. */
const MOST = 24;

/** How an appointment names its customer: by the most reliable identifier that it has. */
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

/** Every identifier by which an appointment may name this customer. */
export const namesOf = ({ storeId, numbers, email, phone }: Names): NamedBy[] => [
  ...numbers.map((customerNumber) => ({ by: 'number', storeId, customerNumber }) as const),
  ...(email === undefined ? [] : [{ by: 'email', email } as const]),
  ...(phone === undefined ? [] : [{ by: 'phone', phone } as const]),
];

/** The key under which a customer's appointments are stored; undefined for a phone number that is too short to be one. */
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

/** The booking without the email address and phone number, which only served to find the customer. */
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

/** Adds a report. The list has each report once, in whatever order they arrive. */
export function withReport(known: AppointmentList, report: ReportedAppointment): AppointmentList {
  if (known.reports.some((one) => isSame(one.report, report))) return known;
  const { vin } = report.detail;
  return { reports: [...known.reports, { report, ...(vin === undefined ? {} : { vin }) }].slice(-MOST) };
}

/** All reports of both lists, each once; a car that is known in one of them stays known. */
export function withReports(list: AppointmentList, other: AppointmentList): AppointmentList {
  if (other.reports.length === 0) return list;
  const added = other.reports.filter(({ report }) => !list.reports.some((one) => isSame(one.report, report)));
  const known = list.reports.map((one) => {
    const vin = one.vin ?? other.reports.find(({ report }) => isSame(report, one.report))?.vin;
    return { ...one, ...(vin === undefined ? {} : { vin }) };
  });
  return { reports: [...known, ...added].slice(-MOST) };
}

/** Whether an appointment still has no known car. */
export const isWaiting = ({ reports }: AppointmentList): boolean =>
  reports.some(({ vin }) => vin === undefined);

export const isWaitingFor = ({ reports }: AppointmentList, report: ReportedAppointment): boolean =>
  reports.some((one) => one.vin === undefined && isSame(one.report, report));

/**
 * The reports whose car has become known: another report of the same appointment names it, or the customer has only one car on
 * the day of the appointment. Nobody is asked about a customer with two cars: the DMS will say which one it is.
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

/** The day of the appointment. For a cancellation without a date, the day of its booking. */
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

/** Marks matched reports as having a car, so that they no longer wait for one. */
export const withMatched = (
  known: AppointmentList,
  matched: readonly ReportedAppointment[],
): AppointmentList => ({
  reports: known.reports.map((one) => {
    const found = matched.find((report) => isSame(report, one.report));
    return found ? { ...one, vin: one.vin ?? found.detail.vin } : one;
  }),
});
