import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { group } from '#group';
import type { DynamoDB } from '../adapters/dynamodb.ts';
import { LedgerBucket } from '../adapters/ledger-bucket.ts';
import { MonthTable } from '../adapters/month-table.ts';
import { systemClock } from '../adapters/system.ts';
import type { Group } from '../group/group.ts';
import type { Clock } from '../ports.ts';
import type { environments } from './environment.ts';
import { waiting } from './waiting.ts';

type Archiver = z.output<(typeof environments)['archiving']>;

/** The outside world of the function that writes the ledger's files. */
interface LedgerSurroundings {
  readonly clock: Clock;
  readonly dynamodb: DynamoDB;
  readonly s3: Pick<S3Client, 'send'>;
  readonly group: Pick<Group, 'retention'>;
}

const onAws = (): LedgerSurroundings => ({
  clock: systemClock,
  dynamodb: new DynamoDBClient({ requestHandler: waiting }),
  s3: new S3Client({ requestHandler: waiting }),
  group,
});

export function ledgerServices({ TABLE_NAME, LEDGER_BUCKET }: Archiver, given = onAws()) {
  const { clock, dynamodb, s3, group } = given;
  return {
    clock,
    group,
    months: new MonthTable(dynamodb, TABLE_NAME),
    files: new LedgerBucket(s3, LEDGER_BUCKET),
  };
}
