/**
 * The tables of a target whose items are found by keyed hashes. The key is read only when a hash is needed, and only
 * once.
 */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AddressTable } from '../../functions/adapters/address-table.ts';
import { SecretCustomerKey } from '../../functions/adapters/customer-key.ts';
import { ErasureTable } from '../../functions/adapters/erasure-table.ts';
import type { Keyed } from '../../functions/customers/identity.ts';
import type { CustomerKey } from '../../functions/customers/ports.ts';
import type { Group } from '../../functions/group/group.ts';
import { Problem } from './problem.ts';
import type { Target } from './target.ts';

export function keyOf({ outputs, clientOptions, where }: Target): CustomerKey {
  const secret = outputs.get('CustomerKeyArn');
  const known = secret && new SecretCustomerKey(new SecretsManagerClient(clientOptions), secret);
  return {
    read: async () => {
      if (known) return known.read();
      throw new Problem(
        `${where} says nothing of its key of customer hashes: name the stack with --stack, or the secret with --customer-key.`,
      );
    },
  };
}

/** A mark that distinguishes keys: hashes made with one key find nothing in a table that uses another. */
export const markOf = (keyed: Keyed): string => keyed(['place', 'which key this is']).slice(0, 8);

export function erasuresOf(target: Target): ErasureTable {
  const { dynamodb, tableName, now } = target;
  return new ErasureTable(dynamodb, tableName, { key: keyOf(target), clock: { now: () => now } });
}

export const addressesOf = (
  target: Target,
  { alsoPlainOptOuts: alsoPlain }: Pick<Group, 'alsoPlainOptOuts'>,
): AddressTable => new AddressTable(target.dynamodb, target.tableName, { key: keyOf(target), alsoPlain });
