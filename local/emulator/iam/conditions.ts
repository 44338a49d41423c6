import { Problem } from '../problem.ts';
import type { Context } from './ask.ts';

/** Tests the values of one key in the request. */
export type Condition = (context: Context) => boolean;

type ValueTest = (value: string, wanted: string) => boolean;

interface Operator {
  test: ValueTest;
  /** True if the value is none of the wanted ones; that includes a missing key. */
  isNegated?: boolean;
}

const pattern = (wildcard: string, flags: string): RegExp =>
  new RegExp(
    `^${wildcard
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    `s${flags}`,
  );

/** Matches `*` and `?` as in policies; they match across the parts of an ARN. */
export const isLike = (value: string, wildcard: string): boolean => pattern(wildcard, '').test(value);
export const isLikeAnyCase = (value: string, wildcard: string): boolean => pattern(wildcard, 'i').test(value);

const equals: ValueTest = (value, wanted) => value === wanted;
const equalsAnyCase: ValueTest = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();

const operators: Record<string, Operator> = {
  StringEquals: { test: equals },
  StringNotEquals: { test: equals, isNegated: true },
  StringEqualsIgnoreCase: { test: equalsAnyCase },
  StringNotEqualsIgnoreCase: { test: equalsAnyCase, isNegated: true },
  StringLike: { test: isLike },
  StringNotLike: { test: isLike, isNegated: true },
  ArnEquals: { test: isLike },
  ArnNotEquals: { test: isLike, isNegated: true },
  ArnLike: { test: isLike },
  ArnNotLike: { test: isLike, isNegated: true },
  Bool: { test: equalsAnyCase },
};

/** The condition keys that requests carry here. A condition on any other key could not be evaluated as AWS does. */
const knownKeys = new Set(
  [
    ...['aws:PrincipalArn', 'aws:RequestedRegion', 'aws:SecureTransport', 'aws:PrincipalIsAWSService'],
    ...['dynamodb:LeadingKeys', 'events:source', 'events:detail-type'],
    ...['s3:prefix', 's3:delimiter', 's3:max-keys', 'secretsmanager:VersionStage'],
    ...['ses:FromAddress', 'ses:Recipients'],
  ].map((key) => key.toLowerCase()),
);

function valuesOf(context: Context, key: string): readonly string[] {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? [];
}

/** Compiles one line of a Condition block: its operator, its key, and its values. */
export function compileCondition(name: string, key: string, wanted: string[], where: string): Condition {
  if (!knownKeys.has(key.toLowerCase())) {
    throw new Problem(`${where}: the local run does not know the condition key ${key}`);
  }
  const policyVariable = wanted.find((value) => value.includes('${'));
  if (policyVariable) throw new Problem(`${where}: the local run has no policy variables: ${policyVariable}`);
  if (name === 'Null') return (context) => (valuesOf(context, key).length === 0) === wanted.includes('true');
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = Object.hasOwn(operators, base) ? operators[base] : undefined;
  if (!operator) throw new Problem(`${where}: the local run does not know the condition operator ${name}`);
  const { test, isNegated = false } = operator;
  const holds = (value: string): boolean => wanted.some((each) => test(value, each)) !== isNegated;
  return (context) => {
    const values = valuesOf(context, key);
    if (set === 'ForAllValues') return values.every(holds);
    if (values.length === 0) return Boolean(ifExists) || (isNegated && set === undefined);
    if (set === 'ForAnyValue') return values.some(holds);
    // Without a set operator, AWS compares only keys with a single value.
    const [value = '', ...others] = values;
    return others.length === 0 && holds(value);
  };
}
