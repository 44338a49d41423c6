import * as z from 'zod';
import type { Customer } from '../contracts/fields.ts';
import { addressOf } from '../handoff/customer-address.ts';
import type { Kind } from '../handoff/kind.ts';
import type { HandoffName, Task } from '../handoff/task.ts';
import { taskIdOf as idOf } from '../handoff/traits.ts';
import { firstService } from './first-service/kind.ts';
import { introduction } from './introduction/kind.ts';
import { repairOptions } from './repair-options/kind.ts';
import { upgradeConversation } from './upgrade-conversation/kind.ts';

/**
 * The registry of kinds: one line a kind. Everybody else asks it; a kind that is named in contracts/handoff-kinds.ts and
 * missing here, or under another's name, does not compile. A fact from the DMS is followed by the kinds in this order.
 */
export const kinds = {
  'service-introduction': introduction,
  'repair-options': repairOptions,
  'upgrade-conversation': upgradeConversation,
  'first-service-visit': firstService,
} as const satisfies { readonly [Name in HandoffName]: Kind<Task & { kind: Name }> };

export type TaskKind = keyof typeof kinds;
/** A stored task, with the fields of its kind. */
export type AnyTask = { [Name in TaskKind]: TaskOf<Name> }[TaskKind];
export type TaskOf<Name extends TaskKind> = z.infer<(typeof kinds)[Name]['schema']>;

export const everyKind: readonly Kind[] = Object.values(kinds);

/** The one place where a task meets its kind. */
export const kindOf = ({ kind }: Pick<Task, 'kind'>): Kind => kinds[kind];

export const customerOf = (task: Task): Customer | undefined => kindOf(task).customerOf(task);
export const vehicleOf = (task: Task) => kindOf(task).vehicleOf(task);
/** Where the customer of a task is written to. */
export const addressOfCustomer = (task: Task): string | undefined => addressOf(task, customerOf(task));

const named = z.looseObject({ kind: z.string() });

/** Throws where the item is no task that this release can read: better stuck and seen than misread. */
export function parseTask(item: Record<string, unknown>): AnyTask {
  const { kind } = named.parse(item);
  const found = Object.entries(kinds).find(([name]) => name === kind)?.[1];
  if (!found) throw new Error(`No kind of handoff is called '${kind}'`);
  return found.schema.parse(item);
}

/** What names a task in the trade: its kind, its store, and the numbers of its subject. */
export type TaskSubject = {
  [Name in TaskKind]: { kind: Name; storeId: string } & TaskOf<Name>['subject'];
}[TaskKind];

export function taskIdOf(subject: TaskSubject): string {
  const { kind, storeId } = subject;
  const values = new Map<string, string>(Object.entries(subject));
  return idOf(
    kind,
    storeId,
    kinds[kind].numbers.map((name) => values.get(name) ?? ''),
  );
}
