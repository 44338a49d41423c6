import { carOf, customerOf, type KindDeadlines } from '../deadlines.ts';

export const repairInstead: KindDeadlines = {
  department: 'service',
  limits: { acceptMinutes: 50, completeMinutes: 430 },
  subject: ({ storeId, number }) => ({ kind: 'repair-instead', storeId, customerNumber: number }),
  begins: ({ storeId, occurredAt, number, seller }) => [
    'shopper-needs-service',
    {
      ...{ storeId, occurredAt, salespersonNumber: seller },
      ...{ customer: customerOf(number), vehicle: carOf(number), needs: 'It shakes when I brake' },
    },
  ],
  closes: ({ storeId, occurredAt, number }) => [
    'service-visit-completed',
    {
      ...{ storeId, occurredAt, roNumber: `R-${number}`, closedOn: occurredAt.slice(0, 10) },
      ...{ customer: customerOf(number), vehicle: carOf(number), customerPayCents: 41_200 },
    },
  ],
  endsBy: 'fixed',
  typed: { work: 'New front rotors and pads' },
  toldAfterUndo: [
    '2026-11-09 10:55 Nick Petrov is reminded to accept',
    '2026-11-09 11:45 Frank Castellano hears that somebody is late to accept',
  ],
  toldAfterSnooze: [
    '2026-11-12 07:55 Nick Petrov is reminded to accept',
    '2026-11-12 08:45 Frank Castellano hears that somebody is late to accept',
  ],
};
