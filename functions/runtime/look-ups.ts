import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { DynamoDB } from '../adapters/dynamodb.ts';
import { SecretFeedKeys } from '../adapters/feed-keys.ts';
import type { Fetch } from '../adapters/json-api.ts';
import { RecallApi } from '../adapters/recall-api.ts';
import { ValueApi } from '../adapters/value-api.ts';
import type { Answer } from '../enrich/answer.ts';
import type { LookUpServices } from '../enrich/look-up-car.ts';
import type { Order } from '../enrich/ports.ts';
import type { Group } from '../group/group.ts';
import type { Clock } from '../ports.ts';
import { telemetry } from './telemetry.ts';

export interface LookUpSurroundings {
  readonly clock: Clock;
  readonly dynamodb: DynamoDB;
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  readonly fetch: Fetch;
  readonly timeLimit?: (() => AbortSignal) | undefined;
  readonly group: Pick<Group, 'lookUps'>;
}

interface Environment {
  readonly TABLE_NAME: string;
  readonly LOOK_UP_SECRETS: string;
}

const secretsByService = z.record(z.string(), z.string());

/** The services that the group asks about a car; none if its file names none. */
export function lookUps(
  { TABLE_NAME, LOOK_UP_SECRETS }: Environment,
  { clock, dynamodb, secrets, fetch, timeLimit, group }: LookUpSurroundings,
): Pick<LookUpServices, 'valueService' | 'recallService'> {
  const { value, recalls } = group.lookUps;
  const api = { clock, fetch, ...(timeLimit && { timeLimit }) };
  const keys = new SecretFeedKeys(secrets, secretsByService.parse(JSON.parse(LOOK_UP_SECRETS)), clock);
  return {
    valueService: value && logged('value', new ValueApi(api, keys, value)),
    recallService:
      recalls && logged('recalls', new RecallApi({ ...api, dynamodb, table: TABLE_NAME }, recalls)),
  };
}

interface Service<Asked, Found> {
  ask(asked: Asked, order: Order): Promise<Answer<Found>>;
}

/** Logs every answer that does not count: otherwise a service that is down would look like cars without a value. */
const logged = <Asked, Found>(lookUp: string, service: Service<Asked, Found>): Service<Asked, Found> => ({
  ask: async (asked, order) => {
    const answer = await service.ask(asked, order);
    const { storeId, roNumber } = order;
    if (!answer.ok)
      telemetry.warn('A look-up counts for nothing', { lookUp, why: answer.why, storeId, roNumber });
    return answer;
  },
});
