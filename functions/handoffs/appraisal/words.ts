import { carOf } from '../../mail/format.ts';
import { blocksToHtml, dressedByClass } from '../../mail/layout.ts';
import { words } from '../../mail/words.ts';
import { defineWords } from '../any-kind/kind-words.ts';
import { carBlocks } from './car-words.ts';
import { closedWords } from './closed-words.ts';
import { appraisal } from './kind.ts';
import { type Appraisal, notes } from './task.ts';

export const appraisalWords = defineWords<Appraisal>(appraisal, {
  name: 'Appraisal',
  topic: 'Appraisal',
  of: (who) => words`the appraisal for ${who}`,
  toAccept: words`accept the appraisal`,
  toComplete: words`put a number on the car`,
  complete: 'Put a number on it',
  about:
    'The customer is deciding between repair and another car. One number from you goes into the advisor’s sheet at once.',
  begins: 'The advisor asked for a number',
  heading: ({ facts }, customer) => {
    const car = facts.quote && carOf(facts.quote.vehicle);
    return words`What is ${customer}’s ${car ?? 'car'} worth?`;
  },
  outcomes: {
    appraised: 'the car has its number',
    'taken back': 'the advisor doesn’t need the number any more',
    'repair chosen': 'the customer is going with the repair: no number needed',
    'order closed': 'the repair order was closed and the car is back with the customer',
    'order voided': 'the repair order was voided',
    'nobody appraised it': 'nobody put a number on it in time',
  },
  notes,
  logged: () => undefined,
  pageFacts: () => [],
  closed: closedWords,
  pageLead: (shown) => blocksToHtml(carBlocks({ ...shown, person: shown.employed }), dressedByClass),
});
