/** The addresses of the local run; links and queue addresses in the template resolve to them. */
export interface Origins {
  desk: string;
  aws: string;
}

/** An HTTP API's name on AWS, and its path below the desk's origin. */
interface ApiAddress {
  id: string;
  name: string;
  /** Empty, or `/apis/<id>`. */
  path: string;
}

/** The first API has the desk's origin to itself; each of the others has a path there. */
export const apiAddresses = (apis: { id: string; name: string }[]): ApiAddress[] =>
  apis.map(({ id, name }, at) => ({ id, name, path: at === 0 ? '' : `/apis/${id}` }));

const generated = /https:\/\/([\w-]+)\.execute-api\.[\w-]+\.amazonaws\.com/g;

/** Translates the APIs' addresses on AWS into local ones. */
export class Addresses {
  readonly origins: Origins;
  readonly #paths: Map<string, string>;
  readonly #domains: Map<string, string>;

  /** `domains` maps the group's own host names to the name of the API that answers there. */
  constructor(origins: Origins, apis: ApiAddress[], domains: Map<string, string>) {
    this.origins = origins;
    this.#paths = new Map(apis.map(({ name, path }) => [name, path]));
    this.#domains = domains;
  }

  api(name: string): string {
    return `${this.origins.desk}${this.#paths.get(name) ?? ''}`;
  }

  localized(value: unknown): unknown {
    if (typeof value === 'string') return this.localText(value);
    if (Array.isArray(value)) return value.map((inner) => this.localized(inner));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.localized(inner)]));
  }

  localText(text: string): string {
    let local = text.replaceAll(generated, (_whole, name: string) => this.api(name));
    for (const [domain, api] of this.#domains) local = local.replaceAll(`https://${domain}`, this.api(api));
    return local;
  }
}
