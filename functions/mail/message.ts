import type * as z from 'zod';
import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { EmailKind } from '../customers/opt-outs.ts';
import type { Group, Store } from '../group/group.ts';
import type { EmailNote } from '../handoff/outbox-entry.ts';
import type { Task } from '../handoff/task.ts';
import type { Role, StaffMember } from '../people/staff.ts';
import type { NamedStaff } from '../people/unknown-numbers.ts';
import type { Words } from './words.ts';

/** The words that every message can use about a handoff of any kind. */
export interface TaskWords {
  /** The kind's name, as a heading. */
  readonly name: string;
  /** The line above the heading of an email or a page. */
  readonly topic: string;
  /** The name inside a sentence. */
  readonly of: (who: Words) => Words;
  readonly toAccept: Words;
  readonly toComplete: Words;
  /** The label of the button that opens it. */
  readonly complete: string;
  /** The words for the kind's email to the customer, if it has one. */
  readonly customerLetter?: string;
  /** How it ended, phrased to follow "because". */
  readonly outcome: (outcome: string) => string;
  /** The DMS's reason for how it ended. */
  readonly closingReason: (task: Task, outcome: string) => string | undefined;
  /** Why it ended, if known beyond its outcome. */
  readonly endedBecause: (task: Task) => Words | undefined;
  /** Whether the assignee has done their part and is waiting. */
  readonly isWaiting: (task: Task, now: string) => boolean;
  /** Extra words of this kind for an email about a reassignment. */
  readonly moved: (context: MessageContext) => MovedWords | undefined;
  /** Words of this kind for the closing email; undefined for the shared ones. */
  readonly closed: (context: MessageContext) => ClosedWords | undefined;
}

export interface MovedWords {
  readonly heading: Words;
  readonly first: Words;
  /** Set if the reader's own part is the sheet of the same order. */
  readonly isOfSheet?: boolean;
}

export interface ClosedWords {
  readonly subject?: Words;
  readonly heading?: Words;
  readonly first?: Words;
  /** `none` if another line of the reader's list already says it. */
  readonly line?: 'none';
}

/** How a list shows a task that is worked by phone. */
export interface CallRow {
  /** The number, or how else the customer may be reached. */
  readonly reach: Words;
  readonly due: Words;
  readonly owed: Words | undefined;
}

/** The input of a message. A message is written when it is sent, from the facts at that time. */
export interface MessageContext<T extends Task = Task, Own extends object = object> {
  readonly task: T;
  /** A related handoff, if the kind has one. */
  readonly related?: Task;
  readonly group: Group;
  /** The store whose people have the handoff. */
  readonly store: Store;
  /** The store that sold the car, usually the same. */
  readonly soldAt: Store;
  /** An instant in UTC. */
  readonly now: string;
  /** The staff member it is for; undefined for a customer, whose name and language are in the task's facts. */
  readonly reader?: StaffMember;
  /** Looks up a current employee of the store. Leavers are not found, so no email names one. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  /** A person with that role who is at work today. */
  readonly atWorkAs: (role: Role) => StaffMember | undefined;
  /** The name of anybody on the roster, leavers included. */
  readonly nameOf: (employeeNumber: string) => string | undefined;
  /** Salespeople and advisors whom the DMS named and who are not on the roster. */
  readonly unknownStaff: readonly NamedStaff[];
  readonly customer: Customer | undefined;
  readonly vehicle: Vehicle | undefined;
  /** The customer's email address. */
  readonly customerAddress: string | undefined;
  /** The label of a choice of this kind. */
  readonly labelOf: (choice: string) => string;
  /** The words of this kind. */
  readonly words: TaskWords;
  /** The reader's own link to the task. Staff only. */
  readonly link?: string;
  /** The customer's email preferences. Customers only. */
  readonly preferencesLink?: string;
  /** The customer's page about their visit. Customers only. */
  readonly visitLink?: string;
  /** The link to the same visit as a calendar file. */
  readonly calendarLink?: string;
  /** The customer's pages that record whether they met the person whom the letter introduces. Customers only. */
  readonly metLink?: string;
  readonly notMetLink?: string;
  /** A note of this one email, shared by all kinds. */
  readonly note?: EmailNote;
  /** A note of this one email that only this kind has. */
  readonly own?: Own;
  /** Set if the reader asked for a new link. */
  readonly freshLink?: boolean;
}

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: string;
}

