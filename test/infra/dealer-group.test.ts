import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { incomingEvents, internalEvents } from '../../functions/contracts/index.ts';
import { LEASE_SECONDS } from '../../functions/domain/outbox.ts';
import {
  FAILED_WORK_METRIC,
  LONGEST_SENDING_TIMEOUT_SECONDS,
  OLDEST_DUE_AGE_METRIC,
  SWEEP_RESERVE_SECONDS,
} from '../../functions/runtime/environment.ts';
import { MOST_METRICS_IN_ONE_ALARM } from '../../lib/alarms.ts';
import { lakeshore, plain } from './group.ts';
import {
  arnOf,
  ofType,
  type Resource,
  type Statement,
  statementsOf,
  synthesize,
  theOnly,
} from './synthesized.ts';

const { template } = synthesize(lakeshore);
const functions = ofType(template, 'AWS::Lambda::Function');
const nameOf = ({ Properties }: Resource) =>
  String(Properties['FunctionName']).replace('handoff-lakeshore-', '');
const functionIds = new Map(functions.map(([id, one]) => [nameOf(one), id]));
const idOf = (name: string) => functionIds.get(name) ?? expect.fail(`no function ${name}`);
const synchronous = ['answer-task', 'keep-dead-letters'];

describe('what fails is kept', () => {
  const queues = ofType(template, 'AWS::SQS::Queue');
  const queueId = (part: string) => queues.find(([id]) => id.includes(part))?.[0] ?? expect.fail(part);

  it('every target of every rule has a dead-letter queue and says how long it is tried', () => {
    const targets = ofType(template, 'AWS::Events::Rule').flatMap(([, { Properties }]) =>
      z.array(z.looseObject({})).parse(Properties['Targets']),
    );
    expect(targets.length).toBeGreaterThanOrEqual(12);
    for (const target of targets) {
      expect(target).toMatchObject({
        DeadLetterConfig: { Arn: arnOf(queueId('OfRules')) },
        RetryPolicy: {
          MaximumEventAgeInSeconds: expect.any(Number),
          MaximumRetryAttempts: expect.any(Number),
        },
      });
    }
  });

  it('the queue of the rules lets every rule in', () => {
    const rules = ofType(template, 'AWS::Events::Rule').map(([id]) => arnOf(id));
    const [, policy] = ofType(template, 'AWS::SQS::QueuePolicy').find(([id]) => id.includes('OfRules')) ?? [];
    const statements = statementsOf(policy?.Properties['PolicyDocument']);
    const admitted = statements.map(({ Condition }) => Condition?.['ArnEquals']);
    for (const rule of rules) expect(admitted).toContainEqual({ 'aws:SourceArn': rule });
    // SQS takes no policy with more.
    expect(statements.length).toBeLessThanOrEqual(20);
  });

  it.each(
    functions.map(([id, one]) => [nameOf(one), id]).filter(([name]) => !synchronous.includes(String(name))),
  )('%s has a queue for the events that it gives up', (_, id) => {
    const config = ofType(template, 'AWS::Lambda::EventInvokeConfig').find(
      ([, { Properties }]) => JSON.stringify(Properties['FunctionName']) === JSON.stringify({ Ref: id }),
    );
    expect(config?.[1].Properties).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: arnOf(queueId('OfFunctions')) } },
      MaximumEventAgeInSeconds: expect.any(Number),
    });
  });

  it('both queues are encrypted, refuse plain text, hold on for 14 days and are emptied by keep-dead-letters', () => {
    expect(queues).toHaveLength(2);
    for (const [id, queue] of queues) {
      expect(queue.Properties).toMatchObject({
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 1_209_600,
      });
      const policy = ofType(template, 'AWS::SQS::QueuePolicy').find(([, { Properties }]) =>
        JSON.stringify(Properties['Queues']).includes(id),
      );
      expect(statementsOf(policy?.[1].Properties['PolicyDocument'])).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
      expect(
        ofType(template, 'AWS::Lambda::EventSourceMapping').map(([, one]) => one.Properties),
      ).toContainEqual(
        expect.objectContaining({
          EventSourceArn: arnOf(id),
          FunctionName: { Ref: idOf('keep-dead-letters') },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        }),
      );
    }
  });
});

