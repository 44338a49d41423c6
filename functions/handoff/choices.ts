import { localDate } from '../group/business-time.ts';
import { isActive, type Role, type StaffMember } from '../people/staff.ts';
import { departmentOf } from './deadlines.ts';
import { BOUNCED_BEFORE, NO_ADDRESS } from './delivery-questions.ts';
import type { Context } from './draft.ts';
import { emailRecords } from './item-bounds.ts';
import { isToCustomer } from './outbox.ts';
import {
  type AdvisorWord,
  isOpen,
  type RepairOptions,
  type Task,
  type TaskKind,
  type TaskState,
} from './task.ts';

/**
 * What staff may say about a task, in the words of the trade. One table: which kinds and states a choice fits, who
 * may make it, what it asks for, and what it does next, which the page says before it is made.
 */
export const choiceFields = [
  'reason',
  'date',
  'startsAt',
  'dealNumber',
  'colleague',
  'email',
  'note',
] as const;
export type ChoiceField = (typeof choiceFields)[number];

/**
 * What a choice does to the task. `complete` ends it with the choice as its outcome; `progress` says how far it came,
 * and so accepts it too; `advise` says whether Sales may be told; the others are what they are called.
 */
export type Move =
  | 'accept'
  | 'progress'
  | 'complete'
  | 'advise'
  | 'decline'
  | 'hand over'
  | 'snooze'
  | 'book'
  | 'email'
  | 'send again'
  | 'leave it'
  | 'note';

export interface Choice {
  readonly name: string;
  readonly label: string;
  /** What happens then, as a sentence on the page. */
  readonly next: string;
  /** The one thing that must be said with it. */
  readonly asks?: ChoiceField;
  readonly kinds: readonly TaskKind[];
  readonly from: readonly TaskState[];
  /** `named`: the person who has it. `anyone`: everyone with a link to it. `manager`: a manager, or who has it. */
  readonly who: 'named' | 'anyone' | 'manager';
  readonly does: Move;
}

const everyKind = [
  'service-introduction',
  'first-service-visit',
  'repair-options',
  'upgrade-conversation',
] as const satisfies readonly TaskKind[];
const open = ['open', 'accepted'] as const satisfies readonly TaskState[];
const named = { from: open, who: 'named' } as const;
/** What is resting may end, or get its date, on the day the customer calls. */
const resting = [...open, 'waiting'] as const satisfies readonly TaskState[];
const ends = { from: resting, who: 'named', does: 'complete' } as const;
const advice = { from: open, who: 'named', does: 'advise' } as const;
const goesOn = { ...named, does: 'progress' } as const;

