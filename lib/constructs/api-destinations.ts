import { Duration, SecretValue, Validations } from 'aws-cdk-lib';
import { ApiDestination, Authorization, Connection, HttpMethod, Rule } from 'aws-cdk-lib/aws-events';
import { ApiDestination as ToApiDestination } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ApiDestinationSettings } from '../group-settings.ts';
import { OWN_SOURCE } from '../routes.ts';
import type { DealerBus } from './dealer-bus.ts';
import { pascalCase } from './names.ts';

export interface ApiDestinationsProps {
  readonly groupName: string;
  readonly bus: DealerBus;
  readonly destinations: readonly ApiDestinationSettings[];
}

interface NamedQueue {
  readonly name: string;
  readonly queue: Queue;
}

/**
 * Other systems that follow our events, each over its JSON API. Events that one of them has not accepted for a day go
 * to a queue of its own: putting them back on the bus would send them to all the others, too.
 */
export class ApiDestinations extends Construct {
  readonly queues: readonly NamedQueue[];

  constructor(scope: Construct, id: string, { groupName, bus, destinations }: ApiDestinationsProps) {
    super(scope, id);
    this.queues = destinations.map((settings) => this.#add(settings, groupName, bus));
  }

  #add(settings: ApiDestinationSettings, groupName: string, bus: DealerBus): NamedQueue {
    const { name, url, header, secretArn, events, stores, perSecond } = settings;
    const part = new Construct(this, pascalCase(name));
    const connection = new Connection(part, 'Connection', {
      connectionName: `handoff-${groupName}-${name}`,
      authorization: Authorization.apiKey(header, SecretValue.secretsManager(secretArn)),
    });
    const { apiDestinationArn, apiDestinationArnForPolicy } = new ApiDestination(part, 'Destination', {
      apiDestinationName: `handoff-${groupName}-${name}`,
      description: `Follows the handoffs of ${groupName}`,
      connection,
      endpoint: url,
      httpMethod: HttpMethod.POST,
      rateLimitPerSecond: perSecond,
    });
    // In the form that the target accepts: CDK's own class does not fit its own interface under
    // exactOptionalPropertyTypes.
    const forTarget = ApiDestination.fromApiDestinationAttributes(part, 'ForTarget', {
      ...{ apiDestinationArn, connection },
      ...(apiDestinationArnForPolicy === undefined ? {} : { apiDestinationArnForPolicy }),
    });
    const queue = this.#queueOf(part, groupName, name);
    new Rule(part, 'Rule', {
      description: `What ${name} hears of our handoffs`,
      eventBus: bus.forRules,
      eventPattern: {
        source: [OWN_SOURCE],
        detailType: [...events],
        ...(stores ? { detail: { storeId: [...stores] } } : {}),
      },
      targets: [
        new ToApiDestination(forTarget, {
          deadLetterQueue: queue,
          retryAttempts: 185,
          maxEventAge: Duration.hours(24),
        }),
      ],
    });
    return { name, queue };
  }

  #queueOf(scope: Construct, groupName: string, name: string): Queue {
    const queue = new Queue(scope, 'Undelivered', {
      queueName: `handoff-${groupName}-undelivered-${name}`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const reason = 'This queue is itself a dead-letter queue, and an alarm watches what arrives in it.';
    Validations.of(queue).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
    return queue;
  }
}
