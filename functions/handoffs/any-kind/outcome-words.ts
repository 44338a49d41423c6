import type { Task } from '../../handoff/task.ts';
import { type Words, words } from '../../mail/words.ts';

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

export const outcomeWords = (outcome: string): string => reasons[outcome] ?? `it ended as “${outcome}”`;

/** The reason that the dealer system gave, to follow what ended it. */
export function reasonWords(task: Task, outcome = task.ended?.outcome): Words {
  const given = reasonGiven(task, outcome);
  return given === undefined ? words`` : words`: ${given}`;
}

/** What the dealer system gave as the reason, where that is how the task ended. */
function reasonGiven({ facts }: Task, outcome: string | undefined): string | undefined {
  const reversed = 'unwound' in facts ? facts.unwound : undefined;
  const voided = 'voided' in facts ? facts.voided : undefined;
  const closing = { 'deal unwound': reversed, 'order voided': voided }[outcome ?? ''];
  return closing?.reason?.replace(/[\s.]+$/u, '');
}
