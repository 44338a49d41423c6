import { account, region } from '../aws.ts';
import { Problem } from '../problem.ts';

/** Looks up other parts of the stack for intrinsic functions. */
export interface Lookup {
  ref(id: string): unknown;
  attribute(id: string, name: string): unknown;
  condition(name: string): boolean;
  stackName: string;
}

const noValue = Symbol('AWS::NoValue');
type Resolve = (value: unknown) => unknown;
type Intrinsic = (argument: unknown, resolve: Resolve, lookup: Lookup) => unknown;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Problem(`${where} needs a string, not ${JSON.stringify(value)}`);
}

function list(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Problem(`${where} needs a list, not ${JSON.stringify(value)}`);
}

const pseudo = new Map<string, (lookup: Lookup) => unknown>([
  ['AWS::Region', () => region],
  ['AWS::AccountId', () => account],
  ['AWS::Partition', () => 'aws'],
  ['AWS::URLSuffix', () => 'amazonaws.com'],
  ['AWS::StackName', (lookup) => lookup.stackName],
  ['AWS::StackId', (lookup) => `arn:aws:cloudformation:${region}:${account}:stack/${lookup.stackName}/local`],
  ['AWS::NotificationARNs', () => []],
  ['AWS::NoValue', () => noValue],
]);

function ref(name: string, lookup: Lookup): unknown {
  const builtIn = pseudo.get(name);
  if (builtIn) return builtIn(lookup);
  if (name.startsWith('AWS::')) throw new Problem(`unknown pseudo parameter ${name}`);
  return lookup.ref(name);
}

function attribute(argument: unknown, resolve: Resolve, lookup: Lookup): unknown {
  if (typeof argument === 'string') {
    const [id = '', ...rest] = argument.split('.');
    return lookup.attribute(id, rest.join('.'));
  }
  const [id, name] = list(argument, 'Fn::GetAtt');
  return lookup.attribute(text(id, 'Fn::GetAtt'), text(resolve(name), 'Fn::GetAtt'));
}

function substitute(argument: unknown, resolve: Resolve, lookup: Lookup): string {
  const [template, own] = Array.isArray(argument) ? argument : [argument, {}];
  const names = isRecord(own) ? own : {};
  return text(template, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in names) return text(resolve(names[name]), `Fn::Sub ${name}`);
    const value = name.includes('.') ? attribute(name, resolve, lookup) : ref(name, lookup);
    return text(value, `Fn::Sub ${name}`);
  });
}

const intrinsics: Record<string, Intrinsic> = {
  Ref: (argument, _resolve, lookup) => ref(text(argument, 'Ref'), lookup),
  'Fn::GetAtt': attribute,
  'Fn::Sub': substitute,
  'Fn::Join': (argument, resolve) => {
    const [separator, parts] = list(argument, 'Fn::Join');
    const resolved = list(resolve(parts), 'Fn::Join');
    return resolved.map((part) => text(part, 'Fn::Join')).join(text(separator, 'Fn::Join'));
  },
  'Fn::Select': (argument, resolve) => {
    const [index, from] = list(resolve(argument), 'Fn::Select');
    const chosen = list(from, 'Fn::Select')[Number(index)];
    if (chosen === undefined) throw new Problem(`Fn::Select ${JSON.stringify(argument)} selects nothing`);
    return chosen;
  },
  'Fn::Split': (argument, resolve) => {
    const [separator, whole] = list(resolve(argument), 'Fn::Split');
    return text(whole, 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::If': (argument, resolve, lookup) => {
    const [name, yes, no] = list(argument, 'Fn::If');
    return resolve(lookup.condition(text(name, 'Fn::If')) ? yes : no);
  },
  'Fn::Equals': (argument, resolve) => {
    const [left, right] = list(resolve(argument), 'Fn::Equals');
    return left === right;
  },
  'Fn::Not': (argument, resolve) => list(resolve(argument), 'Fn::Not')[0] !== true,
  'Fn::And': (argument, resolve) => list(resolve(argument), 'Fn::And').every((part) => part === true),
  'Fn::Or': (argument, resolve) => list(resolve(argument), 'Fn::Or').some((part) => part === true),
};

function intrinsicOf(value: Record<string, unknown>): [string, unknown] | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  return entry[0] === 'Ref' || entry[0].startsWith('Fn::') ? entry : undefined;
}

function resolveRecord(value: Record<string, unknown>, resolve: Resolve): Record<string, unknown> {
  const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== noValue));
}

/** Evaluates every CloudFormation function in a value; an unknown one is refused by name. */
export function resolve(value: unknown, lookup: Lookup): unknown {
  const again: Resolve = (inner) => resolve(inner, lookup);
  if (Array.isArray(value)) return value.map(again).filter((inner) => inner !== noValue);
  if (!isRecord(value)) return value;
  const call = intrinsicOf(value);
  if (!call) return resolveRecord(value, again);
  const intrinsic = intrinsics[call[0]];
  if (!intrinsic) throw new Problem(`the template uses ${call[0]}, which the local run does not know`);
  return intrinsic(call[1], again, lookup);
}

/** Evaluates a condition: the same functions, and references to other conditions. */
export function evaluateCondition(value: unknown, lookup: Lookup): boolean {
  if (isRecord(value) && typeof value['Condition'] === 'string') return lookup.condition(value['Condition']);
  if (isRecord(value)) {
    const call = intrinsicOf(value);
    if (call && ['Fn::Not', 'Fn::And', 'Fn::Or'].includes(call[0]) && Array.isArray(call[1])) {
      const parts = call[1].map((part) => evaluateCondition(part, lookup));
      return resolve({ [call[0]]: parts }, lookup) === true;
    }
  }
  return resolve(value, lookup) === true;
}
