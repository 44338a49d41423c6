import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Lambda } from '../../functions/lambda.ts';
import { type FunctionName, lambdas } from '../../functions/lambdas.ts';
import type { EnvironmentOf } from '../../functions/runtime/read-environment.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { DealerBus } from './dealer-bus.ts';
import { type Exactly, HandoffFunction, type WhenItFails } from './handoff-function.ts';
import type { HandoffTable } from './handoff-table.ts';
import type { LinksApi } from './links-api.ts';
import type { Mail } from './mail.ts';

export type HandoffFunctions = Readonly<Record<FunctionName, HandoffFunction>>;

export interface HandoffFunctionsProps {
  readonly groupName: string;
  /** The bundled code of each function. */
  readonly code: (name: FunctionName) => Code;
  readonly bus: DealerBus;
  readonly table: HandoffTable;
  readonly mail: Mail;
  readonly links: LinksApi;
  readonly deadLetters: DeadLetters;
}

/** Every function of the registry, with its variables. */
export function handoffFunctions(scope: Construct, props: HandoffFunctionsProps): HandoffFunctions {
  const { groupName, code, bus, table, mail, links, deadLetters } = props;
  const keeping = { TABLE_NAME: table.name, BUS_NAME: bus.name };
  const sending = {
    ...keeping,
    CONFIGURATION_SET: mail.configurationSetName,
    LINK_ORIGIN: links.origin,
  };
  const lambda = <Name extends FunctionName, Given extends EnvironmentOf<Name>>(
    name: Name,
    environment: Exactly<EnvironmentOf<Name>, Given>,
  ) => {
    const whenItFails = failuresOf(lambdas[name], deadLetters);
    return new HandoffFunction(scope, { name, groupName, code: code(name), environment, whenItFails });
  };
  return {
    'introduce-service': lambda('introduce-service', sending),
    'prepare-first-service': lambda('prepare-first-service', sending),
    'review-repair-quote': lambda('review-repair-quote', sending),
    'start-upgrade-conversation': lambda('start-upgrade-conversation', sending),
    'follow-dms': lambda('follow-dms', sending),
    'refuse-unknown-event': lambda('refuse-unknown-event', keeping),
    'answer-task': lambda('answer-task', sending),
    'sweep-due-work': lambda('sweep-due-work', sending),
    'settle-email': lambda('settle-email', sending),
    'keep-dead-letters': lambda('keep-dead-letters', keeping),
  };
}

function failuresOf({ retries }: Lambda, { ofFunctions }: DeadLetters): WhenItFails | undefined {
  if (!retries) return undefined;
  return {
    retryAttempts: retries.attempts,
    maxEventAge: Duration.minutes(retries.withinMinutes),
    ...(retries.thenKept && { deadLetters: ofFunctions }),
  };
}
