import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { group } from '#group';
import { CachedRoster } from '../adapters/cached-roster.ts';
import { disposalBy } from '../adapters/disposal.ts';
import type { DynamoDB } from '../adapters/dynamodb.ts';
import { NumbersBucket } from '../adapters/numbers-bucket.ts';
import { ReportTable } from '../adapters/report-table.ts';
import { RosterStore } from '../adapters/roster-store.ts';
import { systemClock } from '../adapters/system.ts';
import type { Erasures } from '../customers/ports.ts';
import type { Group } from '../group/group.ts';
import type { Clock } from '../ports.ts';
import type { environments } from './environment.ts';
import { waiting } from './waiting.ts';

type Reporter = z.output<(typeof environments)['reporting']>;

/** The outside world of the functions that read the numbers. */
interface ReportingSurroundings {
  readonly clock: Clock;
  readonly dynamodb: DynamoDB;
  readonly s3: Pick<S3Client, 'send'>;
  readonly group: Group;
}

const onAws = (): ReportingSurroundings => ({
  clock: systemClock,
  dynamodb: new DynamoDBClient({ requestHandler: waiting }),
  s3: new S3Client({ requestHandler: waiting }),
  group,
});

/** Its events and pages concern no customer, so no erasure can apply. */
const erasures: Erasures = { covers: async () => false };

export function reportingServices({ TABLE_NAME, NUMBERS_BUCKET }: Reporter, given = onAws()) {
  const { clock, dynamodb, s3, group } = given;
  return {
    clock,
    group,
    erasures,
    roster: new CachedRoster(new RosterStore(dynamodb, TABLE_NAME), clock),
    reports: new ReportTable(dynamodb, TABLE_NAME, disposalBy(group.retention)),
    numbers: new NumbersBucket(s3, NUMBERS_BUCKET),
  };
}
