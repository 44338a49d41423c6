import { nameInArn } from '../aws.ts';
import { judge, type ResourceStatement, type Statement } from '../iam/policy.ts';
import { Problem } from '../problem.ts';
import type { Origins } from './addresses.ts';
import { type ApiDestinationSpec, readApiDestinations } from './api-destinations.ts';
import type { Assembly } from './assembly.ts';
import { type GlueTableSpec, readGlueTables, readWorkGroups, type WorkGroupSpec } from './athena.ts';
import { type BucketSpec, readBuckets } from './buckets.ts';
import { readBusPolicies } from './bus-policies.ts';
import { type FunctionSpec, readFunctions, readPermissions } from './functions.ts';
import { type ApiSpec, type RouteSpec, readApis } from './http-apis.ts';
import { type MailSpec, readMail } from './mail.ts';
import { type MappingSpec, type QueueSpec, readMappings, readQueues } from './queues.ts';
import { readStack, type StackReader } from './reader.ts';
import { readRoles } from './roles.ts';
import { type RuleSpec, readBuses, readRules } from './rules.ts';
import { readSecrets, type SecretSpec } from './secrets.ts';
import { readTables, type TableSpec } from './tables.ts';

/** Everything in the template that is emulated. */
export interface StackModel {
  name: string;
  functions: FunctionSpec[];
  queues: QueueSpec[];
  mappings: MappingSpec[];
  buses: string[];
  busPolicies: ResourceStatement[];
  rules: RuleSpec[];
  apiDestinations: ApiDestinationSpec[];
  tables: TableSpec[];
  buckets: BucketSpec[];
  glueTables: GlueTableSpec[];
  workGroups: WorkGroupSpec[];
  secrets: SecretSpec[];
  apis: ApiSpec[];
  mail: MailSpec;
  outputs: Record<string, string>;
}

interface Reference {
  from: string;
  arn: string | undefined;
}

function queueReferences(model: StackModel): Reference[] {
  return [
    ...model.functions.flatMap(({ id, async: policy }) => [
      { from: id, arn: policy.onFailureQueueArn },
      { from: id, arn: policy.deadLetterQueueArn },
    ]),
    ...model.queues.map(({ id, redrive }) => ({ from: id, arn: redrive?.queueArn })),
    ...model.rules.flatMap(({ id, targets }) =>
      targets.map((target) => ({ from: id, arn: target.deadLetterQueueArn })),
    ),
    ...model.rules.flatMap(({ id, targets }) =>
      targets.filter(({ kind }) => kind === 'sqs').map(({ arn }) => ({ from: id, arn })),
    ),
  ];
}

const routesOf = ({ apis }: StackModel): RouteSpec[] => apis.flatMap(({ routes }) => routes);

function functionReferences(model: StackModel): Reference[] {
  return [
    ...model.rules.flatMap(({ id, targets }) =>
      targets.filter(({ kind }) => kind === 'lambda').map(({ arn }) => ({ from: id, arn })),
    ),
    ...routesOf(model).map(({ key, functionName }) => ({ from: key, arn: functionName })),
    ...model.mappings.map(({ id, functionName }) => ({ from: id, arn: functionName })),
  ];
}

function checkReferences(model: StackModel): void {
  const queues = new Set(model.queues.map(({ arn }) => arn));
  for (const { from, arn } of queueReferences(model)) {
    if (arn && !queues.has(arn)) throw new Problem(`${from}: no queue of this stack is ${arn}`);
  }
  const functions = new Set(model.functions.map(({ name }) => name));
  for (const { from, arn } of functionReferences(model)) {
    if (arn && !functions.has(nameInArn(arn))) {
      throw new Problem(`${from}: no function of this stack is ${arn}`);
    }
  }
  const buckets = new Set(model.buckets.map(({ name }) => name));
  const folders = [
    ...model.glueTables.map(({ id, location }) => ({ id, ...location })),
    ...model.workGroups.map(({ id, results }) => ({ id, ...results })),
  ];
  for (const { id, bucket } of folders) {
    if (!buckets.has(bucket)) throw new Problem(`${id}: no bucket of this stack is ${bucket}`);
  }
  for (const { id, bus } of model.rules) {
    if (!model.buses.includes(bus)) throw new Problem(`${id}: no event bus of this stack is ${bus}`);
  }
}

