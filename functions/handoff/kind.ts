import type * as z from 'zod';
import type { DealUnwound } from '../contracts/deal-unwound.ts';
import type { Customer, Vehicle } from '../contracts/fields.ts';
import type { RepairOrderVoided } from '../contracts/repair-order-voided.ts';
import type { ServiceAppointmentBooked } from '../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../contracts/service-appointment-cancelled.ts';
import type { ServiceVisitCompleted } from '../contracts/service-visit-completed.ts';
import type { Department } from '../group/group.ts';
import type { Routed } from '../people/routing.ts';
import type { Choice } from './choices.ts';
import type { Context } from './context.ts';
import type { Decision } from './draft.ts';
import type { EventEntry } from './outbox-entry.ts';
import type { Task, Undo } from './task.ts';
import type { KindTraits, NamedTraits } from './traits.ts';

/** A person's choice about a task, read and checked. */
export interface Chosen<T extends Task = Task> {
  readonly task: T;
  readonly choice: Choice;
  /** What was typed with it: a date, an instant, a number, a text. */
  readonly value: string | undefined;
  /** Employee number. */
  readonly by: string;
  readonly context: Context;
}

/** The record of a choice that can be taken back, with how the task was before it. */
export interface Undoable extends Undo {
  readonly before: NonNullable<Undo['before']>;
}

/** How one kind of move is taken back. */
export interface WayBack<T extends Task = Task> {
  /** Whether the task still is as the choice left it. */
  readonly stands: (task: T, undo: Undoable) => boolean;
  readonly back: (task: T, undo: Undoable, context: Context) => Task;
  /** The choice was told on the bus. */
  readonly onBus?: boolean;
}
export type WaysBack<T extends Task = Task> = Readonly<Partial<Record<Choice['does'], WayBack<T>>>>;

/** Facts from the DMS that may concern several kinds of handoff. */
interface SharedFacts {
  readonly 'service-visit-completed': ServiceVisitCompleted;
  readonly 'service-appointment-booked': ServiceAppointmentBooked;
  readonly 'service-appointment-cancelled': ServiceAppointmentCancelled;
  readonly 'repair-order-voided': RepairOrderVoided;
  readonly 'deal-unwound': DealUnwound;
}

export type DmsFact = {
  [DetailType in keyof SharedFacts]: {
    readonly detailType: DetailType;
    readonly storeId: string;
    readonly detail: SharedFacts[DetailType];
    /** The car and the customer: from the fact, or from a task that the same fact changed before. */
    readonly vin: string | undefined;
    readonly customerNumber: string | undefined;
  };
}[keyof SharedFacts];

/** Which task a fact is about, and what it decides. */
export interface Follow<T extends Task = Task> {
  readonly blank: (now: string) => T;
  readonly decide: (task: T, context: Context) => Decision<T>;
}

interface Hooks<T extends Task> {
  readonly customerOf: (task: T) => Customer | undefined;
  readonly vehicleOf: (task: T) => Vehicle | undefined;
  /** Who handed it over, and so is told when it moves: employee numbers. */
  readonly sendersOf: (task: T) => readonly string[];
  /** Whom it goes to next, past everyone who declined it. */
  readonly routeOn: (task: T, not: readonly string[], context: Context) => Routed;
  /** What time brings to this kind, beside what it brings to all. */
  readonly tick: (task: T, context: Context) => Task;
  /** After it moved from one person to another. */
  readonly moved: (task: T, from: string | undefined, context: Context) => Task;
  /** Whether a choice that fits its state fits the task. */
  readonly fits: (task: T, choice: Choice) => boolean;
  /** Before a choice of the kind `book`: a snoozed task wakes. */
  readonly chosen: (chosen: Chosen<T>) => Task;
  /** After a choice has ended it. */
  readonly ended: (chosen: Chosen<T>) => Task;
  /** The email that tells the customer of it, once staff have entered an address. */
  readonly messageToCustomer: (task: T, context: Context) => string | undefined;
  /** What to keep so that a choice can be taken back. */
  readonly undoKeeps: (task: T) => object | undefined;
  /** After a choice that had ended it was taken back. */
  readonly reopened: (task: T, undo: Undoable, context: Context) => Task;
  /** The detail of an event that only this kind puts on the bus. */
  readonly eventDetail: (task: T, entry: EventEntry) => object | undefined;
  /** Numbers of the trade that its `handoff-task-*` events carry. */
  readonly eventNumbers: (task: T) => object;
  /** Which question about it waits for the person who has it, where one does. */
  readonly isAsking: (task: T) => boolean;
}

/** What a person fills in to start a handoff by hand. */
interface StartField {
  readonly name: string;
  readonly required: boolean;
}

