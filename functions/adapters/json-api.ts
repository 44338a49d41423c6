import { type Answer, none } from '../enrich/answer.ts';
import type { Clock } from '../ports.ts';

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** How long a decision waits for a third party, fetching the API key included. */
const TIME_LIMIT_MS = 2_000;
/** How long an API is left alone after a failure: quotes that arrive every second must not queue behind it. */
const QUIET_MS = 60_000;
/** Five times the longest list of recalls. */
const MOST_BYTES = 512 * 1024;

export interface ApiSurroundings {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** A signal that aborts when the time limit is over. */
  readonly timeLimit?: () => AbortSignal;
}

/** A third party's JSON API, which may hang, lie, or send gigabytes. It never throws. */
export class JsonApi {
  readonly #given: ApiSurroundings;
  #quietUntil = 0;

  constructor(given: ApiSurroundings) {
    this.#given = given;
  }

  /** Fetches all URLs, together within one time limit. */
  async ask(urls: readonly URL[], headers = async () => ({})): Promise<Answer<unknown[]>> {
    const now = Date.parse(this.#given.clock.now());
    if (now < this.#quietUntil) return none('failed a moment ago');
    const signal = this.#given.timeLimit?.() ?? AbortSignal.timeout(TIME_LIMIT_MS);
    const answer = await Promise.race([this.#all(urls, headers, signal), whenOver(signal)]);
    if (!answer.ok && (answer.why === 'too slow' || answer.why === 'failed'))
      this.#quietUntil = now + QUIET_MS;
    return answer;
  }

  async #all(
    urls: readonly URL[],
    headers: () => Promise<object>,
    signal: AbortSignal,
  ): Promise<Answer<unknown[]>> {
    try {
      const init = { headers: { accept: 'application/json', ...(await headers()) }, signal };
      const answers = await Promise.all(urls.map((url) => this.#one(url, init)));
      const found: unknown[] = [];
      for (const answer of answers) {
        if (!answer.ok) return answer;
        found.push(answer.found);
      }
      return { ok: true, found };
    } catch {
      return none(signal.aborted ? 'too slow' : 'failed');
    }
  }

  /** Redirects are not followed: one would send the API key to another host. */
  async #one(url: URL, init: RequestInit): Promise<Answer<unknown>> {
    const response = await this.#given.fetch(url, { ...init, redirect: 'error' });
    if (response.status === 404) return none('does not know it');
    if (response.status === 429 || response.status >= 500) return none('failed');
    if (!response.ok) return none('refused');
    const text = await textOf(response);
    return text === undefined ? none('too large') : read(text);
  }
}

async function textOf({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest of the body.
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function read(text: string): Answer<unknown> {
  try {
    return { ok: true, found: JSON.parse(text) };
  } catch {
    return none('not readable');
  }
}

/** Resolves even if `fetch` ignores the signal. */
const whenOver = (signal: AbortSignal): Promise<Answer<never>> =>
  new Promise((over) => {
    const tooSlow = () => over(none('too slow'));
    if (signal.aborted) tooSlow();
    else signal.addEventListener('abort', tooSlow, { once: true });
  });
