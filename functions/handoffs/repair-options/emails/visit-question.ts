import { customerName } from '../../../customers/customer.ts';
import { aside, facts } from '../../../mail/blocks.ts';
import { whereNow } from '../../../mail/car-whereabouts.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { strong, words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { customerRows } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { isInHeadStart } from '../conversation-request.ts';
import { inSales, whenSalesHears } from '../in-sales-words.ts';
import { repairOptions } from '../kind.ts';
import { isClosed } from '../line-by-line.ts';
import type { RepairOptions } from '../task.ts';
import { visitForAdvisor } from '../visit-words.ts';

/** To the advisor, about a customer who is here without a quote: one question, and the reasons for it. */
export const visitQuestion = messageOf<RepairOptions>(repairOptions, {
  to: 'staff',
  leaves: 'now',
  write: (context) => {
    const { task } = context;
    const visit = needed(task.facts.visit, task);
    const name = customerName(visit.customer);
    return staffLetter(context, {
      subject: words`${name} is here: may Sales talk?`,
      heading: words`${name} is here: may Sales talk?`,
      first: words`Nothing is quoted. A few things say that ${callName(visit.customer)} may be ready for another car: you say whether it’s a good time.`,
      button: lastStep(context),
      facts: [
        isInHeadStart(task)
          ? aside(words`${strong('Is it a good time?')} ${whenSalesHears(context)}`)
          : undefined,
        facts([
          ['In Sales', inSales(context)],
          ...customerRows(visit.customer, context),
          ['Car', carOf(visit.vehicle)],
          ['Repair order', visit.roNumber],
          ['Where now', whereNow(context, visit, isClosed(task))],
        ]),
        ...visitForAdvisor(context),
      ],
    });
  },
});
