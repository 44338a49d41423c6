import type * as z from 'zod';
import type { CrmLeadUpdated, LeadStatus } from '../contracts/crm-lead-updated.ts';
import type { Received } from '../contracts/fact-version.ts';
import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { Department } from '../group/group.ts';
import type { NamedFact, Subject } from '../ledger/facts.ts';
import type { Routed } from '../people/routing.ts';
import type { NamedStaff } from '../people/unknown-numbers.ts';
import { aboutCredit, type Choice } from './choices.ts';
import type { Context } from './context.ts';
import type { CustomerVisit, TimeWanted } from './customer-visit.ts';
import type { DmsFact, Follow } from './dms-fact.ts';
import { type Decision, unchanged } from './draft.ts';
import type { Meeting, MetAnswer } from './meeting.ts';
import type { EmailEntry, EntryReason, EventEntry } from './outbox-entry.ts';
import type { StartForm } from './start-form.ts';
import type { Task, Undo } from './task.ts';
import type { KindTraits, NamedTraits } from './traits.ts';

/** A person's choice about a task, read and checked. */
export interface Chosen<T extends Task = Task> {
  readonly task: T;
  readonly choice: Choice;
  /** The input: a date, an instant, a number, a text. */
  readonly value: string | undefined;
  /** Employee number. */
  readonly by: string;
  readonly context: Context;
}

/** A choice that can be undone, with the task's state before it. */
export interface Undoable extends Undo {
  readonly before: NonNullable<Undo['before']>;
}

/** How one kind of move is undone. */
export interface UndoRule<T extends Task = Task> {
  /** Whether nothing has changed the task since the choice. */
  readonly canUndo: (task: T, undo: Undoable) => boolean;
  readonly undo: (task: T, undo: Undoable, context: Context) => Task;
  /** Whether the choice published an event. */
  readonly onBus?: boolean;
}
export type UndoRules<T extends Task = Task> = Readonly<Partial<Record<Choice['does'], UndoRule<T>>>>;

interface CustomerFact {
  readonly storeId: string;
  readonly customer: Customer;
  readonly occurredAt: string;
}

/** Somebody who was asked and did not answer in time. */
export interface Silence {
  readonly employeeNumber: string;
  readonly at: string;
}

interface LeadAnswer {
  readonly status: LeadStatus;
  readonly at: string;
}

interface Hooks<T extends Task> {
  /** The fact that describes the customer, as it was received. */
  readonly customerFactOf: (task: T) => CustomerFact | undefined;
  /** The task with updated customer data, for a page or an email; never stored. */
  readonly withCustomer: (task: T, customer: Customer) => T;
  readonly vehicleOf: (task: T) => Vehicle | undefined;
  /** Employee numbers of the people who handed it over; they get an email when it moves. */
  readonly sendersOf: (task: T) => readonly string[];
  /** The next person in line, skipping everyone who declined it. */
  readonly routeOn: (task: T, not: readonly string[], context: Context) => Routed;
  /** Deadlines that only this kind has. */
  readonly tick: (task: T, context: Context) => Task;
  /** Called after the task moved from one person to another. */
  readonly moved: (task: T, from: string | undefined, context: Context) => Task;
  /** Whether the task offers a choice that its state allows. */
  readonly fits: (task: T, choice: Choice) => boolean;
  /** Applies the choices `book`, `advise`, `ask`, `decide`, `sign over` and `met instead`. */
  readonly chosen: (chosen: Chosen<T>) => Task;
  /** Called after the assignee has accepted the task. */
  readonly accepted: (task: T, context: Context) => Task;
  /** Called when nobody accepted it in time and a manager is notified. */
  readonly escalated: (task: T, context: Context) => Task;
  /** Called after a choice has ended the task. */
  readonly ended: (chosen: Chosen<T>) => Task;
  /** Called after every choice, to notify others. */
  readonly after: (chosen: Chosen<T>) => Task;
  /** Called once the CRM's lead mailbox has refused or bounced the lead. */
  readonly leadLost: (task: T, context: Context) => Task;
  /** The CRM's latest answer to its lead. */
  readonly leadAnswer: (task: T) => LeadAnswer | undefined;
  /** The CRM reports what happened to its lead. */
  readonly answeredByCrm: (task: T, answer: Received<CrmLeadUpdated>, context: Context) => Decision<Task>;
  /** The email to send to the customer once staff have entered an address. */
  readonly messageToCustomer: (task: T, context: Context) => string | undefined;
  /** Why a queued email is out of date; undefined while it still holds. Called on every write. */
  readonly staleReason: (task: T, email: EmailEntry, now: string) => EntryReason | undefined;
  /** The visit that the customer may see and ask to move; undefined while none is booked. */
  readonly customerVisit: (task: T, context: Context) => CustomerVisit | undefined;
  /** The customer asks for another time. Returns the same task if there is no visit to ask about. */
  readonly askForTime: (task: T, wanted: TimeWanted, context: Context) => Task;
  /** The person to whom a letter introduced the customer; undefined if no letter did. */
  readonly meeting: (task: T) => Meeting | undefined;
  /** The customer says whether they met that person. It changes no state. */
  readonly saysMet: (task: T, answer: MetAnswer, context: Context) => Task;
  /** Fields of this kind that undo needs. */
  readonly undoKeeps: (task: T) => object | undefined;
  /** Called after a choice was undone. */
  readonly undone: (task: T, undo: Undoable) => Task;
  /** Called after undo has reopened the task. */
  readonly reopened: (task: T, undo: Undoable, context: Context) => Task;
  /** The detail of an event that only this kind publishes. */
  readonly eventDetail: (task: T, entry: EventEntry) => object | undefined;
  /** The deal, RO or appointment numbers in its `handoff-task-*` events. */
  readonly eventNumbers: (task: T) => object;
  /** The salespeople and advisors whom its facts name, by number. */
  readonly staffNamed: (task: T) => readonly NamedStaff[];
  /** Whether the assignee or a manager still has a question to answer. */
  readonly isAsking: (task: T) => boolean;
  /** Who was asked in time and did not answer, by employee number, and since when that is known. */
  readonly silenceOf: (task: T) => Silence | undefined;
  /** The sender who has not signed for a handoff that took place, and since when. */
  readonly unsignedBy: (task: T) => Silence | undefined;
  /** The id of a related handoff that its pages and emails also show. */
  readonly relatedId: (task: T) => string | undefined;
}

