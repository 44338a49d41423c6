import { customerName, customerOf } from '../../customers/customer.ts';
import { isOpen, type Task, type TaskKind } from '../../handoff/task.ts';
import { type Words, words } from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';
import { currentAppointment } from '../first-service/visit.ts';

export const everyKind = [
  'service-introduction',
  'first-service-visit',
  'repair-options',
  'upgrade-conversation',
] as const satisfies readonly TaskKind[];

/** What each kind of handoff is called, and what is asked of the person who has it: for messages of every kind. */
export const whatItIs: Record<
  TaskKind,
  {
    readonly name: string;
    /** The same in a sentence. */
    readonly of: (who: Words) => Words;
    readonly toAccept: Words;
    readonly toComplete: Words;
    /** The button to it. */
    readonly complete: string;
  }
> = {
  'service-introduction': {
    name: 'Introduction to Service',
    toAccept: words`accept the introduction`,
    toComplete: words`sign that the introduction happened`,
    of: (who) => words`the introduction of ${who}`,
    complete: 'Sign the introduction',
  },
  'first-service-visit': {
    name: 'First service visit',
    toAccept: words`accept the first service visit`,
    toComplete: words`get the first service booked, and note the date`,
    of: (who) => words`the first service of ${who}`,
    complete: 'Enter the appointment',
  },
  'repair-options': {
    name: 'Repair options',
    toAccept: words`accept the repair options`,
    toComplete: words`go through both options with the customer, and note the answer`,
    of: (who) => words`the repair options sheet of ${who}`,
    complete: 'Note the answer',
  },
  'upgrade-conversation': {
    name: 'Upgrade conversation',
    toAccept: words`accept the upgrade conversation`,
    toComplete: words`note how the conversation went`,
    of: (who) => words`the upgrade conversation with ${who}`,
    complete: 'Note how it went',
  },
};

export function whoItIsAbout(task: Task): Words {
  const customer = customerOf(task);
  return customer ? words`${customerName(customer)}` : words`this customer`;
}

export const ACCEPT = 'Accept this handoff';
export const SEE = 'See this handoff';

interface Reading {
  readonly task: Task;
  readonly now: string;
  readonly reader?: StaffMember;
}

export const isTheirs = ({ task, reader }: Reading): boolean =>
  reader !== undefined && task.assignee?.employeeNumber === reader.employeeNumber;

/** What the handoff waits for from its reader, as a button says it. */
export function nextStep(reading: Reading): string {
  const { task, now } = reading;
  if (!isTheirs(reading) || !isOpen(task)) return SEE;
  if (task.state === 'open') return ACCEPT;
  const isBooked = task.kind === 'first-service-visit' && currentAppointment(task, now) !== undefined;
  return isBooked ? SEE : whatItIs[task.kind].complete;
}

/** What ends it, straight away where it is with the reader: signing accepts, too. */
export const lastStep = (reading: Reading): string =>
  isTheirs(reading) && isOpen(reading.task) ? whatItIs[reading.task.kind].complete : SEE;
