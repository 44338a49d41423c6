import * as z from 'zod';
import { type NumberOf, namedFact } from '../contracts/named-fact.ts';
import { addMonths } from '../group/business-time.ts';
import { sortingAttributes } from '../group/hash.ts';
import type { Detail } from './map-record.ts';

/** What one record of a file says, under the number that later files say more under. */
export interface FeedFact {
  /** Equal for all that is said of one order, deal or appointment of a store. */
  readonly id: string;
  readonly detailType: string;
  readonly detail: Detail;
  readonly storeId: string;
  /** Since when the record is so, in UTC: of two versions the later wins. */
  readonly asOf: string;
  /** The day of the visit, the delivery or the appointment. */
  readonly businessDate: string | undefined;
}

/** Events that are told of one number, one after the other. Any other is known by the number that names its record. */
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

/** It takes back what was said of its number before. */
export const isEnd = ({ detailType }: FeedFact): boolean => ends.includes(detailType);
/** Nothing of its number is open any more, or still to come. */
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

/** The contract has read it as an instant; what only it can read sorts before every other. */
function inUtc(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : at.toISOString();
}

/** The day of a visit or a sale; undefined for anything else, and what is still to come. */
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

/** Two months longer than anything looks back. */
const KNOWN_MONTHS = 26;

/** Until when it is known what was sent of a fact: by its own day, never by when a file last had it. */
export const knownUntil = ({ businessDate, asOf }: FeedFact): string =>
  addMonths(businessDate ?? asOf.slice(0, 10), KNOWN_MONTHS);

/**
 * What is compared of two versions, the same for the same content whatever the order of its fields. When a record was
 * read is left out: the instant of the event, its row, and as of when it knows a thing. A record that is itself about a
 * date, as a guide's figure is, says something new with another one.
 */
export function contentOf({ detailType, detail }: FeedFact): string {
  const { occurredAt, correlationId, asOf, ...content } = detail;
  return JSON.stringify([detailType, content, ...(asOf === undefined ? [] : [asOf])], comparable);
}

const comparable = (name: string, value: unknown): unknown =>
  name === 'asOf' ? undefined : sortingAttributes(name, value);
