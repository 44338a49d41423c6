import type { Context } from './context.ts';
import { noted } from './credit.ts';
import { type Decision, unchanged } from './draft.ts';
import { earliest } from './outbox.ts';
import type { Task } from './task.ts';

/**
 * A fact that starts a handoff. Credit counts from the earliest version; a correction does not make the handoff a later one.
 */
interface Said {
  readonly occurredAt: string;
}

/**
 * When the starting fact was first reported, if the version that stands is a later one. An awaited handoff has not started yet.
 */
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
 * A report that is older than the one that started this handoff. It moves the start back, so credit is weighed again. It does
 * not change when the customer came: they may have come and gone before.
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
