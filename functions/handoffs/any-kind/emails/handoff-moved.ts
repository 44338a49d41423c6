import { customerOf, vehicleOf } from '../../../customers/customer.ts';
import { formatInstant } from '../../../group/business-time.ts';
import { emailRecords } from '../../../handoff/item-bounds.ts';
import { isEnded } from '../../../handoff/task.ts';
import { facts } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { type MessageContext, message } from '../../../mail/message.ts';
import { type Words, words } from '../../../mail/words.ts';
import { callName } from '../customer-letter.ts';
import { assigneeOf, customerRows, named, personRow, staffLetter } from '../staff-letter.ts';
import { everyKind, isTheirs, whatItIs, whoItIsAbout } from '../words.ts';

/**
 * To whoever handed it over, had it or heard of it: who has it now, and why (`note.why`, which stands above the
 * heading). Who walks the customer over is told to whom; the others have nothing to do but to say the right name.
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

function whoHasIt(context: MessageContext): Words {
  const who = whoItIsAbout(context.task);
  if (walksOver(context)) return whomToWalkTo(context, who);
  if (isTheirs(context)) return words`The handoff of ${who} is with you`;
  return words`The handoff of ${who} is with ${named(assigneeOf(context), 'a colleague')} now`;
}

function whatNow(context: MessageContext): Words {
  const { task } = context;
  if (isEnded(task)) return words`It is closed by now: you have nothing to do.`;
  if (isTheirs(context))
    return words`Please ${whatItIs[task.kind][task.state === 'open' ? 'toAccept' : 'toComplete']}.`;
  if (walksOver(context)) return toTheDesk(context);
  return words`You have nothing to do. If the customer asks you, name ${named(assigneeOf(context), 'your manager')}.`;
}

/** It is not signed yet, and the reader was asked to walk the customer over. */
function walksOver(context: MessageContext): boolean {
  const { task, reader } = context;
  if (task.kind !== 'service-introduction' || isEnded(task) || isTheirs(context)) return false;
  return emailRecords(task).some(
    ({ message: name, to }) =>
      name === 'walk-over' && to !== 'customer' && to.staff === reader?.employeeNumber,
  );
}

function whomToWalkTo(context: MessageContext, who: Words): Words {
  const advisor = named(assigneeOf(context), 'the service advisor');
  const before = whoHadItBefore(context);
  const takenBack = endTakenBack(context);
  if (takenBack) return words`Not ${takenBack} after all: please walk ${who} to ${advisor}`;
  return before ? words`Walk ${who} to ${advisor}, not ${before.name}` : words`Walk ${who} to ${advisor}`;
}

function toTheDesk(context: MessageContext): Words {
  const customer = customerOf(context.task);
  const who = customer ? words`${callName(customer)}` : words`the customer`;
  return words`Introduce ${who} to ${named(assigneeOf(context), 'the service advisor')} by name, who signs that it happened.`;
}

/** How it had ended, where the last that was heard of it is that this was taken back. */
function endTakenBack({ task }: MessageContext): 'introduced' | 'declined' | undefined {
  const last = task.log.findLast(({ what }) => what === 'undone' || what === 'moved');
  if (last?.what !== 'undone') return undefined;
  if (last.detail === 'customer-declined') return 'declined';
  return last.detail?.startsWith('introduced-') ? 'introduced' : undefined;
}

function whoHadItBefore({ task, person }: MessageContext) {
  const numbers = task.log
    .filter(({ what }) => what === 'assigned')
    .map(({ detail = '' }) => detail.split(': ')[0]);
  return person(numbers.findLast((number) => number !== task.assignee?.employeeNumber));
}
