import type { Task } from '../handoff/task.ts';
import { customerOf, vehicleOf } from '../handoffs/kinds.ts';
import { wordsOf } from '../handoffs/letters.ts';
import type { TaskInList } from '../my-day/emails/day-message.ts';

/** The facts that lists show about a handoff of any kind. */
export const aboutTask = (task: Task, now: string): TaskInList => ({
  words: wordsOf(task),
  customer: customerOf(task),
  vehicle: vehicleOf(task),
  call: wordsOf(task).callRow(task, now),
});
