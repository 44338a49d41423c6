import { describe, expect, it } from 'vitest';
import type { Assembly, Template } from '../../local/emulator/stack/assembly.ts';
import { readModel } from '../../local/emulator/stack/model.ts';

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown>; Condition?: string }>;

function model(resources: Resources) {
  const Resources = Object.fromEntries(
    Object.entries({ ...role, ...resources }).map(([id, { Properties = {}, ...rest }]) => [
      id,
      { ...rest, Properties },
    ]),
  );
  const template: Template = {
    Resources,
    Parameters: {},
    Conditions: { Never: { 'Fn::Equals': [1, 2] } },
    Outputs: {},
  };
  const assembly: Assembly = { stackName: 'Demo', template, codeDirectory: (key) => `/code/${key}` };
  return readModel(assembly, { desk: 'http://desk', aws: 'http://aws' });
}

const lambda = (properties: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    ...{ Handler: 'index.handler', Runtime: 'nodejs24.x', Code: { S3Key: 'k' } },
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    ...properties,
  },
});
const role = { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } } };
const rule = (properties: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventPattern: { source: ['a'] }, ...properties },
});
const target = { Id: 'T', Arn: { 'Fn::GetAtt': ['F', 'Arn'] } };
const permission = {
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: { Ref: 'F' }, Principal: 'events.amazonaws.com' },
};

describe('a template that the local run refuses', () => {
  it.each<[string, Resources, RegExp]>([
    ['an unknown type', { S: { Type: 'AWS::ECS::Cluster' } }, /S is an AWS::ECS/],
    [
      'an environment over 4 KB',
      { F: lambda({ Environment: { Variables: { A: 'x'.repeat(4096) } } }) },
      /F: its environment has 4097 bytes/,
    ],
    ['a function with layers', { F: lambda({ Layers: ['l'] }) }, /F: .*Layers/],
    ['a rule without permission', { F: lambda(), R: rule({ Targets: [target] }) }, /no permission/],
    [
      'an input transformer',
      { F: lambda(), P: permission, R: rule({ Targets: [{ ...target, InputTransformer: {} }] }) },
      /InputTransformer/,
    ],
    [
      'an operator that it does not know',
      { R: rule({ EventPattern: { source: [{ cidr: '::/0' }] } }) },
      /R: .*cidr/,
    ],
    ['a schedule that it does not know', { R: rule({ ScheduleExpression: 'at(noon)' }) }, /R: .*at\(noon\)/],
    ['a bus from elsewhere', { R: rule({ EventBusName: 'theirs' }) }, /R: no event bus .* theirs/],
    [
      'a queue from elsewhere',
      {
        Q: {
          Type: 'AWS::SQS::Queue',
          Properties: { RedrivePolicy: { deadLetterTargetArn: 'arn:x', maxReceiveCount: 1 } },
        },
      },
      /Q: no queue .* arn:x/,
    ],
    ['a FIFO queue', { Q: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } }, /FifoQueue/],
    ['a function of its intrinsics', { F: lambda({ Handler: { 'Fn::Cidr': [] } }) }, /Fn::Cidr/],
  ])('%s', (_name, resources, message) => {
    expect(() => model(resources)).toThrow(message);
  });
});

it('leaves out a state machine, and the rule that starts it', () => {
  const toMachine = rule({ Targets: [{ Id: 'T', Arn: { Ref: 'S' } }] });
  const { rules } = model({ S: { Type: 'AWS::StepFunctions::StateMachine' }, R: toMachine });
  expect(rules.map(({ targets }) => targets)).toEqual([[]]);
});

it('reads names, addresses and conditions as CloudFormation does', () => {
  const address = { 'Fn::Join': ['', ['https://', { Ref: 'A' }, '.execute-api.us-east-1.amazonaws.com/']] };
  const { functions, tables } = model({
    A: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
    F: lambda({ Environment: { Variables: { LINKS: address, TABLE: { Ref: 'T' }, QUEUE: { Ref: 'Q' } } } }),
    Q: { Type: 'AWS::SQS::Queue' },
    T: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'named',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      },
    },
    Absent: { Type: 'AWS::StepFunctions::StateMachine', Condition: 'Never' },
  });
  expect(functions[0]?.environment).toEqual({
    LINKS: 'http://desk/',
    TABLE: 'named',
    QUEUE: 'http://aws/000000000000/Demo-Q',
  });
  expect(tables.map(({ TableName }) => TableName)).toEqual(['named']);
});

describe('several HTTP APIs', () => {
  const api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } };
  const address = (id: string) => ({
    'Fn::Join': ['', ['https://', { Ref: id }, '.execute-api.us-east-1.amazonaws.com/x']],
  });

  it('each answer under an address of their own, also by a domain of the group’s', () => {
    const { functions, apis } = model({
      Links: api,
      Hooks: api,
      Domain: {
        Type: 'AWS::ApiGatewayV2::DomainName',
        Properties: { DomainName: 'hooks.dealer.example', DomainNameConfigurations: [] },
      },
      Mapping: {
        Type: 'AWS::ApiGatewayV2::ApiMapping',
        Properties: { ApiId: { Ref: 'Hooks' }, DomainName: { Ref: 'Domain' }, Stage: '$default' },
      },
      F: lambda({
        Environment: {
          Variables: {
            LINKS: address('Links'),
            HOOKS: address('Hooks'),
            ENDPOINT: { 'Fn::GetAtt': ['Hooks', 'ApiEndpoint'] },
            OWN: 'https://hooks.dealer.example/y',
          },
        },
      }),
    });
    expect(functions[0]?.environment).toEqual({
      LINKS: 'http://desk/x',
      HOOKS: 'http://desk/apis/Hooks/x',
      ENDPOINT: 'http://desk/apis/Hooks',
      OWN: 'http://desk/apis/Hooks/y',
    });
    expect(apis.map(({ path }) => path)).toEqual(['', '/apis/Hooks']);
  });
});

it('a dynamic reference is refused, as nothing here resolves it', () => {
  const variables = { KEY: '{{resolve:secretsmanager:key}}' };
  expect(() => model({ F: lambda({ Environment: { Variables: variables } }) })).toThrow(
    /F: .*dynamic references/,
  );
});

it('an identity that the account has already is known by the address that a role may send from', () => {
  const { mail } = model({
    F: lambda(),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyName: 'Mail',
            PolicyDocument: {
              Statement: {
                ...{ Effect: 'Allow', Action: 'ses:SendEmail', Resource: '*' },
                Condition: { StringEquals: { 'ses:FromAddress': 'care@dealer.example' } },
              },
            },
          },
        ],
      },
    },
  });
  expect(mail.identities.map(({ name }) => name)).toEqual(['dealer.example']);
});

it.each<[string, Resources, RegExp]>([
  [
    'a role of elsewhere',
    { F: lambda({ Role: 'arn:aws:iam::000000000000:role/theirs' }) },
    /F: no role of this stack/,
  ],
  [
    'a managed policy that it does not know',
    {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      },
    },
    /Role: .*AdministratorAccess/,
  ],
  [
    'a condition that it does not know',
    {
      F: lambda(),
      P: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Statement: [
              {
                ...{ Effect: 'Allow', Action: 's3:*', Resource: '*' },
                Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
              },
            ],
          },
        },
      },
    },
    /P: .*aws:SourceIp/,
  ],
])('%s is refused', (_name, resources, message) => {
  expect(() => model(resources)).toThrow(message);
});
