import type { Task, TaskState, Trigger } from './task.ts';

/**
 * The lifecycle of a task: every transition from one state to another. Nothing else can happen; the diagram in
 * docs/tasks.md is drawn from this table.
 */
export const transitions = [
  { by: 'opening fact', from: ['awaited'], to: 'open', means: 'the fact is here and its moment is now' },
  {
    by: 'early fact',
    from: ['awaited', 'open', 'accepted'],
    to: 'waiting',
    means: 'its moment has not come',
  },
  { by: 'old fact', from: ['awaited'], to: 'history', means: 'too old to act on, or the store is off' },
  {
    by: 'release',
    from: ['waiting'],
    to: 'open',
    means: 'the day it waited for, or a booking that came before',
  },
  {
    by: 'cap',
    from: ['waiting'],
    to: 'history',
    means: "over the customer's cap: its day in the summary is over",
  },
  {
    by: 'asked anew',
    from: ['waiting', 'history', 'cancelled'],
    to: 'open',
    means: 'an upgrade conversation that a cap held, or that was taken back, is wanted after all',
  },
  { by: 'snooze', from: ['open', 'accepted'], to: 'waiting', means: 'until the day the named person chose' },
  { by: 'accept', from: ['open'], to: 'accepted', means: 'the named person takes it' },
  {
    by: 'route on',
    from: ['open', 'accepted'],
    to: 'open',
    means: 'declined, handed over, or the person left',
  },
  {
    by: 'outcome',
    from: ['open', 'accepted', 'waiting'],
    to: 'completed',
    means: 'a choice that ends it, or the DMS says that it is done',
  },
  {
    by: 'closing fact',
    from: ['awaited', 'history', 'waiting', 'open', 'accepted'],
    to: 'cancelled',
    means: 'unwound, voided, or no longer a sale that we introduce',
  },
  {
    by: 'given up',
    from: ['waiting', 'open', 'accepted'],
    to: 'cancelled',
    means: 'nobody finished it for as many days as the group allows',
  },
  {
    by: 'sold again',
    from: ['history', 'completed', 'cancelled'],
    to: 'awaited',
    means: 'the same customer has the same car under another deal: its first service begins anew',
  },
  { by: 'undo', from: ['completed'], to: 'open', means: 'within the time a choice can be taken back' },
  { by: 'undo of acceptance', from: ['accepted'], to: 'open', means: 'taken back by the person' },
] as const satisfies readonly {
  by: Trigger;
  from: readonly TaskState[];
  to: TaskState;
  means: string;
}[];

export function canMove(state: TaskState, by: Trigger): boolean {
  const row = transitions.find((transition) => transition.by === by);
  return row?.from.some((from) => from === state) ?? false;
}

/** Moves a task along one row of the table. Any other move is an error of ours, so it throws. */
export function move<T extends Task>(task: T, by: Trigger): T {
  const row = transitions.find((transition) => transition.by === by);
  if (!row || !canMove(task.state, by)) {
    throw new Error(`No transition '${by}' from '${task.state}' (task ${task.taskId})`);
  }
  return { ...task, state: row.to };
}
