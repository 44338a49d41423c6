import { messageOf } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { newOrChanged, staffLetter } from '../../any-kind/staff-letter.ts';
import { repairInstead } from '../kind.ts';
import { peopleOf, visitBlock } from '../repair-words.ts';
import { type RepairInstead, saidAgain } from '../task.ts';

/** To the advisor: a shopper whose car is merely broken, who sent them, and what they want. */
export const shopperToService = messageOf(repairInstead, {
  to: 'staff',
  leaves: 'now',
  own: saidAgain,
  write: (context) => {
    const { task, own, note } = context;
    const { name, car, seller, customer } = peopleOf(context);
    const { customerIs } = needed(task.facts.asked, task);
    return staffLetter(context, {
      subject:
        customerIs === 'waiting'
          ? words`Customer waiting: ${name}’s ${car}, from Sales`
          : words`${name}’s ${car} needs fixing: from Sales`,
      heading: words`${name}’s ${car} needs fixing`,
      ...newOrChanged(context, own !== undefined),
      first: words`${seller} sends ${customer} to you. ${whatToDo(task, customer)}`,
      ...(own && !note ? { why: 'Something about this visit was corrected.' } : {}),
      facts: [visitBlock(context)],
    });
  },
});

function whatToDo(task: RepairInstead, customer: string): Words {
  const { wants } = needed(task.facts.asked, task);
  return wants === 'just fix it'
    ? words`${customer} came for a car and may only need a repair. Give a price, and say by when you will.`
    : words`Give a price for the repair first, and say by when you will. Another car can wait for the answer.`;
}