describe('who may do what', () => {
  const roles = ofType(template, 'AWS::IAM::Role');
  const policies = ofType(template, 'AWS::IAM::Policy');
  const statements = policies.flatMap(([, one]) => statementsOf(one.Properties['PolicyDocument']));

  it('each function has a role of its own, with no policy of AWS', () => {
    expect(new Set(functions.map(([, one]) => JSON.stringify(one.Properties['Role']))).size).toBe(
      functions.length,
    );
    expect(roles).toHaveLength(functions.length);
    for (const [, role] of roles) {
      expect(role.Properties['ManagedPolicyArns']).toBeUndefined();
      expect(role.Properties['Policies']).toBeUndefined();
    }
  });

  it('no role has a wildcard, in an action or in a resource', () => {
    expect(statements.length).toBeGreaterThan(functions.length);
    expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([]);
    for (const { Action, Resource } of statements) {
      expect(JSON.stringify([Action, Resource])).not.toContain('*');
    }
  });

  it('the table is never scanned, and only the history ever loses an item', () => {
    const actions = new Set(
      statements.flatMap(({ Action }) => Action).filter((one) => one.startsWith('dynamodb:')),
    );
    expect([...actions].sort()).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    const deleting = policies.filter(([, one]) => JSON.stringify(one.Properties).includes('DeleteItem'));
    expect(deleting.map(([id]) => id)).toEqual([expect.stringMatching(/^FollowDmsRole/)]);
  });

  it('email is sent by those who deliver an outbox, from one address, under one configuration set', () => {
    const sending = policies.filter(([, one]) => JSON.stringify(one.Properties).includes('ses:SendEmail'));
    expect(sending.map(([id]) => id.replace(/RoleDefaultPolicy.*/, '')).sort()).toEqual([
      'AnswerTask',
      'FollowDms',
      'IntroduceService',
      'PrepareFirstService',
      'ReviewRepairQuote',
      'SettleEmail',
      'StartUpgradeConversation',
      'SweepDueWork',
    ]);
    for (const statement of statements.filter(({ Action }) => Action.some((one) => one.startsWith('ses:')))) {
      expect(statement.Action).toEqual(['ses:SendEmail', 'ses:SendRawEmail']);
      expect(statement.Condition).toEqual({
        StringEquals: { 'ses:FromAddress': lakeshore.sender.fromAddress },
      });
      expect(statement.Resource).toHaveLength(2);
    }
  });

  describe('the bus', () => {
    const statement = (sid: string): Statement => {
      const found = ofType(template, 'AWS::Events::EventBusPolicy').find(
        ([, one]) => one.Properties['StatementId'] === sid,
      );
      return statementsOf({ Statement: [found?.[1].Properties['Statement']] })[0] ?? expect.fail(sid);
    };
    const ours = roles.map(([id]) => arnOf(id));
    const principalsOf = ({ Condition }: Statement) =>
      z.object({ 'aws:PrincipalArn': z.array(z.unknown()) }).parse(Condition?.['ArnNotLike'])[
        'aws:PrincipalArn'
      ];

    it('takes events from the named senders', () => {
      expect(statement('AllowNamedSenders')).toMatchObject({
        Effect: 'Allow',
        Principal: { AWS: lakeshore.eventSenders },
        Action: ['events:PutEvents'],
      });
    });

    it('denies everyone but the named senders and our own functions', () => {
      const deny = statement('DenyStrangers');
      expect(deny).toMatchObject({ Effect: 'Deny', Principal: '*', Action: ['events:PutEvents'] });
      const admitted = principalsOf(deny);
      expect(admitted).toHaveLength(ours.length + lakeshore.eventSenders.length);
      expect(admitted).toEqual(expect.arrayContaining([...ours, ...lakeshore.eventSenders]));
    });

    it('denies our own source to everyone but our own functions', () => {
      const deny = statement('DenyOurSourceToOthers');
      expect(deny).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Condition: { 'ForAnyValue:StringEquals': { 'events:source': 'handoff' } },
      });
      expect(principalsOf(deny)).toEqual(expect.arrayContaining(ours));
      expect(principalsOf(deny)).toHaveLength(ours.length);
    });

    it('knows the callers of an account that is named as a whole', () => {
      const { template: whole } = synthesize({ ...plain, eventSenders: ['arn:aws:iam::111122223333:root'] });
      const policies = JSON.stringify(ofType(whole, 'AWS::Events::EventBusPolicy'));
      expect(policies).toContain('"AWS":["arn:aws:iam::111122223333:root"]');
      expect(policies).toContain('"aws:PrincipalArn":["arn:aws:iam::111122223333:*"');
    });
  });
});

