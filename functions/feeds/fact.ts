import * as z from 'zod';
import { type NumberOf, namedFact } from '../contracts/named-fact.ts';
import { addMonths } from '../group/business-time.ts';
import { sortingAttributes } from '../group/hash.ts';
import type { Detail } from './map-record.ts';

/** What one record of a file states, with an id under which later files may state more. */
export interface FeedFact {
  /** The same for everything stated about one order, deal or appointment of a store. */
  readonly id: string;
  readonly detailType: string;
  readonly detail: Detail;
  readonly storeId: string;
  /** Since when the record has been like this, in UTC: of two versions the later one wins. */
  readonly asOf: string;
  /** The day of the visit, the delivery or the appointment. */
  readonly businessDate: string | undefined;
}

/** Events that follow each other about one number. Any other event is identified by the number of its own record. */
const numberOf: Readonly<Partial<Record<string, NumberOf>>> = {
  'vehicle-sold': 'deal',
  'deal-unwound': 'deal',
  'repair-quoted': 'RO',
  'repair-quote-high': 'RO',
  'service-visit-opened': 'RO',
  'service-visit-completed': 'RO',
  'repair-order-voided': 'RO',
  'repair-order-no-longer-open': 'RO',
  'service-appointment-booked': 'appointment',
  'service-appointment-cancelled': 'appointment',
};

const ends: readonly string[] = [
  'deal-unwound',
  'repair-order-voided',
  'repair-order-no-longer-open',
  'service-appointment-cancelled',
];
const quotes: readonly string[] = ['repair-quoted', 'repair-quote-high'];

/** Whether the event takes back what was stated earlier about the number. */
export const isEnd = ({ detailType }: FeedFact): boolean => ends.includes(detailType);
/** Whether the number is finished: nothing about it is open or still to come. */
export const isOver = (detailType: string | undefined): boolean =>
  detailType === 'service-visit-completed' || ends.includes(detailType ?? '');
export const isQuote = ({ detailType }: FeedFact): boolean => quotes.includes(detailType);
export const isSale = ({ detailType }: FeedFact): boolean => detailType === 'vehicle-sold';
export const isAppointment = ({ detailType }: FeedFact): boolean =>
  detailType === 'service-appointment-booked';

const days = z.looseObject({
  closedOn: z.string().optional().catch(undefined),
  deliveryOn: z.string().optional().catch(undefined),
  deliveryAt: z.string().optional().catch(undefined),
  startsAt: z.string().optional().catch(undefined),
});
const written = days.extend({ storeId: z.string(), occurredAt: z.string() });

export function feedFact(
  key: string,
  event: { readonly detailType: string; readonly detail: Detail },
): FeedFact {
  const { detailType, detail } = event;
  const { storeId, occurredAt, ...said } = written.parse(detail);
  const of = numberOf[detailType];
  const number = of === undefined ? undefined : namedFact(detail).number;
  const named = number === undefined ? [detailType, key] : [number.of, number.is];
  const [kind, is] = named;
  return {
    id: `${kind}#${storeId}#${is}`,
    ...{ detailType, detail, storeId },
    asOf: inUtc(occurredAt),
    businessDate: businessDateIn(said),
  };
}

/** The contract accepts it as an instant; one that `Date` cannot read is compared as text. */
function inUtc(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : at.toISOString();
}

/** The day of a visit or sale; undefined for anything else and for a day in the future. */
export function pastDayOf(detailType: string, detail: Detail, today: string): string | undefined {
  if (detailType !== 'service-visit-completed' && detailType !== 'vehicle-sold') return undefined;
  const day = businessDateIn(days.parse(detail));
  return day !== undefined && day <= today ? day : undefined;
}

const DATE = /^\d{4}-\d\d-\d\d/;

function businessDateIn({
  closedOn,
  deliveryOn,
  deliveryAt,
  startsAt,
}: z.infer<typeof days>): string | undefined {
  const [first] = [closedOn, deliveryOn, deliveryAt, startsAt].filter((one) => one !== undefined);
  return first === undefined ? undefined : DATE.exec(first)?.[0];
}

/** Two months longer than any rule looks back. */
const KNOWN_MONTHS = 26;

/**
 * Until when the last version sent is remembered. Counts from the record's own day, not from when a file last
 * contained it.
 */
export const knownUntil = ({ businessDate, asOf }: FeedFact): string =>
  addMonths(businessDate ?? asOf.slice(0, 10), KNOWN_MONTHS);

/**
 * The content by which two versions are compared, independent of the order of fields. When the record was read is
 * left out: the event's instant, its row, and the `asOf` of its facts. A top-level `asOf` counts: a guide's figure
 * with another date is a new statement.
 */
export function contentOf({ detailType, detail }: FeedFact): string {
  const { occurredAt, correlationId, asOf, ...content } = detail;
  return JSON.stringify([detailType, content, ...(asOf === undefined ? [] : [asOf])], comparable);
}

const comparable = (name: string, value: unknown): unknown =>
  name === 'asOf' ? undefined : sortingAttributes(name, value);
