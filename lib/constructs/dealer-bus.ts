import { Duration } from 'aws-cdk-lib';
import { type Archive, CfnEventBusPolicy, EventBus, type IEventBus, Match } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OWN_SOURCE } from '../routes.ts';

const PUT_EVENTS = 'events:PutEvents';

type Statement = Readonly<Record<string, unknown>>;

export interface DealerBusProps {
  readonly groupName: string;
}

export interface Speakers {
  readonly eventSenders: readonly string[];
  /** The roles of our own functions. */
  readonly ownRoles: readonly IRole[];
}

/** The dealer group's bus: who may put events on it, and the archive of what the dealer's systems said. */
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
      description: 'What the dealer systems sent, for replay. Our own events follow from it and are left out',
      eventPattern: { source: Match.anythingBut(OWN_SOURCE) },
      // A year of business and the month it takes to notice; well under the two years that law allows.
      retention: Duration.days(400),
    });
  }

  grantPut(grantee: IGrantable): void {
    Grant.addToPrincipal({ grantee, actions: [PUT_EVENTS], resourceArns: [this.arn] });
  }

  /**
   * Closes the bus to everyone but the named senders and our own functions, and our own source to everyone but
   * our functions. A Deny, because an Allow alone would leave the door open to whoever may put events anywhere
   * in this account.
   */
  admitOnly({ eventSenders, ownRoles }: Speakers): void {
    const ours = ownRoles.map((role) => role.roleArn);
    this.addStatements({
      ...(eventSenders.length > 0 && {
        AllowNamedSenders: { Effect: 'Allow', Principal: { AWS: eventSenders } },
      }),
      DenyStrangers: deny({
        ArnNotLike: { 'aws:PrincipalArn': [...eventSenders.map(callersOf), ...ours] },
      }),
      DenyOurSourceToOthers: deny({
        ArnNotLike: { 'aws:PrincipalArn': ours },
        'ForAnyValue:StringEquals': { 'events:source': OWN_SOURCE },
      }),
    });
  }

  /** They are written into one document, one after the other: two at once would be a conflict. */
  private addStatements(statements: Readonly<Record<string, Statement>>): void {
    const policies = Object.entries(statements).map(
      ([statementId, statement]) =>
        new CfnEventBusPolicy(this, statementId, {
          eventBusName: this.name,
          statementId,
          statement: { Sid: statementId, Action: PUT_EVENTS, Resource: this.arn, ...statement },
        }),
    );
    for (const [at, policy] of policies.entries()) {
      const before = policies[at - 1];
      if (before) policy.addDependency(before);
    }
  }
}

function deny(condition: Statement): Statement {
  return {
    Effect: 'Deny',
    Principal: '*',
    // EventBridge itself (a replay of the archive) has no principal ARN, which ArnNotLike takes for a stranger's.
    Condition: { ...condition, Bool: { 'aws:PrincipalIsAWSService': 'false' } },
  };
}

/** `…:root` names a whole account, but a caller's own ARN is never that: it is any ARN of the account. */
function callersOf(principal: string): string {
  return principal.replace(/:root$/, ':*');
}
