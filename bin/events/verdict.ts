/** Validates an event offline: whether it would be accepted and, if not, which field is wrong and why. */
import * as z from 'zod';
import { type Contract, OWN_SOURCE, parseDetail } from '../../functions/contracts/contract.ts';
import type { Problem } from '../../functions/contracts/limits.ts';
import { nearest } from '../../functions/contracts/nearest.ts';
import { readBy } from '../../functions/contracts/problems.ts';
import { readingIn } from '../../functions/customers/reading.ts';
import { incomingEvents, suggestDetailType } from '../../functions/events.ts';
import { expectedStores, findStore, type Group, withStores } from '../../functions/group/group.ts';
import { bareDetail, isBareDetail } from '../../local/event-files.ts';
import { fieldsOf } from '../schemas/fields.ts';

interface Verdict {
  readonly detailType: string;
  /** Reasons for which the functions would refuse the event. */
  readonly problems: readonly Problem[];
  /** Suspicious but accepted. */
  readonly warnings: readonly Problem[];
}

const envelope = z.looseObject({
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  detail: z.looseObject({}),
});
type Envelope = z.infer<typeof envelope>;

/** Without a group, store ids are not checked; without `now`, no date counts as being in the future. */
export function judgeEvent(event: unknown, group: Group | undefined, now?: string): Verdict {
  if (isBareDetail(event))
    return { detailType: 'event', problems: [{ path: '', message: bareDetail }], warnings: [] };
  const read = readBy(envelope, event);
  if (!read.ok) return { detailType: detailTypeOf(event), problems: read.problems, warnings: [] };
  const contract = incomingEvents.find(({ detailType }) => detailType === read.value['detail-type']);
  // Check the original detail: the parsed copy drops fields such as __proto__, which must be refused.
  const detail = z.object({ detail: z.unknown() }).parse(event).detail;
  const envelopeProblems = [...sourceProblems(read.value), ...(contract ? [] : [unknownType(read.value)])];
  const verdict = contract ? judgeDetail(contract, detail, { group, now }) : { problems: [], warnings: [] };
  return {
    detailType: read.value['detail-type'],
    problems: [...envelopeProblems, ...verdict.problems],
    warnings: verdict.warnings,
  };
}

function judgeDetail(
  contract: Contract,
  detail: unknown,
  { group, now }: { readonly group: Group | undefined; readonly now: string | undefined },
): Omit<Verdict, 'detailType'> {
  const hints = mistypedNames(contract, detail);
  const parsed = parseDetail(contract, detail, { ...(group && readingIn(group)), now });
  if (!parsed.ok) {
    const problems = parsed.problems.map((problem) => (group ? withStores(problem, group) : problem));
    return { problems, warnings: [...parsed.warnings, ...hints] };
  }
  return { problems: group ? storeProblems(detail, group) : [], warnings: [...parsed.warnings, ...hints] };
}

/** Problems that depend only on the clock: later, the same event would be accepted. */
export function problemsAhead(event: unknown, group: Group | undefined, now: string): Problem[] {
  const always = new Set(judgeEvent(event, group).problems.map(({ path }) => path));
  return judgeEvent(event, group, now).problems.filter(({ path }) => !always.has(path));
}

function detailTypeOf(event: unknown): string {
  const read = z.object({ 'detail-type': z.string() }).safeParse(event);
  return read.success ? read.data['detail-type'] : 'event';
}

function sourceProblems({ source }: Envelope): Problem[] {
  const expected = "expected a source of your own such as 'dms.tekion'";
  if (source === OWN_SOURCE)
    return [{ path: 'source', message: `${expected}: this software's own is refused` }];
  // EventBridge reserves these for AWS and refuses the entry.
  if (/^aws\./i.test(source)) return [{ path: 'source', message: `${expected}: 'aws.' is Amazon's` }];
  return [];
}

function unknownType(event: Envelope): Problem {
  const known = incomingEvents.map(({ detailType }) => detailType).join(', ');
  const meant = suggestDetailType(event['detail-type'], event.detail);
  const message = meant ? `is not known; did you mean '${meant}'?` : `is not known; expected one of ${known}`;
  return { path: 'detail-type', message };
}

const storesNamed = z.looseObject({
  storeId: z.string(),
  circumstances: z.looseObject({ openDealAtStores: z.array(z.string()).default([]) }).optional(),
});

function storeProblems(detail: unknown, group: Group): Problem[] {
  const { storeId, circumstances } = storesNamed.parse(detail);
  const named: [path: string, id: string][] = [
    ['storeId', storeId],
    ...(circumstances?.openDealAtStores ?? []).map((id, at): [string, string] => [
      `circumstances.openDealAtStores[${at}]`,
      id,
    ]),
  ];
  return named
    .filter(([, id]) => findStore(group, id) === undefined)
    .map(([path, id]) => ({
      path,
      message: `'${id}' is not a store of the group '${group.name}': ${expectedStores(group)}`,
    }));
}

/** Extra fields are ignored, but one that resembles a field of the contract is probably a typing error. */
function mistypedNames(contract: Contract, detail: unknown): Problem[] {
  const known = fieldsOf(contract.schema).map(({ path }) => path);
  return [...namesIn(detail, '', '')].flatMap(({ path, general }) => {
    const parent = general.slice(0, general.lastIndexOf('.') + 1);
    const siblings = known.filter((one) => one.startsWith(parent) && !/[.[]/.test(one.slice(parent.length)));
    if (known.includes(general) || siblings.length === 0) return [];
    const meant = nearest(
      general.slice(parent.length),
      siblings.map((one) => one.slice(parent.length)),
    );
    return meant ? [{ path, message: `is kept but never read; did you mean '${meant}'?` }] : [];
  });
}

/** Fields below an unknown field are not checked. */
const DEEPEST = 4;

function* namesIn(
  value: unknown,
  path: string,
  general: string,
  depth = 1,
): Generator<{ path: string; general: string }> {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  for (const [key, child] of Object.entries(value)) {
    const at = Array.isArray(value)
      ? { path: `${path}[${key}]`, general: `${general}[]` }
      : { path: path === '' ? key : `${path}.${key}`, general: general === '' ? key : `${general}.${key}` };
    if (!Array.isArray(value)) yield at;
    yield* namesIn(child, at.path, at.general, depth + 1);
  }
}
