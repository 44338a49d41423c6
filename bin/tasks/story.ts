/** The history of a task for an operator. */
import { EventIndexTable } from '../../functions/adapters/event-index.ts';
import { TaskTable } from '../../functions/adapters/task-table.ts';
import { countOf, type EmailRecord, emailRecords } from '../../functions/handoff/item-bounds.ts';
import { isStaff } from '../../functions/handoff/outbox-entry.ts';
import { reasonWords } from '../../functions/handoffs/any-kind/reason-words.ts';
import { type AnyTask, type TaskSubject, taskIdOf } from '../../functions/handoffs/kinds.ts';
import type { Target } from '../lib/target.ts';
import { logLine } from './log-line.ts';

export const readTask = (target: Target, subject: TaskSubject, use?: number): Promise<AnyTask | undefined> =>
  readTaskById(target, taskIdOf(subject, use));

export const readTaskById = ({ dynamodb, tableName }: Target, taskId: string): Promise<AnyTask | undefined> =>
  new TaskTable(dynamodb, tableName).read(taskId);

/** The tasks of all uses of a number that was reused for other customers, newest first. */
export async function readUses(target: Target, subject: TaskSubject): Promise<AnyTask[]> {
  const uses: AnyTask[] = [];
  for (let use = 1; ; use += 1) {
    const task = await readTask(target, subject, use);
    if (task) uses.unshift(task);
    if (task?.usedAgainSince === undefined) return uses;
  }
}

/** The tasks that an event changed, of one store or of all. */
export async function tasksOfEvent(
  { dynamodb, tableName }: Target,
  eventId: string,
  storeId: string | undefined,
): Promise<AnyTask[]> {
  const tasks = new TaskTable(dynamodb, tableName);
  const ids = await new EventIndexTable(dynamodb, tableName).tasksOf(eventId);
  const found = await Promise.all(ids.map((taskId) => tasks.read(taskId)));
  return found
    .filter((task) => task !== undefined)
    .filter((task) => storeId === undefined || task.storeId === storeId);
}

interface Line {
  readonly at: string;
  readonly text: string;
}

/** Emails and actions in chronological order, with ids and roles but without customer names or addresses. */
export function storyOf(task: AnyTask): Line[] {
  const said = task.log.map((entry) => ({ at: entry.at, text: logLine(entry, task) }));
  const sent = emailRecords(task).map((entry) => ({
    at: entry.sentAt ?? entry.owedAt,
    text: emailLine(entry),
  }));
  return [...said, ...sent].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

function emailLine(entry: EmailRecord): string {
  const to = isStaff(entry.to) ? entry.to.staff : `the ${entry.to === 'crm' ? 'CRM' : entry.to}`;
  const attempts = 'attempts' in entry && entry.attempts > 1 ? `, ${entry.attempts} attempts` : '';
  const others = countOf(entry) > 1 ? `, the last of ${countOf(entry)}` : '';
  const reported = entry.reported === undefined ? '' : `, ${entry.reported}`;
  const why = entry.reason === undefined ? '' : `: ${reasonWords(entry.reason)}`;
  return `email '${entry.message}' to ${to} is ${entry.state}${reported}${attempts}${others}${why}`;
}
