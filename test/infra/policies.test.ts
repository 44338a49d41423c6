import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { functionNames } from '../../functions/lambdas.ts';
import { blockIn } from '../support/docs.ts';
import { lakeshore } from './group.ts';
import { ofType, synthesize, theOnly } from './synthesized.ts';

/** The policies that the docs give to paste, held against what is called. */
const policy = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string(),
      Effect: z.literal('Allow'),
      Action: z.array(z.string()),
      Resource: z.string(),
    }),
  ),
});
const policyIn = (page: string, name: string) => policy.parse(JSON.parse(blockIn(page, name))).Statement;

/** What an operator runs on a deployed stack. Deploying is the business of CDK's roles. */
const commands = [
  ...['send', 'roster', 'customer', 'opt-outs', 'import-history', 'trace', 'why'],
  ...['dead-letters', 'redrive', 'replay-policy', 'preflight', 'feed'],
] as const;

/** A file with all that it imports for more than types, but for what packages bring along. */
function closure(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(
    /(?:import|export)(\s+type)?[^;]*?from '(\.[^']+\.ts)'/g,
  );
  for (const [, type, path = ''] of imports) if (!type) closure(join(dirname(file), path), seen);
  return seen;
}

const prefixes: Readonly<Record<string, string>> = {
  eventbridge: 'events',
  sesv2: 'ses',
  'secrets-manager': 'secretsmanager',
};
/** Where IAM's name of an action is another than the SDK's. */
const actions: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };
/** AWS asks nobody for a permission to say who they are. */
const isFree = (action: string) => action === 'sts:GetCallerIdentity';

function calledBy(command: string): readonly string[] {
  const called = [...closure(`bin/commands/${command}.ts`)].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
      ([, names = '', client = '']) =>
        names
          .split(',')
          .map((name) => /^(?:paginate(\w+)|(\w+)Command)$/.exec(name.trim()))
          .flatMap((found) => (found ? [`${prefixes[client] ?? client}:${found[1] ?? found[2]}`] : [])),
    ),
  );
  return called.map((action) => actions[action] ?? action).filter((action) => !isFree(action));
}

describe('the policy of an operator', () => {
  const statements = policyIn('docs/operations.md', 'operator-role');
  const allowed = statements.flatMap(({ Action }) => Action);

  it.each(commands)('allows what `npm run %s` calls', (command) => {
    expect(calledBy(command)).not.toEqual([]);
    expect(calledBy(command).filter((action) => !allowed.includes(action))).toEqual([]);
  });

  it('allows nothing that no command calls', () => {
    const called = new Set(commands.flatMap(calledBy));
    expect(allowed.filter((action) => !called.has(action))).toEqual([]);
  });

  it('lets whoever only looks change nothing', () => {
    const looking = statements.filter(({ Sid }) => Sid.startsWith('Read')).flatMap(({ Action }) => Action);
    expect(looking.filter((action) => !/:(Get|BatchGet|Query|Scan|Describe)/.test(action))).toEqual([]);
  });

  it('reaches the functions and the bus by the names that the stack gives them', () => {
    const { template } = synthesize(lakeshore);
    const names = ofType(template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties['FunctionName'],
    );
    expect(names).toEqual(expect.arrayContaining(functionNames.map((name) => `handoff-lakeshore-${name}`)));
    expect(theOnly(template, 'AWS::Events::EventBus')['Name']).toBe('handoff-lakeshore');
    const resources = statements.map(({ Resource }) => Resource.replaceAll('<name>', 'lakeshore'));
    expect(resources.join('\n')).toContain(':function:handoff-lakeshore-*');
    expect(resources.join('\n')).toContain(':event-bus/handoff-lakeshore');
  });
});

describe('the policy of an adapter', () => {
  it('allows to put events on the bus of the group, and nothing else', () => {
    expect(policyIn('docs/connect.md', 'adapter-role')).toEqual([
      {
        ...{ Sid: 'PutEvents', Effect: 'Allow', Action: ['events:PutEvents'] },
        Resource: 'arn:aws:events:<region>:<account>:event-bus/handoff-<name>',
      },
    ]);
  });
});

describe('the policy of whoever writes the files of a feed', () => {
  it('allows to put files into one folder, as the stack admits them, and nothing else', () => {
    expect(policyIn('docs/feeds.md', 'feed-writer')).toEqual([
      {
        ...{ Sid: 'DropFiles', Effect: 'Allow', Action: ['s3:PutObject'] },
        Resource: 'arn:aws:s3:::<DropBucket>/drop/honda-orders/*',
      },
    ]);
  });
});
