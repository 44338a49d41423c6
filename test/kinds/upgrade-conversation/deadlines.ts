import { type KindDeadlines, orderVoided } from '../deadlines.ts';

export const upgradeConversation: KindDeadlines = {
  department: 'sales',
  limits: { acceptMinutes: 60, completeMinutes: 700 },
  subject: ({ storeId, number }) => ({ kind: 'upgrade-conversation', storeId, roNumber: number }),
  begins: { after: 'repair-options', by: 'open-to-looking' },
  closes: orderVoided,
  endsBy: 'not-ready',
  toldAfterUndo: [
    '2026-11-09 11:05 Tyrone Jackson is reminded to accept',
    '2026-11-09 13:00 Sheila Barnes hears that somebody is late to accept',
  ],
  toldAfterSnooze: [
    '2026-11-12 10:05 Tyrone Jackson is reminded to accept',
    '2026-11-12 13:00 Sheila Barnes hears that somebody is late to accept',
  ],
};
