import type { Context } from './context.ts';
import { noted } from './credit.ts';
import { type Decision, unchanged } from './draft.ts';
import { earliest } from './outbox.ts';
import type { Task } from './task.ts';

/** When a handoff began, for credit: its first word counts, whichever comes last, and a correction makes it no later handoff. */
interface Said {
  readonly occurredAt: string;
}

/** When it was first said, where the word that stands is a later one. A handoff that is still awaited has begun by none. */
export function saidSince(
  { state, saidSince: since }: Pick<Task, 'state' | 'saidSince'>,
  known: Said | undefined,
  { occurredAt }: Said,
): Pick<Task, 'saidSince'> {
  if (state === 'awaited') return {};
  const first = earliest([since, known?.occurredAt]);
  return first === undefined || first >= occurredAt ? {} : { saidSince: first };
}

/**
 * An older word of somebody who started the same says nothing new, except that it was said earlier: credit is weighed again. When
 * the customer came stays: with the older word they may have come and gone before.
 */
export function decideOlderWord<T extends Task>(
  task: T,
  { occurredAt }: Said,
  { now }: Context,
): Decision<T> {
  const { started, saidSince: first = started?.at, state } = task;
  if (started === undefined || state === 'history' || first === undefined || first <= occurredAt)
    return unchanged(task, 'already-known');
  const earlier = { ...task, saidSince: occurredAt };
  return { task: noted(earlier, now, 'started earlier'), outcome: 'started-earlier', changed: true };
}
