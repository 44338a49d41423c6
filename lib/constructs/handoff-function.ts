import { CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Lambda } from '../../functions/lambda.ts';
import { type FunctionName, lambdas } from '../../functions/lambdas.ts';
import type { EnvironmentOf } from '../../functions/runtime/read-environment.ts';
import { pascalCase } from './names.ts';

/**
 * Logs are for troubleshooting, which happens within weeks; the table has the history of a handoff. Short retention
 * keeps as little customer-related data as possible.
 */
export const LOG_RETENTION = RetentionDays.THREE_MONTHS;

/** What happens to an asynchronous invocation that fails. */
export interface WhenItFails {
  readonly retryAttempts: 0 | 1 | 2;
  readonly maxEventAge: Duration;
  /** Omitted if a failed event need not be kept, because the next one triggers the same work. */
  readonly deadLetters?: Queue | undefined;
}

/** Exactly the variables in the function's schema; a missing or extra one does not compile. */
type Exactly<Wanted, Given extends Wanted> = Given & Record<Exclude<keyof Given, keyof Wanted>, never>;

export interface HandoffFunctionProps<Name extends FunctionName, Given extends EnvironmentOf<Name>> {
  readonly name: Name;
  readonly groupName: string;
  readonly code: Code;
  readonly environment: Exactly<EnvironmentOf<Name>, Given>;
  /** Omitted for a function that is never invoked asynchronously. */
  readonly whenItFails?: WhenItFails | undefined;
}

/** One Lambda: a role, a log group and an environment of its own. */
export class HandoffFunction<
  Name extends FunctionName = FunctionName,
  Given extends EnvironmentOf<Name> = EnvironmentOf<Name>,
> extends LambdaFunction {
  readonly name: Name;
  /** The function's own role, which can be granted permissions and named in the bus policy. */
  readonly ownRole: Role;

  constructor(scope: Construct, props: HandoffFunctionProps<Name, Given>) {
    const id = pascalCase(props.name);
    const { description, timeoutSeconds, megabytes = 512 }: Lambda = lambdas[props.name];
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: LOG_RETENTION,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      functionName: `handoff-${props.groupName}-${props.name}`,
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: megabytes,
      timeout: Duration.seconds(timeoutSeconds),
      handler: 'index.handler',
      code: props.code,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: {
        ...props.environment,
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: metricsNamespace(props.groupName),
      },
      ...failureHandling(props.whenItFails),
    });
    this.name = props.name;
    this.ownRole = role;
    dependOnPolicyOnly(this, role);
    acknowledgeFindings(this);
    if (props.whenItFails && !props.whenItFails.deadLetters) acknowledgeNothingKept(this);
  }
}

/** One namespace per dealer group, so that two groups in one account never share metrics. */
export function metricsNamespace(groupName: string): string {
  return `Handoff/${groupName}`;
}

function failureHandling(whenItFails: WhenItFails | undefined) {
  if (!whenItFails) return {};
  const { retryAttempts, maxEventAge, deadLetters } = whenItFails;
  return { retryAttempts, maxEventAge, ...(deadLetters && { onFailure: new SqsDestination(deadLetters) }) };
}

/**
 * Whatever invokes the function (a queue, a failure destination) is checked against its permissions when it is
 * created, so the policy must come first. CDK adds a dependency on the role as well, which the function refers to
 * anyway and linters object to.
 */
function dependOnPolicyOnly(lambda: LambdaFunction, role: Role): void {
  const resource = lambda.node.defaultChild;
  const policy = role.node.findChild('DefaultPolicy').node.defaultChild;
  if (!CfnResource.isCfnResource(resource) || !CfnResource.isCfnResource(policy)) return;
  resource.addOverride('DependsOn', [Stack.of(lambda).getLogicalId(policy)]);
}

function acknowledgeNothingKept(lambda: LambdaFunction): void {
  Validations.of(lambda).acknowledge({
    id: 'Serverless-LambdaAsyncFailureDestination',
    reason:
      'A tick of the clock carries nothing: the next one finds the work of one that failed, and alarms watch its errors. Kept ticks would bury the events of dealers.',
  });
}

function acknowledgeFindings(lambda: LambdaFunction): void {
  Validations.of(lambda).acknowledge(
    {
      id: 'Serverless-LambdaDLQ',
      reason:
        'Failed asynchronous invocations go to the onFailure destination, which carries the error beside the event; a dead-letter queue as well would keep each failure twice. The functions without one are invoked synchronously, poll a queue that keeps what failed, or are called by a clock so often that the next tick finds the work of one that failed.',
    },
    {
      id: 'Serverless-LambdaTracing',
      reason:
        "X-Ray's trace header does not survive archive and replay. The correlation id that travels in every event, item and log line does, and the trace command follows it.",
    },
  );
}
