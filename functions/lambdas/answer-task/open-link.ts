import type { Task } from '../../handoff/task.ts';
import { findLink } from '../../links/find-link.ts';
import type { Link } from '../../links/link.ts';
import type { MyDay } from '../../my-day/my-day.ts';
import type { TaskStore } from '../../ports.ts';
import type { Request } from './request.ts';

export interface Opened {
  readonly task: Task;
  readonly link: Link;
  readonly isExpired: boolean;
}

/** The task and link for a secret, with one read. A wrong secret and a missing task cannot be told apart. */
export async function openLink(
  { tasks, clock }: { readonly tasks: TaskStore; readonly clock: { now(): string } },
  { taskId, secret }: Pick<Request, 'taskId' | 'secret'>,
): Promise<Opened | undefined> {
  const task = await tasks.read(taskId);
  const link = task && findLink(task.links, secret);
  return task && link && { task, link, isExpired: link.expiresAt <= clock.now() };
}

/** The personal item and link for a secret. */
export async function openDay(
  { tasks, clock }: { readonly tasks: TaskStore; readonly clock: { now(): string } },
  { dayId, secret }: Pick<Request, 'dayId' | 'secret'>,
): Promise<{ readonly day: MyDay; readonly isExpired: boolean } | undefined> {
  const day = await tasks.readDay(dayId);
  const link = day && findLink(day.links, secret);
  return day && link && { day, isExpired: link.expiresAt <= clock.now() };
}
