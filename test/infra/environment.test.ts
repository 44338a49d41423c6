import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { functionNames, lambdas } from '../../functions/lambdas.ts';
import { environments } from '../../functions/runtime/environment.ts';
import { readEnvironment } from '../../functions/runtime/read-environment.ts';
import { HandoffFunction } from '../../lib/constructs/handoff-function.ts';
import { lakeshore } from './group.ts';
import { ofType, synthesize } from './synthesized.ts';

const keeping = { TABLE_NAME: 'table', BUS_NAME: 'bus' };
const sending = {
  ...{ ...keeping, CONFIGURATION_SET: 'set', LINK_ORIGIN: 'https://handoff.example.com' },
  CUSTOMER_KEY: 'secret',
};
const settings = () => ({ groupName: 'lakeshore', code: Code.fromInline('// none') });

describe('the environment that the stack gives is the one that the function reads', () => {
  const stack = () => new Stack(new App(), 'stack');

  it('compiles when it fits', () => {
    new HandoffFunction(stack(), { name: 'sweep-due-work', environment: sending, ...settings() });
    new HandoffFunction(stack(), { name: 'keep-dead-letters', environment: keeping, ...settings() });
  });

  it('does not compile when a variable is missing', () => {
    // @ts-expect-error: a sender needs a configuration set and an origin for its links
    new HandoffFunction(stack(), { name: 'sweep-due-work', environment: keeping, ...settings() });
  });

  it('does not compile when a variable is given that the function does not read', () => {
    // @ts-expect-error: what keeps dead letters sends no email
    new HandoffFunction(stack(), { name: 'keep-dead-letters', environment: sending, ...settings() });
  });

  it('holds for every function of the template', () => {
    const given = ofType(synthesize(lakeshore).template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => [
        String(Properties['FunctionName']).replace('handoff-lakeshore-', ''),
        Object.keys(Object(Object(Properties['Environment']).Variables)).filter(
          (name) => !/^(POWERTOOLS|NODE)_/.test(name),
        ),
      ],
    );
    const read = functionNames.map((name) => [
      name,
      Object.keys(environments[lambdas[name].environment].shape),
    ]);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(read));
  });
});

describe('a function that is started with a wrong environment', () => {
  it('says which variable is wrong', () => {
    expect(() =>
      readEnvironment('sweep-due-work', 'sending', { ...keeping, LINK_ORIGIN: 'nowhere' }),
    ).toThrow(/CONFIGURATION_SET[\s\S]*LINK_ORIGIN/);
  });

  it('gets what it asked for when it is right', () => {
    expect(readEnvironment('keep-dead-letters', 'keeping', { ...keeping, PATH: '/bin' })).toEqual(keeping);
  });
});
