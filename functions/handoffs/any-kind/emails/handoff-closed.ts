import { facts } from '../../../mail/blocks.ts';
import { carOf, momentOf } from '../../../mail/format.ts';
import { type ClosedWords, type MessageContext, messageOfAny } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { reasonGiven } from '../outcome-words.ts';
import { customerRows, personRow } from '../people-words.ts';
import { FYI, type StaffLetter, staffLetter } from '../staff-letter.ts';
import { SEE, whoInList, whoItIsAbout } from '../steps.ts';

/** To everybody who got an email about the handoff: nothing more to do, and why. */
export const handoffClosed = messageOfAny({
  to: 'staff',
  // The assignee may be working on it, so they are told as fast as it was assigned.
  leaves: { assignee: 'as assigned', others: 'next list' },
  write: (context) => {
    const { task, store, customer, vehicle } = context;
    const who = whoItIsAbout(context);
    const ofKind = context.words.closed(context);
    return staffLetter(context, {
      subject: ofKind?.subject ?? words`${who}: ${reason(context)}`,
      heading: ofKind?.heading ?? words`Nothing more to do for ${who}`,
      first: ofKind?.first ?? words`It’s closed: ${reason(context)}${reasonGiven(task, context.words)}.`,
      status: FYI,
      ...lineOf(context, ofKind),
      button: SEE,
      facts: [
        facts([
          ['Handoff', context.words.name],
          ...(customer ? customerRows(customer, context) : []),
          ['Car', vehicle && carOf(vehicle)],
          personRow('Closed by', context.person(task.ended?.by)),
          ['When', task.ended && words`${momentOf(store.timeZone, task.ended.at, 'en')}`],
        ]),
      ],
    });
  },
});

/** The line for a list. Good news has the same words there as in an email of its own. */
function lineOf(context: MessageContext, ofKind: ClosedWords | undefined): Pick<StaffLetter, 'line'> {
  if (ofKind?.line) return { line: ofKind.line };
  if (ofKind?.subject) return {};
  const why = words`${reason(context)}${reasonGiven(context.task, context.words)}`;
  return { line: { under: 'Closed', says: words`${whoInList(context)}: ${why}.` } };
}

function reason({ task, words: kindWords }: MessageContext): Words {
  if (!task.ended) return words`it’s over`;
  return kindWords.endedBecause(task) ?? words`${kindWords.outcome(task.ended.outcome)}`;
}
