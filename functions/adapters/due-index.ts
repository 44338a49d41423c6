import { DUE } from './keys.ts';

/** The place of an item in the index of due work; none without a time. */
export const placeInDue = (dueAt: string | undefined) => (dueAt === undefined ? {} : { due: DUE, dueAt });
