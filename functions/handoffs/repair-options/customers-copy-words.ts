import { customerName } from '../../customers/customer.ts';
import { type Blocks, facts, lead, lines, paragraph } from '../../mail/blocks.ts';
import { carOf, dayOf, postalAddressOf } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { comparisonBlock, sheetOf, workBlock } from '../../mail/repair-sheet.ts';
import { listed, strong, words } from '../../mail/words.ts';
import { customersCopy } from '../../readiness/sheet.ts';
import { appraisedQuote } from './appraisal.ts';
import type { RepairOptions } from './task.ts';

/**
 * The sheet on paper, for the customer to take home. It is a document of its own: what is not built here cannot be on
 * it, so it names no other staff, tells nobody what to do, gives no advice, and keeps to what may be handed out.
 */
type Surroundings = Pick<MessageContext<RepairOptions>, 'task' | 'group' | 'store' | 'now' | 'person'>;

export function copyForCustomer(context: Surroundings): Blocks | undefined {
  const { task, store, now, person } = context;
  const quote = appraisedQuote(task, context);
  if (!quote) return undefined;
  const { history, circumstances } = task;
  const whole = sheetOf(context, { quote, history, circumstances });
  const sheet = customersCopy(whole, { tradeValue: store.tradeValueOnPaper });
  const name = customerName(quote.customer);
  const advisor = person(task.assignee?.employeeNumber);
  return [
    lines(strong(store.name), postalAddressOf(store), store.phone),
    lead(words`${name}’s ${carOf(quote.vehicle) ?? 'car'}: repair or replace`),
    facts([
      ['Date', dayOf(store.timeZone, now, 'en')],
      ['Repair order', quote.roNumber],
      [
        'Service advisor',
        advisor && listed([advisor.name, ...(advisor.phone === undefined ? [] : [advisor.phone])]),
      ],
    ]),
    workBlock(sheet),
    comparisonBlock(sheet, context, {
      caption: 'As known today. Repairing and replacing can both be the right answer.',
      unanswered: 'Please ask',
    }),
    paragraph(words`Not on this sheet: tax, fees, insurance and service of another car.`),
  ];
}
