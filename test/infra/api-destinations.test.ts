import { describe, expect, it } from 'vitest';
import { parseGroup } from '../../functions/group/group-file.ts';
import demo from '../../groups/demo.json' with { type: 'json' };
import { followed, plain } from './group.ts';
import { arnOf, ofType, synthesize, theOnly } from './synthesized.ts';

const { template } = synthesize(followed);
const [destination] = followed.apiDestinations;

describe('a system that follows our events over its JSON API', () => {
  const [[destinationId = ''] = []] = ofType(template, 'AWS::Events::ApiDestination');
  const rule = ofType(template, 'AWS::Events::Rule').find(([, { Properties }]) =>
    JSON.stringify(Properties['Targets']).includes(destinationId),
  );

  it('is called at its address, no faster than it says', () => {
    expect(theOnly(template, 'AWS::Events::ApiDestination')).toMatchObject({
      InvocationEndpoint: destination.url,
      HttpMethod: 'POST',
      InvocationRateLimitPerSecond: 10,
    });
  });

  it('is called with a key that only the secret holds', () => {
    expect(theOnly(template, 'AWS::Events::Connection')).toMatchObject({
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: {
          ApiKeyName: 'x-api-key',
          ApiKeyValue: `{{resolve:secretsmanager:${destination.secretArn}:SecretString:::}}`,
        },
      },
    });
  });

  it('hears what we say ourselves, of the stores that it is for', () => {
    expect(rule?.[1].Properties['EventPattern']).toEqual({
      source: ['handoff'],
      'detail-type': ['handoff-task-created', 'handoff-task-completed'],
      detail: { storeId: ['lakeshore-honda'] },
    });
  });

  it('is tried for a day, and what it did not take is kept apart for 14 days, with an alarm', () => {
    const [[queueId = '', queue] = []] = ofType(template, 'AWS::SQS::Queue').filter(([id]) =>
      id.includes('Undelivered'),
    );
    expect(rule?.[1].Properties['Targets']).toMatchObject([
      {
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: arnOf(queueId) },
      },
    ]);
    expect(queue?.Properties).toMatchObject({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    expect(alarms).toContainEqual(
      expect.objectContaining({ AlarmName: 'handoff-lakeshore-follower-unreachable-crm' }),
    );
  });

  it('is nothing at all where the group’s file names none', () => {
    const { template: without } = synthesize(plain);
    for (const type of ['AWS::Events::ApiDestination', 'AWS::Events::Connection'])
      expect(ofType(without, type)).toEqual([]);
  });
});

describe('apiDestinations of a group’s file', () => {
  const crm = {
    name: 'crm',
    url: 'https://api.crm.example/events',
    secretArn: destination.secretArn,
  };
  const read = (...apiDestinations: readonly object[]) => parseGroup({ ...demo, apiDestinations });

  it('hear of every handoff unless they say otherwise', () => {
    const [one] = read(crm).apiDestinations;
    expect(one?.events).toContain('handoff-task-reopened');
    expect(one?.events).not.toContain('handoff-event-refused');
  });

  it.each([
    ['an address that AWS calls by name only', { url: 'https://10.0.0.7/events' }, 'public host name'],
    ['an address without TLS', { url: 'http://api.crm.example' }, "begins with 'https://'"],
    ['a key instead of a secret', { secretArn: 'sk-12345' }, 'the ARN of a secret'],
    ['a store that does not exist', { stores: ['lakeshore-tesla'] }, 'the id of a store of this file'],
    ['an event that we do not send', { events: ['vehicle-sold'] }, 'expected one of'],
  ])('refuse %s', (_case, change, message) => {
    expect(() => read({ ...crm, ...change })).toThrow(message);
  });

  it('have a name of their own each', () => {
    expect(() => read(crm, crm)).toThrow('crm stands twice');
  });
});
