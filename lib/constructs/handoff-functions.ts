import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type * as z from 'zod';
import type { Lambda } from '../../functions/lambda.ts';
import { type FunctionName, lambdas } from '../../functions/lambdas.ts';
import type { environments } from '../../functions/runtime/environment.ts';
import { eachFunction } from '../each-function.ts';
import type { CustomerKey } from './customer-key.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { DealerBus } from './dealer-bus.ts';
import type { DropBucket } from './drop-bucket.ts';
import { HandoffFunction, type WhenItFails } from './handoff-function.ts';
import type { HandoffTable } from './handoff-table.ts';
import type { LedgerBucket } from './ledger-bucket.ts';
import type { LedgerQueries } from './ledger-queries.ts';
import type { LinksApi } from './links-api.ts';
import type { LookUps } from './look-ups.ts';
import type { Mail } from './mail.ts';
import type { WebhooksApi } from './webhooks-api.ts';

export type HandoffFunctions = Readonly<Record<FunctionName, HandoffFunction>>;

export interface HandoffFunctionsProps {
  readonly groupName: string;
  /** The bundled code of each function. */
  readonly code: (name: FunctionName) => Code;
  readonly bus: DealerBus;
  readonly table: HandoffTable;
  readonly customerKey: CustomerKey;
  readonly mail: Mail;
  readonly links: LinksApi;
  readonly deadLetters: DeadLetters;
  readonly drop: DropBucket;
  readonly webhooks: WebhooksApi;
  readonly lookUps: LookUps;
  readonly ledger: LedgerBucket;
  readonly queries: LedgerQueries;
}

/** The variables that the functions of each environment read, and no others. */
type Variables = { readonly [Kind in keyof typeof environments]: z.input<(typeof environments)[Kind]> };

/** Every function of the registry, with its variables. */
export function handoffFunctions(scope: Construct, props: HandoffFunctionsProps): HandoffFunctions {
  const { groupName, code, bus, table, customerKey, mail, links, deadLetters, drop, webhooks } = props;
  const { ledger, queries, lookUps } = props;
  const keeping = { TABLE_NAME: table.name, BUS_NAME: bus.name };
  const knowing = { CUSTOMER_KEY: customerKey.secretArn };
  const sending = {
    ...keeping,
    ...{ CONFIGURATION_SET: mail.configurationSetName, LINK_ORIGIN: links.origin },
    ...knowing,
  };
  const variables: Variables = {
    keeping,
    sending,
    asking: { ...sending, LOOK_UP_SECRETS: lookUps.secretIds },
    remembering: { ...keeping, ...knowing },
    reporting: { TABLE_NAME: table.name, NUMBERS_BUCKET: ledger.name },
    archiving: { TABLE_NAME: table.name, LEDGER_BUCKET: ledger.name },
    counting: {
      ...{ BUS_NAME: bus.name, NUMBERS_BUCKET: ledger.name },
      ...{ WORK_GROUP: queries.workGroup, DATABASE: queries.database },
    },
    reading: { ...keeping, ...knowing, DROP_BUCKET: drop.name },
    receiving: { TABLE_NAME: table.name, DROP_BUCKET: drop.name, FEED_SECRETS: webhooks.secretIds },
  };
  return eachFunction((name) => {
    const environment = variables[lambdas[name].environment];
    const whenItFails = failuresOf(lambdas[name], deadLetters);
    return new HandoffFunction(scope, { name, groupName, code: code(name), environment, whenItFails });
  });
}

function failuresOf({ retries }: Lambda, { ofFunctions }: DeadLetters): WhenItFails | undefined {
  if (!retries) return undefined;
  return {
    retryAttempts: retries.attempts,
    maxEventAge: Duration.minutes(retries.withinMinutes),
    ...(retries.thenKept && { deadLetters: ofFunctions }),
  };
}