/** What a kind declares for other rooms, because it is decided together with its traits. */
interface Declarations<T extends Task> {
  /** The form that starts such a handoff by hand; without one, nobody can. */
  readonly startForm: StartForm | undefined;
  /** The department that earns credit for a resulting sale. */
  readonly credit: Department | undefined;
  /** Whether there was nothing to hand over after all, as with a voided order: no credit follows. */
  readonly isVoid: (task: T) => boolean;
  /** The outcomes that only this kind has, as the task shows them now; `about` adds details of their subject. */
  readonly facts: (task: T) => readonly OwnOutcome[];
  /** `call list`: collected into one list a day, to be worked through by phone. */
  readonly listedAs: 'task' | 'call list';
}
export interface OwnOutcome extends Pick<NamedFact, 'outcome' | 'key'> {
  readonly about?: Partial<Subject>;
}

type RequiredHook = 'customerFactOf' | 'withCustomer' | 'vehicleOf' | 'sendersOf' | 'routeOn';

/** The required and optional parts of a kind. An omitted hook does nothing. */
export interface KindDefinition<T extends Task>
  extends Pick<Hooks<T>, RequiredHook>,
    Partial<Omit<Hooks<T>, RequiredHook>>,
    Partial<Declarations<T>> {
  /** The kind's own choices, in page order. */
  readonly choices: readonly Choice[];
  readonly undoRules?: UndoRules<T>;
  readonly follow?: (fact: DmsFact) => Follow<T> | undefined;
}

/** A kind of handoff. Its hooks accept any task and throw on a task of another kind. */
export interface Kind<T extends Task = Task> extends KindTraits, Hooks<Task>, Declarations<Task> {
  readonly numbers: readonly string[];
  /** Whether this kind has a page on which customers see their visit. */
  readonly hasCustomerVisit: boolean;
  readonly schema: z.ZodType<T>;
  readonly is: (task: Task) => task is T;
  readonly customerOf: (task: Task) => Customer | undefined;
  readonly choices: readonly Choice[];
  readonly undoRules: UndoRules;
  readonly follow: (fact: DmsFact) =>
    | (Pick<Follow, 'concerns'> & {
        readonly blank: (now: string, use: number) => Task;
        readonly decide: Follow['decide'];
      })
    | undefined;
}

