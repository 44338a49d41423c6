/** What the operator's commands read of a task, and how they say it. */
import { TaskTable } from '../functions/adapters/task-table.ts';
import { type TaskSubject, taskIdOf } from '../functions/domain/keys.ts';
import { isEmail } from '../functions/domain/outbox.ts';
import type { EmailEntry } from '../functions/domain/outbox-entry.ts';
import type { Task } from '../functions/domain/task.ts';
import type { Target } from './target.ts';

export async function readTask(target: Target, subject: TaskSubject): Promise<Task | undefined> {
  return new TaskTable(target.dynamodb, target.tableName).read(taskIdOf(subject));
}

export interface Line {
  readonly at: string;
  readonly text: string;
}

/** Who was told what, and who did what, in the order it happened. Ids and roles, no customer's name or address. */
export function storyOf(task: Task): Line[] {
  const said = task.log.map(({ at, by, what, detail }) => ({
    at,
    text: `${by}: ${what}${detail === undefined ? '' : ` (${detail})`}`,
  }));
  const sent = task.outbox.filter(isEmail).map((entry) => ({
    at: entry.sentAt ?? entry.owedAt,
    text: emailLine(entry),
  }));
  return [...said, ...sent].toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

function emailLine(entry: EmailEntry): string {
  const to = entry.to === 'customer' ? 'the customer' : entry.to.staff;
  const attempts = entry.attempts > 1 ? `, ${entry.attempts} attempts` : '';
  const reported = entry.reported === undefined ? '' : `, ${entry.reported}`;
  const why = entry.reason === undefined ? '' : `: ${entry.reason}`;
  return `email '${entry.message}' to ${to} is ${entry.state}${reported}${attempts}${why}`;
}
