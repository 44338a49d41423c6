import { customerName } from '../customers/customer.ts';
import { formatInstant, localDate } from '../group/business-time.ts';
import { fieldOf } from '../handoff/choice-fields.ts';
import { type Choice, findChoice } from '../handoff/choices.ts';
import type { Context } from '../handoff/context.ts';
import type { Limit } from '../handoff/deadlines.ts';
import type { Task } from '../handoff/task.ts';
import { reasonGiven } from '../handoffs/any-kind/outcome-words.ts';
import { customerOf, kindOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import { dayOf } from '../mail/format.ts';
import { sentenceCase, type Words, words } from '../mail/words.ts';
import { overdueFor } from '../my-day/emails/day-letter.ts';
import { isLate } from '../my-day/worklist.ts';
import { findPerson } from '../people/staff.ts';
import type { Shown } from './shown.ts';

/** The state and deadline of a handoff in plain words, without names from the code. */

export function headingOf(task: Task): Words {
  const customer = customerOf(task);
  return wordsOf(task).heading(task, customer ? customerName(customer) : 'the customer');
}

export const nameOf = (number: string | undefined, roster: Shown['roster']): string =>
  (number === undefined ? undefined : findPerson(roster, number)?.name) ?? 'a colleague';

export const isNamed = ({ task, reader }: Shown) => task.assignee?.employeeNumber === reader.employeeNumber;

/** Why this person has the handoff. */
export function whyThem({ task }: Shown): string | undefined {
  switch (task.assignee?.reason) {
    case 'own':
      return kindOf(task).department === 'sales'
        ? "The customer's own salesperson"
        : "The customer's own advisor";
    case 'partner':
      return kindOf(task).department === 'sales'
        ? "The advisor's partner in Sales"
        : 'The salesperson’s partner in Service';
    case 'fair choice':
      return 'Next up among those at work that day';
    case 'manager':
      return 'Nobody else could take it, so the manager has it';
    case 'handed over':
      return 'Handed over by a colleague';
    case undefined:
      return undefined;
  }
}

/** The headline: the state, and what has to be done by when. */
export function howItStands(shown: Shown): { readonly words: Words; readonly late: boolean } {
  const { task } = shown;
  switch (task.state) {
    case 'open':
      return toDo(shown, 'accept');
    case 'accepted':
      return toDo(shown, 'complete');
    case 'waiting':
      return { words: scheduled(shown), late: false };
    default:
      return { words: over(shown), late: false };
  }
}

function toDo(shown: Shown, limit: Limit): { readonly words: Words; readonly late: boolean } {
  const { task, store, roster } = shown;
  const by = countedTo(shown, limit);
  const when = by === undefined ? undefined : formatInstant(store.timeZone, by, 'en');
  const late = when === undefined && isLate(task, shown.now);
  if (isNamed(shown)) return { words: yours(limit, when, late && overdueFor(task, shown.now)), late };
  const name = nameOf(task.assignee?.employeeNumber, roster);
  const says =
    limit === 'accept' ? words`${name} was asked and has not accepted yet` : words`${name} has this`;
  return { words: late ? words`${says}. ${overdueFor(task, shown.now)}.` : words`${says}.`, late };
}

/** When the limit ends; undefined as long as there is nothing to do. */
function countedTo({ task, now }: Shown, limit: Limit): string | undefined {
  const by = task.deadlines[`${limit}-reminder`];
  const rests = kindOf(task).restsUntil?.(task, limit);
  return by !== undefined && rests !== undefined && rests > now && rests > by ? rests : by;
}

/** A mere question has no limit, so it is never overdue. */
function yours(limit: Limit, when: string | undefined, overdue: string | false): Words {
  if (overdue !== false)
    return limit === 'accept'
      ? words`${overdue}: please accept it now.`
      : words`${overdue}: it’s yours, please finish it now.`;
  if (when === undefined) return words`It’s yours to answer. There is no deadline.`;
  return limit === 'accept' ? words`Please accept by ${when}.` : words`It’s yours. Please finish by ${when}.`;
}

function scheduled({ task, store }: Shown): Words {
  const { release } = task.deadlines;
  const held = wordsOf(task).heldBack(task);
  if (held !== undefined) return words`Sales wasn’t notified, because ${held}.`;
  return release === undefined
    ? words`Snoozed until its day comes.`
    : words`Snoozed until ${dayOf(store.timeZone, release, 'en')}.`;
}

function over({ task, store, roster }: Shown): Words {
  const { ended } = task;
  if (!ended) return words`There is nothing to do.`;
  const when = formatInstant(store.timeZone, ended.at, 'en');
  const choice = findChoice(kindOf(task), ended.outcome);
  if (choice) return words`Done by ${nameOf(ended.by, roster)}, ${when}: ${sentenceCase(choice.label)}.`;
  const ofKind = wordsOf(task);
  return words`Closed, ${when}: ${ofKind.outcome(ended.outcome)}${reasonGiven(task, ofKind)}.`;
}

/** The value entered with a choice: a date, a name or a text. */
export function saidWith(
  { asks }: Pick<Choice, 'asks'>,
  value: string | undefined,
  context: Context,
): Words | undefined {
  if (value === undefined) return undefined;
  const said = asks && fieldOf(asks).said;
  return words`${said ? said(value, context) : value}`;
}

/** Includes the date: `4:10 PM` alone would be ambiguous on a page that is opened days later. */
export const momentWords = ({ store, now }: Context, at: string): string =>
  localDate(store.timeZone, at) === localDate(store.timeZone, now)
    ? `Today, ${formatInstant(store.timeZone, at, 'en').split(', ').at(-1) ?? ''}`
    : formatInstant(store.timeZone, at, 'en');
