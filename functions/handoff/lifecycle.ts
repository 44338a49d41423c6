import type { Task, TaskState, Trigger } from './task.ts';

/**
 * The lifecycle of a task: every allowed state transition. The diagram in docs/tasks.md is generated from this table.
 */
export const transitions = [
  { by: 'opening fact', from: ['awaited'], to: 'open', means: 'the fact has arrived, and it is time to act' },
  {
    by: 'early fact',
    from: ['awaited', 'open', 'accepted'],
    to: 'waiting',
    means: 'the fact has arrived, but it is too early to act',
  },
  { by: 'old fact', from: ['awaited'], to: 'history', means: 'too old to act on, or the store is off' },
  {
    by: 'release',
    from: ['waiting'],
    to: 'open',
    means: 'the scheduled day has come, or the customer booked earlier',
  },
  {
    by: 'cap',
    from: ['waiting'],
    to: 'history',
    means: "over the customer's cap, and no longer in the daily summary",
  },
  {
    by: 'asked anew',
    from: ['waiting', 'history', 'completed', 'cancelled'],
    to: 'open',
    means: 'an upgrade conversation that was held, put by or ended is requested again',
  },
  { by: 'snooze', from: ['open', 'accepted'], to: 'waiting', means: 'until a day that the assignee chose' },
  { by: 'accept', from: ['open'], to: 'accepted', means: 'the assignee takes it' },
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
    means: 'a choice that ends it, or the DMS reports it done',
  },
  {
    by: 'closing fact',
    from: ['awaited', 'history', 'waiting', 'open', 'accepted'],
    to: 'cancelled',
    means: 'unwound, voided, or no longer a sale with an introduction',
  },
  {
    by: 'given up',
    from: ['waiting', 'open', 'accepted'],
    to: 'cancelled',
    means: 'nobody finished it within the number of days that the group allows',
  },
  {
    by: 'sold again',
    from: ['history', 'completed', 'cancelled'],
    to: 'awaited',
    means: 'the same customer bought the same car again under another deal: the first service starts over',
  },
  {
    by: 'reinstated',
    from: ['history', 'cancelled', 'completed'],
    to: 'awaited',
    means: 'a later fact takes back what ended it: a deal written again, an order reopened',
  },
  { by: 'undo', from: ['completed'], to: 'open', means: 'while the choice can still be undone' },
  { by: 'undo of acceptance', from: ['accepted'], to: 'open', means: 'undone by the person who accepted' },
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

/** Applies one transition. A transition that is not in the table is a bug, so it throws. */
export function move<T extends Task>(task: T, by: Trigger): T {
  const row = transitions.find((transition) => transition.by === by);
  if (!row || !canMove(task.state, by)) {
    throw new Error(`No transition '${by}' from '${task.state}' (task ${task.taskId})`);
  }
  return { ...task, state: row.to };
}
