import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { feedKeys } from '../feeds/feed-keys.ts';
import type { FeedKeys } from '../feeds/post-ports.ts';
import type { Clock } from '../ports.ts';

/** How long a warm function still accepts a key that was withdrawn. */
const KEPT_MS = 5 * 60_000;
/** Limits how often posts with a wrong key make us fetch the keys again. */
const AT_MOST_EVERY_MS = 60_000;

interface Kept {
  readonly keys: readonly string[];
  readonly at: number;
}

/** The keys of feeds. Each feed has a secret of its own in Secrets Manager. */
export class SecretFeedKeys implements FeedKeys {
  readonly #client: Pick<SecretsManagerClient, 'send'>;
  readonly #secrets: Readonly<Record<string, string>>;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  /** The ids of the secrets, by feed. */
  constructor(
    client: Pick<SecretsManagerClient, 'send'>,
    secrets: Readonly<Record<string, string>>,
    clock: Clock,
  ) {
    this.#client = client;
    this.#secrets = secrets;
    this.#clock = clock;
  }

  async read(feed: string, anew?: 'anew'): Promise<readonly string[]> {
    const now = Date.parse(this.#clock.now());
    const kept = this.#kept.get(feed);
    if (kept && now - kept.at < (anew ? AT_MOST_EVERY_MS : KEPT_MS)) return kept.keys;
    const SecretId = this.#secrets[feed];
    if (SecretId === undefined) throw new Error(`The feed ${feed} has no secret`);
    const { SecretString } = await this.#client.send(new GetSecretValueCommand({ SecretId }));
    const keys = feedKeys(SecretString ?? '');
    this.#kept.set(feed, { keys, at: now });
    return keys;
  }
}
