import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { incomingEvents, internalEvents } from '../../functions/events.ts';
import { LEASE_SECONDS } from '../../functions/handoff/outbox.ts';
import { functionNames, lambdas } from '../../functions/lambdas.ts';
import {
  EMAILS_GIVEN_UP_METRIC,
  EVENTS_REFUSED_METRIC,
  EVENTS_SUSPICIOUS_METRIC,
  environments,
  FAILED_WORK_METRIC,
  ITEMS_NEAR_BOUND_METRIC,
  LONGEST_SENDING_TIMEOUT_SECONDS,
  OLDEST_DUE_AGE_METRIC,
  STAFF_BOUNCES_METRIC,
  SWEEP_RESERVE_SECONDS,
} from '../../functions/runtime/environment.ts';
import { MOST_METRICS_IN_ONE_ALARM } from '../../lib/alarms/metrics.ts';
import { pascalCase } from '../../lib/constructs/names.ts';
import { DealerGroupStack } from '../../lib/dealer-group-stack.ts';
import type { GroupSettings } from '../../lib/group-settings.ts';
import { newApp } from '../../lib/handoff-app.ts';
import { lakeshore, plain } from './group.ts';
import {
  arnOf,
  ofType,
  type Resource,
  type Statement,
  type SynthesizedTemplate,
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
/** Invoked synchronously, or by a tick: the next one asks for the same work. */
const withoutQueue = [
  'answer-task',
  'receive-webhook',
  'keep-dead-letters',
  'show-numbers',
  'sweep-due-work',
  'write-ledger',
];

describe('what fails is kept', () => {
  const queues = ofType(template, 'AWS::SQS::Queue');
  const queueId = (part: string) => queues.find(([id]) => id.includes(part))?.[0] ?? expect.fail(part);

  it('every target of every rule of events has a dead-letter queue and says how long it is tried', () => {
    const targets = ofType(template, 'AWS::Events::Rule')
      .filter(([, { Properties }]) => !('ScheduleExpression' in Properties))
      .flatMap(([, { Properties }]) => z.array(z.looseObject({})).parse(Properties['Targets']));
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

  it('the queue of the rules lets every rule of events in', () => {
    const rules = ofType(template, 'AWS::Events::Rule')
      .filter(([, { Properties }]) => !('ScheduleExpression' in Properties))
      .map(([id]) => arnOf(id));
    const [, policy] = ofType(template, 'AWS::SQS::QueuePolicy').find(([id]) => id.includes('OfRules')) ?? [];
    const statements = statementsOf(policy?.Properties['PolicyDocument']);
    const admitted = statements.map(({ Condition }) => Condition?.['ArnEquals']);
    expect(admitted).toContainEqual({ 'aws:SourceArn': expect.arrayContaining(rules) });
    // SQS takes no policy with more.
    expect(statements.length).toBeLessThanOrEqual(20);
  });

  it.each(
    functions.map(([id, one]) => [nameOf(one), id]).filter(([name]) => !withoutQueue.includes(String(name))),
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

  it('no role has a wildcard, in an action or in a resource, but for files and for whom it sends email to in the sandbox', () => {
    expect(statements.length).toBeGreaterThan(functions.length);
    expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([]);
    const wide = statements.filter(({ Action, Resource }) =>
      JSON.stringify([Action, Resource]).includes('*'),
    );
    const ofAnObject = /^s3:(?:GetObject|PutObject|AbortMultipartUpload|ListMultipartUploadParts)$/;
    const isOfFiles = (action: string) => ofAnObject.test(action);
    const ofFiles = wide.filter(({ Action }) => Action.every(isOfFiles));
    expect(ofFiles.map(({ Resource }) => JSON.stringify(Resource).match(/[^"]*\*[^"]*/g)).sort()).toEqual([
      ['/drop/*'],
      ['/drop/*'],
      ['/ledger/*'],
      ['/ledger/*'],
      ['/numbers/*'],
      ['/numbers/*'],
      ['/numbers/*'],
      ['/results/*'],
    ]);
    for (const { Action, Resource, Condition } of wide.filter((one) => !ofFiles.includes(one))) {
      expect(Action).toEqual(['ses:SendEmail', 'ses:SendRawEmail']);
      expect(JSON.stringify(Resource).match(/[^"]*\*[^"]*/g)).toEqual([':identity/*']);
      expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': lakeshore.sender.fromAddress } });
    }
  });

  const tableStatements = (name: string) =>
    policies
      .filter(([, one]) => JSON.stringify(one.Properties['Roles']).includes(`"${roleIdOf(name)}"`))
      .flatMap(([, one]) => statementsOf(one.Properties['PolicyDocument']))
      .filter(({ Action }) => Action.some((one) => one.startsWith('dynamodb:')));
  const roleIdOf = (name: string) => {
    const [, lambda] = functions.find(([, one]) => nameOf(one) === name) ?? [];
    return z.object({ 'Fn::GetAtt': z.array(z.string()) }).parse(lambda?.Properties['Role'])['Fn::GetAtt'][0];
  };
  const keysOf = (name: string, action: string) =>
    tableStatements(name)
      .filter(({ Action, Condition }) => Action.includes(action) && Condition !== undefined)
      .flatMap(
        ({ Condition }) =>
          z
            .object({ 'dynamodb:LeadingKeys': z.union([z.string(), z.array(z.string())]) })
            .parse(Condition?.['ForAllValues:StringLike'])['dynamodb:LeadingKeys'],
      );

  // Who counts the numbers reads files only.
  const reaching = functions.map(([, one]) => nameOf(one)).filter((name) => name !== 'count-numbers');
  it.each(reaching)('%s reaches named items of the table only', (name) => {
    const ofTable = tableStatements(name);
    expect(ofTable.length).toBeGreaterThan(0);
    for (const { Resource, Condition } of ofTable) {
      const isIndex = JSON.stringify(Resource).includes('/index/');
      if (!isIndex) expect(Condition).toMatchObject({ 'ForAllValues:StringLike': expect.anything() });
    }
  });

  it('the function that anybody can call writes tasks, lists of a person, opt-outs, that a CRM has a lead, and whether letters go on', () => {
    expect(keysOf('answer-task', 'dynamodb:PutItem').sort()).toEqual([
      ...['address#*', 'campaign#*', 'crm#*', 'day#*', 'place#*', 'task#*'],
    ]);
    expect(keysOf('answer-task', 'dynamodb:UpdateItem')).toEqual([]);
    expect(keysOf('answer-task', 'dynamodb:DeleteItem')).toEqual([]);
    expect(keysOf('answer-task', 'dynamodb:BatchGetItem').sort()).toEqual([
      ...['address#*', 'number#*', 'place#*'],
    ]);
    expect(keysOf('answer-task', 'dynamodb:GetItem').sort()).toEqual([
      'campaign#*',
      'crm#*',
      'customer#*',
      'day#*',
      'feed-refusals#*',
      'feeds',
      'letter#*',
      'look-up#*',
      'roster#*',
      'task#*',
    ]);
  });

  it('who keeps refused events writes nothing else, but for whose they are', () => {
    const written = {
      'refuse-unknown-event': ['refused', 'fact#*', 'feeds', 'feed-refusals#*'],
      'keep-dead-letters': ['refused', 'fact#*'],
    };
    for (const [name, prefixes] of Object.entries(written)) {
      expect(tableStatements(name).flatMap(({ Action }) => Action)).toEqual(['dynamodb:PutItem']);
      expect(keysOf(name, 'dynamodb:PutItem')).toEqual(prefixes);
    }
  });

  it('the roster is written by no function, but for whose mail bounces', () => {
    for (const [, one] of functions) {
      const name = nameOf(one);
      expect(keysOf(name, 'dynamodb:PutItem')).not.toContain('roster#*');
      expect(keysOf(name, 'dynamodb:UpdateItem').includes('roster#*')).toBe(name === 'settle-email');
    }
  });

  it('our functions put events of our own source only, and who reads files those of feeds only', () => {
    const putting = statements.filter(({ Action }) => Action.includes('events:PutEvents'));
    // Who takes posts from the internet puts none: it stores them. Nor does who writes the ledger's files, or reads the numbers.
    expect(putting).toHaveLength(functions.length - 4);
    const ofFeeds = { 'ForAllValues:StringLike': { 'events:source': 'feed.*' } };
    const isOfFeeds = ({ Condition }: (typeof putting)[number]) =>
      JSON.stringify(Condition) === JSON.stringify(ofFeeds);
    expect(putting.filter(isOfFeeds)).toHaveLength(1);
    for (const { Condition } of putting.filter((one) => !isOfFeeds(one)))
      expect(Condition).toEqual({ 'ForAllValues:StringEquals': { 'events:source': 'handoff' } });
  });

  it('the table is never scanned, and only the history and the list of dead letters ever lose an item', () => {
    const actions = new Set(
      statements.flatMap(({ Action }) => Action).filter((one) => one.startsWith('dynamodb:')),
    );
    expect([...actions].sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    const names = functions.map(([, one]) => nameOf(one));
    const deleting = (key: string) =>
      names.filter((name) => keysOf(name, 'dynamodb:DeleteItem').includes(key));
    const lost = new Set(names.flatMap((name) => keysOf(name, 'dynamodb:DeleteItem')));
    expect([...lost].sort()).toEqual(['customer#*', 'fact#*', 'refused', 'vehicle#*']);
    const keepingHistory = ['prepare-first-service', 'follow-dms'];
    expect([deleting('customer#*'), deleting('vehicle#*')]).toEqual([keepingHistory, keepingHistory]);
  });

  it('email is sent by those who deliver an outbox, from one address, under one configuration set', () => {
    const sending = policies.filter(([, one]) => JSON.stringify(one.Properties).includes('ses:SendEmail'));
    expect(sending.map(([id]) => id.replace(/RoleDefaultPolicy.*/, '')).sort()).toEqual(
      functionNames
        .filter((name) => 'CONFIGURATION_SET' in environments[lambdas[name].environment].shape)
        .map(pascalCase)
        .sort(),
    );
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
    // Who takes posts from the internet says nothing on the bus, and neither does who writes the ledger's files or reads the numbers.
    // Who reads files says what a dealer's system would.
    const silent = /^(?:ReceiveWebhook|WriteLedger|ReportWeek|ShowNumbers|ReadFeed)/;
    const ours = roles.filter(([id]) => !silent.test(id)).map(([id]) => arnOf(id));
    const ofFeeds = roles.filter(([id]) => id.startsWith('ReadFeed')).map(([id]) => arnOf(id));
    const principalsOf = ({ Condition }: Statement) =>
      z.object({ 'aws:PrincipalArn': z.array(z.unknown()) }).parse(Condition?.['ArnNotLike'])[
        'aws:PrincipalArn'
      ];

    const senders = lakeshore.eventSenders.map(({ arn }) => arn);

    it('takes events from the named senders', () => {
      expect(statement('AllowNamedSenders')).toMatchObject({
        Effect: 'Allow',
        Principal: { AWS: senders },
        Action: ['events:PutEvents'],
      });
    });

    it('denies every source but our own to everyone but the named senders and who reads files', () => {
      const deny = statement('DenyStrangers');
      expect(deny).toMatchObject({
        ...{ Effect: 'Deny', Principal: '*', Action: ['events:PutEvents'] },
        Condition: { 'ForAnyValue:StringNotEquals': { 'events:source': 'handoff' } },
      });
      const admitted = principalsOf(deny);
      expect(admitted).toHaveLength(1 + senders.length);
      expect(admitted).toEqual(expect.arrayContaining([...ofFeeds, ...senders]));
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
      const root = { arn: 'arn:aws:iam::111122223333:root', sources: ['dms.cdk'] };
      const { template: whole } = synthesize({ ...plain, eventSenders: [root] });
      const policies = JSON.stringify(ofType(whole, 'AWS::Events::EventBusPolicy'));
      expect(policies).toContain('"AWS":["arn:aws:iam::111122223333:root"]');
      expect(policies).toContain('"aws:PrincipalArn":["arn:aws:iam::111122223333:*"');
    });

    const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
    const deniesOf = (eventSenders: GroupSettings['eventSenders']) =>
      ofType(synthesize({ ...plain, eventSenders }).template, 'AWS::Events::EventBusPolicy')
        .map(([, one]) => z.record(z.string(), z.unknown()).parse(one.Properties['Statement']))
        .filter(({ Sid }) => String(Sid).startsWith('DenyOtherSources'));

    it('denies a sender every source that it is not named with; senders with equal sources share a statement', () => {
      const denies = deniesOf([
        { arn: role('cdk'), sources: ['dms.cdk'] },
        { arn: role('files'), sources: ['feed.*', 'dms.tekion'] },
        { arn: role('more-files'), sources: ['dms.tekion', 'feed.*'] },
        { arn: role('operator'), sources: ['*'] },
      ]);
      expect(denies.map(({ Effect, Principal, Condition }) => ({ Effect, Principal, Condition }))).toEqual([
        {
          Effect: 'Deny',
          Principal: '*',
          Condition: {
            ArnLike: { 'aws:PrincipalArn': [role('cdk')] },
            'ForAnyValue:StringNotLike': { 'events:source': ['dms.cdk'] },
          },
        },
        {
          Effect: 'Deny',
          Principal: '*',
          Condition: {
            ArnLike: { 'aws:PrincipalArn': [role('files'), role('more-files')] },
            'ForAnyValue:StringNotLike': { 'events:source': ['dms.tekion', 'feed.*'] },
          },
        },
      ]);
    });

    const many = (count: number, sourcesOf: (at: number) => string[]) =>
      Array.from({ length: count }, (_, at) => ({
        arn: role(`a-dms-adapter-with-a-name-of-sixty-four-characters-and-number-${at}`),
        sources: sourcesOf(at),
      }));

    it('has room for twenty senders with equal sources', () => {
      expect(deniesOf(many(20, () => ['dms.cdk', 'dms.tekion']))).toHaveLength(1);
    });

    it('is refused at synth when EventBridge would not take it', () => {
      const each = (at: number) => [`dms.vendor-${at}`, `files.vendor-${at}`];
      expect(() => synthesize({ ...plain, eventSenders: many(20, each) })).toThrow(
        /The policy of the bus would have \d+ bytes, and EventBridge takes 10240\. Name fewer eventSenders, or give several of them the same sources/,
      );
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

  it('each contract has one rule, and those of customers are heard by one more', () => {
    const handled = rules
      .filter(({ Description }) => !String(Description).includes('receives'))
      .flatMap((rule) => patternOf(rule)?.['detail-type'] ?? [])
      .filter((one) => typeof one === 'string');
    expect(handled.sort()).toEqual(
      [
        'Object Created',
        'feed-file-unfinished',
        ...[...incomingEvents, ...internalEvents].map(({ detailType }) => detailType),
      ].sort(),
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

  it('the archive outlives its stack under a name that the next stack does not need', () => {
    const [[, archive] = expect.fail('no archive')] = ofType(template, 'AWS::Events::Archive');
    expect(archive).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const stackId = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(archive.Properties['ArchiveName']).toEqual({
      'Fn::Join': ['', ['handoff-lakeshore-', { 'Fn::Select': [0, { 'Fn::Split': ['-', stackId] }] }]],
    });
    // The beginning of a stack's id is eight characters long, and a group's name at most 28.
    expect(`handoff-${'a'.repeat(28)}-51af3dc0`.length).toBeLessThanOrEqual(48);
  });

  it('a sweep begins every five minutes and ends before the next', () => {
    expect(rules.filter((rule) => 'ScheduleExpression' in rule)).toEqual([
      expect.objectContaining({ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' }),
      expect.objectContaining({ ScheduleExpression: 'cron(30 9 * * ? *)', State: 'ENABLED' }),
      expect.objectContaining({ ScheduleExpression: 'cron(30 10 ? * MON *)', State: 'ENABLED' }),
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
    const sending = functions.filter(([, one]) =>
      JSON.stringify(one.Properties['Environment']).includes('CONFIGURATION_SET'),
    );
    const longest = Math.max(...sending.map(([, one]) => Number(one.Properties['Timeout'])));
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

  it('is taken over where the group names one: the stack makes none, and roles and functions know its name', () => {
    const { template: taken } = synthesize({ ...plain, table: { name: 'handoffs-restored' } });
    expect(ofType(taken, 'AWS::DynamoDB::GlobalTable')).toEqual([]);
    expect(taken.Outputs['TableName']).toEqual({ Value: 'handoffs-restored' });
    const hasTable = ([, one]: [string, Resource]) => nameOf(one) !== 'count-numbers';
    for (const [, one] of ofType(taken, 'AWS::Lambda::Function').filter(hasTable))
      expect(one.Properties['Environment']).toMatchObject({ Variables: { TABLE_NAME: 'handoffs-restored' } });
    const arns = JSON.stringify(ofType(taken, 'AWS::IAM::Policy'));
    expect(arns).toContain(':table/handoffs-restored"');
    expect(arns).toContain(':table/handoffs-restored/index/due"');
  });

  it('of another stack is taken over with the key of its hashes, so that who said no is found in it', () => {
    const customerKey = 'arn:aws:secretsmanager:us-east-2:111122223333:secret:key-Ab12Cd';
    const { template: taken } = synthesize({ ...plain, table: { name: 'handoffs-kept', customerKey } });
    expect(ofType(taken, 'AWS::SecretsManager::Secret')).toEqual([]);
    expect(taken.Outputs['CustomerKeyArn']).toEqual({ Value: customerKey });
    expect(JSON.stringify(ofType(taken, 'AWS::IAM::Policy'))).toContain(customerKey);
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

  it('comes from an identity that outlives the stack, and that names no configuration set for others', () => {
    const [[, identity] = expect.fail('no identity')] = ofType(template, 'AWS::SES::EmailIdentity');
    expect(identity).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(identity.Properties['ConfigurationSetAttributes']).toBeUndefined();
  });

  it('uses an identity that exists as it is', () => {
    const sender = { ...plain.sender, identity: 'existing' } as const;
    const { template: existing } = synthesize({ ...plain, sender });
    expect(ofType(existing, 'AWS::SES::EmailIdentity')).toEqual([]);
    expect(
      Object.keys(existing.Outputs).filter((name) => name.endsWith('Record') || /Dkim/.test(name)),
    ).toEqual(['DmarcRecord']);
  });

  it('has the records for the DNS as outputs, those of a MAIL FROM domain too', () => {
    const sender = {
      ...plain.sender,
      mailFrom: 'bounce.mail.example.com',
      dmarc: { policy: 'quarantine', reportsTo: 'dmarc@mail.example.com' },
    } as const;
    const { template: aligned } = synthesize({ ...plain, sender });
    expect(theOnly(aligned, 'AWS::SES::EmailIdentity')['MailFromAttributes']).toEqual({
      MailFromDomain: 'bounce.mail.example.com',
    });
    expect(aligned.Outputs['MailFromSpfRecord']).toEqual({
      Value: 'bounce.mail.example.com TXT "v=spf1 include:amazonses.com ~all"',
    });
    expect(JSON.stringify(aligned.Outputs['MailFromMxRecord'])).toContain('MX 10 feedback-smtp.');
    expect(aligned.Outputs['DmarcRecord']).toEqual({
      Value: '_dmarc.mail.example.com TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@mail.example.com"',
    });
    expect(template.Outputs['DmarcRecord']).toEqual({
      Value: '_dmarc.mail.example.com TXT "v=DMARC1; p=none"',
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
    expect(keys.sort()).toEqual([
      'ANY /me/{proxy+}',
      'ANY /s/{proxy+}',
      'ANY /t/{proxy+}',
      'ANY /u/{proxy+}',
    ]);
  });

  it('answer under the generated name in any case, so that a link which was sent before there was a domain works', () => {
    expect(theOnly(template, 'AWS::ApiGatewayV2::Api')['DisableExecuteApiEndpoint']).toBe(false);
    expect(theOnly(template, 'AWS::ApiGatewayV2::DomainName')['DomainName']).toBe('handoff.example.com');
    expect(template.Outputs['LinkOrigin']).toEqual({ Value: 'https://handoff.example.com' });

    const { template: unnamed } = synthesize(plain);
    const [[api] = expect.fail('no API')] = ofType(unnamed, 'AWS::ApiGatewayV2::Api');
    expect(theOnly(unnamed, 'AWS::ApiGatewayV2::Api')['DisableExecuteApiEndpoint']).toBe(false);
    expect(unnamed.Outputs['LinkOrigin']).toEqual({ Value: { 'Fn::GetAtt': [api, 'ApiEndpoint'] } });
  });
});

describe('the domain of links is switched on, changed and switched off again', () => {
  const certificateArn = lakeshore.links.certificateArn;
  const domainsOf = (links: GroupSettings['links']) => {
    const { template: one } = synthesize({ ...plain, links });
    return {
      origin: one.Outputs['LinkOrigin'],
      domains: ofType(one, 'AWS::ApiGatewayV2::DomainName').map(
        ([id, { Properties }]) => [String(Properties['DomainName']), id] as const,
      ),
      mapped: ofType(one, 'AWS::ApiGatewayV2::ApiMapping').length,
    };
  };
  const old = { host: 'old.example.com', certificateArn };
  const on = domainsOf({ origin: 'https://old.example.com', certificateArn });
  const changed = domainsOf({ origin: 'https://new.example.com', certificateArn, alsoAnswers: [old] });
  const off = domainsOf({ alsoAnswers: [old, { host: 'new.example.com', certificateArn }] });

  it('a former host stays the resource that it was: CloudFormation neither replaces nor deletes it', () => {
    expect(on.domains).toHaveLength(1);
    expect(changed.domains).toEqual(expect.arrayContaining(on.domains));
    expect(off.domains).toEqual(expect.arrayContaining(changed.domains));
    expect([on.mapped, changed.mapped, off.mapped]).toEqual([1, 2, 2]);
  });

  it('new links are built on the current host, or on the address of the API', () => {
    expect(on.origin).toEqual({ Value: 'https://old.example.com' });
    expect(changed.origin).toEqual({ Value: 'https://new.example.com' });
    expect(JSON.stringify(off.origin)).toContain('ApiEndpoint');
  });
});

describe('the stack', () => {
  it('is protected from being deleted', () => {
    const stack = new DealerGroupStack(newApp(), {
      group: plain,
      feeds: [],
      code: () => Code.fromInline('// none'),
    });
    expect(stack.terminationProtection).toBe(true);
  });

  it('of one group has no physical name that the stack of another group in the account has', () => {
    const sender = { ...plain.sender, identity: 'existing' } as const;
    const [here, there] = ['lakeshore', 'hillside'].map((name) =>
      physicalNames(synthesize({ ...lakeshore, name, sender, links: undefined }).template),
    );
    expect(here?.length).toBeGreaterThan(functions.length + 30);
    expect(here?.filter((name) => there?.includes(name))).toEqual([]);
  });
});

/** Names that an account and region has once, by the type of resource that they name. */
function physicalNames({ Resources }: SynthesizedTemplate): string[] {
  const named =
    /^(FunctionName|AlarmName|LogGroupName|DashboardName|TableName|QueueName|TopicName|RoleName|ArchiveName|EmailIdentity|DomainName)$/;
  return Object.values(Resources).flatMap(({ Type, Properties }) =>
    Object.entries(Properties)
      .filter(
        ([property]) =>
          named.test(property) || (property === 'Name' && /EventBus$|ConfigurationSet$|Rule$/.test(Type)),
      )
      // What one resource says about another is no name of its own.
      .filter(([, value]) => !/^\{"(Ref|Fn::GetAtt)"/.test(JSON.stringify(value)))
      .map(([, value]) => `${Type} ${JSON.stringify(value)}`),
  );
}

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
      DatapointsToAlarm: 2,
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

  it('a sweep that crashes twice rings: three begin in the time, and none is repeated', () => {
    expect(alarmOf('sweep-crashing')).toMatchObject({
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: idOf('sweep-due-work') } }],
      Threshold: 2,
      Period: 900,
    });
    expect(alarms.map(([, one]) => one.Properties['AlarmName'])).not.toContain(
      'handoff-lakeshore-errors-sweep-due-work',
    );
  });

  it.each([
    ['events-refused', EVENTS_REFUSED_METRIC, 'Sum', 5, 900],
    ['amounts-suspicious', EVENTS_SUSPICIOUS_METRIC, 'Sum', 3, 3600],
    ['emails-given-up', EMAILS_GIVEN_UP_METRIC, 'Sum', 3, 900],
    ['staff-bouncing', STAFF_BOUNCES_METRIC, 'Sum', 3, 3600],
    ['items-near-bound', ITEMS_NEAR_BOUND_METRIC, 'Sum', 1, 3600],
  ] as const)('%s watches the metric that the code records', (name, metric, Statistic, Threshold, Period) => {
    expect(alarmOf(name)).toMatchObject({
      Namespace: 'Handoff/lakeshore',
      MetricName: metric.name,
      Dimensions: [{ Name: 'service', Value: metric.recordedBy }],
      Statistic,
      Threshold,
      Period,
    });
  });

  it('the share of refused events rings where ten came at least', () => {
    const { Metrics, Threshold } = z
      .looseObject({ Metrics: z.array(z.looseObject({})), Threshold: z.number() })
      .parse(alarmOf('events-refused-share'));
    expect(Threshold).toBe(20);
    expect(Metrics).toContainEqual(
      expect.objectContaining({ Expression: 'IF(received >= 10, 100 * refused / received, 0)' }),
    );
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
    expect(ofNoBus).toHaveLength(5);
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

describe('the dashboard', () => {
  const { DashboardBody, DashboardName } = theOnly(template, 'AWS::CloudWatch::Dashboard');
  /** References are quoted in the JSON text: any word will do for them here. */
  const body = z
    .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) })
    .parse(DashboardBody)
    ['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'reference'))
    .join('');
  const { widgets } = z
    .object({
      widgets: z.array(
        z.object({
          type: z.string(),
          x: z.number(),
          y: z.number(),
          width: z.number(),
          properties: z.looseObject({ markdown: z.string().optional(), query: z.string().optional() }),
        }),
      ),
    })
    .parse(JSON.parse(body));

  it('asks six questions, a row each, with numbers beside every one', () => {
    expect(DashboardName).toBe('handoff-lakeshore');
    const questions = widgets.filter(({ type }) => type === 'text');
    expect(questions.map(({ properties }) => properties.markdown?.split('\n')[0])).toEqual([
      '## Do events come in, and are they accepted?',
      '## How do the handoffs of each kind stand?',
      '## How long until somebody accepts?',
      '## What became of the emails?',
      '## Does the sweep keep up?',
      '## What does it cost?',
    ]);
    for (const { y } of questions) {
      const row = widgets.filter((one) => one.y === y);
      expect(row.length).toBeGreaterThan(1);
      expect(row.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(24);
    }
  });

  it('reads the lines that the functions log about each step of a handoff', () => {
    const queries = widgets.flatMap(({ properties }) => properties.query ?? []);
    expect(queries).toHaveLength(2);
    for (const query of queries) {
      expect(query.match(/SOURCE '/g)).toHaveLength(functions.length);
      expect(query).toContain('filter message = "Handoff"');
    }
  });
});

it('operators are told what they need', () => {
  expect(Object.keys(template.Outputs).sort()).toEqual([
    'AlarmTopicArn',
    'ArchiveArn',
    'BusArn',
    'BusName',
    'ConfigurationSet',
    'CustomerKeyArn',
    'DkimRecord1',
    'DkimRecord2',
    'DkimRecord3',
    'DmarcRecord',
    'DropBucket',
    'FunctionDeadLettersUrl',
    'LedgerBucket',
    'LedgerDatabase',
    'LedgerWorkGroup',
    'LinkDomainTarget',
    'LinkOrigin',
    'OptOutHashes',
    'RuleDeadLettersUrl',
    'TableName',
  ]);
});
