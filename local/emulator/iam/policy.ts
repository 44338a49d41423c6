import * as z from 'zod';
import { Problem, parse } from '../problem.ts';
import type { Ask, Context } from './ask.ts';
import { type Condition, compileCondition, isLike, isLikeAnyCase } from './conditions.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const values = z.union([z.string(), z.boolean(), z.number()]).transform(String);
const conditionValues = z.union([values.transform((value) => [value]), z.array(values)]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

export const documentSchema = z.object({
  Version: z.literal('2012-10-17', 'only policies of version 2012-10-17 are played').default('2012-10-17'),
  Statement: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]),
});

/** Services whose permissions are checked here. Nothing here calls the others (logs, keys, traces). */
const judged = ['dynamodb', 's3', 'secretsmanager', 'events', 'ses', 'sqs', 'lambda', 'athena', 'glue'];

export interface Statement {
  isDeny: boolean;
  actions: string[];
  resources: string[];
  conditions: Condition[];
  /** The addresses that it allows sending from. */
  fromAddresses: string[];
}

const concerns = (action: string): boolean =>
  judged.some((service) => isLikeAnyCase(`${service}:`, `${action.split(':')[0]}:`));

function compileStatement(given: unknown, where: string): Statement[] {
  const { Effect, Action, Resource, Condition } = parse(statementSchema, given, where);
  const actions = Action.filter(concerns);
  if (actions.length === 0) return [];
  const variable = Resource.find((resource) => resource.includes('${'));
  if (variable) throw new Problem(`${where}: the local run has no policy variables: ${variable}`);
  const lines = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({ operator, key, wanted })),
  );
  return [
    {
      isDeny: Effect === 'Deny',
      actions,
      resources: Resource,
      conditions: lines.map(({ operator, key, wanted }) => compileCondition(operator, key, wanted, where)),
      fromAddresses: lines.flatMap(({ key, wanted }) =>
        key.toLowerCase() === 'ses:fromaddress' ? wanted : [],
      ),
    },
  ];
}

/** A statement of a resource's own policy, which names its principals. `*`: everybody. */
export interface ResourceStatement extends Statement {
  principals: string[];
}

const principal = z.union([
  z.literal('*').transform((everybody) => [everybody]),
  z.strictObject({ AWS: texts }).transform(({ AWS }) => AWS),
]);

/** Compiles one statement of a resource's own policy. */
export function compileResourceStatement(given: unknown, where: string): ResourceStatement[] {
  const { Principal, ...rest } = parse(z.looseObject({ Principal: principal }), given, where);
  return compileStatement(rest, where).map((statement) => ({ ...statement, principals: Principal }));
}

/** Compiles a policy. An element, operator or key that is not emulated is refused rather than ignored. */
export const compilePolicy = (document: z.infer<typeof documentSchema>, where: string): Statement[] =>
  document.Statement.flatMap((statement) => compileStatement(statement, where));

function applies(
  { actions, resources, conditions }: Statement,
  { action, resource }: Ask,
  context: Context,
): boolean {
  return (
    actions.some((each) => isLikeAnyCase(action, each)) &&
    resources.some((each) => isLike(resource, each)) &&
    conditions.every((condition) => condition(context))
  );
}

export type Verdict = 'allowed' | 'denied' | 'not allowed';

/** A statement that denies overrides all that allow. */
export function judge(statements: Statement[], ask: Ask, context: Context): Verdict {
  const found = statements.filter((statement) => applies(statement, ask, context));
  if (found.some(({ isDeny }) => isDeny)) return 'denied';
  return found.length > 0 ? 'allowed' : 'not allowed';
}
