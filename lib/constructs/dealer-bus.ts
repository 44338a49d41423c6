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
  /** In the form that rules accept: CDK's own class does not fit its own interface under exactOptionalPropertyTypes. */
  readonly forRules: IEventBus;
  readonly arn: string;
  readonly name: string;
  readonly archive: Archive;
  /** The literal name, for use where a reference is impossible: inside the text of a query. */
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
      // A year of business plus a month to notice a problem; well under the two years that the law allows.
      retention: Duration.days(400),
    });
    this.archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  /** Lets a function put events of one source only, or of sources that match a pattern. */
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
 * The archive outlives its stack, so its name must differ from the next stack's archive for the same group: it ends
 * with the beginning of the stack's id. With the longest possible group name it has 45 of the 48 characters that AWS
 * allows.
 */
function archiveNameOf(groupName: string): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `handoff-${groupName}-${Fn.select(0, Fn.split('-', stackId))}`;
}
