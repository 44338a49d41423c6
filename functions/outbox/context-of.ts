import { expectedStores, findStore, type Group } from '../group/group.ts';
import { type Context, contextAt } from '../handoff/context.ts';
import type { Task } from '../handoff/task.ts';
import { teamAcross } from '../people/across-stores.ts';
import type { Clock, RosterReader } from '../ports.ts';
import type { WeeklyReport } from '../weekly-report/weekly-report.ts';

export interface ContextServices {
  readonly group: Group;
  readonly roster: RosterReader;
  readonly clock: Clock;
}

/** The event names a store that is not in the group's file. Retrying cannot help, so the event is kept as refused. */
export class UnknownStoreError extends Error {
  override readonly name = 'UnknownStoreError';
}

/** Reads the time, the store and its people for one decision. */
export async function contextOf(
  { group, roster, clock }: ContextServices,
  storeId: string,
): Promise<Context> {
  const store = findStore(group, storeId);
  if (!store)
    throw new UnknownStoreError(
      `storeId: expected a store of the group '${group.name}', got '${storeId}'; ${expectedStores(group)}`,
    );
  return contextAt({ now: clock.now(), group, store, roster: await roster.read(storeId) });
}

/**
 * The same for a weekly report; undefined if its store left the group. The group has no time zone of its own, so its report
 * uses the first store's.
 */
export async function contextOfReport(
  services: ContextServices,
  { storeId }: Pick<WeeklyReport, 'storeId'>,
): Promise<Context | undefined> {
  const { group, clock, roster } = services;
  const store = storeId === undefined ? group.stores[0] : findStore(group, storeId);
  return store && contextAt({ now: clock.now(), group, store, roster: await roster.read(store.id) });
}

/** The same for a task. If it spans two stores, the roster has people of both. */
export async function contextOfTask(
  services: ContextServices,
  { storeId, soldAt }: Pick<Task, 'storeId' | 'soldAt'>,
): Promise<Context> {
  const context = await contextOf(services, storeId);
  if (soldAt === undefined || soldAt === storeId) return context;
  const selling = await contextOf(services, soldAt);
  const roster = teamAcross(storeId, context.roster, selling.roster);
  return contextAt({ ...context, roster, soldAt: selling.store });
}
