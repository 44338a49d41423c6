import { customerName } from '../../../customers/customer.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { reasonWithAge } from '../../../mail/repair-sheet.ts';
import { words } from '../../../mail/words.ts';
import { explain } from '../../../readiness/assess.ts';
import { orderOccasionOf } from '../../../readiness/occasion.ts';
import { customerRows, named, personRow } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { repairOptions } from '../kind.ts';
import type { RepairOptions } from '../task.ts';

/** To the service manager, if Sales waits for a yes and the advisor did not answer: tell Sales, or leave it. */
export const salesQuestion = messageOf<RepairOptions>(repairOptions, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, person } = context;
    const occasion = needed(orderOccasionOf(task.facts), task);
    const name = customerName(occasion.customer);
    const advisor = person(task.advisorSilent?.employeeNumber);
    const question = words`Your call: tell Sales about ${name}?`;
    return staffLetter(context, {
      subject: question,
      heading: question,
      first: words`${named(advisor, 'The advisor')} didn’t say whether Sales may talk to ${name}. Tell Sales, or leave it: one tap with the button.`,
      button: 'Decide: tell Sales or leave it',
      line: {
        under: 'Your call: tell Sales, or leave it?',
        says: words`${name}, repair order ${occasion.roNumber}: ${named(advisor, 'the advisor')} didn’t answer.`,
      },
      facts: [
        facts([
          ...customerRows(occasion.customer, context),
          ['Car', carOf(occasion.vehicle)],
          ['Repair order', occasion.roNumber],
          personRow('Advisor', advisor),
        ]),
        task.assessment && points(explain(task.assessment).reasonsFor.map(reasonWithAge), 'Why'),
      ],
    });
  },
});
