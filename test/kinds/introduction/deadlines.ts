import { beginningOf, type KindDeadlines, sampleDetail } from '../deadlines.ts';

const sample = sampleDetail('vehicle-sold');

export const introduction: KindDeadlines = {
  department: 'service',
  limits: { acceptMinutes: 120, completeMinutes: 960 },
  subject: ({ storeId, number }) => ({ kind: 'service-introduction', storeId, dealNumber: number }),
  begins: (sale) => [
    'vehicle-sold',
    {
      ...sample,
      ...beginningOf(sale),
      deliveryAt: sale.occurredAt,
      dealNumber: sale.number,
      salespeople: [{ employeeNumber: sale.seller }],
    },
  ],
  closes: ({ storeId, occurredAt, number }) => ['deal-unwound', { storeId, occurredAt, dealNumber: number }],
  endsBy: 'introduced-in-person',
  toldAfterUndo: [
    '2026-11-09 13:00 Nick Petrov is reminded to accept',
    '2026-11-09 18:00 Frank Castellano hears that somebody is late to accept',
  ],
};
