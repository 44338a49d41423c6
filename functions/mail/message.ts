import type * as z from 'zod';
import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { EmailKind } from '../customers/opt-outs.ts';
import type { Group, Store } from '../group/group.ts';
import type { EmailNote } from '../handoff/outbox-entry.ts';
import type { Task } from '../handoff/task.ts';
import type { StaffMember } from '../people/staff.ts';
import type { Words } from './words.ts';

/** What every message may say of a handoff, whatever its kind. */
export interface TaskWords {
  /** What it is called, as a heading. */
  readonly name: string;
  /** The line above the heading of an email or a page. */
  readonly topic: string;
  /** The same in a sentence. */
  readonly of: (who: Words) => Words;
  readonly toAccept: Words;
  readonly toComplete: Words;
  /** The button to it. */
  readonly complete: string;
  /** What was to reach the customer, for a kind that writes to them. */
  readonly customerLetter?: string;
  /** How it ended, in words that follow "because". */
  readonly outcome: (outcome: string) => string;
  /** The reason that the dealer system gave for how it ended. */
  readonly closingReason: (task: Task, outcome: string) => string | undefined;
  /** Why it ended, where more is known than its outcome. */
  readonly endedBecause: (task: Task) => Words | undefined;
  /** The person who has it has done their part already, and waits. */
  readonly isWaiting: (task: Task, now: string) => boolean;
  /** What only this kind says to a reader when it moved to somebody else. */
  readonly moved: (context: MessageContext) => { readonly heading: Words; readonly first: Words } | undefined;
}

/** What a message is written from. It is written when it is sent, so it says what is true then. */
export interface MessageContext<T extends Task = Task, Own extends object = object> {
  readonly task: T;
  readonly group: Group;
  readonly store: Store;
  /** An instant in UTC. */
  readonly now: string;
  /** Who reads it; undefined for a customer, whose name and language are in the task's facts. */
  readonly reader?: StaffMember;
  /** Anybody of the store's roster who is employed today; a leaver is not found, so no email names one. */
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
  /** The name of anybody who did something, leavers included. */
  readonly nameOf: (employeeNumber: string) => string | undefined;
  readonly customer: Customer | undefined;
  readonly vehicle: Vehicle | undefined;
  /** Where the customer is written to. */
  readonly customerAddress: string | undefined;
  /** The label of a choice of this kind of handoff. */
  readonly labelOf: (choice: string) => string;
  /** What is said of this kind of handoff. */
  readonly words: TaskWords;
  /** The reader's own link to the task. Staff only. */
  readonly link?: string;
  /** Where the customer chooses what to get. Customers only. */
  readonly preferencesLink?: string;
  /** What this one email says beyond its task. */
  readonly note?: EmailNote;
  /** The same, for what only this kind of handoff says. */
  readonly own?: Own;
  /** The reader asked for a new link. */
  readonly freshLink?: boolean;
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

interface Definition<T extends Task, Own extends object> {
  readonly to: 'customer' | 'staff';
  readonly optOutKind?: EmailKind;
  /** What only this kind of handoff says in this email. */
  readonly own?: z.ZodType<Own>;
  readonly write: (context: MessageContext<T, Own>) => Email;
}

/** A message of one kind of handoff, seen by the outbox as a message of any task: another kind is an error of ours. */
export function messageOf<T extends Task, Own extends object = object>(
  kind: { readonly kind: string; readonly is: (task: Task) => task is T },
  { to, optOutKind, own: schema, write }: Definition<T, Own>,
): AnyMessage {
  return {
    to,
    ...(optOutKind ? { optOutKind } : {}),
    write: ({ task, own, ...rest }) => {
      if (!kind.is(task)) {
        throw new Error(`A message of ${kind.kind} was queued by a ${task.kind}: task ${task.taskId}`);
      }
      const read = own && schema?.parse(own);
      return write({ ...rest, task, ...(read === undefined ? {} : { own: read }) });
    },
  };
}

/** A message that every kind of handoff has. */
export const messageOfAny = ({ to, write }: Definition<Task, object>): AnyMessage => ({ to, write });

export interface AnyMessage {
  readonly to: 'customer' | 'staff';
  readonly optOutKind?: EmailKind;
  readonly write: (context: MessageContext) => Email;
}
