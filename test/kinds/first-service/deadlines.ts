import { beginningOf, carOf, customerOf, type KindDeadlines, sampleDetail, vinOf } from '../deadlines.ts';

const sample = sampleDetail('first-service-due');

export const firstService: KindDeadlines = {
  department: 'service',
  limits: { acceptMinutes: 480, completeMinutes: 1100 },
  subject: ({ storeId, number }) => ({
    kind: 'first-service-visit',
    storeId,
    vin: vinOf(number),
    customerNumber: number,
  }),
  begins: (due) => [
    'first-service-due',
    {
      ...sample,
      ...beginningOf(due),
      dueOn: due.occurredAt.slice(0, 10),
      salespersonNumber: due.seller,
    },
  ],
  closes: ({ storeId, occurredAt, number }) => [
    'service-visit-completed',
    {
      storeId,
      occurredAt,
      roNumber: `RO-${number}`,
      customer: customerOf(number),
      vehicle: carOf(number),
      closedOn: occurredAt.slice(0, 10),
      customerPayCents: 8900,
    },
  ],
  endsBy: 'customer-declined',
  toldAfterUndo: [
    '2026-11-09 18:05 Nick Petrov is reminded to accept',
    '2026-11-10 18:00 Frank Castellano hears that somebody is late to accept',
  ],
  toldAfterSnooze: [
    '2026-11-12 15:05 Nick Petrov is reminded to accept',
    '2026-11-13 13:00 Frank Castellano hears that somebody is late to accept',
  ],
};