/** AWS would deploy a rule without this permission, and then never invoke the function. */
function checkPermissions(stack: StackReader, model: StackModel): void {
  const may = readPermissions(stack);
  for (const { id, targets } of model.rules) {
    const refused = targets.find(({ kind, arn }) => kind === 'lambda' && !may('events.amazonaws.com', arn));
    if (refused) throw new Problem(`${id}: EventBridge has no permission to invoke ${refused.arn}`);
  }
  for (const { key, functionName } of routesOf(model)) {
    if (may('apigateway.amazonaws.com', functionName)) continue;
    throw new Problem(`${key}: API Gateway has no permission to invoke ${functionName}`);
  }
}

/** EventBridge calls an API with the role of the rule's target. If the role may not do that, nothing is ever called. */
function checkApiCalls({ rules, apiDestinations }: StackModel, roles: Map<string, Statement[]>): void {
  for (const { id, schedule, targets } of rules) {
    for (const { arn, roleArn = '' } of targets.filter(({ kind }) => kind === 'api')) {
      if (!apiDestinations.some((destination) => destination.arn === arn))
        throw new Problem(`${id}: no API destination of this stack is ${arn}`);
      if (schedule) throw new Problem(`${id}: the local run does not call an API by a schedule`);
      const ask = { action: 'events:InvokeApiDestination', resource: arn };
      if (judge(roles.get(nameInArn(roleArn)) ?? [], ask, {}) !== 'allowed')
        throw new Problem(`${id}: the role of its target does not allow ${ask.action} on ${arn}`);
    }
  }
}

const receiving = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** Lambda reads from and sends to queues with the function's role. AWS refuses to deploy that without the permissions. */
function checkQueueGrants({ functions, mappings }: StackModel): void {
  for (const { id, name, statements, async: policy } of functions) {
    const receives = mappings.filter(({ functionName }) => functionName === name);
    const needed = [
      ...receives.flatMap(({ queueArn }) => receiving.map((action) => ({ action, resource: queueArn }))),
      ...[policy.onFailureQueueArn, policy.deadLetterQueueArn].flatMap((resource) =>
        resource === undefined ? [] : [{ action: 'sqs:SendMessage', resource }],
      ),
    ];
    const missing = needed.find((ask) => judge(statements, ask, {}) !== 'allowed');
    if (missing) throw new Problem(`${id}: its role does not allow ${missing.action} on ${missing.resource}`);
  }
}

/**
 * Adds identities that already exist in the account and are therefore not in the template: the domain of each address
 * from which a role may send.
 */
function withExistingIdentities(mail: MailSpec, functions: FunctionSpec[]): MailSpec {
  if (mail.identities.length > 0) return mail;
  const addresses = functions.flatMap(({ statements }) => statements.flatMap((each) => each.fromAddresses));
  const domains = new Set(addresses.map((address) => address.split('@')[1] ?? address));
  return { ...mail, identities: [...domains].map((name) => ({ name, forwardsFeedback: false })) };
}

export function readModel(assembly: Assembly, origins: Origins): StackModel {
  const stack = readStack(assembly, origins);
  const queues = readQueues(stack);
  const roles = readRoles(stack);
  const functions = readFunctions(stack, roles, assembly.codeDirectory);
  const model: StackModel = {
    name: stack.stackName,
    functions,
    queues,
    mappings: readMappings(stack, queues),
    buses: readBuses(stack),
    busPolicies: readBusPolicies(stack),
    rules: readRules(stack),
    apiDestinations: readApiDestinations(stack),
    tables: readTables(stack),
    buckets: readBuckets(stack),
    glueTables: readGlueTables(stack),
    workGroups: readWorkGroups(stack),
    secrets: readSecrets(stack),
    apis: readApis(stack),
    mail: withExistingIdentities(readMail(stack), functions),
    outputs: stack.outputs(),
  };
  checkReferences(model);
  checkPermissions(stack, model);
  checkApiCalls(model, roles);
  checkQueueGrants(model);
  return model;
}
