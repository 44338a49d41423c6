import type { Routed } from '../people/routing.ts';
import type { Context } from './context.ts';
import { type Limit, startDeadline } from './deadlines.ts';
import { type Ending, end } from './ending.ts';
import type { EventAbout } from './outbox-entry.ts';
import { type QueuedEmail, queueEmail, queueEvent } from './queue.ts';
import type { DeadlineName, NoteOf, Task, Trigger } from './task.ts';
import { assign, clearDeadlines, lockUndo, log, logFact, setDeadline, step } from './task-changes.ts';
import type { KindTraits } from './traits.ts';

/** The result of a fact, a choice or a tick. `task` is written unless nothing changed. */
export interface Decision<T extends Task = Task> {
  readonly task: T;
  /** A short label for the function's metric and log, such as `created` or `cancelled: unwound before it came`. */
  readonly outcome: string;
  readonly changed: boolean;
  /** Only a newer version of a known fact was stored; the task's story does not mention it. */
  readonly isRepeat?: true;
}

export const unchanged = <T extends Task>(task: T, outcome: string): Decision<T> => ({
  task,
  outcome,
  changed: false,
});

/** A known fact was sent again. Its later version is stored, so that an older version that arrives afterwards still loses. */
export const repeated = <T extends Task>(task: T): Decision<T> => ({
  task,
  outcome: 'already-known',
  changed: true,
  isRepeat: true,
});

/**
 * Builds a decision step by step; immutable.
 *
 *     draft(task, traits, context).step('opening fact').assign(routed).startDeadline('accept')
 *       .email({ message: 'introduction-to-sign', to: 'assignee' }).announce().done('created')
 */
export class Draft<T extends Task> {
  readonly task: T;
  readonly #kind: KindTraits<T>;
  readonly #context: Context;

  constructor(task: T, kind: KindTraits<T>, context: Context) {
    this.task = task;
    this.#kind = kind;
    this.#context = context;
  }

  get context(): Context {
    return this.#context;
  }

  #with(task: T): Draft<T> {
    return task === this.task ? this : new Draft(task, this.#kind, this.#context);
  }

  /** Applies the change if the condition holds. */
  when(condition: boolean, change: (draft: Draft<T>) => Draft<T>): Draft<T> {
    return condition ? change(this) : this;
  }

  /** Applies a named part of the decision. */
  also(change: (draft: Draft<T>) => Draft<T>): Draft<T> {
    return change(this);
  }

  change(change: (task: T) => T): Draft<T> {
    return this.#with(change(this.task));
  }

  /** Applies a transition of the lifecycle. */
  step(trigger: Trigger, { by = 'dms', own }: { by?: string; own?: NoteOf<T> } = {}): Draft<T> {
    return this.#with(step(this.task, { trigger, now: this.#context.now, by, own }));
  }

  /** Adds a log entry that only this kind of handoff has. */
  note(own: NoteOf<T>, by = 'dms'): Draft<T> {
    return this.#with(logFact(this.task, this.#context.now, by, own));
  }

  /** Logs that the customer has no email address. */
  noAddress(): Draft<T> {
    return this.#with(log(this.task, { what: 'no address', at: this.#context.now, by: 'dms' }));
  }

  assign(to: Routed): Draft<T> {
    return this.#with(assign(this.task, to, this.#context.now));
  }

  startDeadline(limit: Limit): Draft<T> {
    return this.#with(startDeadline(this.task, limit, this.#kind, this.#context));
  }

  /** The assignee accepts the task, either explicitly or by acting on it. */
  accept(by: string): Draft<T> {
    return this.step('accept', { by }).startDeadline('complete').event('handoff-task-accepted');
  }

  deadline(name: DeadlineName, at: string | undefined): Draft<T> {
    return this.#with(setDeadline(this.task, name, at));
  }

  clearDeadlines(...but: readonly DeadlineName[]): Draft<T> {
    return this.#with(clearDeadlines(this.task, ...but));
  }

  /** Queues an email; `assignee` is the person who has the task, and nobody if it is unassigned. */
  email({ to, ...email }: Omit<QueuedEmail<T>, 'to'> & { to: QueuedEmail<T>['to'] | 'assignee' }): Draft<T> {
    const { assignee } = this.task;
    if (to !== 'assignee') return this.#with(queueEmail(this.task, this.#context.now, { ...email, to }));
    if (!assignee) return this;
    const person = { staff: assignee.employeeNumber };
    return this.#with(queueEmail(this.task, this.#context.now, { ...email, to: person }));
  }

  /** Queues the same email to several people. */
  emailEach(staff: readonly string[], email: Omit<QueuedEmail<T>, 'to'>): Draft<T> {
    return staff.reduce<Draft<T>>((draft, number) => draft.email({ ...email, to: { staff: number } }), this);
  }

  event(detailType: string, about?: EventAbout): Draft<T> {
    return this.#with(queueEvent(this.task, this.#context.now, detailType, about));
  }

  /** Publishes that somebody has the task: for the first time, or again after its ending was undone. */
  announce(): Draft<T> {
    return this.task.isReinstated
      ? this.event('handoff-task-reopened', { code: 'noted', what: 'reinstated' })
      : this.event('handoff-task-created');
  }

  end(ending: Ending<T>): Draft<T> {
    return this.#with(end(this.task, this.#context.now, ending));
  }

  lockUndo(): Draft<T> {
    return this.#with(lockUndo(this.task));
  }

  done(outcome: string): Decision<T> {
    return { task: this.task, outcome, changed: true };
  }
}

export const draft = <T extends Task>(task: T, kind: KindTraits<T>, context: Context): Draft<T> =>
  new Draft(task, kind, context);
