import { isEmail } from './outbox.ts';
import { isOpen, type Task, type TaskKind, type TaskState } from './task.ts';

/**
 * What staff may say about a task, in the words of the trade. One table: which kinds and states a choice fits, who
 * may make it, what it asks for, and what it does next, which the page says before it is made.
 */
export type ChoiceField = 'reason' | 'date' | 'time' | 'dealNumber' | 'colleague' | 'email' | 'note';

export interface Choice {
  readonly name: string;
  readonly label: string;
  /** What happens then, as a sentence on the page. */
  readonly next: string;
  readonly asks: readonly ChoiceField[];
  readonly kinds: readonly TaskKind[];
  readonly from: readonly TaskState[];
  /** `named`: the person who has it. `anyone`: everyone with a link to it. `manager`: a manager, or who has it. */
  readonly who: 'named' | 'anyone' | 'manager';
  /** What it does to the task: ends it with this outcome, or one of the moves of answer.ts. */
  readonly does: 'accept' | 'decline' | 'hand over' | 'snooze' | 'complete' | 'note' | 'book' | 'email' | 'send again' | 'leave it';
}

const everyKind = [
  'service-introduction',
  'first-service-visit',
  'repair-options',
  'upgrade-conversation',
] as const satisfies readonly TaskKind[];
const open = ['open', 'accepted'] as const satisfies readonly TaskState[];
const named = { from: open, who: 'named' } as const;
const ends = { ...named, does: 'complete', asks: [] } as const;

export const choices = [
  {
    name: 'accept',
    label: 'I have this',
    next: 'You are the named person. The reminder to accept stops.',
    asks: [],
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
    next: 'Noted. It stays with you, and you are reminded when its time is up.',
    kinds: ['service-introduction'],
    ...named,
    does: 'note',
    asks: [],
  },
  {
    name: 'visit-booked',
    label: 'First visit booked',
    next: 'The date is kept, and the salesperson is told of the visit.',
    kinds: ['first-service-visit'],
    ...named,
    does: 'book',
    asks: ['date', 'time'],
  },
  {
    name: 'first-visit-booked',
    label: 'First visit booked for',
    next: 'The date is kept with this handoff.',
    kinds: ['service-introduction'],
    ...named,
    does: 'note',
    asks: ['date'],
  },
  {
    name: 'customer-declined',
    label: 'The customer declined',
    next: 'This handoff is closed. Nobody asks again.',
    kinds: ['service-introduction', 'first-service-visit'],
    ...ends,
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
    label: 'Not now',
    next: 'Noted that the customer decides later. This sheet is closed.',
    kinds: ['repair-options'],
    ...ends,
  },
  {
    name: 'contacted',
    label: 'Contacted',
    next: 'Noted that you talked. It stays with you.',
    kinds: ['upgrade-conversation'],
    ...named,
    does: 'note',
    asks: [],
  },
  {
    name: 'appointment-set',
    label: 'Appointment set for',
    next: 'The date is kept with this handoff. It stays with you.',
    kinds: ['upgrade-conversation'],
    ...named,
    does: 'note',
    asks: ['date'],
  },
  {
    name: 'sold',
    label: 'Sold',
    next: 'The deal is kept with the advisor as its originator. This handoff is done.',
    kinds: ['upgrade-conversation'],
    ...ends,
    asks: ['dealNumber'],
  },
  {
    name: 'not-ready',
    label: 'Not ready',
    next: 'This handoff is closed.',
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
    next: 'This handoff is closed.',
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
    asks: ['email'],
  },
  {
    name: 'send-again',
    label: 'Send it again',
    next: "The email goes to the customer now. It may be the second time: we can't tell.",
    kinds: ['service-introduction', 'first-service-visit'],
    from: ['open', 'accepted', 'completed'],
    who: 'anyone',
    does: 'send again',
    asks: [],
  },
  {
    name: 'leave-it',
    label: 'Leave it',
    next: 'No email is sent. You tell the customer yourself.',
    kinds: ['service-introduction', 'first-service-visit'],
    from: ['open', 'accepted', 'completed'],
    who: 'anyone',
    does: 'leave it',
    asks: [],
  },
  {
    name: 'snooze',
    label: 'Remind me on',
    next: 'It rests until that morning, then comes back to you.',
    kinds: ['first-service-visit', 'upgrade-conversation'],
    ...named,
    does: 'snooze',
    asks: ['date'],
  },
  {
    name: 'hand-over',
    label: 'Hand to a colleague',
    next: 'Your colleague gets it by email now, and has to accept it.',
    kinds: everyKind,
    from: open,
    who: 'manager',
    does: 'hand over',
    asks: ['colleague'],
  },
  {
    name: 'decline',
    label: "I can't take this",
    next: 'It goes to somebody else now, and who handed it to you is told why.',
    kinds: everyKind,
    ...named,
    does: 'decline',
    asks: ['reason'],
  },
  {
    name: 'note',
    label: 'Add a note',
    next: 'The note is kept with this handoff.',
    kinds: everyKind,
    from: ['waiting', 'open', 'accepted', 'completed', 'cancelled'],
    who: 'anyone',
    does: 'note',
    asks: ['note'],
  },
] as const satisfies readonly Choice[];

export type ChoiceName = (typeof choices)[number]['name'];

/** Who is looking, from their link: only the roster says what a person may do. */
export interface Reader {
  readonly employeeNumber: string;
  readonly isManager: boolean;
}

/** The choices that fit the task's kind and state, for this person, now. */
export function choicesFor(task: Task, reader: Reader): Choice[] {
  return choices.filter((choice: Choice) => fits(choice, task, reader));
}

function fits(choice: Choice, task: Task, reader: Reader): boolean {
  if (!choice.kinds.includes(task.kind) || !choice.from.includes(task.state)) return false;
  const isNamed = task.assignee?.employeeNumber === reader.employeeNumber;
  if (choice.who === 'named' && !isNamed) return false;
  if (choice.who === 'manager' && !isNamed && !reader.isManager) return false;
  if (choice.does === 'email') return wantsAddress(task);
  if (choice.does === 'send again' || choice.does === 'leave it') return questionOf(task) !== undefined;
  return true;
}

/** The email to the customer that a person has to decide about. */
export function questionOf(task: Task) {
  return task.outbox.filter(isEmail).find((entry) => entry.to === 'customer' && entry.state === 'asked');
}

/** The customer was not reached: no address, or one that bounces or is refused. */
export function wantsAddress(task: Task): boolean {
  const toCustomer = task.outbox.filter(isEmail).filter((entry) => entry.to === 'customer');
  const failed = toCustomer.some(
    (entry) => entry.reported === 'bounced' || entry.state === 'given-up' || isWithoutAddress(entry.reason),
  );
  return isOpen(task) && (toCustomer.length === 0 || failed);
}

const isWithoutAddress = (reason: string | undefined) =>
  reason === 'the customer has no email address' || reason === 'mail to the address bounced before';
