import type { Outcome } from '../../ledger/facts.ts';
import { type Appointment, BOOKED_BY_STAFF } from './appointments.ts';

interface Row {
  readonly outcome: Outcome;
  readonly key: string;
}

/** The ledger's facts about appointments: each booking, again whenever it is moved, and each no-show. */
export const appointmentFacts = (appointments: readonly Appointment[]): Row[] =>
  appointments.flatMap(({ appointmentNumber, status, startsAt, occurredAt: at }): Row[] => {
    const key = `${appointmentNumber}/${at}`;
    if (status === 'no-show') return [{ outcome: { what: 'no-show', at }, key }];
    if (status !== 'booked' || startsAt === undefined) return [];
    const by = appointmentNumber === BOOKED_BY_STAFF ? 'staff' : 'dms';
    return [{ outcome: { what: 'booked', at, by, startsAt }, key }];
  });
