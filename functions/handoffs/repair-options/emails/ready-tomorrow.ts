import { customerName } from '../../../customers/customer.ts';
import { aside, facts } from '../../../mail/blocks.ts';
import { carOf, momentOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { leadingTo, sentenceCase, words, wordsToText } from '../../../mail/words.ts';
import { explain } from '../../../readiness/assess.ts';
import { comingDay } from '../../any-kind/coming-day.ts';
import { callName } from '../../any-kind/customer-letter.ts';
import { customerRows } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { staffLetter } from '../../any-kind/staff-letter.ts';
import { lastStep } from '../../any-kind/steps.ts';
import { repairOptions } from '../kind.ts';
import type { RepairOptions } from '../task.ts';
import { visitForAdvisor } from '../visit-words.ts';

/**
 * To the advisor, in the last list before the visit: who is coming, why they may be ready for another car, and what not to say.
 */
export const readyTomorrow = messageOf<RepairOptions>(repairOptions, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, store, link } = context;
    const { customer, vehicle, startsAt } = needed(task.facts.appointment, task);
    const name = customerName(customer);
    const day = comingDay(context, startsAt);
    const title = words`${day}: may Sales talk to ${name}?`;
    const car = carOf(vehicle);
    return staffLetter(context, {
      subject: title,
      heading: title,
      first: words`${callName(customer)} comes for service. A few things say that it may be time for another car: you say whether Sales may talk then.`,
      button: lastStep(context),
      line: {
        under: 'Expected, and maybe ready for another car',
        says: words`${leadingTo(link, wordsToText(words`${day}: ${name}`))}${car ? words`, ${car}` : ''}. ${reasonsOf(task)}. May Sales talk? Take care of the visit first, name no price, and don’t mention this list.`,
      },
      facts: [
        aside(
          words`Sales hears nothing tonight. If you say it’s a good time, they hear when the repair order is written or a high repair is quoted.`,
        ),
        facts([
          ['Expected', momentOf(store.timeZone, startsAt, 'en')],
          ...customerRows(customer, context),
          ['Car', car],
        ]),
        ...visitForAdvisor(context),
      ],
    });
  },
});

const reasonsOf = ({ assessment }: RepairOptions): string =>
  sentenceCase(
    assessment
      ? explain(assessment)
          .reasonsFor.map(({ text }) => text)
          .join('; ')
      : '',
  );
