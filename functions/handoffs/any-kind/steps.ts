import { customerName } from '../../customers/customer.ts';
import { isOpen } from '../../handoff/task.ts';
import type { MessageContext } from '../../mail/message.ts';
import { type Words, words } from '../../mail/words.ts';

/** What a handoff waits for, as a button says it. */

const ACCEPT = 'Accept this handoff';
export const SEE = 'See this handoff';

type Reading = Pick<MessageContext, 'task' | 'now' | 'reader' | 'words'>;

export const isTheirs = ({ task, reader }: Pick<Reading, 'task' | 'reader'>): boolean =>
  reader !== undefined && task.assignee?.employeeNumber === reader.employeeNumber;

/** The reader's next step. */
export function nextStep(reading: Reading): string {
  const { task, now, words: ofKind } = reading;
  if (!isTheirs(reading) || !isOpen(task)) return SEE;
  if (task.state === 'open') return ACCEPT;
  return ofKind.isWaiting(task, now) ? SEE : ofKind.complete;
}

/** The last step, offered straight away to the person who has it: signing accepts, too. */
export const lastStep = (reading: Reading): string =>
  isTheirs(reading) && isOpen(reading.task) ? reading.words.complete : SEE;

export const whoItIsAbout = ({ customer }: Pick<MessageContext, 'customer'>): Words =>
  customer ? words`${customerName(customer)}` : words`this customer`;
