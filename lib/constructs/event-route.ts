import { type Duration, Validations } from 'aws-cdk-lib';
import { type EventPattern, type IEventBus, Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { DeadLetters } from './dead-letters.ts';

export interface EventRouteProps {
  readonly description: string;
  /** Events of one kind on a bus, or the ticks of a schedule. */
  readonly when:
    | { readonly bus: IEventBus; readonly pattern: EventPattern }
    | { readonly schedule: Schedule };
  readonly to: IFunction;
  readonly whenUndelivered: {
    readonly retryAttempts: number;
    readonly maxEventAge: Duration;
    readonly deadLetters?: DeadLetters | undefined;
  };
}

/** Sends events of one kind to one function, and to the dead letters if they cannot be delivered. */
export class EventRoute extends Construct {
  readonly ruleName: string;

  constructor(scope: Construct, id: string, { description, when, to, whenUndelivered }: EventRouteProps) {
    super(scope, id);
    const { deadLetters, ...retries } = whenUndelivered;
    const rule = new Rule(this, 'Rule', {
      description,
      ...('schedule' in when
        ? { schedule: when.schedule }
        : { eventBus: when.bus, eventPattern: when.pattern }),
      targets: [
        new LambdaFunction(to, {
          ...(deadLetters && { deadLetterQueue: deadLetters.forTargets }),
          ...retries,
        }),
      ],
    });
    this.ruleName = rule.ruleName;
    if (deadLetters) deadLetters.admit(rule.ruleArn);
    else acknowledgeNothingKept(rule);
  }
}

function acknowledgeNothingKept(rule: Rule): void {
  Validations.of(rule).acknowledge({
    id: 'Serverless-EventBusDLQ',
    reason:
      'A tick of the clock carries nothing: the next one asks for the same work, and alarms ring when none is delivered.',
  });
}
