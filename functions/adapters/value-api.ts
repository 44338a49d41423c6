import type { Answer } from '../enrich/answer.ts';
import type { CarValue, ValuedCar } from '../enrich/car-value.ts';
import type { ValueService } from '../enrich/ports.ts';
import { readValue } from '../enrich/value-answer.ts';
import type { FeedKeys } from '../feeds/post-ports.ts';
import type { LookUpSettings } from '../group/look-up-settings.ts';
import { type ApiSurroundings, JsonApi } from './json-api.ts';

/** The name under which the service's key is stored among the secrets. */
const VALUE_SERVICE = 'value';

/** A vendor's service that says what a car is worth, in the format of docs/value-and-recalls.md. */
export class ValueApi implements ValueService {
  readonly #api: JsonApi;
  readonly #keys: Pick<FeedKeys, 'read'>;
  readonly #settings: NonNullable<LookUpSettings['value']>;

  constructor(
    given: ApiSurroundings,
    keys: Pick<FeedKeys, 'read'>,
    settings: NonNullable<LookUpSettings['value']>,
  ) {
    this.#api = new JsonApi(given);
    this.#keys = keys;
    this.#settings = settings;
  }

  async ask(car: ValuedCar): Promise<Answer<CarValue>> {
    const url = new URL(this.#settings.url);
    url.searchParams.set('vin', car.vin);
    if (car.miles !== undefined) url.searchParams.set('miles', String(car.miles));
    const answer = await this.#api.ask([url], () => this.#headers());
    return answer.ok ? readValue(answer.found[0], car, this.#settings) : answer;
  }

  async #headers(): Promise<Record<string, string>> {
    const [key = ''] = await this.#keys.read(VALUE_SERVICE);
    return { [this.#settings.header]: key };
  }
}
