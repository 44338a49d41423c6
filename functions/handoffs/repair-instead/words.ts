import { words } from '../../mail/words.ts';
import type { Fact } from '../../pages/parts.ts';
import type { Shown } from '../../pages/shown.ts';
import { defineWords } from '../any-kind/kind-words.ts';
import { repairInstead } from './kind.ts';
import { reportRows, showsAmounts, visitRows } from './repair-words.ts';
import { notes, type RepairInstead } from './task.ts';

export const repairInsteadWords = defineWords<RepairInstead>(repairInstead, {
  name: 'Repair instead of replace',
  topic: 'From Sales to Service',
  of: (who) => words`the repair for ${who}`,
  toAccept: words`accept the customer`,
  toComplete: words`report back to Sales`,
  complete: 'Report back to Sales',
  customerLetter: 'the letter that says who looks after their car',
  about:
    'A shopper whose car only needs fixing. Give a price by when you promised it, then tell Sales how it went.',
  begins: 'Sent to Service',
  heading: ({ facts }, customer) => words`Fix ${customer}’s ${facts.asked?.vehicle.model ?? 'car'}`,
  outcomes: {
    fixed: 'the car is fixed',
    declined: 'the customer left the car as it is',
    'not-worth-it': 'the car is not worth fixing',
    'order-closed': 'the repair order was closed',
    'started-by-mistake': 'it was started by mistake',
    'nobody reported back': 'nobody reported back in time',
  },
  notes,
  logged: (note) => {
    switch (note.code) {
      case 'store-off':
        return words`Kept only: the store is off`;
      case 'too-long-ago':
        return words`Kept only: it came too late to act on`;
      case 'order-voided':
        return words`Order ${note.roNumber} was voided: what it said no longer counts`;
      case 'said-again':
        return words`What the customer needs was corrected`;
    }
  },
  firstFacts: (shown) => rowsOf(shown),
  pageFacts: () => [],
});

/** The page shows the customer and the car itself. */
function rowsOf(shown: Shown<RepairInstead>): readonly Fact[] {
  if (!shown.task.facts.asked) return [];
  const context = { ...shown, person: shown.employed };
  const rows = [
    ...reportRows(context, { showsAmounts: showsAmounts(context) }),
    ...visitRows(context).filter(([label]) => label !== 'Car' && !label.startsWith('VIN')),
  ];
  return rows;
}
