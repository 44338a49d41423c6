/** The tombstones of a target. The key is asked for only where one is compared or made. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretCustomerKey } from '../../functions/adapters/customer-key.ts';
import { ErasureTable } from '../../functions/adapters/erasure-table.ts';
import type { CustomerKey } from '../../functions/ports.ts';
import { Problem } from '../lib/problem.ts';
import type { Target } from '../lib/target.ts';

export function erasuresOf(target: Target): ErasureTable {
  const { dynamodb, tableName, now } = target;
  return new ErasureTable(dynamodb, tableName, { key: keyOf(target), clock: { now: () => now } });
}

export const keyOf = ({ outputs, clientOptions, where }: Target): CustomerKey => ({
  read: async () => {
    const secret = outputs.get('CustomerKeyArn');
    if (secret === undefined)
      throw new Problem(`${where} says nothing of its key of customer hashes: name the stack with --stack.`);
    return new SecretCustomerKey(new SecretsManagerClient(clientOptions), secret).read();
  },
});
