import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TaskKind, TaskSubject } from '../../functions/handoffs/kinds.ts';

/** What the tests of reminders and escalations know of a kind, worked out on paper and not read from the product. */
export interface KindDeadlines {
  /** Whose opening hours count. */
  readonly department: 'service' | 'sales';
  /** In opening minutes. Each kind has its own, so that no limit is taken for another. */
  readonly limits: { readonly acceptMinutes: number; readonly completeMinutes: number };
  readonly subject: (of: Pick<Happening, 'storeId' | 'number'>) => TaskSubject;
  /** The dealer system's event, or a choice on a handoff of another kind about the same number. */
  readonly begins: Fact | { readonly after: TaskKind; readonly by: string };
  /** The dealer system says that there is nothing left to do. */
  readonly closes: Fact;
  /** A choice that ends it. */
  readonly endsBy: string;
  /** What is typed with it. */
  readonly typed?: Readonly<Record<string, string>>;
  /**
   * What people in New York hear where it is offered on Monday 2026-11-09 at 10:03, ended at 10:23 and taken back at
   * 10:33.
   */
  readonly toldAfterUndo: readonly string[];
  /** The same, where it is snoozed at 10:23 until Thursday; only for a kind that can be. */
  readonly toldAfterSnooze?: readonly string[];
}

/** Makes an event of what happens at a store. */
export type Fact = (happening: Happening) => readonly [detailType: string, detail: object];

export interface Happening {
  readonly storeId: string;
  readonly advisor: string;
  readonly seller: string;
  /** Of the deal, the customer or the repair order. */
  readonly number: string;
  readonly occurredAt: string;
}

/** A car for each number: a car that is sold again ends the former owner's handoffs. */
export const vinOf = (number: string) =>
  `4S4BTGND8V3${createHash('sha256').update(number).digest('hex').slice(0, 6).toUpperCase()}`;
export const carOf = (number: string) => ({
  vin: vinOf(number),
  year: 2027,
  make: 'Subaru',
  model: 'Outback',
  odometerMiles: 14,
});

export const customerOf = (number: string) => ({
  customerNumber: number,
  firstName: 'Kim',
  lastName: `No ${number}`,
  email: `kim.${number}@example.com`,
});

/** What every event that begins a handoff carries. */
export const beginningOf = ({ storeId, occurredAt, number, advisor }: Happening) => ({
  storeId,
  occurredAt,
  customer: customerOf(number),
  vehicle: carOf(number),
  serviceAdvisorNumber: advisor,
});

export const sampleDetail = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8')).detail;

export const orderVoided: Fact = ({ storeId, occurredAt, number }) => [
  'repair-order-voided',
  { storeId, occurredAt, roNumber: number },
];
