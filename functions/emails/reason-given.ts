import type { Task } from '../domain/task.ts';

/** What the dealer system gave as the reason, where that is how the task ended. */
export function reasonGiven({ facts }: Task, outcome: string | undefined): string | undefined {
  const reversed = 'unwound' in facts ? facts.unwound : undefined;
  const voided = 'voided' in facts ? facts.voided : undefined;
  const closing = { 'deal unwound': reversed, 'order voided': voided }[outcome ?? ''];
  return closing?.reason?.replace(/[\s.]+$/u, '');
}
