import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { feeds } from '#feeds';
import { group } from '#group';
import { SecretCustomerKey } from '../adapters/customer-key.ts';
import { disposalBy } from '../adapters/disposal.ts';
import type { DynamoDB } from '../adapters/dynamodb.ts';
import { EventBridgeFeedBus } from '../adapters/feed-bus.ts';
import { FeedFactTable } from '../adapters/feed-fact-table.ts';
import { FeedFileTable } from '../adapters/feed-file-table.ts';
import { FeedTable } from '../adapters/feed-table.ts';
import { FileBucket } from '../adapters/file-bucket.ts';
import { RefusedRowTable } from '../adapters/refused-row-table.ts';
import { systemClock, systemRandom, systemWait } from '../adapters/system.ts';
import type { FileFeed } from '../feeds/file-feed.ts';
import type { Group } from '../group/group.ts';
import type { Clock, Random, Wait } from '../ports.ts';
import type { environments } from './environment.ts';
import { waiting } from './waiting.ts';

type Reader = z.output<(typeof environments)['reading']>;

/** The outside world of the function that reads files. */
export interface ReadingSurroundings {
  readonly clock: Clock;
  readonly wait: Wait;
  readonly random: Pick<Random, 'id'>;
  readonly dynamodb: DynamoDB;
  readonly eventbridge: Pick<EventBridgeClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly secrets: Pick<SecretsManagerClient, 'send'>;
  readonly group: Group;
  readonly feeds: readonly FileFeed[];
}

const onAws = (): ReadingSurroundings => ({
  clock: systemClock,
  wait: systemWait,
  random: systemRandom,
  dynamodb: new DynamoDBClient({ requestHandler: waiting }),
  eventbridge: new EventBridgeClient({ requestHandler: waiting }),
  s3: new S3Client({ requestHandler: waiting }),
  secrets: new SecretsManagerClient({ requestHandler: waiting }),
  group,
  feeds,
});

export function readingServices(
  { BUS_NAME, CUSTOMER_KEY, DROP_BUCKET, TABLE_NAME }: Reader,
  given = onAws(),
) {
  const { dynamodb } = given;
  return {
    clock: given.clock,
    random: given.random,
    group: given.group,
    fileFeeds: given.feeds,
    feeds: new FeedTable(dynamodb, TABLE_NAME),
    files: new FileBucket(given.s3, DROP_BUCKET),
    receipts: new FeedFileTable(dynamodb, TABLE_NAME),
    facts: new FeedFactTable(dynamodb, TABLE_NAME),
    refusedRows: new RefusedRowTable(dynamodb, TABLE_NAME, disposalBy(given.group.retention)),
    customerKey: new SecretCustomerKey(given.secrets, CUSTOMER_KEY),
    bus: new EventBridgeFeedBus(given.eventbridge, BUS_NAME, given.wait),
  };
}
