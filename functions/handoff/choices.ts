import type { Customer } from '../contracts/fields.ts';
import type { Said } from '../customers/statements.ts';
import { isActive, isManager, meetsCustomers, type StaffMember, worksFor } from '../people/staff.ts';
import type { ChoiceField } from './choice-fields.ts';
import type { Context } from './context.ts';
import { fitsCredit } from './credit-record.ts';
import { addressOf } from './customer-address.ts';
import { cameBack } from './delivery-reports.ts';
import { emailRecords } from './item-bounds.ts';
import { isToCustomer } from './outbox.ts';
import type { EntryReason } from './outbox-entry.ts';
import { isOpen, type Task, type TaskState } from './task.ts';
import type { KindTraits } from './traits.ts';

/**
 * The choices that staff have on a task: the states that allow each, who may make it, the field it asks for, and the
 * consequence that the page shows beforehand. Each kind of handoff lists its own.
 *
 * The effect of a choice on the task: `complete` ends it with the choice as its outcome; `progress` records progress and
 * accepts the task too; `advise` records whether Sales may be notified, and `decide` is the same by a manager; `ask` asks
 * another department for something; `sign over` is the sender's signature and leaves the task as it is; `met instead` is that
 * signature when the customer met a colleague, who gets the task; `dispute` says that credit for a later sale is wrong, and
 * `settle` is a manager's answer to the dispute; the others do what their name says.
 */
export type Move =
  | 'accept'
  | 'progress'
  | 'complete'
  | 'advise'
  | 'decide'
  | 'ask'
  | 'decline'
  | 'hand over'
  | 'sign over'
  | 'met instead'
  | 'snooze'
  | 'book'
  | 'email'
  | 'send again'
  | 'leave it'
  | 'dispute'
  | 'settle'
  | 'note';

export interface Choice {
  readonly name: string;
  readonly label: string;
  /** What happens next, as a sentence. The page asks `nextOf` of what-follows.ts, which knows the task. */
  readonly next: string;
  /** The field that must be filled in. */
  readonly asks?: ChoiceField;
  readonly from: readonly TaskState[];
  /**
   * `named`: the assignee. `anyone`: everyone with a link. `manager`: a manager or the assignee. `sender`: the person who hands
   * the customer over. `both`: the assignee or the sender.
   */
  readonly who: 'named' | 'anyone' | 'manager' | 'sender' | 'both';
  readonly does: Move;
  /** Always visible on the page. If a likely choice is available, the other choices are folded. */
  readonly isLikely?: true;
  /** The statement that this choice stores on the customer's record. */
  readonly remembers?: Said;
  /** The statement that this choice removes from the customer's record. */
  readonly forgets?: Said;
}

const open = ['open', 'accepted'] as const satisfies readonly TaskState[];
/** Also while the task is snoozed, because the customer may call: it can be completed or get a date. */
export const fromOpenOrSnoozed = [...open, 'waiting'] as const satisfies readonly TaskState[];
const byNamed = { from: open, who: 'named' } as const;
export const ends = { from: fromOpenOrSnoozed, who: 'named', does: 'complete' } as const;
export const advises = { ...byNamed, does: 'advise' } as const;
/** Also after the order is closed: a manager decides if nobody else answered. */
export const decides = { from: [...open, 'completed'], who: 'manager', does: 'decide' } as const;
export const asksOthers = { ...byNamed, does: 'ask' } as const;
export const progresses = { ...byNamed, does: 'progress' } as const;

/** The choice that only adds a note and changes nothing else. */
export const NOTE = 'note';

/** Choices that several kinds have. */
export const shared = {
  accept: {
    name: 'accept',
    label: 'Accept: I’ve got this',
    next: 'It’s yours, and the reminder to accept stops.',
    from: ['open'],
    who: 'named',
    does: 'accept',
  },
  customerEmail: {
    name: 'customer-email',
    label: "The customer's email address",
    next: 'The address is kept, and what waits for it goes out now.',
    from: open,
    who: 'anyone',
    does: 'email',
    asks: 'email',
  },
  sendAgain: {
    name: 'send-again',
    label: 'Send it again',
    next: "The email goes to the customer now. It may be the second time: we can't tell.",
    from: ['open', 'accepted', 'completed'],
    who: 'anyone',
    does: 'send again',
  },
  leaveIt: {
    name: 'leave-it',
    label: 'Leave it',
    next: 'No email is sent. You tell the customer yourself.',
    from: ['open', 'accepted', 'completed'],
    who: 'anyone',
    does: 'leave it',
  },
  snooze: {
    name: 'snooze',
    label: 'Remind me on',
    next: 'Snoozed until that morning, then back with you.',
    ...byNamed,
    does: 'snooze',
    asks: 'date',
  },
  handOver: {
    name: 'hand-over',
    label: 'Hand to a colleague',
    next: 'Your colleague gets it by email now and has to accept it.',
    from: open,
    who: 'manager',
    does: 'hand over',
    asks: 'colleague',
  },
  decline: {
    name: 'decline',
    label: 'Can’t take it',
    next: 'It goes to somebody else now, and the person who sent it to you hears why.',
    ...byNamed,
    does: 'decline',
    asks: 'reason',
  },
  startedByMistake: {
    name: 'started-by-mistake',
    label: 'Started by mistake',
    next: 'It is taken off the list of whoever has it, and they are told.',
    from: fromOpenOrSnoozed,
    who: 'sender',
    does: 'complete',
  },
  note: {
    name: NOTE,
    label: 'Add a note',
    next: 'The note is kept with this handoff.',
    from: ['waiting', 'open', 'accepted', 'completed', 'cancelled'],
    who: 'anyone',
    does: 'note',
    asks: 'note',
  },
} as const satisfies Readonly<Record<string, Choice>>;

