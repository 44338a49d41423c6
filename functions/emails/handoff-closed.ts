import { customerOf, vehicleOf } from '../domain/customer.ts';
import type { Task } from '../domain/task.ts';
import { everyKind, SEE, whatItIs, whoItIsAbout } from './any-handoff.ts';
import { facts } from './blocks.ts';
import { carOf, momentOf } from './format.ts';
import { type MessageContext, message } from './message.ts';
import { reasonGiven } from './reason-given.ts';
import { customerRows, personRow, staffLetter } from './staff-letter.ts';
import { type Words, words } from './words.ts';

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
      first: words`Closed because ${reason(context)}${inTheirWords(context.task)}.`,
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

/**
 * What ends a handoff, a fact of the DMS or a choice by its name, in words that follow "because". An outcome that a
 * later release adds is said as it stands.
 */
const reasons: Readonly<Record<string, string>> = {
  'deal unwound': 'the sale was reversed',
  'not a retail sale': 'the deal is not a retail sale or a lease after all',
  visited: 'the customer came for the first service',
  'not returned': 'the customer has not come for the first service',
  'nobody signed the introduction': 'nobody signed the introduction in time',
  'nobody answered the sheet': 'nobody answered it in time',
  'nobody finished the conversation': 'nobody finished it in time',
  'order voided': 'the repair order was voided',
  'order closed': 'the repair order was closed and the car is back with the customer',
  'the car left before Sales was told': 'the car left before it could be talked about',
  'the newer quote gives no reason any more': 'the newer quote gives no reason any more',
  'the advisor took it back': 'the advisor took it back',
  'the customer chose the repair': 'the customer has the car repaired',
  'introduced-in-person': 'the customer was introduced in person',
  'introduced-by-video': 'the customer was introduced by video',
  'customer-declined': 'the customer declined',
  'open-to-looking': 'the customer is open to looking, and Sales hears of it',
  'repair-it': 'the customer has the car repaired',
  'not-now': 'the customer decides later',
  bought: 'the customer bought a car',
  sold: 'the customer bought a car',
  'not-ready': 'the customer is not ready',
  'wrong-car': 'it was about the wrong car or customer',
  'already-bought': 'the customer has bought already',
};

function reason({ task }: MessageContext): Words {
  const { ended } = task;
  if (!ended) return words`it is over`;
  const deal = task.kind === 'upgrade-conversation' && task.facts.bought?.dealNumber;
  if (ended.outcome === 'bought' && deal) return words`the customer bought a car (deal ${deal})`;
  const known = reasons[ended.outcome];
  return known === undefined ? words`it ended as “${ended.outcome}”` : words`${known}`;
}

function inTheirWords(task: Task): Words {
  const given = reasonGiven(task, task.ended?.outcome);
  return given === undefined ? words`` : words`: ${given}`;
}