export const choices = [
  {
    name: 'accept',
    label: 'I accept: I have this',
    next: 'You are the named person, and the reminder to accept stops.',
    kinds: everyKind,
    from: ['open'],
    who: 'named',
    does: 'accept',
  },
  {
    name: 'introduced-in-person',
    label: 'Introduced in person',
    next: 'You sign that you met the customer. This handoff is done.',
    kinds: ['service-introduction'],
    ...ends,
  },
  {
    name: 'introduced-by-video',
    label: 'Introduced by video',
    next: 'You sign that you met the customer by video. This handoff is done.',
    kinds: ['service-introduction'],
    ...ends,
  },
  {
    name: 'not-yet',
    label: 'Not introduced yet',
    next: 'It stays with you, and you are reminded when its time is up.',
    kinds: ['service-introduction'],
    ...goesOn,
  },
  {
    name: 'visit-booked',
    label: 'First visit booked',
    next: 'The salesperson is told of the visit. It stays with you until the customer has come.',
    kinds: ['first-service-visit'],
    from: resting,
    who: 'named',
    does: 'book',
    asks: 'startsAt',
  },
  {
    name: 'first-visit-booked',
    label: 'First visit booked for',
    next: 'The date is kept with this handoff. It stays with you until you sign.',
    kinds: ['service-introduction'],
    ...goesOn,
    asks: 'date',
  },
  {
    name: 'customer-declined',
    label: 'The customer declined',
    next: 'This handoff is closed. Nobody asks again.',
    kinds: ['service-introduction', 'first-service-visit'],
    ...ends,
  },
  {
    name: 'good-time',
    label: 'Good time for Sales to talk',
    next: 'A salesperson hears of it now, with you as the one to talk to first. This sheet stays with you.',
    kinds: ['repair-options'],
    ...advice,
  },
  {
    name: 'not-a-good-time',
    label: 'Not now for Sales',
    next: 'Sales hears nothing of this repair order. This sheet stays with you.',
    kinds: ['repair-options'],
    ...advice,
  },
  {
    name: 'never-for-this-customer',
    label: 'Never for this customer',
    next: 'Sales is not told of this customer, now or for a later repair, until an advisor takes it back.',
    kinds: ['repair-options'],
    ...advice,
  },
  {
    name: 'open-to-looking',
    label: 'Open to looking',
    next: 'A salesperson hears of it now, with you as the one to talk to first. This sheet is closed.',
    kinds: ['repair-options'],
    ...ends,
  },
  {
    name: 'repair-it',
    label: 'Repairing it',
    next: 'The customer chose the repair: a good outcome. This sheet is closed.',
    kinds: ['repair-options'],
    ...ends,
  },
  {
    name: 'not-now',
    label: 'The customer decides later',
    next: 'Noted that nothing is decided yet. This sheet is closed.',
    kinds: ['repair-options'],
    ...ends,
  },
  {
    name: 'may-be-asked',
    label: 'Sales may hear of this customer again',
    next: 'Takes back “never for this customer”. It counts from the next quote.',
    kinds: ['repair-options'],
    ...advice,
  },
  {
    name: 'contacted',
    label: 'Contacted',
    next: 'Noted that you talked. It stays with you.',
    kinds: ['upgrade-conversation'],
    ...goesOn,
  },
  {
    name: 'appointment-set',
    label: 'Appointment set for',
    next: 'The day and time are kept with this handoff. It stays with you.',
    kinds: ['upgrade-conversation'],
    ...goesOn,
    asks: 'startsAt',
  },
  {
    name: 'sold',
    label: 'Sold',
    next: 'The deal is kept with the advisor as its originator. This handoff is done.',
    kinds: ['upgrade-conversation'],
    ...ends,
    asks: 'dealNumber',
  },
  {
    name: 'not-ready',
    label: 'Not ready',
    next: 'This handoff is closed. No nudge follows for as long as your group’s policy says.',
    kinds: ['upgrade-conversation'],
    ...ends,
  },
  {
    name: 'wrong-car',
    label: 'Wrong car or customer',
    next: 'This handoff is closed, and the reason is kept.',
    kinds: ['upgrade-conversation'],
    ...ends,
  },
  {
    name: 'already-bought',
    label: 'Already bought',
    next: 'This handoff is closed. No nudge follows for as long as your group’s policy says.',
    kinds: ['upgrade-conversation'],
    ...ends,
  },
  {
    name: 'customer-email',
    label: "The customer's email address",
    next: 'The address is kept, and the email that is waiting for it goes out now.',
    kinds: ['service-introduction', 'first-service-visit'],
    from: open,
    who: 'anyone',
    does: 'email',
    asks: 'email',
  },
  {
    name: 'send-again',
    label: 'Send it again',
    next: "The email goes to the customer now. It may be the second time: we can't tell.",
    kinds: ['service-introduction', 'first-service-visit'],
    from: ['open', 'accepted', 'completed'],
    who: 'anyone',
    does: 'send again',
  },
  {
    name: 'leave-it',
    label: 'Leave it',
    next: 'No email is sent. You tell the customer yourself.',
    kinds: ['service-introduction', 'first-service-visit'],
    from: ['open', 'accepted', 'completed'],
    who: 'anyone',
    does: 'leave it',
  },
  {
    name: 'snooze',
    label: 'Remind me on',
    next: 'It rests until that morning, then comes back to you.',
    kinds: ['first-service-visit', 'upgrade-conversation'],
    ...named,
    does: 'snooze',
    asks: 'date',
  },
  {
    name: 'hand-over',
    label: 'Hand to a colleague',
    next: 'Your colleague gets it by email now, and has to accept it.',
    kinds: everyKind,
    from: open,
    who: 'manager',
    does: 'hand over',
    asks: 'colleague',
  },
  {
    name: 'decline',
    label: "I can't take this",
    next: 'It goes to somebody else now, and who handed it to you is told why.',
    kinds: everyKind,
    ...named,
    does: 'decline',
    asks: 'reason',
  },
  {
    name: 'note',
    label: 'Add a note',
    next: 'The note is kept with this handoff.',
    kinds: everyKind,
    from: ['waiting', 'open', 'accepted', 'completed', 'cancelled'],
    who: 'anyone',
    does: 'note',
    asks: 'note',
  },
] as const satisfies readonly Choice[];

