import type { RepairQuoteHigh } from '../../../contracts/repair-quote-high.ts';
import { customerName } from '../../../customers/customer.ts';
import { isAskingAdvisor } from '../../../handoff/choices.ts';
import { aside, facts, paragraph } from '../../../mail/blocks.ts';
import { whereNow } from '../../../mail/car-whereabouts.ts';
import { carOf, lastEight } from '../../../mail/format.ts';
import { type MessageContext, message } from '../../../mail/message.ts';
import { adviceIn, sheetBlock } from '../../../mail/repair-sheet.ts';
import { strong, type Words, words } from '../../../mail/words.ts';
import { dollars, milesText } from '../../../readiness/assess.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { neededQuote } from '../../any-kind/required-facts.ts';
import { customerRows, staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/words.ts';

/** To the advisor: repair beside replace, in neutral words, to go through with the customer. It prints on one page. */
export const repairOptionsSheet = message({
  kinds: ['repair-options'],
  to: 'staff',
  write: (context) => {
    const { task, note } = context;
    const quote = neededQuote(task);
    const name = customerName(quote.customer);
    const car = carOf(quote.vehicle) ?? 'the car';
    const corrected = note['updated'] === 'true';
    return staffLetter(context, {
      subject: corrected
        ? words`Corrected: repair or replace, both options for ${name}`
        : words`Repair or replace: both options for ${name}`,
      heading: words`Repair or replace: ${car} of ${name}`,
      first: corrected
        ? whatChanged(quote, note)
        : words`Go through both columns with ${callName(quote.customer)}, then note the answer with the button.`,
      button: lastStep(context),
      facts: [
        facts([
          ...customerRows(quote.customer),
          ['Car', carLine(quote)],
          ['Repair order', quote.roNumber],
          ['Where now', whereNow(context, quote, task.facts.closed !== undefined)],
        ]),
        sheetBlock(context, { quote, history: task.history }),
        adviceOf(context),
        salesQuestion(context),
      ],
    });
  },
});

function adviceOf({ task }: MessageContext<'repair-options'>) {
  return task.assessment && paragraph(words`${strong('In one sentence:')} ${adviceIn(task.assessment)}`);
}

/** The gate: the advisor is asked first, and says so on the page behind the button. The customer's paper has none of it. */
function salesQuestion({ task }: MessageContext<'repair-options'>) {
  if (!isAskingAdvisor(task)) return undefined;
  return aside(
    words`${strong('May Sales talk to them?')} Sales hears nothing before you say so with the button: good time, not now, or never for this customer.`,
  );
}

function whatChanged(quote: RepairQuoteHigh, note: MessageContext['note']): Words {
  const is = dollars(quote.quote.totalCents);
  const was = note['wasCents'];
  const change = was ? words`changed from ${dollars(Number(was))} to ${is}` : words`changed and is now ${is}`;
  return note['change']
    ? words`What changed: ${note['change']} Please use this sheet, not the earlier one.`
    : words`The quote ${change}. Please use this sheet, not the earlier one.`;
}

function carLine({ vehicle }: RepairQuoteHigh): Words {
  const { odometerMiles } = vehicle;
  const driven = odometerMiles === undefined ? words`miles unknown` : words`${milesText(odometerMiles)}`;
  return words`${carOf(vehicle) ?? 'Unknown'}, ${driven}, VIN ends ${lastEight(vehicle)}`;
}