/**
 * When an email to staff is sent: at once; as a line of the reader's next list; or in the same way as the email that assigned
 * its handoff. An email about a late task is sent at once while a customer waits for the task. Otherwise it triggers one
 * reminder of all of the person's late tasks, or goes into a manager's next list.
 */
export type SendTime = 'now' | 'next list' | 'as assigned' | 'late for them' | 'late for a manager';

/** When it is sent, if that differs between the assignee and everybody else. */
interface SendTimeByReader {
  readonly assignee: SendTime;
  readonly others: SendTime;
}

/** When it is sent, if that depends on the handoff. */
interface SendTimeByTask<T extends Task> {
  readonly when: (task: T) => SendTime;
  /** The same rule in words. */
  readonly says: string;
}

/** What a list shows instead of the whole email. */
export interface Line {
  /** The heading that lines of the same sort share. */
  readonly under: string;
  readonly says: Words;
}

export interface Email {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The writer's name, shown before the store's. */
  readonly fromName?: string;
  /** The reply-to address: the advisor's, in a customer's email. */
  readonly replyTo?: string;
  readonly attachments?: readonly Attachment[];
  /** The line for a list. To staff only. */
  readonly line?: Line;
}

/** Each message to staff declares when it is sent; one to a customer is sent at once, or waits for sending hours. */
type Audience<T extends Task> =
  | { readonly to: 'customer'; readonly optOutKind?: EmailKind }
  | { readonly to: 'staff'; readonly leaves: SendTime | SendTimeByReader | SendTimeByTask<T> };

type Definition<T extends Task, Own extends object> = Audience<T> & {
  /** A note that only this kind has. */
  readonly own?: z.ZodType<Own>;
  readonly write: (context: MessageContext<T, Own>) => Email;
};

/** A message of one kind, typed as a message of any task; writing it for a task of another kind throws. */
export function messageOf<T extends Task, Own extends object = object>(
  kind: { readonly kind: string; readonly is: (task: Task) => task is T },
  definition: Definition<T, Own>,
): AnyMessage {
  const { own: schema, write } = definition;
  return {
    ...audienceOf(definition, kind),
    write: ({ task, own, ...rest }) => {
      if (!kind.is(task)) {
        throw new Error(`A message of ${kind.kind} was queued by a ${task.kind}: task ${task.taskId}`);
      }
      const read = own && schema?.parse(own);
      return write({ ...rest, task, ...(read === undefined ? {} : { own: read }) });
    },
  };
}

/** A message shared by every kind. */
export const messageOfAny = (definition: Definition<Task, object>): AnyMessage => ({
  ...audienceOf(definition, { is: (task): task is Task => task !== undefined }),
  write: definition.write,
});

const audienceOf = <T extends Task>(
  of: Audience<T>,
  kind: { readonly is: (task: Task) => task is T },
): Omit<AnyMessage, 'write'> =>
  of.to === 'customer'
    ? { to: 'customer', leaves: 'now', ...(of.optOutKind ? { optOutKind: of.optOutKind } : {}) }
    : { to: 'staff', leaves: forAnyTask(of.leaves, kind) };

function forAnyTask<T extends Task>(
  leaves: SendTime | SendTimeByReader | SendTimeByTask<T>,
  { is }: { readonly is: (task: Task) => task is T },
): AnyMessage['leaves'] {
  if (typeof leaves === 'string' || !('when' in leaves)) return leaves;
  return { says: leaves.says, when: (task) => (is(task) ? leaves.when(task) : 'now') };
}

export interface AnyMessage {
  readonly to: 'customer' | 'staff';
  readonly leaves: SendTime | SendTimeByReader | SendTimeByTask<Task>;
  readonly optOutKind?: EmailKind;
  readonly write: (context: MessageContext) => Email;
}
