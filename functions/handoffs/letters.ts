import { isDeepStrictEqual } from 'node:util';
import type { Lead } from '../crm/lead.ts';
import { type EmailEntry, isStaff } from '../handoff/outbox-entry.ts';
import type { CrmLead, SharedMessage } from '../handoff/shared-messages.ts';
import type { MessageOf, Task } from '../handoff/task.ts';
import type { AnyMessage, Attachment, MessageContext, SendTime } from '../mail/message.ts';
import type { DayMessage } from '../my-day/emails/day-message.ts';
import { morningSummary } from '../my-day/emails/morning-summary.ts';
import { nextList } from '../my-day/emails/next-list.ts';
import { overdue } from '../my-day/emails/overdue.ts';
import { storeTodayMessage } from '../my-day/emails/store-today.ts';
import { creditDecided } from './any-kind/emails/credit-decided.ts';
import { creditDisputed } from './any-kind/emails/credit-disputed.ts';
import { customerEmailProblem } from './any-kind/emails/customer-email-problem.ts';
import { escalation } from './any-kind/emails/escalation.ts';
import { handoffClosed } from './any-kind/emails/handoff-closed.ts';
import { handoffMoved } from './any-kind/emails/handoff-moved.ts';
import { laterSale } from './any-kind/emails/later-sale.ts';
import { reminder } from './any-kind/emails/reminder.ts';
import type { AnyKindWords } from './any-kind/kind-words.ts';
import { appraisalLetters } from './appraisal/letters.ts';
import { firstServiceLetters } from './first-service/letters.ts';
import { introductionLetters } from './introduction/letters.ts';
import { kindOf, type TaskKind, type TaskOf } from './kinds.ts';
import { repairInsteadLetters } from './repair-instead/letters.ts';
import { repairOptionsLetters } from './repair-options/letters.ts';
import { upgradeConversationLetters } from './upgrade-conversation/letters.ts';

type CalendarContext = Omit<MessageContext, 'own'>;
type AnyCalendar = (context: CalendarContext) => Attachment | undefined;

/** The texts of one kind of handoff: its own emails, and its words in the shared emails and pages. */
interface Letters<T extends Task> {
  readonly words: AnyKindWords;
  readonly messages: Readonly<Record<Exclude<MessageOf<T>, SharedMessage | CrmLead>, AnyMessage>>;
  /** The lead that the store's CRM gets about it; undefined if none. */
  readonly lead?: (context: MessageContext) => Lead | undefined;
  /** The customer's visit as a calendar file; undefined if none is booked. */
  readonly calendar?: AnyCalendar;
}

/** The registry of texts, one line for each kind. If a message that a task can queue is missing, it does not compile. */
const letters = {
  'service-introduction': introductionLetters,
  'first-service-visit': firstServiceLetters,
  'repair-options': repairOptionsLetters,
  appraisal: appraisalLetters,
  'repair-instead': repairInsteadLetters,
  'upgrade-conversation': upgradeConversationLetters,
} as const satisfies { readonly [Name in TaskKind]: Letters<TaskOf<Name>> };

/** The emails that every kind of handoff has. */
const shared = {
  'handoff-closed': handoffClosed,
  'handoff-moved': handoffMoved,
  'customer-email-problem': customerEmailProblem,
  reminder,
  escalation,
  'later-sale': laterSale,
  'credit-disputed': creditDisputed,
  'credit-decided': creditDecided,
} as const satisfies Readonly<Record<SharedMessage, AnyMessage>>;

/** The emails of one kind of handoff, without those that every kind has. */
export const messagesOf = (kind: TaskKind): Readonly<Record<string, AnyMessage>> => letters[kind].messages;

/** Every handoff email by its message name, which is also the name of its file. */
export const messages: ReadonlyMap<string, AnyMessage> = new Map([
  ...Object.values(letters).flatMap((kindLetters) => Object.entries<AnyMessage>(kindLetters.messages)),
  ...Object.entries(shared),
]);

/** The message with that name; undefined if only an older or newer release has it. */
export const findMessage = (name: string): AnyMessage | undefined => messages.get(name);

/** When an email is sent. One with a fresh link is sent at once, because somebody asked for it and is waiting. */
export function leavesOf(
  task: Task,
  { message, to, freshLink, note }: Pick<EmailEntry, 'message' | 'to' | 'freshLink' | 'note'>,
): 'now' | 'next list' | 'reminder' {
  if (!isStaff(to) || freshLink === true) return 'now';
  const { leaves = 'now' } = findMessage(message) ?? {};
  const when = sendTimeFor(leaves, task, to.staff);
  if (when === 'next list' || when === 'now') return when;
  if (when === 'as assigned') return leavesAsAssigned(task);
  return isWaitedFor(task, note) ? 'now' : whenNobodyWaits[when];
}

const whenNobodyWaits = { 'late for them': 'reminder', 'late for a manager': 'next list' } as const;

/** Whether the customer is waiting: then a list, which is sent hours later, would be too late. */
const isWaitedFor = (task: Task, note: EmailEntry['note']): boolean =>
  note !== undefined && 'deadline' in note && kindOf(task).isWaitedFor?.includes(note.deadline) === true;

function sendTimeFor(leaves: AnyMessage['leaves'], task: Task, reader: string): SendTime {
  if (typeof leaves === 'string') return leaves;
  if ('when' in leaves) return leaves.when(task);
  return reader === task.assignee?.employeeNumber ? leaves.assignee : leaves.others;
}

/** If the handoff itself was assigned in a list, emails about it go into a list, too. */
const leavesAsAssigned = (task: Task): 'now' | 'next list' =>
  findMessage(kindOf(task).assignmentMessage(task))?.leaves === 'next list' ? 'next list' : 'now';

/** The customer's visit as a calendar file; undefined if the kind has no visits, or none is booked. */
export const visitCalendar = (context: CalendarContext): Attachment | undefined =>
  calendars[context.task.kind].calendar?.(context);

/** The lead that the store's CRM gets about a handoff. */
export const leadOf = (context: MessageContext): Lead | undefined => leads[context.task.kind].lead?.(context);

const leads: { readonly [Name in TaskKind]: Pick<Letters<TaskOf<Name>>, 'words' | 'lead'> } = letters;

const calendars: { readonly [Name in TaskKind]: Pick<Letters<TaskOf<Name>>, 'words' | 'calendar'> } = letters;

export function wordsOf(task: Task): AnyKindWords {
  const { words } = letters[task.kind];
  return { ...words, ...words.instead(task) };
}

/** Why Sales was or was not notified about a repair order; empty for a task without such a decision. */
export const whyOf = (task: Task, all: readonly Task[]): readonly string[] =>
  wordsOf(task).why(
    task,
    all
      .filter((candidate) => hasSameSubject(candidate, task))
      .map((related) => wordsOf(related).salesLine(related))
      .find((line) => line !== undefined),
  );

const hasSameSubject = (a: Task, b: Task) =>
  a.storeId === b.storeId && isDeepStrictEqual(a.subject, b.subject);

/** Emails to a person that do not belong to a single handoff. */
export const dayMessages = {
  'morning-summary': morningSummary,
  'store-today': storeTodayMessage,
  'next-list': nextList,
  overdue,
} as const satisfies Record<string, DayMessage>;
export type DayMessageName = keyof typeof dayMessages;

const dayByName: ReadonlyMap<string, DayMessage> = new Map(Object.entries(dayMessages));
export const findDayMessage = (name: string): DayMessage | undefined => dayByName.get(name);
