import { formatInstant } from '../domain/business-time.ts';
import { customerOf, vehicleOf } from '../domain/customer.ts';
import { isEnded } from '../domain/task.ts';
import { everyKind, whatItIs, whoItIsAbout } from './any-handoff.ts';
import { facts } from './blocks.ts';
import { carOf } from './format.ts';
import { type MessageContext, message } from './message.ts';
import { assigneeOf, customerRows, named, personRow, staffLetter } from './staff-letter.ts';
import { type Words, words } from './words.ts';

/**
 * To whoever handed it over, had it or heard of it: who has it now, and why (`note.why`, which stands above the
 * heading). They have nothing to do but to say the right name when the customer asks.
 */
export const handoffMoved = message({
  kinds: everyKind,
  to: 'staff',
  write: (context) => {
    const { task, store } = context;
    const customer = customerOf(task);
    const vehicle = vehicleOf(task);
    const what = whoHasIt(context);
    return staffLetter(context, {
      subject: what,
      heading: what,
      first: whatNow(context),
      facts: [
        facts([
          ['Handoff', whatItIs[task.kind].name],
          personRow('Who has it now', assigneeOf(context)),
          ['Since', task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`],
          ...(customer ? customerRows(customer) : []),
          ['Car', vehicle && carOf(vehicle)],
        ]),
      ],
    });
  },
});

const isYours = (context: MessageContext) =>
  context.reader !== undefined && assigneeOf(context)?.employeeNumber === context.reader.employeeNumber;

function whoHasIt(context: MessageContext): Words {
  const who = whoItIsAbout(context.task);
  if (isYours(context)) return words`The handoff of ${who} is with you`;
  return words`The handoff of ${who} is with ${named(assigneeOf(context), 'a colleague')} now`;
}

function whatNow(context: MessageContext): Words {
  const { task } = context;
  if (isEnded(task)) return words`It is closed by now: you have nothing to do.`;
  if (isYours(context))
    return words`Please ${whatItIs[task.kind][task.state === 'open' ? 'toAccept' : 'toComplete']}.`;
  return words`You have nothing to do. If the customer asks you, name ${named(assigneeOf(context), 'your manager')}.`;
}
