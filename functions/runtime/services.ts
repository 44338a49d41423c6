import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type * as z from 'zod';
import groupFile from '#group' with { type: 'json' };
import { AddressTable } from '../adapters/address-table.ts';
import { CachedRoster } from '../adapters/cached-roster.ts';
import { ClaimTable } from '../adapters/claim-table.ts';
import { DecisionTable } from '../adapters/decision-table.ts';
import { EventBridgeBus } from '../adapters/event-bus.ts';
import { HistoryTable } from '../adapters/history-store.ts';
import { MemoryTable } from '../adapters/memory-table.ts';
import { RefusalTable } from '../adapters/refusal-table.ts';
import { RosterStore } from '../adapters/roster-store.ts';
import { SesMailer } from '../adapters/ses-mailer.ts';
import { systemClock, systemRandom, systemWait } from '../adapters/system.ts';
import { TaskTable } from '../adapters/task-table.ts';
import { parseGroup } from '../domain/group.ts';
import { countingBounces } from './counted-bounces.ts';
import type { environments } from './environment.ts';
import { LoggedBus } from './logged-bus.ts';

export { once } from './once.ts';

/**
 * The services of one function, built once per cold start from its parsed environment. An invocation that waits for
 * AWS longer than this gives up and is retried, well within the function's timeout.
 */
// Without the third the SDK only warns, and waits on until the function is stopped.
const waiting = { requestTimeout: 5_000, connectionTimeout: 2_000, throwOnRequestTimeout: true };

type Keeper = z.output<(typeof environments)['keeping']>;
type Sender = z.output<(typeof environments)['sending']>;

export function refusingServices({ TABLE_NAME, BUS_NAME }: Keeper) {
  const dynamodb = new DynamoDBClient({ requestHandler: waiting });
  const eventbridge = new EventBridgeClient({ requestHandler: waiting });
  return {
    clock: systemClock,
    bus: new LoggedBus(new EventBridgeBus(eventbridge, BUS_NAME)),
    refusals: new RefusalTable(dynamodb, TABLE_NAME),
    dynamodb,
  };
}

export function sendingServices(environment: Sender) {
  const { dynamodb, ...refusing } = refusingServices(environment);
  const group = parseGroup(groupFile);
  // One attempt: what SES did not answer is settled by its events, never by sending again at once.
  const ses = new SESv2Client({ requestHandler: waiting, maxAttempts: 1 });
  const roster = new RosterStore(dynamodb, environment.TABLE_NAME);
  return {
    ...refusing,
    dynamodb,
    group,
    random: systemRandom,
    tasks: new TaskTable(dynamodb, environment.TABLE_NAME),
    addresses: new AddressTable(dynamodb, environment.TABLE_NAME),
    roster: new CachedRoster(roster, systemClock),
    mailer: new SesMailer(ses, group.sender.fromAddress, environment.CONFIGURATION_SET),
    linkOrigin: environment.LINK_ORIGIN,
  };
}

export function followingServices(environment: Sender) {
  const services = sendingServices(environment);
  return { ...services, history: new HistoryTable(services.dynamodb, environment.TABLE_NAME) };
}

export function nudgingServices(environment: Sender) {
  const services = followingServices(environment);
  return {
    ...services,
    claims: new ClaimTable(services.dynamodb, environment.TABLE_NAME),
    memory: new MemoryTable(services.dynamodb, environment.TABLE_NAME),
    decisions: new DecisionTable(services.dynamodb, environment.TABLE_NAME),
  };
}

export function sweepingServices(environment: Sender) {
  return { ...sendingServices(environment), wait: systemWait };
}

export function settlingServices(environment: Sender) {
  const services = sendingServices(environment);
  const roster = new RosterStore(services.dynamodb, environment.TABLE_NAME);
  return { ...services, staffAddresses: countingBounces(roster) };
}
