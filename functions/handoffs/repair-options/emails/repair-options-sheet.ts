import type { RepairQuoted } from '../../../contracts/repair-quoted.ts';
import { customerName } from '../../../customers/customer.ts';
import { distanceText } from '../../../group/distance.ts';
import type { Store } from '../../../group/group.ts';
import { aside, facts } from '../../../mail/blocks.ts';
import { whereNow } from '../../../mail/car-whereabouts.ts';
import { carOf, lastEight } from '../../../mail/format.ts';
import { type MessageContext, messageOf } from '../../../mail/message.ts';
import { strong, type Words, words } from '../../../mail/words.ts';
import { dollars } from '../../../readiness/assess.ts';
import { amountsOf } from '../../../readiness/quote-amounts.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { customerRows } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { newOrChanged, staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { isInHeadStart } from '../conversation-request.ts';
import { copyForCustomer } from '../customers-copy-words.ts';
import { inSales, whenSalesHears } from '../in-sales-words.ts';
import { repairOptions } from '../kind.ts';
import { isClosed } from '../line-by-line.ts';
import { sheetForAdvisor } from '../sheet-words.ts';
import { emailNotes, type RepairOptions, type SheetChange, type SheetPart } from '../task.ts';

/**
 * To the advisor: repair compared with replacement, in neutral words, to discuss with the customer. Printed, it is the
 * customer's copy, on one page.
 */
export const repairOptionsSheet = messageOf(repairOptions, {
  to: 'staff',
  leaves: 'now',
  own: emailNotes,
  write: (context) => {
    const { task, own } = context;
    const quote = needed(task.facts.quote, task);
    const name = customerName(quote.customer);
    const car = carOf(quote.vehicle) ?? 'car';
    const corrected = own !== undefined;
    return staffLetter(context, {
      subject: corrected
        ? words`Corrected: repair or replace for ${name}`
        : words`Repair or replace: both options for ${name}`,
      heading: words`${name}’s ${car}: repair or replace`,
      ...newOrChanged(context, corrected),
      first: corrected
        ? whatChanged(quote, own)
        : words`Go over both columns with ${callName(quote.customer)}, then note the answer with the button.`,
      button: lastStep(context),
      facts: [
        facts([
          ['In Sales', inSales(context)],
          ...customerRows(quote.customer, context),
          ['Car', carLine(quote, context.store)],
          ['Repair order', quote.roNumber],
          ['Where now', whereNow(context, quote, isClosed(task))],
        ]),
        ...sheetForAdvisor(context),
        salesQuestion(context),
      ],
      paper: copyForCustomer(context),
    });
  },
});

/** The question leads to the page behind the button; the printed sheet for the customer does not show it. */
function salesQuestion(context: MessageContext<RepairOptions>) {
  const { task } = context;
  if (!isInHeadStart(task)) return undefined;
  return aside(words`${strong('May Sales talk to this customer?')} ${whenSalesHears(context)}`);
}

const changes: Record<SheetPart, string> = {
  work: 'the work that is quoted, or the answer to it.',
  customer: 'whose order it is: another customer or another car.',
  promise: 'when the car is promised, or where the customer is.',
  car: 'what is known of the car.',
  reasons: 'what speaks for and against another car.',
};

function whatChanged(quote: RepairQuoted, change: SheetChange): Words {
  if (change.code === 'sheet-changed') {
    return words`What changed: ${changes[change.part]} Please use this sheet, not the earlier one.`;
  }
  const is = dollars(amountsOf(quote.quote).leftCents);
  const was = change.wasCents;
  const changed =
    was === undefined ? words`changed and is now ${is}` : words`changed from ${dollars(was)} to ${is}`;
  return words`The quote without what was declined ${changed}. Please use this sheet, not the earlier one.`;
}

function carLine({ vehicle }: RepairQuoted, { distanceUnit }: Store): Words {
  const { odometerMiles } = vehicle;
  const driven =
    odometerMiles === undefined
      ? words`${distanceUnit} unknown`
      : words`${distanceText(odometerMiles, distanceUnit)}`;
  return words`${carOf(vehicle) ?? 'Unknown'}, ${driven}, VIN ends ${lastEight(vehicle)}`;
}