describe('events', () => {
  const rules = ofType(template, 'AWS::Events::Rule').map(([, one]) => one.Properties);
  const patternOf = (rule: Record<string, unknown>) =>
    z
      .looseObject({ 'detail-type': z.array(z.unknown()).optional() })
      .optional()
      .parse(rule['EventPattern']);

  it('each contract has one rule', () => {
    const handled = rules
      .flatMap((rule) => patternOf(rule)?.['detail-type'] ?? [])
      .filter((one) => typeof one === 'string');
    expect(handled.sort()).toEqual(
      [...incomingEvents, ...internalEvents].map(({ detailType }) => detailType).sort(),
    );
  });

  it('what only we may say is heard from us only', () => {
    for (const { detailType } of internalEvents) {
      const rule = rules.find((one) => patternOf(one)?.['detail-type']?.includes(detailType));
      expect(rule?.['EventPattern']).toEqual({ source: ['handoff'], 'detail-type': [detailType] });
    }
  });

  it('one rule catches what others say and no contract knows, and leaves our own events alone', () => {
    const catching = rules.filter((rule) =>
      JSON.stringify(rule['Targets']).includes(idOf('refuse-unknown-event')),
    );
    expect(catching.map((rule) => rule['EventPattern'])).toEqual([
      {
        source: [{ 'anything-but': ['handoff'] }],
        'detail-type': [{ 'anything-but': incomingEvents.map(({ detailType }) => detailType) }],
      },
    ]);
  });

  it('the archive keeps what others said for 400 days', () => {
    expect(theOnly(template, 'AWS::Events::Archive')).toMatchObject({
      EventPattern: { source: [{ 'anything-but': ['handoff'] }] },
      RetentionDays: 400,
    });
  });

  it('a sweep begins every five minutes and ends before the next', () => {
    expect(rules.filter((rule) => 'ScheduleExpression' in rule)).toEqual([
      expect.objectContaining({ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' }),
    ]);
    expect(LONGEST_SENDING_TIMEOUT_SECONDS).toBeLessThan(300);
  });
});

describe('functions', () => {
  it.each(functions.map(([, one]) => [nameOf(one), one.Properties]))(
    '%s is built as all are',
    (name, properties) => {
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Timeout: expect.any(Number),
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
        Environment: { Variables: { POWERTOOLS_SERVICE_NAME: name } },
      });
      const { Variables } = z
        .object({ Variables: z.record(z.string(), z.unknown()) })
        .parse(properties['Environment']);
      // AWS takes 4 KB; an ARN or a name that is only known when it is deployed counts for what it may become.
      const longest = Object.entries(Variables).map(
        ([key, value]) => key + (typeof value === 'string' ? value : 'x'.repeat(256)),
      );
      expect(longest.join('').length).toBeLessThan(4096);
    },
  );

  it('none outlives a lease that it took on an email', () => {
    const longest = Math.max(...functions.map(([, one]) => Number(one.Properties['Timeout'])));
    expect(longest).toBe(LONGEST_SENDING_TIMEOUT_SECONDS);
    // Lambda ends an invocation at its timeout; the rest is for clocks that disagree.
    expect(LEASE_SECONDS).toBeGreaterThanOrEqual(longest + 30);
  });

  it('the longest name that a group may have still makes names that AWS takes', () => {
    const { template: long } = synthesize({ ...plain, name: 'a'.repeat(28) });
    for (const [, one] of ofType(long, 'AWS::Lambda::Function')) {
      expect(String(one.Properties['FunctionName']).length).toBeLessThanOrEqual(64);
    }
  });

  it('every log is kept for 90 days and no longer', () => {
    const logs = ofType(template, 'AWS::Logs::LogGroup');
    expect(logs).toHaveLength(functions.length + 1);
    for (const [, log] of logs) expect(log.Properties['RetentionInDays']).toBe(90);
  });
});

