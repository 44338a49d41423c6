import type * as z from 'zod';
import type { Kind } from '../../handoff/kind.ts';
import type { NoteOf, OutcomeOf, Task } from '../../handoff/task.ts';
import type { Html } from '../../mail/html.ts';
import type { CallRow, MessageContext, TaskWords } from '../../mail/message.ts';
import type { Words } from '../../mail/words.ts';
import type { Fact } from '../../pages/parts.ts';
import type { Shown } from '../../pages/shown.ts';

type Plain = Pick<
  TaskWords,
  'name' | 'topic' | 'of' | 'toAccept' | 'toComplete' | 'complete' | 'customerLetter'
> & {
  /** The title of its page. */
  readonly about: string;
  /** The first entry of its history. */
  readonly begins: string;
};

interface Speaking<T extends Task> {
  /** Words that differ for this task; undefined if none do. */
  readonly instead: (task: T) => Partial<Plain> | undefined;
  readonly heading: (task: T, customer: string) => Words;
  /** The text of a log entry; undefined if the page does not show it. */
  readonly logged: (note: NoteOf<T>, task: T) => Words | undefined;
  /** Why it is on hold, if it is. */
  readonly heldBack: (task: T) => string | undefined;
  readonly closingReason: (task: T, outcome: string) => string | undefined;
  readonly endedBecause: (task: T) => Words | undefined;
  readonly isWaiting: (task: T, now: string) => boolean;
  readonly moved: (context: MessageContext<T>) => ReturnType<TaskWords['moved']>;
  readonly closed: (context: MessageContext<T>) => ReturnType<TaskWords['closed']>;
  /** The facts of this kind that come first on its page. */
  readonly firstFacts: (shown: Shown<T>) => readonly Fact[];
  /** The facts of this kind on its page. */
  readonly pageFacts: (shown: Shown<T>) => readonly Fact[];
  /** Shown on its page above the facts. */
  readonly pageLead: (shown: Shown<T>) => Html | undefined;
  /** Its row in a list of customers to call; undefined if there is nobody to call now. */
  readonly callRow: (task: T, now: string) => CallRow | undefined;
  /** Printed instead of its page: a copy for the customer, without anything that is meant for staff. */
  readonly paper: (shown: Shown<T>) => Html | undefined;
  /** Shown above the choices of a question. */
  readonly question: (shown: Shown<T>) => Html | undefined;
  /** The reasons for the decision behind it, line by line, for an operator. */
  readonly why: (task: T, salesLine: string | undefined) => readonly string[];
  /** Whether Sales was notified, in one line for an operator. */
  readonly salesLine: (task: T) => string | undefined;
}

/** The words of one kind of handoff. Omitted parts fall back to the shared words. */
export type KindWords<T extends Task> = Plain &
  Pick<Speaking<T>, 'heading' | 'logged' | 'pageFacts'> &
  Partial<Omit<Speaking<T>, 'heading' | 'logged' | 'pageFacts'>> & {
    /** The text of a stored log entry. */
    readonly notes: z.ZodType<NoteOf<T>>;
    /** How it ended, phrased to follow "because". */
    readonly outcomes: Readonly<Record<OutcomeOf<T>, string>>;
  };

/** The words of a kind, taking a task of any kind. */
export type AnyKindWords = Plain &
  TaskWords &
  Pick<
    Speaking<Task>,
    | 'instead'
    | 'heading'
    | 'heldBack'
    | 'callRow'
    | 'firstFacts'
    | 'pageFacts'
    | 'pageLead'
    | 'paper'
    | 'question'
    | 'why'
    | 'salesLine'
  > & {
    readonly logged: (note: object, task: Task) => Words | undefined;
  };

export function defineWords<T extends Task>(kind: Kind<T>, own: KindWords<T>): AnyKindWords {
  const mine = (task: Task): T => {
    if (kind.is(task)) return task;
    throw new Error(`Task ${task.taskId} is a ${task.kind}, expected a ${kind.kind}`);
  };
  const outcomes = new Map<string, string>(Object.entries(own.outcomes));
  return {
    ...own,
    instead: (task) => own.instead?.(mine(task)),
    outcome: (outcome) => outcomes.get(outcome) ?? `it ended as “${outcome}”`,
    heading: (task, customer) => own.heading(mine(task), customer),
    logged: (note, task) => {
      const read = own.notes.safeParse(note);
      return read.success ? own.logged(read.data, mine(task)) : undefined;
    },
    heldBack: (task) => own.heldBack?.(mine(task)),
    closingReason: (task, outcome) => own.closingReason?.(mine(task), outcome),
    endedBecause: (task) => own.endedBecause?.(mine(task)),
    isWaiting: (task, now) => own.isWaiting?.(mine(task), now) ?? false,
    moved: (context) => own.moved?.({ ...context, task: mine(context.task) }),
    callRow: (task, now) => own.callRow?.(mine(task), now),
    closed: (context) => own.closed?.({ ...context, task: mine(context.task) }),
    firstFacts: (shown) => own.firstFacts?.({ ...shown, task: mine(shown.task) }) ?? [],
    pageFacts: (shown) => own.pageFacts({ ...shown, task: mine(shown.task) }),
    pageLead: (shown) => own.pageLead?.({ ...shown, task: mine(shown.task) }),
    paper: (shown) => own.paper?.({ ...shown, task: mine(shown.task) }),
    why: (task, line) => own.why?.(mine(task), line) ?? [],
    salesLine: (task) => own.salesLine?.(mine(task)),
    question: (shown) => own.question?.({ ...shown, task: mine(shown.task) }),
  };
}
