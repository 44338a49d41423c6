import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { CfnEventBusPolicy } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EventSenderSettings } from '../group-settings.ts';
import { OWN_SOURCE } from '../routes.ts';
import { type DealerBus, PUT_EVENTS } from './dealer-bus.ts';

type Statement = Readonly<Record<string, unknown>>;
type Statements = readonly (readonly [id: string, statement: Statement])[];

export interface BusPolicyProps {
  readonly bus: DealerBus;
  readonly eventSenders: readonly EventSenderSettings[];
  /** The roles of our own functions. */
  readonly ownRoles: readonly IRole[];
}

/** EventBridge takes no larger policy. */
const MOST_POLICY_BYTES = 10_240;

/** A name that is known only when it is deployed counts for the longest that it can be: the ARN of a role. */
const LONGEST_ARN = 'arn:aws-us-gov:iam::111122223333:role/'.length + 64;

/**
 * Closes the bus to everyone but the named senders and our own functions. Each sender may use the sources that it is
 * named with, and our own source is ours alone. Denies, because an Allow alone would leave the bus open to whoever may
 * put events anywhere in this account.
 */
export class BusPolicy extends Construct {
  constructor(scope: Construct, id: string, { bus, eventSenders, ownRoles }: BusPolicyProps) {
    super(scope, id);
    const ours = ownRoles.map((role) => role.roleArn);
    const statements: Statements = [
      allowSenders(eventSenders),
      denyStrangers(eventSenders, ours),
      denyOurSourceToOthers(ours),
      ...denyOtherSources(eventSenders),
    ].map(([sid, statement]) => [sid, { Sid: sid, Action: PUT_EVENTS, Resource: bus.arn, ...statement }]);
    refuseTooLarge(Stack.of(this).resolve(statements.map(([, statement]) => statement)));
    this.addOneAfterTheOther(bus, statements);
  }

  /** They are written into one document: two at once would be a conflict. */
  private addOneAfterTheOther(bus: DealerBus, statements: Statements): void {
    const policies = statements.map(
      ([statementId, statement]) =>
        new CfnEventBusPolicy(this, statementId, { eventBusName: bus.name, statementId, statement }),
    );
    for (const [at, policy] of policies.entries()) {
      const before = policies[at - 1];
      if (before) policy.addDependency(before);
    }
  }
}

type Senders = readonly EventSenderSettings[];
type Named = readonly [id: string, statement: Statement];

function allowSenders(senders: Senders): Named {
  return ['AllowNamedSenders', { Effect: 'Allow', Principal: { AWS: senders.map(({ arn }) => arn) } }];
}

function denyStrangers(senders: Senders, ours: readonly string[]): Named {
  const known = [...senders.map(({ arn }) => callersOf(arn)), ...ours];
  return ['DenyStrangers', deny({ ArnNotLike: { 'aws:PrincipalArn': known }, ...notAws })];
}

function denyOurSourceToOthers(ours: readonly string[]): Named {
  const condition = {
    ArnNotLike: { 'aws:PrincipalArn': ours },
    'ForAnyValue:StringEquals': { 'events:source': OWN_SOURCE },
    ...notAws,
  };
  return ['DenyOurSourceToOthers', deny(condition)];
}

/** Senders with equal sources share a statement. A call is denied when one of its events has another source. */
function denyOtherSources(senders: Senders): readonly Named[] {
  const lists = Map.groupBy(senders, ({ sources }) => JSON.stringify(sources.toSorted()));
  return [...lists].flatMap(([key, equal]) => {
    const sources = equal[0]?.sources.toSorted() ?? [];
    if (sources.includes('*')) return [];
    const condition = {
      ArnLike: { 'aws:PrincipalArn': equal.map(({ arn }) => callersOf(arn)) },
      'ForAnyValue:StringNotLike': { 'events:source': sources },
    };
    const id = createHash('sha256').update(key).digest('hex').slice(0, 8);
    return [[`DenyOtherSources${id}`, deny(condition)] as const];
  });
}

/** EventBridge itself (a replay of the archive) has no principal ARN, which ArnNotLike takes for a stranger's. */
const notAws = { Bool: { 'aws:PrincipalIsAWSService': 'false' } };

const deny = (condition: Statement): Statement => ({ Effect: 'Deny', Principal: '*', Condition: condition });

/** `…:root` names a whole account, but a caller's own ARN is never that: it is any ARN of the account. */
function callersOf(principal: string): string {
  return principal.replace(/:root$/, ':*');
}

function refuseTooLarge(statements: unknown): void {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements }, (_key, value: unknown) =>
    isReference(value) ? 'x'.repeat(LONGEST_ARN) : value,
  );
  const bytes = Buffer.byteLength(document);
  if (bytes <= MOST_POLICY_BYTES) return;
  throw new Error(
    `The policy of the bus would have ${bytes} bytes, and EventBridge takes ${MOST_POLICY_BYTES}. Name fewer eventSenders, or give several of them the same sources: they share a statement.`,
  );
}

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('Fn::GetAtt' in value || 'Ref' in value);
}
