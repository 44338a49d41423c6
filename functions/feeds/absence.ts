import { type FeedFact, isAppointment } from './fact.ts';
import type { Source } from './source.ts';

/** What a missing record means, for a file that lists everything that is open. */
export type Absence = NonNullable<Source['absence']>;

/** The events whose record may go missing, by what that means. */
export const openBy = {
  'order closed': ['repair-quoted', 'repair-quote-high'],
  'appointment cancelled': ['service-appointment-booked'],
} as const satisfies Record<Absence['means'], readonly string[]>;

/** From this many missing records on, the file may be incomplete. */
const SUSPICIOUS_FROM = 5;

export interface Absent {
  /** Records in the last file that still had them all. */
  readonly of: number;
  readonly gone: number;
}

export const isTooMuch = ({ gone, of }: Absent, { atMostPercent }: Absence): boolean =>
  gone >= SUSPICIOUS_FROM && gone * 100 > of * atMostPercent;

/** Whether the record should still be listed. An appointment leaves the list by itself once its time has come. */
export function isOpenAt(fact: FeedFact, { means }: Absence, at: string): boolean {
  const opening: readonly string[] = openBy[means];
  if (!opening.includes(fact.detailType)) return false;
  return !isAppointment(fact) || Date.parse(String(fact.detail['startsAt'])) > Date.parse(at);
}

/** The first file without the record. */
export interface GoneSince {
  readonly at: string;
  readonly fileName: string;
}

export function endOf(fact: FeedFact, { means }: Absence, { at, fileName }: GoneSince): FeedFact {
  const { storeId, id } = fact;
  const said = { version: 1, storeId, occurredAt: at, correlationId: `${fileName}#gone` };
  const ending = means === 'order closed' ? orderGone(fact) : appointmentGone(fact);
  return {
    ...{ id, storeId, asOf: at, businessDate: fact.businessDate },
    ...{ detailType: ending.detailType, detail: { ...said, ...ending.detail } },
  };
}

const orderGone = ({ detail: { roNumber } }: FeedFact) => ({
  detailType: 'repair-order-no-longer-open',
  detail: { roNumber },
});

/** Identifies the appointment by the car alone if possible, so that a customer who was erased since is not stored again. */
function appointmentGone({ detail }: FeedFact) {
  const { appointmentNumber } = detail;
  const [named = {}] = ['vin', 'customerNumber', 'email', 'phone'].flatMap((name) =>
    detail[name] === undefined ? [] : [{ [name]: detail[name] }],
  );
  return { detailType: 'service-appointment-cancelled', detail: { appointmentNumber, ...named } };
}
