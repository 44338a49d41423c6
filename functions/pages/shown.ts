import type { Context } from '../handoff/context.ts';
import type { Task } from '../handoff/task.ts';
import type { StaffMember } from '../people/staff.ts';

/** A handoff and the person who is looking at it. */
export interface Shown<T extends Task = Task> extends Context {
  readonly task: T;
  /** Another handoff about the same matter, if the kind names one. */
  readonly related?: Task;
  readonly reader: StaffMember;
}
