import { daysBetween, localDate } from '../../group/business-time.ts';
import {
  type CreditState,
  creditIn,
  creditState,
  type LaterSale,
  type Match,
} from '../../handoff/credit-record.ts';
import type { Task } from '../../handoff/task.ts';
import { shortDateOf } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { type Content, listed, ours, type Words, words } from '../../mail/words.ts';
import { kindOf } from '../kinds.ts';

/** The words of emails and pages for a later sale and the credit for it. */

const ofCar = {
  bought: 'the car of this handoff',
  'traded in': 'the car of this handoff was traded in',
  neither: undefined,
} as const satisfies Readonly<Record<LaterSale['sameCar'], string | undefined>>;

const ofPerson = {
  customer: undefined,
  'co-buyer': 'bought together with somebody',
  household: 'found by the same address or phone',
} as const satisfies Readonly<Record<LaterSale['person'], string | undefined>>;

/** The sale in the latest news: it was found, or no longer counts. */
export const latestMatch = (task: Task): Match | undefined =>
  [...creditIn(task).matches].toSorted((a, b) => (changedAt(a) < changedAt(b) ? -1 : 1)).at(-1);

const changedAt = ({ foundAt, lapsed }: Match): string => lapsed?.at ?? foundAt;

/** `deal 48211 on Nov 28, 8 days after the handoff` */
export function saleWords({ deal, soldOn }: Match, { createdAt }: Task, timeZone: string): Words {
  const days = daysBetween(localDate(timeZone, createdAt), soldOn);
  return words`deal ${deal.dealNumber} on ${shortDateOf(soldOn)}, ${ours(when(days))}`;
}

function when(days: number): string {
  if (days <= 0) return 'the day of the handoff';
  return days === 1 ? 'a day after the handoff' : `${days} days after the handoff`;
}

/** What else the match is based on; undefined in the usual case. */
function restsOn({ person, sameCar }: Match): Words | undefined {
  const parts = [ofPerson[person], ofCar[sameCar]].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : ours(parts.join('; '));
}

const states = {
  none: undefined,
  found: 'Found by the deal',
  disputed: 'Disputed: a manager decides',
  corrected: 'A manager decided that it doesn’t stand',
} as const satisfies Readonly<Record<CreditState, string | undefined>>;

/** `deal 48211` */
export const dealFact = (match: Match | undefined): Words =>
  match ? words`deal ${match.deal.dealNumber}` : words`the deal`;

type Context = Pick<MessageContext, 'task' | 'store' | 'nameOf' | 'words'>;

/** Who handed over, who took the handoff, and what the match is based on. Leavers keep their credit, so they are named. */
export function creditRows({ task, store, nameOf, words: kindWords }: Context): FactRows {
  const match = latestMatch(task);
  const names = (numbers: readonly string[]) =>
    listed(numbers.map((one) => nameOf(one) ?? 'a former colleague'));
  const senders = kindOf(task).sendersOf(task);
  const { assignee } = task;
  return [
    ['Handoff', kindWords.name],
    ['Handed over by', senders.length === 0 ? undefined : names(senders)],
    ['Taken by', assignee && names([assignee.employeeNumber])],
    ['Sale', match && saleWords(match, task, store.timeZone)],
    ['Sold by', match && match.salespeople.length > 0 ? names(match.salespeople) : undefined],
    ['Note', match && restsOn(match)],
    ['Credit', creditStands(task)],
  ];
}

type FactRows = readonly (readonly [string, Content | undefined])[];

const creditStands = (task: Task): string | undefined => states[creditState(task)];
