import { customerName } from '../../../customers/customer.ts';
import { whereNow } from '../../../mail/car-whereabouts.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { named } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { newOrChanged, staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { carBlocks } from '../car-words.ts';
import { appraisal } from '../kind.ts';

/** To the used-car manager: one number, while the customer decides. */
export const appraisalWanted = messageOf(appraisal, {
  to: 'staff',
  leaves: 'now',
  write: (context) => {
    const { task, person } = context;
    const quote = needed(task.facts.quote, task);
    const name = customerName(quote.customer);
    const car = carOf(quote.vehicle) ?? 'car';
    const isHere = quote.customerIs === 'waiting' && whereNow(context, quote, false) !== undefined;
    const advisor = named(person(task.facts.asked?.by), 'The advisor');
    return staffLetter(context, {
      subject: isHere
        ? words`Customer waiting: what is ${name}’s car worth?`
        : words`What is ${name}’s car worth?`,
      heading: words`What is ${name}’s ${car} worth?`,
      ...newOrChanged(context, false),
      first: words`${advisor} is going over repair or replace with ${callName(quote.customer)} and needs a real number: look at the car, then type one amount.`,
      button: lastStep(context),
      facts: carBlocks(context),
    });
  },
});
