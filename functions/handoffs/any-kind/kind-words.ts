import type * as z from 'zod';
import type { Kind } from '../../handoff/kind.ts';
import type { NoteOf, OutcomeOf, Task } from '../../handoff/task.ts';
import type { Html } from '../../mail/html.ts';
import type { MessageContext, TaskWords } from '../../mail/message.ts';
import type { Words } from '../../mail/words.ts';
import type { Fact } from '../../pages/parts.ts';
import type { Shown } from '../../pages/shown.ts';

type Plain = Pick<
  TaskWords,
  'name' | 'topic' | 'of' | 'toAccept' | 'toComplete' | 'complete' | 'customerLetter'
> & {
  /** What it is, for the person who opens its page. */
  readonly about: string;
  /** How its story begins. */
  readonly begins: string;
};

interface Speaking<T extends Task> {
  readonly heading: (task: T, customer: string) => Words;
  /** What its log says; undefined where it is no news to anybody on the page. */
  readonly logged: (note: NoteOf<T>, task: T) => Words | undefined;
  /** Why it was held back, where it was. */
  readonly heldBack: (task: T) => string | undefined;
  readonly closingReason: (task: T, outcome: string) => string | undefined;
  readonly endedBecause: (task: T) => Words | undefined;
  readonly isWaiting: (task: T, now: string) => boolean;
  readonly moved: (context: MessageContext<T>) => ReturnType<TaskWords['moved']>;
  /** The facts of this kind on its page. */
  readonly pageFacts: (shown: Shown<T>) => readonly Fact[];
  /** What its page shows above the facts. */
  readonly pageLead: (shown: Shown<T>) => Html | undefined;
  /** What a question to the person says before its choices. */
  readonly question: (shown: Shown<T>) => Html | undefined;
  /** Why the decision that it rests on was made, line by line, for an operator. */
  readonly why: (task: T, salesLine: string | undefined) => readonly string[];
  /** What became of telling Sales, in one line for an operator. */
  readonly salesLine: (task: T) => string | undefined;
}

/** Words of one kind of handoff: what is left out is said as for every kind. */
export type KindWords<T extends Task> = Plain &
  Pick<Speaking<T>, 'heading' | 'logged' | 'pageFacts'> &
  Partial<Omit<Speaking<T>, 'heading' | 'logged' | 'pageFacts'>> & {
    /** What its log says, as it is stored. */
    readonly notes: z.ZodType<NoteOf<T>>;
    /** How it ended, in words that follow "because". */
    readonly outcomes: Readonly<Record<OutcomeOf<T>, string>>;
  };

/** The same, for a task of any kind. */
export type AnyKindWords = Plain &
  TaskWords &
  Pick<
    Speaking<Task>,
    'heading' | 'heldBack' | 'pageFacts' | 'pageLead' | 'question' | 'why' | 'salesLine'
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
    pageFacts: (shown) => own.pageFacts({ ...shown, task: mine(shown.task) }),
    pageLead: (shown) => own.pageLead?.({ ...shown, task: mine(shown.task) }),
    why: (task, line) => own.why?.(mine(task), line) ?? [],
    salesLine: (task) => own.salesLine?.(mine(task)),
    question: (shown) => own.question?.({ ...shown, task: mine(shown.task) }),
  };
}