/** For kinds that email the customer: enter an address, and decide about an email that may not have been sent. */
export const aboutCustomerEmail: readonly Choice[] = [shared.customerEmail, shared.sendAgain, shared.leaveIt];
/** Passing it on, and notes. */
export const aboutTheTask: readonly Choice[] = [shared.handOver, shared.decline, shared.note];

const fromHandedOver = [
  'waiting',
  'open',
  'accepted',
  'completed',
  'cancelled',
] as const satisfies readonly TaskState[];

const STANDS = 'credit-stands';

/** For every kind that earns credit, once a later sale was found. */
export const aboutCredit: readonly Choice[] = [
  {
    name: 'credit-not-right',
    label: 'This credit isn’t right',
    next: 'A manager reads why and decides. What was found and said is kept.',
    from: fromHandedOver,
    who: 'both',
    does: 'dispute',
    asks: 'reason',
  },
  {
    name: STANDS,
    label: 'The credit stands',
    next: 'Both people hear it in their next list.',
    from: fromHandedOver,
    who: 'manager',
    does: 'settle',
  },
  {
    name: 'credit-does-not-stand',
    label: 'The credit doesn’t stand',
    next: 'Both people hear it in their next list. What was found is kept, with your decision.',
    from: fromHandedOver,
    who: 'manager',
    does: 'settle',
  },
];

export const saysItStands = ({ name }: Pick<Choice, 'name'>): boolean => name === STANDS;

/** The person behind the link, with the permissions that the roster gives them. */
export interface Reader {
  readonly employeeNumber: string;
  readonly isManager: boolean;
}

export const readerOf = (person: StaffMember): Reader => ({
  employeeNumber: person.employeeNumber,
  isManager: isManager(person),
});

/** The part of a kind that choices depend on. */
interface Choosing {
  readonly choices: readonly Choice[];
  readonly fits: (task: Task, choice: Choice) => boolean;
  readonly customerOf: (task: Task) => Customer | undefined;
  readonly sendersOf: (task: Task) => readonly string[];
}

export const findChoice = ({ choices }: Pick<Choosing, 'choices'>, name: string): Choice | undefined =>
  choices.find((choice) => choice.name === name);

/** The choices that this person has on the task now. */
export const choicesFor = (task: Task, kind: Choosing, reader: Reader): Choice[] =>
  kind.choices.filter((choice) => fits(choice, task, kind, reader));

function fits(choice: Choice, task: Task, kind: Choosing, reader: Reader): boolean {
  if (!choice.from.includes(task.state)) return false;
  if (!mayChoose(choice.who, task, kind, reader)) return false;
  if (choice.does === 'email') return wantsAddress(task, addressOf(task, kind.customerOf(task)));
  if (choice.does === 'dispute' || choice.does === 'settle')
    return fitsCredit(task, choice.does, reader.isManager);
  if (choice.does === 'send again' || choice.does === 'leave it') return questionOf(task) !== undefined;
  return kind.fits(task, choice);
}

function mayChoose(who: Choice['who'], task: Task, kind: Choosing, reader: Reader): boolean {
  const isNamed = task.assignee?.employeeNumber === reader.employeeNumber;
  const isSender = () =>
    task.started?.by === reader.employeeNumber || kind.sendersOf(task).includes(reader.employeeNumber);
  switch (who) {
    case 'named':
      return isNamed;
    case 'manager':
      return isNamed || reader.isManager;
    case 'sender':
      return isSender();
    case 'both':
      return isNamed || isSender();
    case 'anyone':
      return true;
  }
}

/** Colleagues who can take the task: everybody active in its department who meets customers, except the assignee. */
export function colleaguesFor(
  task: Task,
  { department }: Pick<KindTraits, 'department'>,
  { roster, today }: Context,
): StaffMember[] {
  return roster
    .filter((person) => isActive(person, today) && worksFor(person, department) && meetsCustomers(person))
    .filter((person) => person.employeeNumber !== task.assignee?.employeeNumber)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The task was started by mistake: unless that ending is undone, nothing is sent about it and nobody is asked about it. */
export const isMistake = ({ ended }: Pick<Task, 'ended'>): boolean =>
  ended?.outcome === shared.startedByMistake.name;

/** The email to the customer that waits for a staff decision. */
export const questionOf = (task: Task) =>
  isMistake(task) ? undefined : task.outbox.filter(isToCustomer).find((entry) => entry.state === 'asked');

/** Whether a customer address is needed: there is none, or the last email bounced or was refused. */
function wantsAddress(task: Task, address: string | undefined): boolean {
  const last = emailRecords(task).findLast(({ to }) => to === 'customer');
  if (!last) return isOpen(task) && address === undefined;
  const failed = cameBack(last) || last.state === 'given-up' || isWithoutAddress(last.reason);
  return isOpen(task) && failed;
}

const isWithoutAddress = (reason: EntryReason | undefined) =>
  reason?.code === 'no-address' || reason?.code === 'bounced-before';
