import { customerName } from '../../customers/customer.ts';
import { isOpen } from '../../handoff/task.ts';
import type { MessageContext } from '../../mail/message.ts';
import { leadingTo, type Words, words, wordsToText } from '../../mail/words.ts';

/** The next step of a handoff, as a button label. */

const ACCEPT = 'Accept this handoff';
export const SEE = 'See this handoff';
export const SEE_SHEET = 'See the sheet';
/** Labels of buttons that ask for nothing. */
export const seeing: ReadonlySet<string> = new Set([SEE, SEE_SHEET]);

type Reading = Pick<MessageContext, 'task' | 'now' | 'reader' | 'words'>;

export const isTheirs = ({ task, reader }: Pick<Reading, 'task' | 'reader'>): boolean =>
  reader !== undefined && task.assignee?.employeeNumber === reader.employeeNumber;

/** The reader's next step. */
export function nextStep(reading: Reading): string {
  const { task, now, words: kindWords } = reading;
  if (!isTheirs(reading) || !isOpen(task)) return SEE;
  if (task.state === 'open') return ACCEPT;
  return kindWords.isWaiting(task, now) ? SEE : kindWords.complete;
}

/** The final step. The assignee can take it right away, because completing also accepts. */
export const lastStep = (reading: Reading): string =>
  isTheirs(reading) && isOpen(reading.task) ? reading.words.complete : SEE;

export const whoItIsAbout = ({ customer }: Pick<MessageContext, 'customer'>): Words =>
  customer ? words`${customerName(customer)}` : words`this customer`;

/** The same at the beginning of a line of a list, with a link to the handoff. */
export const whoInList = ({ customer, link }: Pick<MessageContext, 'customer' | 'link'>): Words =>
  leadingTo(link, customer ? wordsToText(words`${customerName(customer)}`) : 'A customer');
