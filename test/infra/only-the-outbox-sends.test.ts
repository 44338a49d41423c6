import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFunctionName, lambdas } from '../../functions/lambdas.ts';
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';
import { ofType, statementsOf, synthesize } from './synthesized.ts';

const sources = new Map(
  readdirSync('functions', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [normalize(path), readFileSync(join('functions', path), 'utf8')]),
);
const filesThat = (say: RegExp) => [...sources].filter(([, text]) => say.test(text)).map(([path]) => path);

const importsOf = (path: string): string[] =>
  [...(sources.get(path) ?? '').matchAll(/from '(\.{1,2}\/[^']+)'/g)].map(([, to = '']) =>
    join(dirname(path), to),
  );

/** A file with everything that it imports, however far away; but for the wiring, which knows what all of them need. */
function reached(path: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(path) || path.startsWith('runtime/')) return known;
  known.add(path);
  for (const next of importsOf(path)) reached(next, known);
  return known;
}

const entryOf = (name: string) =>
  isFunctionName(name) ? lambdas[name].entry : expect.fail(`no function ${name}`);

describe('nothing sends email but the outbox', () => {
  it('one file knows how SES is asked to send, and no other way to send mail is known at all', () => {
    expect(filesThat(/\bSend\w*Email\w*Command\b/)).toEqual(['adapters/ses-mailer.ts']);
    expect(filesThat(/@aws-sdk\/client-(ses|pinpoint|sns|workmail)\w*'/).sort()).toEqual([
      'adapters/ses-mailer.ts',
      'runtime/services.ts',
    ]);
    expect(filesThat(/nodemailer|['"](node:)?(net|tls|https?|http2|dgram)['"]/)).toEqual([]);
    // It asks others about cars, and has nothing to tell them.
    expect(filesThat(/\bfetch\(/)).toEqual(['adapters/json-api.ts']);
    expect(sources.get('adapters/json-api.ts')).not.toMatch(/\bmethod\b|body:/);
  });

  it('no other room takes the mailer in hand', () => {
    const sending = filesThat(/\bmailer\s*\.\s*send\b|\bSesMailer\b|\bimport\b[^;]*\bMailer\b/);
    const others = sending.filter((path) => dirname(path) !== 'outbox');
    // The adapter is it, and the wiring of a cold start makes it.
    expect(others.sort()).toEqual(['adapters/ses-mailer.ts', 'runtime/services.ts']);
  });

  it('a function may send where it delivers what an item owes, and nowhere else', () => {
    const { template } = synthesize(readGroupFile(DEMO_GROUP));
    const policies = ofType(template, 'AWS::IAM::Policy').map(([, { Properties }]) => Properties);
    const maySend = (role: string) =>
      policies
        .filter(({ Roles }) => JSON.stringify(Roles).includes(`"${role}"`))
        .flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument))
        .some(({ Action }) => Action.some((one) => one.startsWith('ses:')));
    const functions = ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) => ({
      name: String(Properties['FunctionName']).replace(/^handoff-lakeshore-/, ''),
      role: /"([^"]+)","Arn"/.exec(JSON.stringify(Properties['Role']))?.[1] ?? '',
    }));
    const delivering = functions.filter(({ name }) =>
      reached(normalize(entryOf(name))).has('outbox/deliver.ts'),
    );
    expect(delivering.length).toBeGreaterThan(5);
    expect(functions.filter(({ role }) => maySend(role))).toEqual(delivering);
  });
});
