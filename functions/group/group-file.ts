import * as z from 'zod';
import { readBy } from '../contracts/problems.ts';
import { contradictionsIn } from './contradictions.ts';
import { type Group, type GroupInFile, wholeFile } from './settings.ts';
import type { Store, StoreInFile } from './store-settings.ts';

export const groupFile = wholeFile.superRefine((file, context) => {
  for (const problem of contradictionsIn(file)) context.addIssue({ code: 'custom', ...problem });
});

class GroupFileError extends Error {
  override readonly name = 'GroupFileError';
}

/** Reads a group's file. Throws {@link GroupFileError} that names every wrong path and what was expected. */
export function parseGroup(json: unknown): Group {
  const read = readBy(groupFile, json);
  if (read.ok) return { ...read.value, stores: read.value.stores.map((one) => completed(one, read.value)) };
  const lines = read.problems.map(({ path, message }) => `  ${placeOf(json, path)}: ${message}`);
  const places = lines.length === 1 ? 'one place' : `${lines.length} places`;
  throw new GroupFileError(`The dealer group's file is wrong in ${places}:\n${lines.join('\n')}`);
}

/**
 * Fills in the settings of the store that services the cars. The check for contradictions has made sure that it has
 * both.
 */
function completed(one: StoreInFile, { stores }: GroupInFile): Store {
  const there = stores.find(({ id }) => id === one.serviceAt);
  const serviceDriveDirections = one.serviceDriveDirections ?? there?.serviceDriveDirections;
  const bookingLink = one.bookingLink ?? there?.bookingLink;
  if (serviceDriveDirections === undefined || bookingLink === undefined)
    throw new GroupFileError(`The store '${one.id}' sends its customers nowhere for service`);
  return { ...one, serviceDriveDirections, bookingLink };
}

const withStores = z.object({ stores: z.array(z.unknown()) });
const withId = z.object({ id: z.string().max(40) });

/** The path, and for a store also its id: nobody counts to the eighteenth store. */
function placeOf(json: unknown, path: string): string {
  const index = /^stores\[(\d+)\]/.exec(path)?.[1];
  const stores = withStores.safeParse(json).data?.stores ?? [];
  const store = index === undefined ? undefined : withId.safeParse(stores[Number(index)]).data;
  return `${path || '(file)'}${store ? ` (${store.id})` : ''}`;
}
