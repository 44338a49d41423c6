import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type Answer, none } from '../enrich/answer.ts';
import {
  type CarModel,
  type ModelRecalls,
  modelRecalls,
  namesOf,
  readRecalls,
} from '../enrich/model-recalls.ts';
import type { RecallService } from '../enrich/ports.ts';
import { plusDays } from '../group/business-time.ts';
import type { LookUpSettings } from '../group/look-up-settings.ts';
import { type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { expiryAfter } from './expiry.ts';
import { type ApiSurroundings, JsonApi } from './json-api.ts';
import { keys } from './keys.ts';

/** `found` is missing if the service knew nothing about the model. */
const kept = z.object({ until: z.string(), found: modelRecalls.optional() });

export interface RecallSurroundings extends ApiSurroundings {
  readonly dynamodb: DynamoDB;
  readonly table: string;
}

/** NHTSA's recalls by model. Answers are cached for a while: most cars of a store are of a few models. */
export class RecallApi implements RecallService {
  readonly #given: RecallSurroundings;
  readonly #api: JsonApi;
  readonly #settings: NonNullable<LookUpSettings['recalls']>;

  constructor(given: RecallSurroundings, settings: NonNullable<LookUpSettings['recalls']>) {
    this.#given = given;
    this.#api = new JsonApi(given);
    this.#settings = settings;
  }

  async ask(model: CarModel): Promise<Answer<ModelRecalls>> {
    const known = await this.#known(model);
    if (known) return known.found ? { ok: true, found: known.found } : none('does not know it');
    const answer = await this.#api.ask(namesOf(model.model).map((name) => this.#url(model, name)));
    const read = answer.ok ? readRecalls(answer.found, model) : answer;
    if (read.ok || read.why === 'does not know it') await this.#keep(model, read.ok ? read.found : undefined);
    return read;
  }

  #url({ make, year }: CarModel, model: string): URL {
    const url = new URL(this.#settings.url);
    for (const [name, value] of Object.entries({ make, model, modelYear: String(year) })) {
      url.searchParams.set(name, value);
    }
    return url;
  }

  async #known(model: CarModel): Promise<z.infer<typeof kept> | undefined> {
    const { dynamodb, table } = this.#given;
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: table, Key: toItem(keys.modelRecalls(model)), ConsistentRead: true }),
    );
    const { data } = kept.safeParse(Item && fromItem(Item));
    return data && data.until > model.now ? data : undefined;
  }

  async #keep(model: CarModel, found: ModelRecalls | undefined): Promise<void> {
    const { keptDays } = this.#settings;
    const item = { ...keys.modelRecalls(model), type: 'recalls of a model', found };
    const until = plusDays(model.now, keptDays);
    const { dynamodb, table } = this.#given;
    const expiresAt = expiryAfter(model.now, keptDays);
    await dynamodb.send(
      new PutItemCommand({ TableName: table, Item: toItem({ ...item, until, expiresAt }) }),
    );
  }
}
