import { customerName } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf, momentOf } from '../../../mail/format.ts';
import { messageOf } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { customerRows } from '../../any-kind/people-words.ts';
import { needed } from '../../any-kind/required-facts.ts';
import { FYI, staffLetter } from '../../any-kind/staff-letter.ts';
import { SEE, whoInList } from '../../any-kind/steps.ts';
import { repairOptions } from '../kind.ts';
import type { RepairOptions } from '../task.ts';

/** To an advisor who had said yes before the visit: the day passed, and no order took their answer over. */
export const salesNotTold = messageOf<RepairOptions>(repairOptions, {
  to: 'staff',
  leaves: 'next list',
  write: (context) => {
    const { task, store } = context;
    const { customer, vehicle, startsAt } = needed(task.facts.appointment, task);
    const name = customerName(customer);
    return staffLetter(context, {
      subject: words`Sales was not told about ${name}`,
      heading: words`Sales was not told about ${name}`,
      first: words`You said it’s a good time, but that day neither a repair order nor a high quote reached us, or something spoke against it by then. Is ${name} open to looking? Bring Sales in yourself.`,
      status: FYI,
      line: {
        under: 'Sales was not told',
        says: words`${whoInList(context)}: no repair order reached us, or something spoke against it. Are they open to looking? Bring Sales in yourself.`,
      },
      button: SEE,
      facts: [
        facts([
          ['Was expected', momentOf(store.timeZone, startsAt, 'en')],
          ...customerRows(customer, context),
          ['Car', carOf(vehicle)],
        ]),
      ],
    });
  },
});
