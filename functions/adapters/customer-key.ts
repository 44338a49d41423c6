import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Keyed } from '../customers/identity.ts';
import type { CustomerKey } from '../customers/ports.ts';

/**
 * The group's secret key for hashes of phone numbers, addresses and VINs. Without it, a copy of the table would be enough to hash
 * all phone numbers and compare. Read at first use and kept for the life of the process.
 */
export class SecretCustomerKey implements CustomerKey {
  readonly #client: Pick<SecretsManagerClient, 'send'>;
  readonly #secretId: string;
  #reading: Promise<Keyed> | undefined;

  constructor(client: Pick<SecretsManagerClient, 'send'>, secretId: string) {
    this.#client = client;
    this.#secretId = secretId;
  }

  read(): Promise<Keyed> {
    this.#reading ??= this.#read().catch((error: unknown) => {
      // The next call tries again: one failed call must not fail the process for good.
      this.#reading = undefined;
      throw error;
    });
    return this.#reading;
  }

  async #read(): Promise<Keyed> {
    const { SecretString } = await this.#client.send(new GetSecretValueCommand({ SecretId: this.#secretId }));
    if (!SecretString)
      throw new Error('The key of customer hashes is empty: Secrets Manager has no value for it');
    return keyedBy(SecretString);
  }
}

export const keyedBy =
  (key: string): Keyed =>
  (lookUp) =>
    createHmac('sha256', key).update(JSON.stringify(lookUp)).digest('hex');
