import { beginningOf, type KindDeadlines, orderVoided, sampleDetail } from '../deadlines.ts';

const sample = sampleDetail('repair-quote-high-new-customer');

export const repairOptions: KindDeadlines = {
  department: 'service',
  limits: { acceptMinutes: 45, completeMinutes: 240 },
  subject: ({ storeId, number }) => ({ kind: 'repair-options', storeId, roNumber: number }),
  begins: (quoted) => [
    'repair-quote-high',
    {
      ...sample,
      ...beginningOf(quoted),
      roNumber: quoted.number,
      salespersonNumber: quoted.seller,
    },
  ],
  closes: orderVoided,
  endsBy: 'repair-it',
  toldAfterUndo: [
    '2026-11-09 10:50 Nick Petrov is reminded to accept',
    '2026-11-09 13:00 Frank Castellano hears that somebody is late to accept',
  ],
};
