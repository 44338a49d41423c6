import { BatchGetItemCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Erasures } from '../../functions/customers/ports.ts';
import type { Group } from '../../functions/group/group.ts';
import { parseGroup } from '../../functions/group/group-file.ts';
import type { FirstServiceServices } from '../../functions/handoffs/first-service/prepare-first-service.ts';
import type { ReviewServices } from '../../functions/handoffs/repair-options/review-repair-quote.ts';
import type { UpgradeServices } from '../../functions/handoffs/upgrade-conversation/start-upgrade-conversation.ts';
import type { FollowServices } from '../../functions/lambdas/follow-dms/follow-dms.ts';
import type { ValueServices } from '../../functions/lambdas/follow-dms/follow-value.ts';
import type { OutcomeServices } from '../../functions/lambdas/keep-outcomes/keep-outcomes.ts';
import type { SettlingServices } from '../../functions/lambdas/settle-email/settle-email.ts';
import type { SweepServices } from '../../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import type { FunctionName } from '../../functions/lambdas.ts';
import type { IdentifyingServices } from '../../functions/outbox/identify-shopper.ts';
import type { RefusingServices } from '../../functions/outbox/keep-refusal.ts';
import type { CorrectedRefusals, Outcomes, Wait } from '../../functions/ports.ts';
import groupFile from '../../groups/demo.json' with { type: 'json' };
import { servicesOver } from '../support/services.ts';
import { standIn } from '../support/stand-in.ts';
import type { SimulatedBus } from './bus.ts';
import type { CarServices } from './car-services.ts';
import type { Chance } from './chance.ts';
import type { SimulatedTable } from './dynamodb.ts';
import type { Caller, Edge } from './edge.ts';
import type { Item } from './expression.ts';
import type { Invocation } from './functions.ts';
import type { SimulatedSes } from './mail.ts';
import type { Scheduler } from './scheduler.ts';

/** The demo group; a run may have some of its stores only. */
export const wholeGroup = parseGroup(groupFile);

/** What one call asks and does, as a deliberate breakage may change it. */
export type Clients = ReturnType<typeof clientsOf>;

export interface Parts {
  readonly scheduler: Scheduler;
  readonly edge: Edge;
  readonly table: SimulatedTable;
  readonly ses: SimulatedSes;
  readonly bus: SimulatedBus;
  readonly carServices: CarServices;
  /** Hears of every email that SES is asked to take, whatever it answers. */
  readonly watch: { readonly asked: (itemId: string) => void };
}

/** The SDK's clients of one process: everything above their `send` is ours, everything below is simulated. */
export function clientsOf({ edge, table, ses, bus, carServices, scheduler, watch }: Parts, caller: Caller) {
  return {
    fetch: (url: URL, init: RequestInit) => carServices.fetch(caller, url, init),
    timeLimit: () => carServices.timeLimit(),
    dynamodb: standIn<DynamoDBClient>((command) =>
      edge.call(
        caller,
        { service: 'dynamodb', name: nameOf(command), about: () => aboutOf(command) },
        (by: Invocation) => {
          for (const pk of keysReadBy(command)) by.readAt.set(pk, scheduler.now);
          return table.execute(command);
        },
      ),
    ),
    ses: standIn<SESv2Client>(async (command) => {
      watch.asked(aboutEmail(command).task);
      const answer = await edge.call(
        caller,
        { service: 'ses', name: nameOf(command), about: () => aboutOf(command) },
        (by: Invocation) => ses.execute(command, by),
      );
      caller.invocation?.answers.push(aboutEmail(command));
      return answer;
    }),
    eventbridge: standIn<EventBridgeClient>((command) =>
      edge.call(
        caller,
        { service: 'eventbridge', name: nameOf(command), about: () => aboutOf(command) },
        (by: Invocation) => bus.execute(command, by),
      ),
    ),
  };
}

/** The services of one process, as functions/runtime/services.ts builds them at a cold start. */
export function servicesOf(
  clients: Clients,
  given: { clock: Clock; chance: Chance; group: Group; wait: Wait; outcomes: Outcomes | undefined },
): Services {
  const { chance, ...others } = given;
  const random = {
    secret: () => Buffer.from(chance.text(32), 'hex').toString('base64url'),
    id: () => chance.text(8),
    jitter: () => chance.next(),
  };
  return servicesOver({ ...clients, ...others, random, table: 'handoffs' });
}

interface Clock {
  readonly now: () => string;
}

/** By their ports, so that a deliberate breakage can stand in for each. */
export type Services = ReviewServices &
  ValueServices &
  UpgradeServices &
  FollowServices &
  SettlingServices &
  SweepServices &
  FirstServiceServices &
  IdentifyingServices &
  OutcomeServices &
  RefusingServices & { readonly erasures: Erasures; readonly corrected: CorrectedRefusals };
export interface Starting {
  readonly name: FunctionName;
  readonly skew: number;
}

const nameOf = (command: object) => command.constructor.name.replace(/Command$/, '');

const inputOf = (command: object): Readonly<Record<string, unknown>> =>
  'input' in command && typeof command.input === 'object' && command.input !== null
    ? Object.fromEntries(Object.entries(command.input))
    : {};

function keysReadBy(command: object): string[] {
  if (command instanceof GetItemCommand) return pkOf(command.input.Key);
  if (!(command instanceof BatchGetItemCommand)) return [];
  return Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys.flatMap(pkOf));
}

const pkOf = (key: Item | undefined): string[] => (key?.['pk']?.S === undefined ? [] : [key['pk'].S]);

function aboutEmail(command: object) {
  const tags = inputOf(command)['EmailTags'];
  return { task: textIn(tags, '0', 'Value') ?? '', entry: textIn(tags, '1', 'Value') ?? '' };
}

/** The value at a path, where it is a text. */
function textIn(from: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? new Map(Object.entries(at)).get(name) : undefined),
    from,
  );
  return typeof found === 'string' ? found : undefined;
}

/** What a person who reads the history has to know of a call. */
function aboutOf(command: object): string {
  const input = inputOf(command);
  const tags = ['0', '1'].map((at) => textIn(input['EmailTags'], at, 'Value'));
  const item = input['Item'] ?? input['Key'];
  const events = Array.isArray(input['Entries'])
    ? input['Entries'].map((one) => textIn(one, 'DetailType'))
    : [];
  const values = input['ExpressionAttributeValues'];
  return [
    textIn(item, 'pk', 'S') ?? textIn(values, ':pk', 'S') ?? textIn(values, ':due', 'S'),
    stateOf(input['Item']),
    ...tags,
    ...events,
    textIn(input['Destination'], 'ToAddresses', '0'),
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

function stateOf(item: unknown): string | undefined {
  const state = textIn(item, 'state', 'S');
  if (state === undefined || typeof item !== 'object' || item === null || !('outbox' in item)) return state;
  const outbox = JSON.stringify(item.outbox);
  const states = [...outbox.matchAll(/"id":\{"S":"(e\d+)"\},"state":\{"S":"([\w-]+)"\}/g)];
  return `${state} v${textIn(item, 'version', 'N')} [${states.map(([, id, at]) => `${id} ${at}`).join(', ')}]`;
}