describe('the table', () => {
  const table = theOnly(template, 'AWS::DynamoDB::GlobalTable');

  it('is paid by use, encrypted, recoverable to a point in time, and protected from being deleted', () => {
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
    expect(ofType(template, 'AWS::DynamoDB::GlobalTable')[0]?.[1]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('has indexes of keys only', () => {
    const indexes = z.array(z.looseObject({ IndexName: z.string() })).parse(table['GlobalSecondaryIndexes']);
    expect(indexes.map(({ IndexName }) => IndexName)).toEqual(['due', 'open-by-assignee', 'open-by-store']);
    for (const index of indexes) expect(index).toMatchObject({ Projection: { ProjectionType: 'KEYS_ONLY' } });
  });
});

describe('email', () => {
  it('is signed, sent over TLS, and measured', () => {
    expect(theOnly(template, 'AWS::SES::EmailIdentity')).toMatchObject({
      EmailIdentity: lakeshore.sender.domain,
      DkimAttributes: { SigningEnabled: true },
    });
    expect(theOnly(template, 'AWS::SES::ConfigurationSet')).toMatchObject({
      Name: 'handoff-lakeshore',
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
  });

  it('is followed by what became of it, never by who opened it or clicked in it', () => {
    expect(theOnly(template, 'AWS::SES::ConfigurationSetEventDestination')).toMatchObject({
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'deliveryDelay', 'bounce', 'complaint', 'reject'],
      },
    });
    expect(theOnly(template, 'AWS::SES::ConfigurationSet')['TrackingOptions']).toBeUndefined();
  });

  it('reports of other applications in the account are not taken for ours', () => {
    const rule = ofType(template, 'AWS::Events::Rule').find(
      ([, one]) => one.Properties['EventBusName'] === 'default',
    );
    expect(rule?.[1].Properties['EventPattern']).toEqual({
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': ['handoff-lakeshore'] } } },
    });
  });
});

describe('the pages behind the links', () => {
  const stage = theOnly(template, 'AWS::ApiGatewayV2::Stage');

  it('are throttled', () => {
    expect(stage['DefaultRouteSettings']).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
  });

  it('leave no secret in the access log', () => {
    const { Format } = z.object({ Format: z.string() }).parse(stage['AccessLogSettings']);
    const variables = Format.match(/\$context\.[\w.]+/g);
    expect(variables).toEqual([
      '$context.requestId',
      '$context.routeKey',
      '$context.status',
      '$context.responseLatency',
    ]);
  });

  it('are these three and no other', () => {
    const keys = ofType(template, 'AWS::ApiGatewayV2::Route').map(([, one]) => one.Properties['RouteKey']);
    expect(keys.sort()).toEqual(['ANY /me/{proxy+}', 'ANY /t/{proxy+}', 'ANY /u/{proxy+}']);
  });

  it('answer under the configured name only, or under the generated one where none is configured', () => {
    expect(theOnly(template, 'AWS::ApiGatewayV2::Api')['DisableExecuteApiEndpoint']).toBe(true);
    expect(theOnly(template, 'AWS::ApiGatewayV2::DomainName')['DomainName']).toBe('handoff.example.com');
    expect(template.Outputs['LinkOrigin']).toEqual({ Value: 'https://handoff.example.com' });

    const { template: unnamed } = synthesize(plain);
    const [[api] = expect.fail('no API')] = ofType(unnamed, 'AWS::ApiGatewayV2::Api');
    expect(theOnly(unnamed, 'AWS::ApiGatewayV2::Api')['DisableExecuteApiEndpoint']).not.toBe(true);
    expect(unnamed.Outputs['LinkOrigin']).toEqual({ Value: { 'Fn::GetAtt': [api, 'ApiEndpoint'] } });
  });
});

describe('alarms', () => {
  const alarms = ofType(template, 'AWS::CloudWatch::Alarm');
  const [topic] = ofType(template, 'AWS::SNS::Topic').map(([id]) => id);

  it.each(alarms.map(([, one]) => [one.Properties['AlarmName'], one.Properties]))(
    '%s tells someone what to do',
    (_, alarm) => {
      expect(alarm['AlarmActions']).toEqual([{ Ref: topic }]);
      expect(alarm['AlarmDescription']).toMatch(/What to do: /);
      expect(String(alarm['AlarmDescription']).length).toBeLessThanOrEqual(1024);
      expect(z.array(z.unknown()).default([]).parse(alarm['Metrics']).length).toBeLessThanOrEqual(
        MOST_METRICS_IN_ONE_ALARM + 1,
      );
    },
  );

  const alarmOf = (name: string) =>
    alarms.find(([, one]) => one.Properties['AlarmName'] === `handoff-lakeshore-${name}`)?.[1].Properties ??
    expect.fail(`no alarm ${name}`);

  it('what a sweep is late with, or fails on, three sweeps in a row, rings', () => {
    const recorded = {
      Namespace: 'Handoff/lakeshore',
      Dimensions: [{ Name: 'service', Value: 'sweep-due-work' }],
      Statistic: 'Maximum',
      EvaluationPeriods: 3,
    };
    expect(alarmOf('sweep-behind')).toMatchObject({ ...recorded, MetricName: OLDEST_DUE_AGE_METRIC.name });
    expect(alarmOf('sweep-failing')).toMatchObject({
      ...recorded,
      MetricName: FAILED_WORK_METRIC.name,
      Threshold: 1,
    });
  });

  it('a sweep that ends by the clock rings: it begins nothing in the last of its time, and ends before all of it', () => {
    const { Properties } =
      functions.find(([, one]) => nameOf(one) === 'sweep-due-work')?.[1] ?? expect.fail();
    const ends = Number(Properties['Timeout']) - SWEEP_RESERVE_SECONDS;
    expect(alarmOf('sweep-too-long')).toMatchObject({ MetricName: 'Duration', Threshold: ends * 1000 });
  });

  it.each([
    ['event-lost', 'InvocationsFailedToBeSentToDlq'],
    ['delivery-failing', 'FailedInvocations'],
  ])('%s watches every rule, also those that listen to the bus of the account', (name, metricName) => {
    const ofBus = JSON.stringify(alarmOf(`${name}-of-bus`)['Metrics']);
    expect(ofBus).toContain(`SELECT SUM(${metricName})`);
    expect(ofBus).toContain("WHERE EventBusName = 'handoff-lakeshore'");
    const others = JSON.stringify(alarmOf(`${name}-of-reports-and-clock`)['Metrics']);
    const ofNoBus = ofType(template, 'AWS::Events::Rule').filter(
      ([, one]) => !JSON.stringify(one.Properties['EventBusName'] ?? 'default').includes('Ref'),
    );
    expect(ofNoBus).toHaveLength(2);
    for (const [id] of ofNoBus) {
      const dimensions = [{ Name: 'RuleName', Value: { Ref: id } }];
      expect(others).toContain(
        JSON.stringify({ Dimensions: dimensions, MetricName: metricName, Namespace: 'AWS/Events' }),
      );
    }
  });

  it('silence of the sweep rings', () => {
    const silent = alarms.filter(([, one]) => one.Properties['TreatMissingData'] === 'breaching');
    expect(silent.map(([, one]) => one.Properties['AlarmName'])).toEqual(['handoff-lakeshore-sweep-stopped']);
  });

  it('the topic is encrypted, refuses plain text, and reaches the address of the group', () => {
    expect(theOnly(template, 'AWS::SNS::Topic')['KmsMasterKeyId']).toBeDefined();
    expect(theOnly(template, 'AWS::KMS::Key')['EnableKeyRotation']).toBe(true);
    expect(statementsOf(theOnly(template, 'AWS::SNS::TopicPolicy')['PolicyDocument'])).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    expect(theOnly(template, 'AWS::SNS::Subscription')).toMatchObject({
      Protocol: 'email',
      Endpoint: lakeshore.alarmEmail,
    });
  });
});

it('operators are told what they need', () => {
  expect(Object.keys(template.Outputs).sort()).toEqual([
    'AlarmTopicArn',
    'ArchiveArn',
    'BusArn',
    'BusName',
    'ConfigurationSet',
    'DkimRecord1',
    'DkimRecord2',
    'DkimRecord3',
    'FunctionDeadLettersUrl',
    'LinkDomainTarget',
    'LinkOrigin',
    'RuleDeadLettersUrl',
    'TableName',
  ]);
});
