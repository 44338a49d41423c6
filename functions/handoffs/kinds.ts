import * as z from 'zod';
import type { Customer } from '../contracts/fields.ts';
import { type Reached, reachedBy } from '../customers/contact-places.ts';
import type { KnownContact } from '../customers/known-contact.ts';
import { withRefusals } from '../customers/may-contact.ts';
import { withContactChange } from '../customers/number-record.ts';
import { addressOf } from '../handoff/customer-address.ts';
import type { Kind } from '../handoff/kind.ts';
import type { HandoffName, Task } from '../handoff/task.ts';
import { taskIdOf as idOf } from '../handoff/traits.ts';
import { appraisal } from './appraisal/kind.ts';
import { firstService } from './first-service/kind.ts';
import { introduction } from './introduction/kind.ts';
import { repairInstead } from './repair-instead/kind.ts';
import { repairOptions } from './repair-options/kind.ts';
import { upgradeConversation } from './upgrade-conversation/kind.ts';

/**
 * The registry of kinds, one line each. If contracts/handoff-kinds.ts names a kind that is missing here, or one is registered
 * under another kind's name, it does not compile. Facts from the DMS are offered to the kinds in this order.
 */
export const kinds = {
  'service-introduction': introduction,
  'repair-options': repairOptions,
  appraisal,
  'repair-instead': repairInstead,
  'upgrade-conversation': upgradeConversation,
  'first-service-visit': firstService,
} as const satisfies { readonly [Name in HandoffName]: Kind<Task & { kind: Name }> };

export type TaskKind = keyof typeof kinds;
/** A stored task, with the fields of its kind. */
export type AnyTask = { [Name in TaskKind]: TaskOf<Name> }[TaskKind];
export type TaskOf<Name extends TaskKind> = z.infer<(typeof kinds)[Name]['schema']>;

export const everyKind: readonly Kind[] = Object.values(kinds);

/** The only place that maps a task to its kind. */
export const kindOf = ({ kind }: Pick<Task, 'kind'>): Kind => kinds[kind];

/** Whether it was given up because the customer did not come back, and its kind asks for one more call. */
export function isLost(task: Task): boolean {
  const { unfinished, unfinishedNotice } = kindOf(task);
  return unfinishedNotice !== undefined && task.state === 'cancelled' && task.ended?.outcome === unfinished;
}

export const customerOf = (task: Task): Customer | undefined => kindOf(task).customerOf(task);
export const vehicleOf = (task: Task) => kindOf(task).vehicleOf(task);

/** The task with its customer's current data: newer contact details, and every refusal. For display only; never stored. */
export function asKnown(task: Task, { changed, refused }: Pick<KnownContact, 'changed' | 'refused'>): Task {
  const kind = kindOf(task);
  const fact = kind.customerFactOf(task);
  if (!fact) return task;
  const customer = withContactChange(fact.customer, fact.occurredAt, changed);
  return kind.withCustomer(task, withRefusals(customer, refused));
}

/** The places that record what the customer of a task said about being contacted. */
export function reachedOf(task: Task): Reached | undefined {
  const fact = kindOf(task).customerFactOf(task);
  // The store whose fact names the customer: it may have sold a car that another store services.
  return fact && { ...reachedBy(fact.storeId, fact.customer), email: addressOf(task, fact.customer) };
}

/** The email address of a task's customer. */
export const addressOfCustomer = (task: Task): string | undefined => addressOf(task, customerOf(task));

const named = z.looseObject({ kind: z.string() });

/** A stored handoff that another release wrote and this one cannot read. The rest of the table is fine. */
export class UnreadableTaskError extends Error {}

/** Throws on an item that this release cannot read as a task: a visible failure is safer than misreading it. */
export function parseTask(item: Record<string, unknown>): AnyTask {
  const { kind } = named.parse(item);
  const found = Object.entries(kinds).find(([name]) => name === kind)?.[1];
  if (!found) throw new Error(`kind: expected a kind of handoff, got '${kind}'`);
  return found.schema.parse(item);
}

/** A task's business key: its kind, its store and the numbers of its subject. */
export type TaskSubject = {
  [Name in TaskKind]: { kind: Name; storeId: string } & TaskOf<Name>['subject'];
}[TaskKind];

export function taskIdOf(subject: TaskSubject, use?: number): string {
  const { kind, storeId } = subject;
  const values = new Map<string, string>(Object.entries(subject));
  return idOf(
    kind,
    storeId,
    kinds[kind].numbers.map((name) => values.get(name) ?? ''),
    use,
  );
}

/** The advisor's sheet about the order that a task is about; undefined for a task about something else. */
export const sheetIdOf = ({ storeId, subject, use }: Task): string | undefined =>
  'roNumber' in subject && typeof subject.roNumber === 'string'
    ? taskIdOf({ kind: 'repair-options', storeId, roNumber: subject.roNumber }, use)
    : undefined;

/** The tasks that a repair order can have, one of each kind that is about orders. */
export const taskIdsOfOrder = (storeId: string, roNumber: string, use?: number): readonly string[] =>
  taskIdsBy('roNumber', storeId, roNumber, use);

/** The tasks that a customer can have, one of each kind that is about the customer's visit. */
export const taskIdsOfCustomer = (storeId: string, customerNumber: string, use?: number): readonly string[] =>
  taskIdsBy('customerNumber', storeId, customerNumber, use);

const taskIdsBy = (number: string, storeId: string, value: string, use?: number): readonly string[] =>
  everyKind
    .filter(({ numbers }) => numbers.join() === number)
    .map(({ kind }) => idOf(kind, storeId, [value], use));