/** Defines a kind of handoff as a value. `kinds.ts` lists all kinds; other rooms look a kind up there. */
export function defineKind<T extends Task>(
  schema: z.ZodType<T>,
  traits: NamedTraits<T>,
  own: KindDefinition<T>,
): Kind<T> {
  const is = (task: Task): task is T => task.kind === traits.kind;
  const narrow = (task: Task): T => {
    if (is(task)) return task;
    throw new Error(`Task ${task.taskId} is a ${task.kind}, expected a ${traits.kind}`);
  };
  const { follow } = own;
  return {
    ...traits,
    assignmentMessage: (task) => traits.assignmentMessage(narrow(task)),
    limitsFrom: (task, context) => traits.limitsFrom?.(narrow(task), context),
    hasLimits: (task) => traits.hasLimits?.(narrow(task)) ?? true,
    unfinishedFrom: (task, timeZone) => traits.unfinishedFrom?.(narrow(task), timeZone) ?? [],
    restsUntil: (task, limit) => traits.restsUntil?.(narrow(task), limit),
    schema,
    is,
    choices: own.credit === undefined ? own.choices : [...own.choices, ...aboutCredit],
    customerOf: (task) => own.customerFactOf(narrow(task))?.customer,
    customerFactOf: (task) => own.customerFactOf(narrow(task)),
    withCustomer: (task, customer) => own.withCustomer(narrow(task), customer),
    vehicleOf: (task) => own.vehicleOf(narrow(task)),
    sendersOf: (task) => own.sendersOf(narrow(task)),
    routeOn: (task, not, context) => own.routeOn(narrow(task), not, context),
    tick: (task, context) => own.tick?.(narrow(task), context) ?? task,
    moved: (task, from, context) => own.moved?.(narrow(task), from, context) ?? task,
    fits: (task, choice) => own.fits?.(narrow(task), choice) ?? true,
    chosen: (chosen) => own.chosen?.({ ...chosen, task: narrow(chosen.task) }) ?? chosen.task,
    accepted: (task, context) => own.accepted?.(narrow(task), context) ?? task,
    escalated: (task, context) => own.escalated?.(narrow(task), context) ?? task,
    ended: (chosen) => own.ended?.({ ...chosen, task: narrow(chosen.task) }) ?? chosen.task,
    after: (chosen) => own.after?.({ ...chosen, task: narrow(chosen.task) }) ?? chosen.task,
    leadLost: (task, context) => own.leadLost?.(narrow(task), context) ?? task,
    leadAnswer: (task) => own.leadAnswer?.(narrow(task)),
    answeredByCrm: (task, answer, context) =>
      own.answeredByCrm?.(narrow(task), answer, context) ?? unchanged(task, 'no-leads'),
    messageToCustomer: (task, context) => own.messageToCustomer?.(narrow(task), context),
    staleReason: (task, email, now) => own.staleReason?.(narrow(task), email, now),
    hasCustomerVisit: own.customerVisit !== undefined,
    customerVisit: (task, context) => own.customerVisit?.(narrow(task), context),
    askForTime: (task, wanted, context) => own.askForTime?.(narrow(task), wanted, context) ?? task,
    meeting: (task) => own.meeting?.(narrow(task)),
    saysMet: (task, answer, context) => own.saysMet?.(narrow(task), answer, context) ?? task,
    undoKeeps: (task) => own.undoKeeps?.(narrow(task)),
    undone: (task, undo) => own.undone?.(narrow(task), undo) ?? task,
    reopened: (task, undo, context) => own.reopened?.(narrow(task), undo, context) ?? task,
    eventDetail: (task, entry) => own.eventDetail?.(narrow(task), entry),
    eventNumbers: (task) => own.eventNumbers?.(narrow(task)) ?? {},
    staffNamed: (task) => own.staffNamed?.(narrow(task)) ?? [],
    isAsking: (task) => own.isAsking?.(narrow(task)) ?? false,
    silenceOf: (task) => own.silenceOf?.(narrow(task)),
    unsignedBy: (task) => own.unsignedBy?.(narrow(task)),
    relatedId: (task) => own.relatedId?.(narrow(task)),
    undoRules: widenRules(own.undoRules ?? {}, narrow),
    follow: (fact) => {
      const found = follow?.(fact);
      return found && { ...found, decide: (task, context) => found.decide(narrow(task), context) };
    },
    startForm: own.startForm,
    credit: own.credit,
    isVoid: (task) => own.isVoid?.(narrow(task)) ?? false,
    facts: (task) => own.facts?.(narrow(task)) ?? [],
    listedAs: own.listedAs ?? 'task',
  };
}

function widenRules<T extends Task>(rules: UndoRules<T>, narrow: (task: Task) => T): UndoRules {
  const entries = Object.entries(rules).map(([does, rule]): [string, UndoRule] => [
    does,
    {
      ...rule,
      canUndo: (task, undo) => rule.canUndo(narrow(task), undo),
      undo: (task, undo, context) => rule.undo(narrow(task), undo, context),
    },
  ]);
  return Object.fromEntries(entries);
}
