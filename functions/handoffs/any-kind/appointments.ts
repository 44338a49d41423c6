import * as z from 'zod';
import { factVersion, isNewer, isRepeat, versionFields, versionOf } from '../../contracts/fact-version.ts';
import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import { addDays, localDate } from '../../group/business-time.ts';
import type { Group, Store } from '../../group/group.ts';

/**
 * The service appointments of a sold car, as its introduction and its first service know them: booked, moved and
 * cancelled, by the DMS or by staff. Updates may arrive in any order.
 */
export const appointment = z.object({
  appointmentNumber: z.string(),
  ...versionFields,
  status: z.enum(['booked', 'cancelled', 'no-show']),
  startsAt: z.string().optional(),
  durationMinutes: z.number().int().optional(),
  /** For a cancelled appointment: the booking that its time comes from. */
  booking: factVersion.optional(),
  /** Too early for the first service, so booked for something else. Recomputed when the due date changes. */
  otherWork: z.literal(true).optional(),
});
export type Appointment = z.infer<typeof appointment>;

/** The appointment number for a booking that staff enter by hand; each handoff has one such booking. */
export const BOOKED_BY_STAFF = 'staff';

/** The update from an event on the bus. */
export function appointmentFrom(reported: ReportedAppointment): Appointment {
  const version = { appointmentNumber: reported.detail.appointmentNumber, ...versionOf(reported.detail) };
  if (reported.detailType === 'service-appointment-cancelled')
    return { ...version, status: reported.detail.reason };
  const { startsAt, durationMinutes } = reported.detail;
  return { ...version, startsAt, durationMinutes, status: 'booked' };
}

/** The update when staff enter a time on a page, or take it back. */
export const bookingByStaff = (startsAt: string | undefined, now: string): Appointment => ({
  appointmentNumber: BOOKED_BY_STAFF,
  occurredAt: now,
  ...(startsAt === undefined ? { status: 'cancelled' } : { startsAt, status: 'booked' }),
});

/** More than anybody books for one first service. */
const APPOINTMENTS = 12;

interface Updated {
  readonly appointments: readonly Appointment[];
  /** The appointment before this update. */
  readonly known: Appointment | undefined;
  readonly merged: Appointment;
  /** Whether the update says nothing new to people, so that only its version is stored. */
  readonly isRepeat: boolean;
}

/** Applies an update: the latest one of each appointment wins, whatever the order of arrival. Undefined if nothing changes. */
export function withUpdate(before: readonly Appointment[], update: Appointment): Updated | undefined {
  const known = before.find(({ appointmentNumber }) => appointmentNumber === update.appointmentNumber);
  const merged = merge(known, update);
  if (merged === known) return undefined;
  const others = before.filter((one) => one !== known);
  const appointments = withoutStandIn([...others, merged]).slice(-APPOINTMENTS);
  return { appointments, known, merged, isRepeat: known !== undefined && !saysMore(update, known) };
}

/** False for an earlier version, the same one again, or a later one that changes nothing. */
const saysMore = (update: Appointment, known: Appointment): boolean =>
  isNewer(update, known) && !isRepeat(update, known) && !isSame(update, known);

const isSame = (one: Appointment, other: Appointment): boolean =>
  one.status === 'booked' &&
  one.status === other.status &&
  one.startsAt === other.startsAt &&
  one.durationMinutes === other.durationMinutes;

/** A cancellation does not name the time of its appointment: the newest booking does, whenever it arrives. */
function merge(known: Appointment | undefined, update: Appointment): Appointment {
  if (!known) return update;
  const booking = known.status === 'booked' ? versionOf(known) : known.booking;
  const { startsAt, durationMinutes } = known;
  if (isNewer(update, known)) {
    return update.status === 'booked' ? update : { startsAt, durationMinutes, booking, ...update };
  }
  if (known.status === 'booked' || update.status !== 'booked' || !isNewer(update, booking)) return known;
  const { startsAt: at, durationMinutes: minutes } = update;
  return { ...known, startsAt: at, durationMinutes: minutes, booking: versionOf(update) };
}

/**
 * A booking that staff entered stands in for the one in the DMS until the DMS reports it, by the same time or by a newer
 * booking. Otherwise the time that staff entered would remain after the customer moved the visit.
 */
function withoutStandIn(appointments: readonly Appointment[]): readonly Appointment[] {
  const standIn = appointments.find(({ appointmentNumber }) => appointmentNumber === BOOKED_BY_STAFF);
  const isKnownToDms = appointments.some(
    (one) =>
      one !== standIn &&
      one.status === 'booked' &&
      (one.startsAt === standIn?.startsAt || isNewer(one, standIn)),
  );
  return isKnownToDms ? appointments.filter((one) => one !== standIn) : appointments;
}

interface Rules {
  readonly group: Pick<Group, 'firstService'>;
  readonly store: Pick<Store, 'timeZone'>;
}

/**
 * Marks the appointments that are too early for the first service, by the currently known due date. A visit that staff entered
 * as the first one counts as such, however early it is.
 */
export function markOtherWork(
  appointments: readonly Appointment[],
  dueOn: string,
  { group, store }: Rules,
): Appointment[] {
  const from = addDays(dueOn, -group.firstService.countsFromDaysBefore);
  return appointments.map(({ otherWork: _before, ...one }): Appointment => {
    const { startsAt, appointmentNumber } = one;
    const isEarly = startsAt !== undefined && localDate(store.timeZone, startsAt) < from;
    return isEarly && appointmentNumber !== BOOKED_BY_STAFF ? { ...one, otherWork: true } : one;
  });
}

/** A booking with its time. */
export type Booking = Appointment & { readonly startsAt: string };

const isToCome =
  (now: string) =>
  (one: Appointment): one is Booking =>
    one.status === 'booked' && one.startsAt !== undefined && one.startsAt > now;

const toCome = (appointments: readonly Appointment[], now: string): readonly Booking[] =>
  appointments.filter(isToCome(now)).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));

/** The earliest booked appointment that is not over, for whatever work. */
export const nextAppointment = (appointments: readonly Appointment[], now: string): Booking | undefined =>
  toCome(appointments, now)[0];

/**
 * The booked appointments for the first service that are not over, earliest first. If staff entered one, it replaces those from
 * the DMS, even after its time has passed: it is only kept while it is newer than they are.
 */
export function visitsToCome(appointments: readonly Appointment[], now: string): readonly Booking[] {
  const visits = appointments.filter(({ otherWork }) => otherWork !== true);
  const byStaff = visits.filter(
    ({ appointmentNumber, status }) => appointmentNumber === BOOKED_BY_STAFF && status === 'booked',
  );
  return toCome(byStaff.length > 0 ? byStaff : visits, now);
}

export const nextVisit = (appointments: readonly Appointment[], now: string): Booking | undefined =>
  visitsToCome(appointments, now)[0];
