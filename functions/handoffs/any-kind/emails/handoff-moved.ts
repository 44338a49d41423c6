import { formatInstant } from '../../../group/business-time.ts';
import { isEnded } from '../../../handoff/task.ts';
import { sheetPath } from '../../../links/paths.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { type MessageContext, type MovedWords, messageOfAny } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { callName } from '../customer-letter.ts';
import { assigneeOf, customerRows, named, personRow } from '../people-words.ts';
import { FYI, newOrChanged, staffLetter } from '../staff-letter.ts';
import { isTheirs, SEE_SHEET, whoItIsAbout } from '../steps.ts';

/**
 * To everybody who handed the handoff over, had it, or got an email about it: who has it now and, above the heading, why. The
 * salesperson who walks the customer over needs to know to whom; the others only need the right name.
 */
export const handoffMoved = messageOfAny({
  to: 'staff',
  leaves: 'as assigned',
  write: (context) => {
    const { task, store, customer, vehicle } = context;
    const kindWords = context.words.moved(context);
    const what = kindWords?.heading ?? whoHasIt(context);
    return staffLetter(context, {
      subject: what,
      heading: what,
      first: kindWords?.first ?? whatNow(context),
      ...statusAndButton(context, kindWords),
      facts: [
        facts([
          ['Handoff', context.words.name],
          personRow('Who has it now', assigneeOf(context)),
          ['Since', task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`],
          ...(customer ? customerRows(customer, context) : []),
          ['Car', vehicle && carOf(vehicle)],
        ]),
      ],
    });
  },
});

/** An advisor who reads who is coming to them has the sheet and its choices, not the conversation. */
function statusAndButton(context: MessageContext, kindWords: MovedWords | undefined) {
  if (kindWords?.isOfSheet === true) return { status: FYI, button: SEE_SHEET, leadsTo: sheetPath };
  if (isTheirs(context)) return newOrChanged(context, false);
  return kindWords ? {} : { status: FYI };
}

function whoHasIt(context: MessageContext): Words {
  const who = whoItIsAbout(context);
  if (isTheirs(context)) return words`${who} is with you now`;
  return words`${named(assigneeOf(context), 'A colleague')} has ${who} now`;
}

function whatNow(context: MessageContext): Words {
  const { task, customer } = context;
  const { toAccept, toComplete } = context.words;
  if (isEnded(task)) return words`It is closed already: nothing for you to do.`;
  if (isTheirs(context)) return words`Please ${task.state === 'open' ? toAccept : toComplete}.`;
  return words`Nothing for you to do. If ${customer ? callName(customer) : 'the customer'} asks, it’s ${named(assigneeOf(context), 'your manager')} now.`;
}
