import type { Group, Store } from '../group/group.ts';
import type { Task, TaskKind, TaskOf } from '../handoff/task.ts';
import type { StaffMember } from '../people/staff.ts';

/** What a message is written from. It is written when it is sent, so it says what is true then. */
export interface MessageContext<Kind extends TaskKind = TaskKind> {
  readonly task: TaskOf<Kind>;
  readonly group: Group;
  readonly store: Store;
  /** An instant in UTC. */
  readonly now: string;
  /** Who reads it; undefined for a customer, whose name and language stand in the task's facts. */
  readonly reader?: StaffMember;
  /** Anybody of the store's roster who is employed today; a leaver is not found, so no email names one. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  /** The reader's own link to the task. Staff only. */
  readonly link?: string;
  /** Where the customer chooses what to get. Customers only. */
  readonly preferencesLink?: string;
  /** Facts of this one message that the task does not keep, such as why it moved here. */
  readonly note: Readonly<Record<string, string>>;
}

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: string;
}

export interface Email {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Where an answer goes: the advisor, where a customer answers. */
  readonly replyTo?: string;
  readonly attachments?: readonly Attachment[];
}

/** What a customer can say no to, each on its own. */
export type OptOutKind = 'introduction' | 'service' | 'upgrade';

/** A message of one kind of task, seen by the sender as a message of any task: another kind is a mistake of ours. */
export function message<Kind extends TaskKind>(of: {
  readonly kinds: readonly Kind[];
  readonly to: 'customer' | 'staff';
  readonly optOutKind?: OptOutKind;
  readonly write: (context: MessageContext<Kind>) => Email;
}): AnyMessage {
  const isOurs = (task: Task): task is TaskOf<Kind> => of.kinds.some((kind) => kind === task.kind);
  return {
    to: of.to,
    ...(of.optOutKind ? { optOutKind: of.optOutKind } : {}),
    write: ({ task, ...rest }) => {
      if (!isOurs(task)) throw new Error(`A message was owed by a ${task.kind}, which it is not written for`);
      return of.write({ ...rest, task });
    },
  };
}

export interface AnyMessage {
  readonly to: 'customer' | 'staff';
  readonly optOutKind?: OptOutKind;
  readonly write: (context: MessageContext) => Email;
}
