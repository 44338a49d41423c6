import type { Answers } from '../../../bin/preflight/answers.ts';
import { parseGroup } from '../../../functions/group/group-file.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import { samplePeople } from '../roster/people.ts';

export const group = parseGroup({ ...demo, alarmEmail: 'ops@lakeshore.example' });

export const sender = group.eventSenders[0]?.arn ?? '';
const topic = 'arn:aws:sns:us-east-2:111122223333:handoff-lakeshore-Alarms';

/** Recorded answers of an account where everything is as it should be. */
export const good: Answers = {
  now: '2026-11-20T18:00:00.000Z',
  stack: {
    value: {
      StackName: 'handoff-lakeshore',
      CreationTime: new Date('2026-11-01T00:00:00Z'),
      StackStatus: 'UPDATE_COMPLETE',
      Outputs: [{ OutputKey: 'TableName', OutputValue: 'handoff-lakeshore-Items' }],
    },
  },
  sesAccount: {
    value: {
      DedicatedIpAutoWarmupEnabled: true,
      EnforcementStatus: 'HEALTHY',
      ProductionAccessEnabled: true,
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 120 },
      SendingEnabled: true,
      SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    },
  },
  identity: {
    value: {
      IdentityType: 'DOMAIN',
      FeedbackForwardingStatus: false,
      VerifiedForSendingStatus: true,
      DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS', Tokens: ['a', 'b', 'c'] },
      MailFromAttributes: {
        MailFromDomain: 'bounce.lakeshore.example',
        MailFromDomainStatus: 'SUCCESS',
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
    },
  },
  suppressed: {
    value: [
      {
        EmailAddress: 'gone@example.com',
        Reason: 'BOUNCE',
        LastUpdateTime: new Date('2026-11-02T00:00:00Z'),
      },
    ],
  },
  dmarc: { value: ['v=DMARC1; p=none; rua=mailto:dmarc@lakeshore.example'] },
  subscriptions: {
    value: [
      {
        ...{ TopicArn: topic, Protocol: 'email', Owner: '111122223333' },
        ...{ Endpoint: 'ops@lakeshore.example', SubscriptionArn: `${topic}:0ab1` },
      },
    ],
  },
  roster: { value: Map.groupBy(samplePeople, ({ storeId }) => storeId) },
  origin: { value: { status: 404 } },
  senders: new Map(group.eventSenders.map(({ arn }) => [arn, { value: 'there' }])),
  lambda: { value: { AccountLimit: { ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 1_000 } } },
  lastEvents: {
    value: group.stores.map(({ id }) => ({
      source: 'dms.cdk',
      storeId: id,
      heardAt: '2026-11-20T16:00:00.000Z',
    })),
  },
};

/** As the email of the alarms' topic is before it is confirmed. */
export const pending = {
  TopicArn: topic,
  Protocol: 'email',
  Endpoint: 'ops@lakeshore.example',
  SubscriptionArn: 'PendingConfirmation',
};
