import { AthenaClient } from '@aws-sdk/client-athena';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { group } from '#group';
import { AthenaEngine } from '../adapters/athena-engine.ts';
import { EventBridgeBus } from '../adapters/event-bus.ts';
import { NumbersBucket } from '../adapters/numbers-bucket.ts';
import { systemWait } from '../adapters/system.ts';
import type { Group } from '../group/group.ts';
import type { Wait } from '../ports.ts';
import type { environments } from './environment.ts';
import { waiting } from './waiting.ts';

type Counter = z.output<(typeof environments)['counting']>;

/** The outside world of the function that counts the numbers. */
interface CountingSurroundings {
  readonly wait: Wait;
  readonly athena: Pick<AthenaClient, 'send'>;
  readonly s3: Pick<S3Client, 'send'>;
  readonly eventbridge: Pick<EventBridgeClient, 'send'>;
  readonly group: Pick<Group, 'stores'>;
}

const onAws = (): CountingSurroundings => ({
  wait: systemWait,
  athena: new AthenaClient({ requestHandler: waiting }),
  s3: new S3Client({ requestHandler: waiting }),
  eventbridge: new EventBridgeClient({ requestHandler: waiting }),
  group,
});

export function countingServices(
  { BUS_NAME, NUMBERS_BUCKET: bucket, WORK_GROUP: workGroup, DATABASE: database }: Counter,
  given = onAws(),
) {
  const { athena, s3, eventbridge } = given;
  return {
    group: given.group,
    wait: given.wait,
    engine: new AthenaEngine(athena, s3, { workGroup, database, bucket }),
    numbers: new NumbersBucket(s3, bucket),
    bus: new EventBridgeBus(eventbridge, BUS_NAME),
  };
}
