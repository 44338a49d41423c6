import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlarmSpec, WatchedParts } from '../alarms/spec.ts';
import { whereToLook } from '../alarms/where-to-look.ts';
import { alarmGroups } from '../alarms.ts';
import { pascalCase } from './names.ts';

const CLOUDWATCH = new ServicePrincipal('cloudwatch.amazonaws.com');

export interface AlarmsProps {
  readonly groupName: string;
  readonly email: string | undefined;
  readonly parts: Omit<WatchedParts, 'groupName'>;
}

/** Creates every alarm of the table in lib/alarms.ts, and the topic to which they all go. */
export class Alarms extends Construct {
  readonly topic: Topic;
  private readonly groupName: string;

  constructor(scope: Construct, id: string, { groupName, email, parts }: AlarmsProps) {
    super(scope, id);
    this.groupName = groupName;
    this.topic = this.addTopic();
    if (email !== undefined) this.notifyByEmail(email);
    for (const { specs } of alarmGroups)
      for (const spec of specs) this.addAlarms(spec, { ...parts, groupName });
  }

  private addAlarms(spec: AlarmSpec, parts: WatchedParts): void {
    const metrics = spec.metric(parts, Duration.minutes(spec.minutes));
    if (isMetric(metrics)) {
      this.addAlarm(spec, spec.name, metrics);
      return;
    }
    for (const [which, metric] of Object.entries(metrics))
      this.addAlarm(spec, `${spec.name}-${which}`, metric);
  }

  private addAlarm(spec: AlarmSpec, name: string, metric: IMetric): void {
    const alarm = new Alarm(this, pascalCase(name), {
      alarmName: `handoff-${this.groupName}-${name}`,
      alarmDescription: `${spec.means} Where to look: ${whereToLook(spec.look)} What to do: ${spec.todo}`,
      metric,
      evaluationPeriods: spec.periods,
      ...(spec.datapoints !== undefined && { datapointsToAlarm: spec.datapoints }),
      treatMissingData: spec.silenceRings ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      ...('from' in spec.rings
        ? {
            threshold: spec.rings.from,
            comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          }
        : { threshold: spec.rings.below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD }),
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  private addTopic(): Topic {
    // The topic needs a key of our own, because CloudWatch may not use the one that AWS manages for SNS.
    const key = new Key(this, 'TopicKey', {
      description: `Alarms of the dealer group ${this.groupName}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [CLOUDWATCH],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // In a key's own policy, the resource can only be that key.
        resources: ['*'],
        conditions: ofThisAccount,
      }),
    );
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [CLOUDWATCH],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: ofThisAccount,
      }),
    );
    return topic;
  }

  private notifyByEmail(address: string): void {
    Validations.of(this.topic.addSubscription(new EmailSubscription(address))).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason:
        'The alarm itself stays red when SNS cannot deliver its email; nobody would read that email in a queue.',
    });
  }
}

function isMetric(metrics: ReturnType<AlarmSpec['metric']>): metrics is IMetric {
  return typeof metrics['toMetricConfig'] === 'function';
}
