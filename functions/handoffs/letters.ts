import { isDeepStrictEqual } from 'node:util';
import type { MessageOf, SharedMessage, Task } from '../handoff/task.ts';
import type { AnyMessage } from '../mail/message.ts';
import type { DayMessage } from '../my-day/emails/day-message.ts';
import { morningSummary } from '../my-day/emails/morning-summary.ts';
import { storeTodayMessage } from '../my-day/emails/store-today.ts';
import { customerEmailProblem } from './any-kind/emails/customer-email-problem.ts';
import { escalation } from './any-kind/emails/escalation.ts';
import { handoffClosed } from './any-kind/emails/handoff-closed.ts';
import { handoffMoved } from './any-kind/emails/handoff-moved.ts';
import { reminder } from './any-kind/emails/reminder.ts';
import type { AnyKindWords } from './any-kind/kind-words.ts';
import { firstServiceLetters } from './first-service/letters.ts';
import { introductionLetters } from './introduction/letters.ts';
import type { TaskKind, TaskOf } from './kinds.ts';
import { repairOptionsLetters } from './repair-options/letters.ts';
import { upgradeConversationLetters } from './upgrade-conversation/letters.ts';

/** What one kind of handoff says: its own emails, and its words in the emails and pages that all kinds share. */
interface Letters<T extends Task> {
  readonly words: AnyKindWords;
  readonly messages: Readonly<Record<Exclude<MessageOf<T>, SharedMessage>, AnyMessage>>;
}

/** The registry of what is said: one line a kind. A message that a task may queue and that is missing does not compile. */
const letters = {
  'service-introduction': introductionLetters,
  'first-service-visit': firstServiceLetters,
  'repair-options': repairOptionsLetters,
  'upgrade-conversation': upgradeConversationLetters,
} as const satisfies { readonly [Name in TaskKind]: Letters<TaskOf<Name>> };

/** The emails that every kind of handoff has. */
const shared = {
  'handoff-closed': handoffClosed,
  'handoff-moved': handoffMoved,
  'customer-email-problem': customerEmailProblem,
  reminder,
  escalation,
} as const satisfies Readonly<Record<SharedMessage, AnyMessage>>;

/** Every email of a handoff, by the name under which an outbox queues it; its file has the same name. */
export const messages: ReadonlyMap<string, AnyMessage> = new Map([
  ...Object.values(letters).flatMap((ofKind) => Object.entries<AnyMessage>(ofKind.messages)),
  ...Object.entries(shared),
]);

/** The message of that name; undefined for one that only an older or newer release knows. */
export const findMessage = (name: string): AnyMessage | undefined => messages.get(name);

export const wordsOf = ({ kind }: Pick<Task, 'kind'>): AnyKindWords => letters[kind].words;

/** Why Sales was told of a repair order, or was not: for a task that such a decision is kept on. */
export const whyOf = (task: Task, all: readonly Task[]): readonly string[] =>
  wordsOf(task).why(
    task,
    all
      .filter((one) => isOfSameSubject(one, task))
      .map((one) => wordsOf(one).salesLine(one))
      .find((line) => line !== undefined),
  );

const isOfSameSubject = (one: Task, other: Task) =>
  one.storeId === other.storeId && isDeepStrictEqual(one.subject, other.subject);

/** The messages of a person's own item, which belong to no handoff in particular. */
export const dayMessages = {
  'morning-summary': morningSummary,
  'store-today': storeTodayMessage,
} as const satisfies Record<string, DayMessage>;
export type DayMessageName = keyof typeof dayMessages;

const dayByName: ReadonlyMap<string, DayMessage> = new Map(Object.entries(dayMessages));
export const findDayMessage = (name: string): DayMessage | undefined => dayByName.get(name);
