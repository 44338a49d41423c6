import type { LeadStatus } from '../../contracts/crm-lead-updated.ts';
import type { Html } from '../../mail/html.ts';
import { blocksToHtml, dressedByClass } from '../../mail/layout.ts';
import { words } from '../../mail/words.ts';
import type { Shown } from '../../pages/shown.ts';
import { atWorkAs } from '../../people/staff.ts';
import { defineWords } from '../any-kind/kind-words.ts';
import { capWords } from './cap-words.ts';
import { wholeCase } from './case-words.ts';
import { closedWords, movedWords } from './closed-words.ts';
import { upgradeConversation } from './kind.ts';
import { salesLine } from './sales-line.ts';
import { notes, type UpgradeConversation } from './task.ts';

export const upgradeWords = defineWords<UpgradeConversation>(upgradeConversation, {
  name: 'Upgrade conversation',
  topic: 'Upgrade conversation',
  of: (who) => words`the conversation with ${who}`,
  toAccept: words`accept the conversation`,
  toComplete: words`note how the conversation went`,
  complete: 'Note how it went',
  about:
    'A service customer may be ready for another car. Talk to the advisor first, then help the customer decide.',
  begins: 'Sent to Sales',
  heading: (_task, customer) => words`Another car for ${customer}?`,
  outcomes: {
    sold: 'the customer bought a car',
    'not-ready': 'the customer is not ready',
    'wrong-car': 'it was about the wrong car or customer',
    'already-bought': 'the customer has bought already',
    bought: 'the customer bought a car',
    'order voided': 'the repair order was voided',
    'the car left before Sales was told': 'the car left before it could be talked about',
    'the newer quote gives no reason any more': 'the new estimate changed the picture',
    'the advisor took it back': 'the advisor took it back',
    'the customer chose the repair': 'the customer is going with the repair',
    'closed in the CRM': 'it was closed in the CRM',
    'started-by-mistake': 'it was started by mistake',
    'nobody finished the conversation': 'nobody finished it in time',
  },
  notes,
  logged: (note) => {
    switch (note.code) {
      case 'over-cap':
        return words`Held back: ${capWords[note.cap]}`;
      case 'car-left':
        return words`The car left`;
      case 'crm-said':
        return words`The CRM says: ${saidByCrm[note.status]}`;
      case 'store-off':
        return words`The store was off`;
      case 'too-long-ago':
        return words`The customer asked too long ago to act on`;
      case 'quote-changed':
        return words`The quote changed`;
    }
  },
  heldBack: ({ overCap }) => (overCap && overCap.until === undefined ? capWords[overCap.cap] : undefined),
  closingReason: ({ facts }, outcome) => (outcome === 'order voided' ? facts.voided?.reason : undefined),
  endedBecause: ({ ended, facts }) =>
    ended?.outcome === 'bought' && facts.bought
      ? words`the customer bought a car (deal ${facts.bought.dealNumber})`
      : undefined,
  pageFacts: () => [],
  pageLead: theCase,
  salesLine,
  moved: movedWords,
  closed: closedWords,
});

const saidByCrm: Readonly<Record<LeadStatus, string>> = {
  worked: 'somebody is on it',
  appointment: 'an appointment is set',
  sold: 'sold',
  dead: 'closed without a sale',
};

/** Everything that the email shows, for somebody who opens the page on the way to Service. */
function theCase(shown: Shown<UpgradeConversation>): Html | undefined {
  const { roster, today, employed } = shown;
  const blocks = wholeCase({ ...shown, person: employed, atWorkAs: (role) => atWorkAs(roster, role, today) });
  return blocks.length === 0 ? undefined : blocksToHtml(blocks, dressedByClass);
}
