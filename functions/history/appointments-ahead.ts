import * as z from 'zod';
import { compareVersions } from '../contracts/fact-version.ts';
import { type LocalDate, localDate } from '../group/business-time.ts';
import type { CarOwners } from './car-owners.ts';

/**
 * An index of the cars that are booked into Service on a day. A moved or cancelled booking leaves its old entry behind; when
 * the day comes near, the car's own record decides.
 */
export const appointmentNote = z.object({
  storeId: z.string(),
  appointmentNumber: z.string(),
  vin: z.string(),
  /** Left out if the booking names only the car. */
  customerNumber: z.string().optional(),
  /** The store's date of the appointment. */
  on: z.string(),
  startsAt: z.string(),
});
export type AppointmentNote = z.infer<typeof appointmentNote>;

type AppointmentId = Pick<AppointmentNote, 'storeId' | 'appointmentNumber'>;
type Reports = CarOwners['appointments'];
type Booked = Extract<Reports[number], { detailType: 'service-appointment-booked' }>['detail'];

/** The known reports of one appointment, oldest first. */
export const reportsOf = (reports: Reports, { storeId, appointmentNumber }: AppointmentId): Reports =>
  reports
    .filter(({ detail }) => detail.storeId === storeId && detail.appointmentNumber === appointmentNumber)
    .toSorted((one, other) => compareVersions(one.detail, other.detail));

/** An appointment by its latest report, in whatever order they arrived; undefined once it is cancelled. */
export function currentBooking(reports: Reports, id: AppointmentId): Booked | undefined {
  const latest = reportsOf(reports, id).at(-1);
  return latest?.detailType === 'service-appointment-booked' ? latest.detail : undefined;
}

interface Known {
  readonly vin: string;
  readonly owners: Pick<CarOwners, 'appointments'>;
}

interface Today {
  readonly today: LocalDate;
  readonly timeZone: string;
}

/** The index entry for an appointment after a report; undefined if it is cancelled, or its day has begun. */
export function noteOf(
  { storeId, appointmentNumber }: AppointmentId,
  { vin, owners }: Known,
  { today, timeZone }: Today,
): AppointmentNote | undefined {
  const booked = currentBooking(owners.appointments, { storeId, appointmentNumber });
  if (!booked) return undefined;
  const { customerNumber, startsAt } = booked;
  const on = localDate(timeZone, startsAt);
  if (on <= today) return undefined;
  return {
    ...{ storeId, appointmentNumber, vin, on, startsAt },
    ...(customerNumber === undefined ? {} : { customerNumber }),
  };
}
