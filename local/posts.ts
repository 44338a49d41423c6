import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readFeedSecret } from '../functions/feeds/feed-keys.ts';
import { feedSecretOutput } from '../lib/constructs/names.ts';
import { isoInstant } from './emulator/clock.ts';
import { Problem } from './emulator/problem.ts';
import type { DeskFeed } from './feeds.ts';
import { proofOf } from './sign-post.ts';

/** Sends posts as the vendors of the group's feeds would, signed with the feed's key. */
export interface PostDesk {
  /** The address of a feed that vendors post to. */
  addressOf(feedName: string): string | undefined;
  hasSample(feedName: string): boolean;
  /** Posts the sample of the feed's source, dated now on the local clock; returns the answer. */
  post(feedName: string): Promise<string>;
}

export interface PostDeskParts {
  readonly feeds: readonly DeskFeed[];
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  readonly outputs: Readonly<Record<string, string>>;
  /** A folder with a sample body for each source. */
  readonly samples: string;
  readonly now: () => number;
}

/** A placeholder in samples for the time of posting. */
const NOW = '{{now}}';

export function createPostDesk({ feeds, secrets, outputs, samples, now }: PostDeskParts): PostDesk {
  const sampleOf = ({ source }: DeskFeed): string => join(samples, `${source}.json`);
  const postedFeed = (name: string) => feeds.find((feed) => feed.name === name && feed.webhook !== undefined);
  const addressOf = (name: string) =>
    postedFeed(name) && outputs['WebhookOrigin'] && `${outputs['WebhookOrigin']}/in/${name}`;

  return {
    addressOf,
    hasSample: (name) => {
      const feed = postedFeed(name);
      return feed !== undefined && feed.webhook?.verify.by !== 'token' && existsSync(sampleOf(feed));
    },
    post: async (name) => {
      const feed = postedFeed(name);
      const address = addressOf(name);
      if (!feed?.webhook || !address) throw new Problem(`'${name}' is no feed that is posted`);
      const { SecretString = '' } = await secrets.send(
        new GetSecretValueCommand({ SecretId: outputs[feedSecretOutput(name)] }),
      );
      const body = readFileSync(sampleOf(feed), 'utf8').replaceAll(NOW, isoInstant(now()));
      const { current: key } = readFeedSecret(SecretString);
      const proof = proofOf(feed.webhook.verify, { key, body, id: randomUUID(), now: now() });
      if (!proof) throw new Problem(`only the issuer of its tokens can post to ${name}`);
      const url = `${address}?${new URLSearchParams(proof.parameters)}`;
      const headers = { 'content-type': 'application/json', ...proof.headers };
      const { status } = await fetch(url, { method: 'POST', headers, body });
      if (status !== 202) return `${name} answered ${status}: nothing was taken.`;
      return `${name} answered 202. A quote counts five minutes after its last line: move the clock on.`;
    },
  };
}
