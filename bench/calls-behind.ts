/**
 * What `keep-outcomes` adds to a handoff, behind the bus: nobody waits for it. Each whole handoff is played without it
 * and with it; the difference is what it adds.
 *
 *   node bench/calls-behind.ts
 */
import '../test/simulation/quiet.ts';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Submitted } from '../functions/handoff/answer.ts';
import type { TaskKind } from '../functions/handoffs/kinds.ts';
import type { Usage, usages } from '../lib/cost.ts';
import { heardByOutcomes } from '../test/kinds/all-uses.ts';
import { longTermCustomer } from '../test/support/customers.ts';
import { openDynamoDBServer } from '../test/support/dynamodb-server.ts';
import { unchanged, World } from '../test/support/world.ts';
import { NOON, type Units, unitsOf } from './calls-per-handoff.ts';

const MINUTES_UNTIL_ACCEPTED = 30;
const MINUTES_UNTIL_ENDED = 4 * 60;

interface Story {
  readonly before?: (world: World) => Promise<unknown>;
  readonly happens: (world: World) => Promise<unknown>;
}

const sold = (world: World) => world.putSample('vehicle-sold');

/** The handoffs of each row of docs/cost.md, from the event to how they end. */
export const stories: Readonly<Record<(typeof usages)[number]['says'], Story>> = {
  'a car is sold': {
    happens: async (world) => {
      await sold(world);
      await acceptAndEnd(world, 'service-introduction', { choice: 'introduced-in-person' });
    },
  },
  'a quote below the minimum: only the decision is kept': {
    happens: (world) => world.putSample('repair-quoted'),
  },
  'a high repair quote, and Sales is notified': {
    before: longTermCustomer,
    happens: async (world) => {
      await world.putSample('repair-quote-high');
      await answer(world, 'repair-options', { choice: 'good-time' });
      await acceptAndEnd(world, 'upgrade-conversation', { choice: 'not-ready' });
    },
  },
  'a first service is due': {
    before: sold,
    happens: async (world) => {
      await world.putSample('first-service-due', { occurredAt: NOON, dueOn: '2026-12-01' });
      await acceptAndEnd(world, 'first-service-visit', { choice: 'customer-declined' });
    },
  },
};

async function acceptAndEnd(world: World, kind: TaskKind, ending: Submitted): Promise<void> {
  await world.advance(MINUTES_UNTIL_ACCEPTED);
  await answer(world, kind, { choice: 'accept' });
  await world.advance(MINUTES_UNTIL_ENDED);
  await answer(world, kind, ending);
}

async function answer(world: World, kind: TaskKind, fields: Submitted): Promise<void> {
  const [task] = await world.tasks(kind);
  const outcome = task && (await world.answer(task.taskId, fields));
  if (outcome !== 'done') throw new Error(`${kind}: '${fields.choice}' was answered by '${outcome}'`);
}

export interface Added extends Pick<Usage['behind'], 'invocations'> {
  readonly units: Units;
  /** Each command that is called more often, with how much more often. */
  readonly calls: Readonly<Record<string, number>>;
}

/** The client is the one of the world's DynamoDB server: it says what each call cost. */
export async function addedBehind(story: Story, world: World, client: DynamoDBClient): Promise<Added> {
  const without = await played(story, world, client, false);
  const whole = await played(story, world, client, true);
  const calls = [...new Set([...whole.made, ...without.made])].toSorted().map((name) => {
    const times = ({ made }: Played) => made.filter((one) => one === name).length;
    return [name, times(whole) - times(without)] as const;
  });
  return {
    invocations: whole.heard,
    units: {
      reads: whole.units.reads - without.units.reads,
      writes: whole.units.writes - without.units.writes,
    },
    calls: Object.fromEntries(calls.filter(([, more]) => more !== 0)),
  };
}

interface Played {
  readonly made: readonly string[];
  readonly units: Units;
  /** Events that `keep-outcomes` hears. */
  readonly heard: number;
}

const heardTypes = new Set<string>(heardByOutcomes.map(({ contract }) => contract.detailType));

async function played(
  { before, happens }: Story,
  world: World,
  client: DynamoDBClient,
  keepsOutcomes: boolean,
): Promise<Played> {
  await world.reset(NOON);
  world.keepsOutcomes = keepsOutcomes;
  await before?.(world);
  await world.keepWarm();
  const [firstCall, firstEvent] = [world.calls.made.length, world.invocations.length];
  const units = await unitsOf(client, () => happens(world));
  world.keepsOutcomes = false;
  if (world.deadLetters.length > 0) throw new Error('an event could not be worked on');
  const heard = world.invocations.slice(firstEvent).filter(({ of }) => heardTypes.has(of)).length;
  return { made: world.calls.made.slice(firstCall), units, heard };
}

async function main(): Promise<void> {
  const dynamodb = await openDynamoDBServer();
  const world = await World.open(NOON, unchanged, dynamodb);
  console.log('What keep-outcomes adds to a whole handoff, behind the bus:\n');
  for (const [says, story] of Object.entries(stories)) {
    const { invocations, units, calls } = await addedBehind(story, world, dynamodb.client);
    const counted = Object.entries(calls).map(([name, times]) => `${times} ${name.replace('Command', '')}`);
    console.log(
      `${says.padEnd(56)}${invocations} invocations, ${units.reads} read, ${units.writes} write: ${counted.join(', ') || 'nothing'}`,
    );
  }
  await world.close();
}

if (import.meta.main) await main();
