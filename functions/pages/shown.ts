import type { Context } from '../handoff/context.ts';
import type { Task } from '../handoff/task.ts';
import type { StaffMember } from '../people/staff.ts';

/** One handoff, as one person sees it on a page. */
export interface Shown<T extends Task = Task> extends Context {
  readonly task: T;
  readonly reader: StaffMember;
}
