import { functionNames, lambdas } from '../../functions/lambdas.ts';
import { type Access, access } from '../access.ts';
import type { DealerBus } from './dealer-bus.ts';
import type { HandoffFunction } from './handoff-function.ts';
import type { HandoffFunctions } from './handoff-functions.ts';
import type { HandoffTable } from './handoff-table.ts';
import type { Mail } from './mail.ts';

export interface AccessProps {
  readonly functions: HandoffFunctions;
  readonly table: HandoffTable;
  readonly mail: Mail;
  readonly bus: DealerBus;
}

/** Grants each function only the actions it calls, on only the items it needs. */
export function grantAccess({ functions, table, mail, bus }: AccessProps): void {
  for (const name of functionNames) {
    const lambda = functions[name];
    grantTable(table, lambda, access[name]);
    if (lambdas[name].environment === 'sending') mail.grantSending(lambda);
    bus.grantPut(lambda);
  }
}

function grantTable(
  table: HandoffTable,
  lambda: HandoffFunction,
  { reads, writes, updates = [], deletes = [], indexes = [] }: Access,
): void {
  table.grantItems(lambda, ['GetItem', 'Query'], reads);
  table.grantItems(lambda, ['PutItem'], writes);
  table.grantItems(lambda, ['UpdateItem'], updates);
  table.grantItems(lambda, ['DeleteItem'], deletes);
  table.grantIndexes(lambda, indexes);
}
