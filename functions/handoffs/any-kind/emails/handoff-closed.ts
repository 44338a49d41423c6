import { customerOf, vehicleOf } from '../../../customers/customer.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf, momentOf } from '../../../mail/format.ts';
import { type MessageContext, message } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { outcomeWords, reasonWords } from '../outcome-words.ts';
import { customerRows, personRow, staffLetter } from '../staff-letter.ts';
import { everyKind, SEE, whatItIs, whoItIsAbout } from '../words.ts';

/** To everybody who was told: there is nothing more to do, and why. */
export const handoffClosed = message({
  kinds: everyKind,
  to: 'staff',
  write: (context) => {
    const { task, store } = context;
    const customer = customerOf(task);
    const vehicle = vehicleOf(task);
    const who = whoItIsAbout(task);
    return staffLetter(context, {
      subject: words`Nothing more to do for ${who}: ${reason(context)}`,
      heading: words`Nothing more to do for ${who}`,
      first: words`Closed because ${reason(context)}${reasonWords(context.task)}.`,
      button: SEE,
      facts: [
        facts([
          ['Handoff', whatItIs[task.kind].name],
          ...(customer ? customerRows(customer) : []),
          ['Car', vehicle && carOf(vehicle)],
          personRow('Closed by', context.person(task.ended?.by)),
          ['When', task.ended && words`${momentOf(store.timeZone, task.ended.at, 'en')}`],
        ]),
      ],
    });
  },
});

function reason({ task }: MessageContext): Words {
  const { ended } = task;
  if (!ended) return words`it is over`;
  const deal = task.kind === 'upgrade-conversation' && task.facts.bought?.dealNumber;
  if (ended.outcome === 'bought' && deal) return words`the customer bought a car (deal ${deal})`;
  return words`${outcomeWords(ended.outcome)}`;
}
