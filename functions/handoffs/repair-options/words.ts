import { dollars } from '../../group/money.ts';
import { carOf, momentOf } from '../../mail/format.ts';
import { type Html, html } from '../../mail/html.ts';
import { blocksToHtml, dressedByClass, paperToHtml } from '../../mail/layout.ts';
import { reasonWithAge } from '../../mail/repair-sheet.ts';
import { type Words, words } from '../../mail/words.ts';
import { bulletList, text } from '../../pages/parts.ts';
import type { Shown } from '../../pages/shown.ts';
import { explain } from '../../readiness/assess.ts';
import { defineWords } from '../any-kind/kind-words.ts';
import { isAskingAdvisor, isForManager } from './conversation-request.ts';
import { copyForCustomer } from './customers-copy-words.ts';
import { inSales, whenSalesHears } from './in-sales-words.ts';
import { repairOptions } from './kind.ts';
import { sheetForAdvisor } from './sheet-words.ts';
import { hasSheet, isAhead, notes, type RepairOptions } from './task.ts';
import { visitForAdvisor } from './visit-words.ts';
import { whyLines } from './why.ts';

export const repairOptionsWords = defineWords<RepairOptions>(repairOptions, {
  name: 'Repair options',
  topic: 'Repair options',
  of: (who) => words`the options sheet of ${who}`,
  toAccept: words`accept the repair options`,
  toComplete: words`go over both options and note the answer`,
  complete: 'Note the answer',
  about:
    'The customer has a high repair to decide on, and hears both sides in neutral words: repair and replace.',
  begins: 'The repair was quoted',
  instead: (task) => (isAhead(task) ? asAppointment : hasSheet(task) ? undefined : asVisit),
  heading: ({ facts }, customer) => {
    if (facts.appointment) return words`${customer} is expected: may Sales talk?`;
    if (!facts.quote) return words`${customer} is here: may Sales talk?`;
    const car = facts.quote && carOf(facts.quote.vehicle);
    return words`${customer}’s ${car ?? 'car'}: repair or replace`;
  },
  outcomes: {
    'open-to-looking': 'the customer is open to looking, and Sales knows',
    'repair-it': 'the customer is going with the repair',
    'not-now': 'the customer will decide later',
    'number used again': 'the repair order number now belongs to another customer and car',
    'order voided': 'the repair order was voided',
    'order closed': 'the repair order was closed and the car is back with the customer',
    'nobody answered the sheet': 'nobody answered it in time',
    'visit opened': 'the customer is here, and the handoff of their repair order goes on with it',
    'appointment changed': 'the appointment was moved or called off',
    'visit over': 'the day of the appointment is over',
  },
  notes,
  logged: (note, { facts }) => {
    switch (note.code) {
      case 'quote-changed':
        return words`The quote changed`;
      case 'advisor-did-not-answer':
        return words`The advisor did not answer in time`;
      case 'lines-follow':
        return words`The quote is being written line by line: it counts once no more lines come`;
      case 'below-minimum':
        return words`A quote below the policy's minimum: nobody was told`;
      case 'order-voided':
        return facts.voided?.reason === undefined
          ? words`The repair order was voided`
          : words`The repair order was voided: ${facts.voided.reason}`;
      case 'order-closed':
        return words`The repair order was closed`;
      case 'appraised':
        return words`The used-car desk says ${dollars(note.cents)}`;
      case 'asked-ahead':
        return note.said === undefined
          ? words`The advisor was asked before the visit, and had not said`
          : words`The advisor was asked before the visit: ${note.said}`;
      case 'appraisal-taken-back':
        return words`The used-car desk took its number back`;
      default:
        return undefined;
    }
  },
  closingReason: ({ facts }, outcome) => (outcome === 'order voided' ? facts.voided?.reason : undefined),
  firstFacts: (shown) => [['In Sales', inSales(shown)]],
  pageFacts: ({ task: { subject, facts }, store }) => [
    'roNumber' in subject
      ? ['Repair order', subject.roNumber]
      : ['Expected', facts.appointment && momentOf(store.timeZone, facts.appointment.startsAt, 'en')],
  ],
  pageLead: sheet,
  paper: (shown) => {
    const copy = copyForCustomer({ ...shown, person: shown.employed });
    return copy && paperToHtml(copy, dressedByClass);
  },
  question: salesQuestion,
  why: whyLines,
});

/** The words for a visit without a quote. */
const asVisit = {
  name: 'Here for service',
  topic: 'Here for service',
  of: (who: Words) => words`the question about ${who}`,
  toAccept: words`say whether it’s a good time for Sales`,
  toComplete: words`say whether it’s a good time for Sales`,
  complete: 'Say if it’s a good time',
  about: 'The customer is here for service and may be ready for another car. You say whether Sales may talk.',
  begins: 'The repair order was written',
};

/** The words for a visit that is yet to come: there is no order, so Sales is not notified yet. */
const asAppointment = {
  name: 'Expected for service',
  topic: 'Expected for service',
  of: (who: Words) => words`the question about ${who}, who is expected`,
  toAccept: words`say whether it’s a good time for Sales`,
  toComplete: words`say whether it’s a good time for Sales`,
  complete: 'Say if it’s a good time',
  about:
    'The customer is booked for service and may be ready for another car. You say whether Sales may talk to them then.',
  begins: 'The appointment came close',
};

/** Repair compared with replacement, with current facts. */
function sheet(shown: Shown<RepairOptions>): Html | undefined {
  const blocks = hasSheet(shown.task) ? sheetForAdvisor(shown) : visitForAdvisor(shown);
  return blocks.length === 0 ? undefined : blocksToHtml(blocks, dressedByClass);
}

/** What the answer changes: when Sales is notified, who in Sales already has it, or what a manager decides. */
function salesQuestion(shown: Shown<RepairOptions>): Html | undefined {
  const { task } = shown;
  if (!task.assessment) return undefined;
  if (isForManager(task)) return text('The advisor did not answer, and Sales was not told.');
  if (!isAskingAdvisor(task) || isAhead(task)) return undefined;
  const reasons = explain(task.assessment).reasonsFor.map(reasonWithAge);
  return html`${text(whenSalesHears(shown))}${text('These are the reasons:')}${bulletList(reasons)}`;
}
