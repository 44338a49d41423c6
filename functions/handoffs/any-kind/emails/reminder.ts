import { formatInstant } from '../../../group/business-time.ts';
import { facts, points } from '../../../mail/blocks.ts';
import { carOf } from '../../../mail/format.ts';
import { messageOfAny } from '../../../mail/message.ts';
import { words } from '../../../mail/words.ts';
import { overdueBy, wasDueRow } from '../due-since.ts';
import { customerRows } from '../people-words.ts';
import { staffLetter } from '../staff-letter.ts';
import { lastStep, nextStep, whoItIsAbout } from '../steps.ts';

/** To the assignee: what is late, since when, what to do. Sent once for each limit. */
export const reminder = messageOfAny({
  to: 'staff',
  leaves: 'late for them',
  write: (context) => {
    const { task, store, note, customer, vehicle } = context;
    const { toAccept, toComplete, name, of } = context.words;
    const late = note?.code === 'late' ? note.deadline : 'accept';
    const what = late === 'complete' ? toComplete : toAccept;
    const who = whoItIsAbout(context);
    return staffLetter(context, {
      status: { tone: 'late', says: overdueBy(context, late) },
      subject:
        late === 'complete' ? words`Reminder: ${what} (${who})` : words`Reminder: ${who} is waiting on you`,
      heading: late === 'complete' ? words`Not finished yet: ${of(who)}` : words`${who} is waiting on you`,
      first: late === 'complete' ? words`Please ${what}.` : words`Please ${what}: one tap does it.`,
      button: late === 'complete' ? lastStep(context) : nextStep(context),
      facts: [
        facts([
          ['Handoff', name],
          wasDueRow(context, late),
          ...(customer ? customerRows(customer, context) : []),
          ['Car', vehicle && carOf(vehicle)],
          [
            'Yours since',
            task.assignee && words`${formatInstant(store.timeZone, task.assignee.since, 'en')}`,
          ],
        ]),
      ],
      more: [
        points([
          words`No time? Decline with a reason or hand it to a colleague: that stops the clock, too.`,
          words`If nobody picks it up, your manager hears about it next.`,
        ]),
      ],
    });
  },
});