export type ChoiceName = (typeof choices)[number]['name'];

/** Who is looking, from their link: only the roster says what a person may do. */
export interface Reader {
  readonly employeeNumber: string;
  readonly isManager: boolean;
}

export const readerOf = ({ employeeNumber, role }: StaffMember): Reader => ({
  employeeNumber,
  isManager: role === 'service manager' || role === 'sales manager',
});

export const findChoice = (name: string): Choice | undefined =>
  choices.find((choice) => choice.name === name);

/** The choices that fit the task's kind and state, for this person, now. */
export function choicesFor(task: Task, reader: Reader): Choice[] {
  return choices.filter((choice: Choice) => fits(choice, task, reader));
}

function fits(choice: Choice, task: Task, reader: Reader): boolean {
  if (!choice.kinds.includes(task.kind) || !choice.from.includes(task.state)) return false;
  const isNamed = task.assignee?.employeeNumber === reader.employeeNumber;
  if (choice.who === 'named' && !isNamed) return false;
  if (choice.who === 'manager' && !isNamed && !reader.isManager) return false;
  if (choice.does === 'advise') return task.kind === 'repair-options' && isAdviceOf(choice.name, task);
  if (choice.does === 'email') return wantsAddress(task);
  if (choice.does === 'send again' || choice.does === 'leave it') return questionOf(task) !== undefined;
  return true;
}

/** What each of the advisor's choices says. */
export const adviceOf: Readonly<Record<string, AdvisorWord>> = {
  'good-time': 'good time',
  'not-a-good-time': 'not now',
  'never-for-this-customer': 'never',
  'may-be-asked': 'may be asked',
};

/** The gate asks once, and only while the rule would tell Sales; a no for good can be said and taken back any time. */
function isAdviceOf(name: string, task: RepairOptions): boolean {
  const { advisorSays: said, circumstances } = task;
  const never = said === 'never' || (circumstances?.advisorSaidNo === true && said !== 'may be asked');
  switch (adviceOf[name]) {
    case 'never':
      return !never;
    case 'may be asked':
      return never;
    default:
      return isAskingAdvisor(task);
  }
}

/** The rule would tell Sales, and the advisor has not said yet whether it is a good time. */
export const isAskingAdvisor = (task: Task): boolean =>
  task.kind === 'repair-options' &&
  isOpen(task) &&
  task.asksAdvisor === true &&
  task.advisorSays === undefined &&
  task.toldSales !== true &&
  task.assessment?.nudge === true;

const rolesOf = {
  service: ['service advisor', 'service manager'],
  sales: ['salesperson', 'sales manager'],
} as const satisfies Record<string, readonly Role[]>;

/** To whom it can be handed: who works in the task's department now, but the one who has it. */
export function colleaguesFor(task: Task, { roster, store, now }: Context): StaffMember[] {
  const today = localDate(store.timeZone, now);
  const roles: readonly Role[] = rolesOf[departmentOf(task)];
  return roster
    .filter((person) => isActive(person, today) && roles.includes(person.role))
    .filter((person) => person.employeeNumber !== task.assignee?.employeeNumber)
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** The email to the customer that a person has to decide about. */
export function questionOf(task: Task) {
  return task.outbox.filter(isToCustomer).find((entry) => entry.state === 'asked');
}

/** The customer was not reached: no address, or the last email found one that bounces or is refused. */
export function wantsAddress(task: Task): boolean {
  const last = emailRecords(task).findLast(({ to }) => to === 'customer');
  if (!last) return isOpen(task);
  const failed = last.reported === 'bounced' || last.state === 'given-up' || isWithoutAddress(last.reason);
  return isOpen(task) && failed;
}

const isWithoutAddress = (reason: string | undefined) => reason === NO_ADDRESS || reason === BOUNCED_BEFORE;
