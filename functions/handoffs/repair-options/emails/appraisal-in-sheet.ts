import { customerName } from '../../../customers/customer.ts';
import { dollars } from '../../../group/money.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { dayText } from '../../../readiness/day-text.ts';
import { named } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { repairOptions } from '../kind.ts';

/** To an advisor whose sheet was sent before the number came: one line, at once, because the customer is waiting. */
export const appraisalInSheet = messageOf(repairOptions, {
  to: 'staff',
  leaves: 'now',
  write: (context) => {
    const { task, person } = context;
    const quote = needed(task.facts.quote, task);
    const car = words`${customerName(quote.customer)}’s car`;
    const answer = task.appraisal?.answer;
    if (!answer)
      return staffLetter(context, {
        subject: words`No number after all for ${car}`,
        heading: words`No number after all for ${car}`,
        first: 'The used-car desk took its number back. Don’t use it: a new one comes into your sheet.',
        button: lastStep(context),
        facts: [],
      });
    const by = named(person(answer.by), 'the used-car desk');
    return staffLetter(context, {
      subject: words`${dollars(answer.cents)} for ${car}`,
      heading: words`${dollars(answer.cents)} for ${car}`,
      first: words`Appraised by ${by}, good through ${dayText(answer.goodThrough)}. It’s in your sheet.`,
      button: lastStep(context),
      facts: [],
    });
  },
});
