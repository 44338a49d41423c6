import { type Contract, parseDetail } from '../contracts/contract.ts';
import type { Problem } from '../contracts/limits.ts';
import type { ReadingGroup } from '../customers/reading.ts';
import { readingIn } from '../customers/reading.ts';
import { firstValue, holds, type Mapping, UnknownCode, type Value } from './apply-rule.ts';
import { NotConvertible } from './converters.ts';
import type { FeedRecord } from './record.ts';
import type { Rule, Source } from './source.ts';

/** The result for one record. Only an event is sent; the other three are counted separately, each with its reason. */
export type Mapped =
  | {
      readonly kind: 'event';
      readonly detailType: string;
      readonly detail: Detail;
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'skipped' | 'waiting'; readonly because: string }
  | { readonly kind: 'refused'; readonly detailType?: string; readonly problems: readonly Problem[] };

export type Detail = Readonly<Record<string, unknown>>;

export interface MappingContext extends Mapping {
  readonly group: ReadingGroup;
  readonly storeId: string;
  /** Since when the record has been like this, if it has no instant of its own. */
  readonly stampedAt: string;
  /** The file and the row, so that an event can be traced back to them. */
  readonly correlationId: string;
  readonly contracts: readonly Contract[];
}

export function mapRecord(record: FeedRecord, source: Source, context: MappingContext): Mapped {
  try {
    return mapped(record, source, context);
  } catch (error) {
    if (error instanceof UnknownCode)
      return { kind: 'refused', problems: [{ path: '', message: error.message }] };
    throw error;
  }
}

function mapped(record: FeedRecord, source: Source, context: MappingContext): Mapped {
  const isSo = ({ when }: Pick<Source['facts'][number], 'when'>) => holds(when, { record }, context.codes);
  const skipped = source.skip.find(isSo);
  if (skipped) return { kind: 'skipped', because: skipped.because };
  const waiting = source.wait.find(isSo);
  if (waiting) return { kind: 'waiting', because: waiting.because };
  const fact = source.facts.find(isSo);
  if (!fact) return { kind: 'skipped', because: 'none of the facts of the source' };
  const contract = context.contracts.find(({ detailType }) => detailType === fact.event);
  if (!contract)
    throw new Error(`The source ${source.name} makes ${fact.event}, which no contract describes`);
  return judged(contract, detailOf(record, source, fact.fields, context), context);
}

interface Built {
  readonly detail: Detail;
  readonly problems: readonly Problem[];
}

function detailOf(
  record: FeedRecord,
  { stamp }: Source,
  fields: Readonly<Record<string, readonly Rule[]>>,
  context: MappingContext,
): Built {
  const changedAt: Rule[] = stamp.column === undefined ? [] : [{ from: [stamp.column], as: stamp.as }];
  const envelope = {
    occurredAt: [...changedAt, { value: context.stampedAt }],
    correlationId: [{ value: context.correlationId }],
  };
  return Object.entries({ ...envelope, ...fields }).reduce<Built>(
    ({ detail, problems }, [path, rules]) => {
      const { value, problem } = attempt(path, () => firstValue(rules, { record }, context));
      return {
        detail: value === undefined ? detail : withValue(detail, path.split('.'), value),
        problems: problem ? [...problems, problem] : problems,
      };
    },
    { detail: { version: 1, storeId: context.storeId }, problems: [] },
  );
}

function attempt(path: string, read: () => Value): { readonly value?: Value; readonly problem?: Problem } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof NotConvertible || error instanceof UnknownCode)
      return { problem: { path, message: error.message } };
    throw error;
  }
}

function withValue(object: Detail, [name = '', ...rest]: readonly string[], value: Value): Detail {
  if (rest.length === 0) return { ...object, [name]: value };
  const inner = object[name];
  const known = typeof inner === 'object' && inner !== null ? Object.fromEntries(Object.entries(inner)) : {};
  return { ...object, [name]: withValue(known, rest, value) };
}

/** An unreadable value is a problem if the contract needs the field, otherwise a warning. */
function judged(contract: Contract, { detail, problems }: Built, { group }: MappingContext): Mapped {
  const { detailType } = contract;
  const read = parseDetail(contract, detail, readingIn(group));
  if (read.ok) return { kind: 'event', detailType, detail, warnings: [...problems, ...read.warnings] };
  // To the contract, an unreadable value is missing as well; each fault is reported once.
  const isTold = (path: string) =>
    problems.some((one) => one.path === path || one.path.startsWith(`${path}.`));
  const others = read.problems.filter(({ path }) => !isTold(path));
  return { kind: 'refused', detailType, problems: [...problems, ...others] };
}
