import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { AddressTable } from '../../functions/adapters/address-table.ts';
import { CachedRoster } from '../../functions/adapters/cached-roster.ts';
import { ClaimTable } from '../../functions/adapters/claim-table.ts';
import { DecisionTable } from '../../functions/adapters/decision-table.ts';
import type { DynamoDB } from '../../functions/adapters/dynamodb.ts';
import { EventBridgeBus } from '../../functions/adapters/event-bus.ts';
import { HistoryTable } from '../../functions/adapters/history-store.ts';
import { MemoryTable } from '../../functions/adapters/memory-table.ts';
import { RefusalTable } from '../../functions/adapters/refusal-table.ts';
import { RosterStore } from '../../functions/adapters/roster-store.ts';
import { SesMailer } from '../../functions/adapters/ses-mailer.ts';
import { TaskTable } from '../../functions/adapters/task-table.ts';
import type { Group } from '../../functions/domain/group.ts';
import type { Clock, Random, RosterReader, Wait } from '../../functions/domain/ports.ts';

export interface AwsClients {
  readonly dynamodb: DynamoDB;
  readonly ses: Pick<SESv2Client, 'send'>;
  readonly eventbridge: Pick<EventBridgeClient, 'send'>;
}

interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly wait: Wait;
  readonly group: Group;
  readonly table: string;
  /** A roster that outlives an invocation, as in a warm function. */
  readonly roster?: RosterReader | undefined;
}

export const ORIGIN = 'https://handoff.example.com';

/** Everything that any function is given, over clients of a test: wired as functions/runtime/services.ts does it. */
export function servicesOver({ dynamodb, ses, eventbridge }: AwsClients, surroundings: Surroundings) {
  const { clock, random, wait, group, table } = surroundings;
  const people = new RosterStore(dynamodb, table);
  return {
    clock,
    random,
    wait,
    group,
    tasks: new TaskTable(dynamodb, table),
    addresses: new AddressTable(dynamodb, table),
    history: new HistoryTable(dynamodb, table),
    claims: new ClaimTable(dynamodb, table),
    memory: new MemoryTable(dynamodb, table),
    decisions: new DecisionTable(dynamodb, table),
    refusals: new RefusalTable(dynamodb, table),
    roster: surroundings.roster ?? new CachedRoster(people, clock),
    staffAddresses: people,
    mailer: new SesMailer(ses, group.sender.fromAddress, 'handoff'),
    bus: new EventBridgeBus(eventbridge, 'handoff'),
    linkOrigin: ORIGIN,
  };
}
