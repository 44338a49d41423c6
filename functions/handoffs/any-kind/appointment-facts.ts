import type { Outcome } from '../../ledger/facts.ts';
import { type Appointment, BOOKED_BY_STAFF } from './appointments.ts';

interface Row {
  readonly outcome: Outcome;
  readonly key: string;
}

/** What the ledger keeps of appointments: booked, each time anew where it is moved, and the customer who did not come. */
export const appointmentFacts = (appointments: readonly Appointment[]): Row[] =>
  appointments.flatMap(({ appointmentNumber, status, startsAt, occurredAt: at }): Row[] => {
    const key = `${appointmentNumber}/${at}`;
    if (status === 'no-show') return [{ outcome: { what: 'no-show', at }, key }];
    if (status !== 'booked' || startsAt === undefined) return [];
    const by = appointmentNumber === BOOKED_BY_STAFF ? 'staff' : 'dms';
    return [{ outcome: { what: 'booked', at, by, startsAt }, key }];
  });
