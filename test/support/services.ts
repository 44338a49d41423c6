import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Outcomes } from '../../functions/ports.ts';
import { type ReadingSurroundings, readingServices } from '../../functions/runtime/reading-services.ts';
import { rememberingServices } from '../../functions/runtime/remembering-services.ts';
import {
  outcomeServices,
  quotingServices,
  type Surroundings,
  settlingServices,
  sweepingServices,
} from '../../functions/runtime/services.ts';
import { SECRET } from './customer-key.ts';
import { standIn } from './stand-in.ts';

export const ORIGIN = 'https://handoff.example.com';

/** Secrets Manager, as far as functions ask it. */
const secrets = standIn<SecretsManagerClient>(async (command) => {
  const asked = command instanceof GetSecretValueCommand ? command.input.SecretId : undefined;
  return { SecretString: asked === VALUE_KEY ? JSON.stringify({ current: 'a key of the guide' }) : SECRET };
});
const VALUE_KEY = 'value-key';

/** What is not asked about outcomes writes none: its calls would be counted, or meet faults. */
export const keepsNothing: Outcomes = { keep: async () => 0 };

/** No API of somebody else is called from here. */
export const nobody: Surroundings['fetch'] = async (url) =>
  Promise.reject(new Error(`nobody plays ${url.host}`));

/** What the function that reads files is given. */
export function readingServicesOver({
  table,
  ...surroundings
}: Omit<ReadingSurroundings, 'secrets'> & { readonly table: string }) {
  const environment = {
    TABLE_NAME: table,
    BUS_NAME: 'handoff',
    CUSTOMER_KEY: 'customer-key',
    DROP_BUCKET: 'drop',
  };
  return readingServices(environment, { ...surroundings, secrets });
}

/** Everything that any function is given, wired by the product itself over the clients of a test. */
export function servicesOver({
  table,
  ...surroundings
}: Omit<Surroundings, 'secrets' | 'fetch'> &
  Partial<Pick<Surroundings, 'fetch'>> & { readonly table: string }) {
  const given = { fetch: nobody, ...surroundings, secrets };
  const environment = {
    TABLE_NAME: table,
    BUS_NAME: 'handoff',
    CONFIGURATION_SET: 'handoff',
    LINK_ORIGIN: ORIGIN,
    CUSTOMER_KEY: 'customer-key',
    LOOK_UP_SECRETS: JSON.stringify({ value: VALUE_KEY }),
  };
  return {
    ...rememberingServices(environment, given),
    ...quotingServices(environment, given),
    ...outcomeServices(environment, given),
    ...settlingServices(environment, given),
    ...sweepingServices(environment, given),
  };
}
