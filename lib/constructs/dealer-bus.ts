import { Aws, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { type Archive, EventBus, type IEventBus, Match } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OWN_SOURCE } from '../routes.ts';

export const PUT_EVENTS = 'events:PutEvents';

export interface DealerBusProps {
  readonly groupName: string;
}

/** The dealer group's bus, and the archive of the events that the dealer's systems sent. */
export class DealerBus extends Construct {
  /** As rules take it: CDK's own class doesn't fit its own interface under exactOptionalPropertyTypes. */
  readonly forRules: IEventBus;
  readonly arn: string;
  readonly name: string;
  readonly archive: Archive;
  /** The name as it is written, where a reference can't stand: inside the text of a query. */
  readonly literalName: string;

  constructor(scope: Construct, id: string, props: DealerBusProps) {
    super(scope, id);
    this.literalName = `handoff-${props.groupName}`;
    const bus = new EventBus(this, 'Events', {
      eventBusName: this.literalName,
      description: `Handoffs between Sales and Service of the dealer group ${props.groupName}`,
    });
    const { eventBusArn, eventBusName, eventBusPolicy } = bus;
    this.arn = eventBusArn;
    this.name = eventBusName;
    this.forRules = EventBus.fromEventBusAttributes(this, 'ForRules', {
      eventBusArn,
      eventBusName,
      eventBusPolicy,
    });
    this.archive = bus.archive('Archive', {
      archiveName: archiveNameOf(props.groupName),
      description: 'What the dealer systems sent, for replay. Our own events follow from it and are left out',
      eventPattern: { source: Match.anythingBut(OWN_SOURCE) },
      // A year of business and the month it takes to notice; well under the two years that law allows.
      retention: Duration.days(400),
    });
    this.archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** A function puts events of one source only, or of those that are like it. */
  grantPutOf(grantee: IGrantable, source: string): void {
    const operator = source.includes('*') ? 'StringLike' : 'StringEquals';
    Grant.addToPrincipal({
      grantee,
      actions: [PUT_EVENTS],
      resourceArns: [this.arn],
      conditions: { [`ForAllValues:${operator}`]: { 'events:source': source } },
    });
  }
}

/**
 * The archive outlives its stack, so its name has to differ from that of the next stack of the same group: it ends with
 * the beginning of the stack's own id. With the longest name of a group it has 45 of the 48 characters that AWS takes.
 */
function archiveNameOf(groupName: string): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `handoff-${groupName}-${Fn.select(0, Fn.split('-', stackId))}`;
}
