import type { Task } from '../domain/task.ts';

/** What the dealer system gave as the reason, where it ended the task with one. */
export function reasonGiven({ facts }: Task): string | undefined {
  const closing = ('unwound' in facts && facts.unwound) || ('voided' in facts && facts.voided);
  const reason = closing && 'reason' in closing ? closing.reason : undefined;
  return reason?.replace(/[\s.]+$/u, '');
}
