import { type Choice, shared } from './choices.ts';
import type { Task } from './task.ts';
import type { KindTraits } from './traits.ts';

interface Following extends Pick<KindTraits, 'hasLimits'> {
  readonly sendersOf: (task: Task) => readonly string[];
}

/** What happens next, as a sentence that is true of this task: not every task has a reminder, or a sender. */
export function nextOf(choice: Choice, task: Task, kind: Following): string {
  switch (choice.does) {
    case 'accept':
      return nextOfAccepting(task, kind);
    case 'decline':
      return kind.sendersOf(task).some((staff) => staff !== task.assignee?.employeeNumber)
        ? choice.next
        : 'It goes to somebody else now, who reads why.';
    default:
      return choice.next;
  }
}

/** A deadline that has fired is no longer stored on the task. */
function nextOfAccepting(task: Task, { hasLimits }: Following): string {
  if (hasLimits?.(task) === false) return 'It’s yours. The question stays open until you answer it.';
  if (task.deadlines['accept-reminder'] !== undefined) return shared.accept.next;
  return task.deadlines['accept-escalation'] === undefined
    ? 'It’s yours.'
    : 'It’s yours, and no manager hears that it waits to be accepted.';
}
