import * as z from 'zod';
import { arnOf, nameInArn } from '../aws.ts';
import type { Statement } from '../iam/policy.ts';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

/** How Lambda retries asynchronous invocations. */
interface AsyncPolicy {
  retries: number;
  maxAgeSeconds: number;
  onFailureQueueArn?: string;
  deadLetterQueueArn?: string;
}

export interface FunctionSpec {
  id: string;
  name: string;
  arn: string;
  codeDirectory: string;
  handler: string;
  environment: Record<string, string>;
  memoryMb: number;
  timeoutSeconds: number;
  concurrency: number;
  async: AsyncPolicy;
  roleName: string;
  /** The policies of its role. */
  statements: Statement[];
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const count = z.coerce.number();

const functionSchema = z.object({
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string().startsWith('nodejs', 'the local run plays Node.js functions only'),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), scalar).default({}) }).default({ Variables: {} }),
  MemorySize: count.default(128),
  Timeout: count.default(3),
  ReservedConcurrentExecutions: count.optional(),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});

const invokeConfigSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: count.default(2),
  MaximumEventAgeInSeconds: count.default(21_600),
  DestinationConfig: z
    .object({
      OnFailure: z.object({ Destination: z.string() }).optional(),
      OnSuccess: z.undefined('the local run does not play OnSuccess').optional(),
    })
    .default({}),
});

const permissionSchema = z.object({ FunctionName: z.string(), Principal: z.string() });

/** How many run at once at most: enough to show races, few enough for two cores. */
const usualConcurrency = 4;
const environmentLimit = 4096;

function checkEnvironment(id: string, environment: Record<string, string>): void {
  const size = Object.entries(environment).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (size > environmentLimit) {
    throw new Problem(`${id}: its environment has ${size} bytes, Lambda takes ${environmentLimit}`);
  }
}

function asyncPolicy(
  config: z.infer<typeof invokeConfigSchema> | undefined,
  deadLetterQueueArn: string | undefined,
): AsyncPolicy {
  const destination = config?.DestinationConfig.OnFailure?.Destination;
  return {
    retries: config?.MaximumRetryAttempts ?? 2,
    maxAgeSeconds: config?.MaximumEventAgeInSeconds ?? 21_600,
    ...(destination ? { onFailureQueueArn: destination } : {}),
    ...(deadLetterQueueArn ? { deadLetterQueueArn } : {}),
  };
}

export function readFunctions(
  stack: StackReader,
  roles: Map<string, Statement[]>,
  codeDirectory: (objectKey: string) => string,
): FunctionSpec[] {
  const configs = stack.read('AWS::Lambda::EventInvokeConfig', invokeConfigSchema);
  const refused = ['Layers', 'ImageConfig', 'FileSystemConfigs', 'SnapStart'];
  return stack.read('AWS::Lambda::Function', functionSchema, refused).map(({ id, name, props }) => {
    checkEnvironment(id, props.Environment.Variables);
    const roleName = nameInArn(props.Role);
    const statements = roles.get(roleName);
    if (!statements) throw new Problem(`${id}: no role of this stack is ${props.Role}`);
    const config = configs.find((candidate) => nameInArn(candidate.props.FunctionName) === name);
    return {
      id,
      name,
      arn: arnOf.lambda(name),
      codeDirectory: codeDirectory(props.Code.S3Key),
      handler: props.Handler,
      environment: props.Environment.Variables,
      memoryMb: props.MemorySize,
      timeoutSeconds: props.Timeout,
      concurrency: Math.min(usualConcurrency, props.ReservedConcurrentExecutions ?? usualConcurrency),
      async: asyncPolicy(config?.props, props.DeadLetterConfig?.TargetArn),
      roleName,
      statements,
    };
  });
}

/** Which service may invoke which function. Without this permission, AWS refuses to deliver. */
export function readPermissions(stack: StackReader): (principal: string, functionArn: string) => boolean {
  const granted = stack
    .read('AWS::Lambda::Permission', permissionSchema)
    .map(({ props }) => `${props.Principal} ${nameInArn(props.FunctionName)}`);
  return (principal, functionArn) => granted.includes(`${principal} ${nameInArn(functionArn)}`);
}
