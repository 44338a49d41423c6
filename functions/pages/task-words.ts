import { customerName, customerOf, vehicleOf } from '../customers/customer.ts';
import { formatInstant, localDate } from '../group/business-time.ts';
import { type Choice, findChoice } from '../handoff/choices.ts';
import type { Context } from '../handoff/draft.ts';
import type { Task, TaskKind } from '../handoff/task.ts';
import { outcomeWords, reasonWords } from '../handoffs/any-kind/outcome-words.ts';
import { carOf, dayOf } from '../mail/format.ts';
import { sentenceCase, type Words, words } from '../mail/words.ts';
import { findPerson, type StaffMember } from '../people/staff.ts';

/** A handoff in plain words: what it is, how it stands, by when. Never a name of our code. */
export interface Shown extends Context {
  readonly task: Task;
  readonly reader: StaffMember;
}

export const topics: Record<TaskKind, string> = {
  'service-introduction': 'Sold to Service',
  'first-service-visit': 'First service',
  'repair-options': 'Repair options',
  'upgrade-conversation': 'Upgrade conversation',
};

export const whatItIs: Record<TaskKind, string> = {
  'service-introduction':
    'The customer bought a car here and is introduced to a named person in Service, who signs that it happened.',
  'first-service-visit': 'The customer comes back for the first service, and is expected by name.',
  'repair-options':
    'The customer has a high repair to decide on, and hears both sides in neutral words: repair and replace.',
  'upgrade-conversation':
    'A service customer may be ready for another car. Talk to the advisor first, then help the customer decide.',
};

export function headingOf(task: Task): Words {
  const customer = customerOf(task);
  const name = customer ? customerName(customer) : 'the customer';
  switch (task.kind) {
    case 'service-introduction':
      return words`Introduce ${name} to Service`;
    case 'first-service-visit':
      return words`First service of ${name}`;
    case 'repair-options':
      return words`Repair or replace: ${carName(task)} of ${name}`;
    case 'upgrade-conversation':
      return words`Another car for ${name}?`;
  }
}

export function carName(task: Task): string {
  const vehicle = vehicleOf(task);
  return (vehicle && carOf(vehicle)) ?? 'the car';
}

export const nameOf = (number: string | undefined, roster: Shown['roster']): string =>
  (number === undefined ? undefined : findPerson(roster, number)?.name) ?? 'a colleague';

export const isNamed = ({ task, reader }: Shown) => task.assignee?.employeeNumber === reader.employeeNumber;

/** Why it is with this person. */
export function whyThem({ task }: Shown): string | undefined {
  switch (task.assignee?.reason) {
    case 'own':
      return task.kind === 'upgrade-conversation'
        ? "The customer's own salesperson"
        : "The customer's own advisor";
    case 'partner':
      return "The advisor's partner in Sales";
    case 'fair choice':
      return 'A fair choice among those at work that day';
    case 'manager':
      return 'Nobody else could take it, so the manager has it';
    case 'handed over':
      return 'Handed over by a colleague';
    case undefined:
      return undefined;
  }
}

/** The one line that is read if no other is: how it stands, and by when what is to be done. */
export function howItStands(shown: Shown): { readonly words: Words; readonly late: boolean } {
  const { task } = shown;
  switch (task.state) {
    case 'open':
      return toDo(shown, 'accept');
    case 'accepted':
      return toDo(shown, 'complete');
    case 'waiting':
      return { words: resting(shown), late: false };
    default:
      return { words: isOver(shown), late: false };
  }
}

function toDo(shown: Shown, clock: 'accept' | 'complete'): { readonly words: Words; readonly late: boolean } {
  const { task, store, roster } = shown;
  const by = task.deadlines[`${clock}-reminder`];
  const when = by === undefined ? undefined : formatInstant(store.timeZone, by, 'en');
  const late = when === undefined;
  if (isNamed(shown)) return { words: yours(clock, when), late };
  const name = nameOf(task.assignee?.employeeNumber, roster);
  const says =
    clock === 'accept' ? words`${name} was asked and has not accepted yet` : words`${name} has this`;
  return { words: late ? words`${says}. It is overdue.` : words`${says}.`, late };
}

function yours(clock: 'accept' | 'complete', when: string | undefined): Words {
  if (clock === 'accept') {
    return when === undefined
      ? words`This is overdue: please accept it now.`
      : words`Please accept by ${when}.`;
  }
  return when === undefined
    ? words`You have this, and it is overdue: please finish it now.`
    : words`You have this. Please finish by ${when}.`;
}

function resting({ task, store }: Shown): Words {
  const { release } = task.deadlines;
  const held = task.kind === 'upgrade-conversation' ? task.overCap : undefined;
  if (held && held.until === undefined) return words`Sales was not told, because ${held.why}.`;
  return release === undefined
    ? words`It rests until its day comes.`
    : words`It rests until ${dayOf(store.timeZone, release, 'en')}.`;
}

function isOver({ task, store, roster }: Shown): Words {
  const { ended } = task;
  if (!ended) return words`There is nothing to do.`;
  const when = formatInstant(store.timeZone, ended.at, 'en');
  const choice = findChoice(ended.outcome);
  return choice
    ? words`Done by ${nameOf(ended.by, roster)}, ${when}: ${sentenceCase(choice.label)}.`
    : words`Closed, ${when}: ${outcomeWords(ended.outcome)}${reasonWords(task, ended.outcome)}.`;
}

/** What was said with a choice, as a person reads it: a date, a name, a text. */
export function saidWith(
  choice: Choice,
  value: string | undefined,
  { store, roster }: Context,
): Words | undefined {
  if (value === undefined) return undefined;
  switch (choice.asks) {
    case 'date':
      return words`${dayOf('UTC', `${value}T00:00:00.000Z`, 'en')}`;
    case 'startsAt':
      return words`${formatInstant(store.timeZone, value, 'en')}`;
    case 'colleague':
      return words`${nameOf(value, roster)}`;
    default:
      return words`${value}`;
  }
}

/** `4:10 PM` would say too little on a page that is opened days later. */
export const momentWords = ({ store, now }: Context, at: string): string =>
  localDate(store.timeZone, at) === localDate(store.timeZone, now)
    ? `Today, ${formatInstant(store.timeZone, at, 'en').split(', ').at(-1) ?? ''}`
    : formatInstant(store.timeZone, at, 'en');
