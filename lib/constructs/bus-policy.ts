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
  /** The roles of our functions that send events in our own name. */
  readonly ownRoles: readonly IRole[];
  /** The roles of functions that send events as a dealer's system would. */
  readonly feedRoles: readonly IRole[];
}

/** EventBridge's limit for a bus policy. */
const MOST_POLICY_BYTES = 10_240;

/** A token that is resolved on deploy counts with its maximum length, that of a role's ARN. */
const LONGEST_ARN = 'arn:aws-us-gov:iam::111122223333:role/'.length + 64;

/**
 * Restricts the bus to the configured senders and our own functions. Each sender may use only its configured sources,
 * and only our functions may use our own source. Uses Deny, because Allow alone would leave the bus open to every
 * principal in this account with permission to put events.
 */
export class BusPolicy extends Construct {
  constructor(scope: Construct, id: string, { bus, eventSenders, ownRoles, feedRoles }: BusPolicyProps) {
    super(scope, id);
    const arnsOf = (roles: readonly IRole[]) => roles.map((role) => role.roleArn);
    const statements: Statements = [
      allowSenders(eventSenders),
      denyStrangers(eventSenders, arnsOf(feedRoles)),
      denyOurSourceToOthers(arnsOf(ownRoles)),
      ...denyOtherSources(eventSenders),
    ].map(([sid, statement]) => [sid, { Sid: sid, Action: PUT_EVENTS, Resource: bus.arn, ...statement }]);
    refuseTooLarge(Stack.of(this).resolve(statements.map(([, statement]) => statement)));
    this.addOneAfterTheOther(bus, statements);
  }

  /** Statements share one policy document, so concurrent updates would conflict. */
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

/**
 * Denies everybody else every source but our own. That has a statement of its own, so each of our roles is named only
 * once in the policy.
 */
function denyStrangers(senders: Senders, feedRoles: readonly string[]): Named {
  const condition = {
    ArnNotLike: {
      'aws:PrincipalArn': [...senders.map(({ arn }) => callersOf(arn)), ...feedRoles],
    },
    'ForAnyValue:StringNotEquals': { 'events:source': OWN_SOURCE },
    ...notAws,
  };
  return ['DenyStrangers', deny(condition)];
}

function denyOurSourceToOthers(ours: readonly string[]): Named {
  const condition = {
    ArnNotLike: { 'aws:PrincipalArn': ours },
    'ForAnyValue:StringEquals': { 'events:source': OWN_SOURCE },
    ...notAws,
  };
  return ['DenyOurSourceToOthers', deny(condition)];
}

/** Senders with the same sources share a statement. A call is denied if any of its events has another source. */
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

/** EventBridge itself (an archive replay) has no principal ARN, and ArnNotLike would match it. */
const notAws = { Bool: { 'aws:PrincipalIsAWSService': 'false' } };

const deny = (condition: Statement): Statement => ({ Effect: 'Deny', Principal: '*', Condition: condition });

/** `…:root` stands for a whole account, so it is matched as any ARN of that account. */
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
