import { type KindDeadlines, orderVoided } from '../deadlines.ts';

export const appraisal: KindDeadlines = {
  department: 'sales',
  limits: { acceptMinutes: 30, completeMinutes: 35 },
  subject: ({ storeId, number }) => ({ kind: 'appraisal', storeId, roNumber: number }),
  begins: { after: 'repair-options', by: 'ask-for-appraisal' },
  closes: orderVoided,
  endsBy: 'appraised',
  typed: { amount: '9,200' },
  // Sheila manages Sales, so that the other manager hears of her.
  toldAfterUndo: [
    '2026-11-09 10:35 Sheila Barnes is reminded to accept',
    '2026-11-09 11:05 Frank Castellano hears that somebody is late to accept',
  ],
};
