import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { AppointmentTable } from '../adapters/appointment-table.ts';
import { CachedRoster } from '../adapters/cached-roster.ts';
import { SecretCustomerKey } from '../adapters/customer-key.ts';
import { CustomerTable } from '../adapters/customer-table.ts';
import { disposalBy } from '../adapters/disposal.ts';
import { ErasureTable } from '../adapters/erasure-table.ts';
import { EventBridgeBus } from '../adapters/event-bus.ts';
import { RosterStore } from '../adapters/roster-store.ts';
import type { Erasures } from '../customers/ports.ts';
import type { RosterReader } from '../ports.ts';
import type { environments } from './environment.ts';
import { type KeepingSurroundings, keepingOnAws } from './keeping-services.ts';
import { LoggedBus } from './logged-bus.ts';
import { waiting } from './waiting.ts';

type Rememberer = z.output<(typeof environments)['remembering']>;

/** The surroundings of functions that look customers up by keyed hashes. */
export interface KnowingSurroundings {
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  /** Erased customers, cached across invocations of a warm function. */
  readonly erasures?: Erasures | undefined;
}

interface RememberingSurroundings extends KeepingSurroundings, KnowingSurroundings {
  /** A roster cached across invocations of a warm function. */
  readonly roster?: RosterReader | undefined;
}

const onAws = (): RememberingSurroundings => ({
  ...keepingOnAws(),
  secrets: new SecretsManagerClient({ requestHandler: waiting }),
});

export function rememberingServices({ TABLE_NAME, BUS_NAME, CUSTOMER_KEY }: Rememberer, given = onAws()) {
  const { dynamodb, clock, group } = given;
  const disposeAt = disposalBy(group.retention);
  const customerKey = new SecretCustomerKey(given.secrets, CUSTOMER_KEY);
  return {
    clock,
    group,
    customerKey,
    bus: new LoggedBus(new EventBridgeBus(given.eventbridge, BUS_NAME)),
    customers: new CustomerTable(dynamodb, TABLE_NAME, customerKey, disposeAt),
    appointments: new AppointmentTable(dynamodb, TABLE_NAME, {
      ...{ key: customerKey, alsoPlain: group.alsoPlainOptOuts },
      ...{ clock, disposeAt },
    }),
    erasures: new ErasureTable(dynamodb, TABLE_NAME, { key: customerKey, clock }),
    roster: given.roster ?? new CachedRoster(new RosterStore(dynamodb, TABLE_NAME), clock),
  };
}
