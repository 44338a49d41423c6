import { describe, expect, it } from 'vitest';
import { arnOf } from '../../local/emulator/aws.ts';
import { Access, accessKeyOf } from '../../local/emulator/iam/access.ts';
import { compilePolicy, compileResourceStatement } from '../../local/emulator/iam/policy.ts';
import { lakeshore } from '../infra/group.ts';
import { ofType, synthesize } from '../infra/synthesized.ts';

/** The bus policy of the demo group, as the template has it, with the ARNs that roles have here. */
const bus = arnOf.bus('dealer-group');
const OURS = 'handoff-answer-task';
const roleArn = arnOf.role(OURS);
const statementsIn = (template: ReturnType<typeof synthesize>['template']) =>
  ofType(template, 'AWS::Events::EventBusPolicy').flatMap(([id, { Properties }]) => {
    const text = JSON.stringify(Properties['Statement'])
      .replace(/\{"Fn::GetAtt":\["BusEvents\w+","Arn"\]\}/g, JSON.stringify(bus))
      .replace(/\{"Fn::GetAtt":\["\w+Role\w+","Arn"\]\}/g, JSON.stringify(roleArn));
    return compileResourceStatement(JSON.parse(text), id);
  });
const statements = statementsIn(synthesize(lakeshore).template);
const ownPolicy = compilePolicy(
  {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: bus }],
  },
  'P',
);
const access = new Access([{ name: 'answer-task', roleName: OURS, statements: ownPolicy }], statements);
const putting = (source: string, accessKeyId = 'local', judge = access) =>
  judge.denialOf(
    { accessKeyId, service: 'events' },
    { action: 'events:PutEvents', resource: bus, context: { 'events:source': [source] } },
  );

describe('the bus of a dealer group on the local run', () => {
  const [sender] = lakeshore.eventSenders;
  const [source = ''] = sender?.sources ?? [];

  it('takes from outside what one of the named senders may put', () => {
    expect(putting(source)).toBeUndefined();
    expect(putting(source, sender?.arn.split('/').at(-1))).toBeUndefined();
  });

  it('takes our own source from our functions only', () => {
    expect(putting('handoff')).toContain('with an explicit deny in a resource-based policy');
    expect(putting('handoff', accessKeyOf('answer-task'))).toBeUndefined();
  });

  it('refuses a source that no sender may use', () => {
    expect(putting('crm.unknown')).toContain('not authorized to perform: events:PutEvents');
  });

  it('refuses a sender whose name the policy lost, as AWS would', () => {
    const withoutAllow = statements.filter(({ isDeny }) => isDeny);
    expect(putting(source, 'local', new Access([], withoutAllow))).toContain('explicit deny');
  });

  it('of a stack without a policy takes what anybody of the account puts', () => {
    expect(putting('handoff', 'local', new Access([]))).toBeUndefined();
  });
});
