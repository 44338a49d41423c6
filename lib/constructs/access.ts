import { OWN_SOURCE } from '../../functions/contracts/contract.ts';
import { sourceOnBus } from '../../functions/group/feed-settings.ts';
import { type FunctionName, functionNames, lambdas } from '../../functions/lambdas.ts';
import { environments } from '../../functions/runtime/environment.ts';
import { type Access, access } from '../access.ts';
import type { CustomerKey } from './customer-key.ts';
import type { DealerBus } from './dealer-bus.ts';
import type { DropBucket } from './drop-bucket.ts';
import type { HandoffFunction } from './handoff-function.ts';
import type { HandoffFunctions } from './handoff-functions.ts';
import type { HandoffTable } from './handoff-table.ts';
import type { LedgerBucket } from './ledger-bucket.ts';
import type { LedgerQueries } from './ledger-queries.ts';
import type { LookUps } from './look-ups.ts';
import type { Mail } from './mail.ts';
import type { WebhooksApi } from './webhooks-api.ts';

export interface AccessProps {
  readonly functions: HandoffFunctions;
  readonly table: HandoffTable;
  readonly customerKey: CustomerKey;
  readonly mail: Mail;
  readonly bus: DealerBus;
  readonly drop: DropBucket;
  readonly webhooks: WebhooksApi;
  readonly lookUps: LookUps;
  readonly ledger: LedgerBucket;
  readonly queries: LedgerQueries;
}

const putsEvents = (name: FunctionName): boolean =>
  'BUS_NAME' in environments[lambdas[name].environment].shape;

/** Whether the function sends events as a dealer's system would, and none in our own name. */
const putsForFeeds = (name: FunctionName): boolean => {
  const { shape } = environments[lambdas[name].environment];
  return 'DROP_BUCKET' in shape && !('FEED_SECRETS' in shape);
};

/** The roles that the bus has to admit: for our own source, and for the sources of feeds. */
export const speakers = {
  ownSource: functionNames.filter((name) => putsEvents(name) && !putsForFeeds(name)),
  feeds: functionNames.filter((name) => putsEvents(name) && putsForFeeds(name)),
} as const;

/** Grants each function only the actions it calls, on only the items it needs. */
export function grantAccess({
  functions,
  table,
  customerKey,
  mail,
  bus,
  drop,
  ledger,
  queries,
  webhooks,
  lookUps,
}: AccessProps): void {
  for (const name of functionNames) {
    const lambda = functions[name];
    grantTable(table, lambda, access[name]);
    const { shape } = environments[lambdas[name].environment];
    if ('CONFIGURATION_SET' in shape) mail.grantSending(lambda);
    if ('LEDGER_BUCKET' in shape) ledger.grantReadWrite(lambda);
    if ('WORK_GROUP' in shape) {
      queries.grantQueries(lambda);
      ledger.grantCounting(lambda);
    } else if ('NUMBERS_BUCKET' in shape) ledger.grantReadNumbers(lambda);
    if ('LOOK_UP_SECRETS' in shape) lookUps.grantRead(lambda);
    if ('CUSTOMER_KEY' in shape) customerKey.grantRead(lambda);
    // A reader of files sends events as the dealer's system would, and none in our own name.
    if ('FEED_SECRETS' in shape) {
      drop.grantPut(lambda);
      webhooks.grantRead(lambda);
    } else if ('DROP_BUCKET' in shape) {
      drop.grantRead(lambda);
      bus.grantPutOf(lambda, sourceOnBus('*'));
    } else if ('BUS_NAME' in shape) bus.grantPutOf(lambda, OWN_SOURCE);
  }
}

function grantTable(
  table: HandoffTable,
  lambda: HandoffFunction,
  { reads, queries = [], readsTogether = [], writes, updates = [], deletes = [], indexes = [] }: Access,
): void {
  table.grantItems(lambda, ['GetItem', 'Query'], reads);
  table.grantItems(lambda, ['Query'], queries);
  table.grantItems(lambda, ['BatchGetItem'], readsTogether);
  table.grantItems(lambda, ['PutItem'], writes);
  table.grantItems(lambda, ['UpdateItem'], updates);
  table.grantItems(lambda, ['DeleteItem'], deletes);
  table.grantIndexes(lambda, indexes);
}
