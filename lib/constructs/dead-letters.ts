import { Duration, Lazy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * Two queues, because an event can fail in two places: on its way to a function (the rule's target) and in the function
 * (after three tries of the asynchronous invocation). keep-dead-letters moves both into the table.
 */
export class DeadLetters extends Construct {
  readonly ofRules: Queue;
  readonly ofFunctions: Queue;
  /** The first queue in the form that rules' targets use: a reference, so that the CDK adds no statement for each rule. */
  readonly forTargets: IQueue;
  readonly #rules: string[] = [];

  constructor(scope: Construct, id: string, props: { readonly keeperTimeout: Duration }) {
    super(scope, id);
    this.ofRules = endOfTheLine(this, 'OfRules', props.keeperTimeout);
    this.ofFunctions = endOfTheLine(this, 'OfFunctions', props.keeperTimeout);
    this.forTargets = Queue.fromQueueAttributes(this, 'ForTargets', { queueArn: this.ofRules.queueArn });
    // SQS allows at most 20 statements, and there are more rules, so they share one.
    this.ofRules.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowEventRules',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.ofRules.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': Lazy.list({ produce: () => this.#rules }) } },
      }),
    );
  }

  /** Lets a rule send the events that it cannot deliver. */
  admit(ruleArn: string): void {
    this.#rules.push(ruleArn);
  }

  keptBy(keeper: IFunction): void {
    for (const queue of [this.ofRules, this.ofFunctions]) {
      keeper.addEventSource(new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }));
    }
    Validations.of(keeper).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason:
        'What could not be kept goes back to the queue that it came from and is tried again; SQS offers no other destination.',
    });
  }
}

function endOfTheLine(scope: Construct, id: string, keeperTimeout: Duration): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    // AWS's advice for a queue that Lambda polls: six times the function's timeout.
    visibilityTimeout: Duration.seconds(keeperTimeout.toSeconds() * 6),
  });
  const reason =
    'This queue is itself a dead-letter queue, of rule targets or of failed invocations. What keep-dead-letters cannot store stays in it and is tried again until it can, and alarms watch its age.';
  Validations.of(queue).acknowledge(
    { id: 'AwsSolutions-SQS3', reason },
    { id: 'Serverless-SQSRedrivePolicy', reason },
  );
  return queue;
}
