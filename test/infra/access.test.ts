import '../simulation/quiet.ts';
import { describe, expect, it } from 'vitest';
import { type FunctionName, functionNames, lambdas } from '../../functions/lambdas.ts';
import { type Access, access } from '../../lib/access.ts';
import type { Clients } from '../simulation/cloud.ts';
import { play } from '../simulation/play.ts';
import { isAllowed, reachesOf } from '../support/roles.ts';
import { standIn } from '../support/stand-in.ts';

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
  const breakage = { clients, tells: 'what the seed says' } as const;
  for (const seed of seeds) await play(seed, { breakage, keepsOutcomes: true });
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
    expect(refused).toContain('introduce-service queries roster');
  });
});