/** What a kind has to say, and what it may. What is left out does nothing. */
export interface KindDefinition<T extends Task>
  extends Pick<Hooks<T>, 'customerOf' | 'vehicleOf' | 'sendersOf' | 'routeOn'>,
    Partial<Omit<Hooks<T>, 'customerOf' | 'vehicleOf' | 'sendersOf' | 'routeOn'>> {
  /** Its own choices, in the order in which a page shows them. */
  readonly choices: readonly Choice[];
  readonly waysBack?: WaysBack<T>;
  readonly follow?: (fact: DmsFact) => Follow<T> | undefined;
  readonly startForm?: readonly StartField[];
  /** Which department earns credit for a sale that follows. */
  readonly credit?: Department;
  /** The outcome facts that a change of it adds to the ledger. */
  readonly facts?: (before: T | undefined, after: T) => readonly object[];
  /** `call list`: those of a day stand together, to be worked through by phone. */
  readonly listedAs?: 'task' | 'call list';
}

/** A kind of handoff. Its hooks take a task of any kind, and throw where it is another than their own. */
export interface Kind<T extends Task = Task> extends KindTraits, Hooks<Task> {
  readonly numbers: readonly string[];
  readonly schema: z.ZodType<T>;
  readonly is: (task: Task) => task is T;
  readonly choices: readonly Choice[];
  readonly waysBack: WaysBack;
  readonly follow: (
    fact: DmsFact,
  ) => { readonly blank: (now: string) => Task; readonly decide: Follow['decide'] } | undefined;
  readonly startForm: readonly StartField[];
  readonly credit: Department | undefined;
  readonly facts: (before: Task | undefined, after: Task) => readonly object[];
  readonly listedAs: 'task' | 'call list';
}

/** A kind of handoff as a value. `kinds.ts` lists them; everybody else asks that list. */
export function defineKind<T extends Task>(
  schema: z.ZodType<T>,
  traits: NamedTraits<T>,
  own: KindDefinition<T>,
): Kind<T> {
  const is = (task: Task): task is T => task.kind === traits.kind;
  const mine = (task: Task): T => {
    if (is(task)) return task;
    throw new Error(`Task ${task.taskId} is a ${task.kind}, expected a ${traits.kind}`);
  };
  const { follow } = own;
  return {
    ...traits,
    unfinishedFrom: (task, timeZone) => traits.unfinishedFrom?.(mine(task), timeZone) ?? [],
    schema,
    is,
    choices: own.choices,
    customerOf: (task) => own.customerOf(mine(task)),
    vehicleOf: (task) => own.vehicleOf(mine(task)),
    sendersOf: (task) => own.sendersOf(mine(task)),
    routeOn: (task, not, context) => own.routeOn(mine(task), not, context),
    tick: (task, context) => own.tick?.(mine(task), context) ?? task,
    moved: (task, from, context) => own.moved?.(mine(task), from, context) ?? task,
    fits: (task, choice) => own.fits?.(mine(task), choice) ?? true,
    chosen: (chosen) => own.chosen?.({ ...chosen, task: mine(chosen.task) }) ?? chosen.task,
    ended: (chosen) => own.ended?.({ ...chosen, task: mine(chosen.task) }) ?? chosen.task,
    messageToCustomer: (task, context) => own.messageToCustomer?.(mine(task), context),
    undoKeeps: (task) => own.undoKeeps?.(mine(task)),
    reopened: (task, undo, context) => own.reopened?.(mine(task), undo, context) ?? task,
    eventDetail: (task, entry) => own.eventDetail?.(mine(task), entry),
    eventNumbers: (task) => own.eventNumbers?.(mine(task)) ?? {},
    isAsking: (task) => own.isAsking?.(mine(task)) ?? false,
    waysBack: erased(own.waysBack ?? {}, mine),
    follow: (fact) => {
      const found = follow?.(fact);
      return found && { blank: found.blank, decide: (task, context) => found.decide(mine(task), context) };
    },
    startForm: own.startForm ?? [],
    credit: own.credit,
    facts: (before, after) => own.facts?.(before && mine(before), mine(after)) ?? [],
    listedAs: own.listedAs ?? 'task',
  };
}

function erased<T extends Task>(ways: WaysBack<T>, mine: (task: Task) => T): WaysBack {
  const entries = Object.entries(ways).map(([does, way]): [string, WayBack] => [
    does,
    {
      ...way,
      stands: (task, undo) => way.stands(mine(task), undo),
      back: (task, undo, context) => way.back(mine(task), undo, context),
    },
  ]);
  return Object.fromEntries(entries);
}
