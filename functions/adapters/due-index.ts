import { DUE } from './keys.ts';

/** The keys that place an item in the index of due work; none for an item without a due time. */
export const placeInDue = (dueAt: string | undefined) => (dueAt === undefined ? {} : { due: DUE, dueAt });
