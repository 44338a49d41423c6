import '../simulation/quiet.ts';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type FunctionName, functionNames, lambdas } from '../../functions/lambdas.ts';
import { type Access, access } from '../../lib/access.ts';
import type { Clients } from '../simulation/cloud.ts';
import { play } from '../simulation/play.ts';
import { standIn } from '../support/stand-in.ts';

interface Reach {
  readonly action: keyof Access;
  /** The partition key, or the name of an index. */
  readonly what: string;
}

function reachesOf(command: object): Reach[] {
  if (!(command instanceof BatchGetItemCommand)) return [reachOf(command)];
  const keys = Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys);
  return keys.map((key) => ({ action: 'readsTogether', what: key['pk']?.S ?? '' }));
}

function reachOf(command: object): Reach {
  if (command instanceof GetItemCommand) return { action: 'reads', what: command.input.Key?.['pk']?.S ?? '' };
  if (command instanceof PutItemCommand)
    return { action: 'writes', what: command.input.Item?.['pk']?.S ?? '' };
  if (command instanceof UpdateItemCommand)
    return { action: 'updates', what: command.input.Key?.['pk']?.S ?? '' };
  if (command instanceof DeleteItemCommand)
    return { action: 'deletes', what: command.input.Key?.['pk']?.S ?? '' };
  if (!(command instanceof QueryCommand)) throw new Error(`No role allows ${command.constructor.name}`);
  const { IndexName, ExpressionAttributeValues } = command.input;
  return IndexName === undefined
    ? { action: 'reads', what: ExpressionAttributeValues?.[':pk']?.S ?? '' }
    : { action: 'indexes', what: IndexName };
}

/** As IAM reads `dynamodb:LeadingKeys` with StringLike. */
const isAllowed = (allowed: Access, { action, what }: Reach) =>
  (allowed[action] ?? []).some((entry) =>
    entry.endsWith('*') ? what.startsWith(entry.slice(0, -1)) : what === entry,
  );

/** What functions reached beyond their roles in seeded runs of the simulation. */
async function refusedIn(seeds: readonly number[], roles: Readonly<Record<FunctionName, Access>>) {
  const refused = new Set<string>();
  const reached = new Set<FunctionName>();
  const clients = (given: Clients, { name }: { readonly name: FunctionName }): Clients => ({
    ...given,
    dynamodb: standIn<Clients['dynamodb'] & { send: unknown }>((command) => {
      reached.add(name);
      for (const reach of reachesOf(command)) {
        if (!isAllowed(roles[name], reach))
          refused.add(`${name} ${reach.action} ${reach.what.split('#')[0]}`);
      }
      return Reflect.apply(given.dynamodb.send, given.dynamodb, [command]);
    }),
  });
  for (const seed of seeds) await play(seed, { breakage: { clients }, keepsOutcomes: true });
  return { refused: [...refused].sort(), reached };
}

const seeds = Array.from({ length: 16 }, (_, at) => at + 1);
/** A busy machine plays four in a minute. */
const groupsOfSeeds = [0, 4, 8, 12].map((from) => seeds.slice(from, from + 4));

describe('the items that each role reaches', () => {
  it.each(groupsOfSeeds)(
    'are all that its function asks for, in runs with faults at every call: seeds %i, %i, %i, %i',
    async (...some) => {
      expect((await refusedIn(some, access)).refused).toEqual([]);
    },
  );

  it('are those of every function that sends: each is at work in one of these runs', async () => {
    const missing = new Set(functionNames.filter((name) => lambdas[name].environment === 'sending'));
    for (const seed of seeds) {
      if (missing.size === 0) break;
      for (const name of (await refusedIn([seed], access)).reached) missing.delete(name);
    }
    expect([...missing]).toEqual([]);
  });

  it('are missed when one is taken away', async () => {
    const narrow = { ...access, 'introduce-service': { ...access['introduce-service'], reads: [] } };
    const { refused } = await refusedIn([1, 2, 3], narrow);
    expect(refused).toContain('introduce-service reads roster');
  });
});
