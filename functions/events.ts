import type { Contract } from './contracts/contract.ts';
import { nearest } from './contracts/nearest.ts';
import { functionNames, lambdas } from './lambdas.ts';

const handled: readonly Contract[] = functionNames.flatMap((name) =>
  Object.values<Contract>(lambdas[name].handles),
);

/** What a DMS may send: whatever a function handles. One rule each; every other detail type is refused, and kept. */
export const incomingEvents = handled.filter(({ sentBy }) => sentBy !== 'this software');

/** What this software tells itself over the bus, from its own source only. */
export const internalEvents = handled.filter(({ sentBy }) => sentBy === 'this software');

/** What somebody who wrote an unknown detail type most likely meant, or nothing where no guess is honest. */
export function suggestDetailType(text: string): string | undefined {
  return nearest(
    text,
    incomingEvents.map(({ detailType }) => detailType),
  );
}
