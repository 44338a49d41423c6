import * as z from 'zod';
import type { Contract } from '../contracts/contract.ts';
import { bare, inside } from '../contracts/edge.ts';
import type { Problem } from '../contracts/limits.ts';
import { nearest } from '../contracts/nearest.ts';
import { readBy } from '../contracts/problems.ts';
import { openBy } from './absence.ts';
import { columnsOf } from './apply-rule.ts';
import { type Condition, type Rule, type Source, source } from './source.ts';

export type ReadSource =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a source and checks it: its schema, then that the columns, codes and events it refers to exist. */
export function readSource(written: unknown, contracts: readonly Contract[]): ReadSource {
  const read = readBy(source, written);
  if (!read.ok) return read;
  const named = [...namesOf(read.value, contracts)].flatMap(({ path, name, among, what }) => {
    if (among.includes(name)) return [];
    const meant = nearest(name, among);
    const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
    return [{ path, message: `'${name}' is not ${what}${hint}` }];
  });
  const problems = [...named, ...fieldProblems(read.value, contracts), ...absenceProblems(read.value)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, source: read.value };
}

/** An event may have more fields than its contract, but nothing reads them: in a source they are typing errors. */
function fieldProblems({ facts }: Source, contracts: readonly Contract[]): readonly Problem[] {
  return facts.flatMap(({ event, fields }, at) => {
    const schema = contracts.find(({ detailType }) => detailType === event)?.schema;
    if (!schema) return [];
    return Object.entries(fields).flatMap(([field, rules]) =>
      unknownFields(schema, field, rules).map((name) => ({
        path: `facts[${at}].fields.${name}`,
        message: `'${name}' is not a field of ${event}: docs/events.md lists them`,
      })),
    );
  });
}

function unknownFields(schema: z.ZodType, field: string, rules: readonly Rule[]): readonly string[] {
  const names = rules.flatMap((rule) => ('list' in rule ? Object.keys(rule.list) : []));
  const paths = [field, ...names.map((name) => `${field}.${name}`)];
  const unknown = paths.filter((path) => !hasField(schema, path.split('.')));
  return unknown.includes(field) ? [field] : unknown;
}

/** The fields of a list are those of its entries. */
function hasField(schema: z.ZodType, [name, ...further]: readonly string[]): boolean {
  if (name === undefined) return true;
  const whole = bare(schema);
  const one = whole instanceof z.ZodArray ? bare(inside(whole, 0) ?? whole) : whole;
  if (!(one instanceof z.ZodObject)) return true;
  const inner = inside(one, name);
  return inner !== undefined && hasField(inner, further);
}

/** What ends by absence must have been sent by the source before. */
function absenceProblems({ absence, facts }: Source): readonly Problem[] {
  const opening: readonly string[] = absence ? openBy[absence.means] : [];
  if (!absence || facts.some(({ event }) => opening.includes(event))) return [];
  return [{ path: 'absence.means', message: `expected a fact that makes ${opening.join(' or ')}` }];
}

interface Name {
  readonly path: string;
  readonly name: string;
  readonly among: readonly string[];
  readonly what: string;
}

function* namesOf(one: Source, contracts: readonly Contract[]): Generator<Name> {
  const columns = Object.keys(one.columns);
  const codes = Object.keys(one.codes);
  const column = (path: string, name: string): Name => ({
    ...{ path, name, among: columns, what: 'one of its columns' },
  });
  const table = (path: string, name: string): Name => ({
    ...{ path, name, among: codes, what: 'one of its codes' },
  });
  const of = function* (path: string, conditions: readonly Condition[] = []): Generator<Name> {
    for (const condition of conditions) {
      yield column(`${path}.column`, condition.column);
      if (condition.codes !== undefined) yield table(`${path}.codes`, condition.codes);
      if (condition.inCodes !== undefined) yield table(`${path}.inCodes`, condition.inCodes);
    }
  };
  const by = function* (path: string, rule: Rule): Generator<Name> {
    yield* of(`${path}.when`, rule.when);
    for (const name of columnsOf(rule)) yield column(path, name);
    if ('codes' in rule && rule.codes !== undefined) yield table(`${path}.codes`, rule.codes);
    if (!('list' in rule)) return;
    for (const [field, rules] of Object.entries(rule.list))
      for (const inner of [rules].flat()) yield* by(`${path}.list.${field}`, inner);
  };

  yield column('key', one.key);
  for (const name of ['dealer', 'oneRecordOf'] as const) {
    const named = one[name];
    if (named !== undefined) yield column(name, named);
  }
  if (one.stamp.column !== undefined) yield column('stamp.column', one.stamp.column);
  if (one.total) yield* by('total', one.total);
  if (one.trailer) yield* of('trailer.when', one.trailer.when);
  for (const [at, { when }] of one.skip.entries()) yield* of(`skip[${at}].when`, when);
  for (const [at, { when }] of one.wait.entries()) yield* of(`wait[${at}].when`, when);
  for (const [at, { event, when, fields }] of one.facts.entries()) {
    const among = contracts.map(({ detailType }) => detailType);
    yield { path: `facts[${at}].event`, name: event, among, what: 'an event of a contract' };
    yield* of(`facts[${at}].when`, when);
    for (const [field, rules] of Object.entries(fields))
      for (const rule of rules) yield* by(`facts[${at}].fields.${field}`, rule);
  }
}
