import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { FetchImplementation } from 'jose';
import * as z from 'zod';
import { feeds } from '#feeds';
import { DropFolder } from '../adapters/drop-folder.ts';
import type { DynamoDB } from '../adapters/dynamodb.ts';
import { SecretFeedKeys } from '../adapters/feed-keys.ts';
import { IssuerTokens } from '../adapters/issuer-tokens.ts';
import { RefusedPostTable } from '../adapters/refused-posts.ts';
import { systemClock } from '../adapters/system.ts';
import type { FileFeed } from '../feeds/file-feed.ts';
import type { Clock } from '../ports.ts';
import type { environments } from './environment.ts';
import { waiting } from './waiting.ts';

type Receiver = z.output<(typeof environments)['receiving']>;

/** The outside world of the function that accepts posts. */
export interface PostSurroundings {
  readonly clock: Clock;
  readonly dynamodb: DynamoDB;
  readonly s3: Pick<S3Client, 'send'>;
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  readonly fetch: FetchImplementation;
  readonly feeds: readonly FileFeed[];
}

const onAws = (): PostSurroundings => ({
  clock: systemClock,
  dynamodb: new DynamoDBClient({ requestHandler: waiting }),
  s3: new S3Client({ requestHandler: waiting }),
  secrets: new SecretsManagerClient({ requestHandler: waiting }),
  fetch,
  feeds,
});

const secretsByFeed = z.record(z.string(), z.string());

export function postServices({ TABLE_NAME, DROP_BUCKET, FEED_SECRETS }: Receiver, given = onAws()) {
  const secrets = secretsByFeed.parse(JSON.parse(FEED_SECRETS));
  return {
    clock: given.clock,
    fileFeeds: given.feeds,
    keys: new SecretFeedKeys(given.secrets, secrets, given.clock),
    tokens: new IssuerTokens(given.fetch),
    drop: new DropFolder(given.s3, DROP_BUCKET),
    refusedPosts: new RefusedPostTable(given.dynamodb, TABLE_NAME),
  };
}
