import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type * as z from 'zod';
import { group } from '#group';
import { disposalBy } from '../adapters/disposal.ts';
import type { DynamoDB } from '../adapters/dynamodb.ts';
import { EventBridgeBus } from '../adapters/event-bus.ts';
import { FeedTable } from '../adapters/feed-table.ts';
import { RefusalTable } from '../adapters/refusal-table.ts';
import { systemClock } from '../adapters/system.ts';
import type { Group } from '../group/group.ts';
import type { Clock, Feeds } from '../ports.ts';
import type { environments } from './environment.ts';
import { LoggedBus } from './logged-bus.ts';
import { waiting } from './waiting.ts';

/*
 * Separate from the other services, because a bundle contains every schema of the files that it imports: otherwise a
 * function that only stores refusals would build the schemas of every kind of stored item.
 */

type Keeper = z.output<(typeof environments)['keeping']>;

/** A function's outside world: AWS in production, substitutes in tests and the simulation. */
export interface KeepingSurroundings {
  readonly clock: Clock;
  readonly dynamodb: DynamoDB;
  readonly eventbridge: Pick<EventBridgeClient, 'send'>;
  readonly group: Group;
}

export interface ReceivingSurroundings extends KeepingSurroundings {
  /** Remembers which feeds a warm function has already noted. */
  readonly feeds?: Feeds | undefined;
}

export const keepingOnAws = (): KeepingSurroundings => ({
  clock: systemClock,
  dynamodb: new DynamoDBClient({ requestHandler: waiting }),
  eventbridge: new EventBridgeClient({ requestHandler: waiting }),
  group,
});

/** A function's services, built once per cold start from its parsed environment. */
export function refusingServices({ TABLE_NAME, BUS_NAME }: Keeper, given = keepingOnAws()) {
  return {
    clock: given.clock,
    bus: new LoggedBus(new EventBridgeBus(given.eventbridge, BUS_NAME)),
    refusals: new RefusalTable(given.dynamodb, TABLE_NAME, disposalBy(given.group.retention)),
    dynamodb: given.dynamodb,
    group: given.group,
  };
}

/** For functions that receive events from the bus, whether or not a contract knows them. */
export function receivingServices(environment: Keeper, given: ReceivingSurroundings = keepingOnAws()) {
  const { dynamodb, feeds = new FeedTable(dynamodb, environment.TABLE_NAME) } = given;
  return { ...refusingServices(environment, given), feeds };
}
