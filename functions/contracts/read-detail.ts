import type * as z from 'zod';
import { edgeOf, inside, isList, marksOf, mayBeLeftOut } from './edge.ts';
import type { Problem } from './limits.ts';
import { type Found, findProblems, onePerPath, pathText } from './problems.ts';
import { meant } from './read-at-the-edge.ts';
import { type OddFact, type Warning, warning } from './warnings.ts';

/** A finding of a contract's own check of a whole fact. `wrong` is treated like a value that the schema refuses. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly code: OddFact;
  readonly is: 'odd' | 'wrong';
  /** What the value may be instead. Never the value itself. */
  readonly because?: string;
}

export type DetailRead<T> =
  | { readonly ok: true; readonly fact: T; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly Warning[] };

/** Replaces placeholders, so that none of them stands for a person or a car any more. */
type Identify = (detail: unknown) => {
  readonly detail: unknown;
  readonly warnings: readonly Warning[];
};

/** What the reader's dealer group knows. */
export interface Reading {
  readonly identify: Identify;
  /** The amount from which a repair is high at a store. */
  readonly repairMinimumCents: (storeId: string) => number | undefined;
  /** Without it, dates that must not be in the future are not checked. */
  readonly now?: string | undefined;
}

interface Reader<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly examine: (fact: z.infer<Schema>) => readonly Finding[];
  readonly identify?: Identify | undefined;
}

/**
 * More than a detail has levels: each round repairs all problems that it finds, and the next round checks the level
 * above.
 */
const ROUNDS = 15;

/**
 * Reads a detail by its schema. A wrong value that the handoff can do without is left out with a warning, and the
 * detail is read again; any other wrong value is a problem.
 */
export function readDetail<Schema extends z.ZodType>(
  reader: Reader<Schema>,
  detail: unknown,
): DetailRead<z.infer<Schema>> {
  const warnings: Warning[] = [];
  const before: Found[] = [];
  const written = meant(reader.schema, detail, warnings) ?? detail;
  const identified = reader.identify?.(written) ?? { detail: written, warnings: [] };
  warnings.push(...identified.warnings);
  let current = identified.detail;
  for (let round = 0; round < ROUNDS; round += 1) {
    const read = judge(reader, current);
    if (read.ok) return { ok: true, fact: read.fact, warnings: onePerPath([...warnings, ...read.warnings]) };
    const repairs = read.found.map((found) => repairOf(reader.schema, current, found));
    const problems = read.found.filter((_, at) => repairs[at] === undefined);
    if (problems.length > 0) return { ok: false, problems: inDetail(problems, before), warnings };
    const made = repairs.filter((repair) => repair !== undefined);
    warnings.push(...made.flatMap(({ tells }) => tells ?? []));
    before.push(...read.found);
    current = repaired(current, new Map(made.map(({ path, value }) => [pathText(path), value])));
  }
  return { ok: false, problems: onePerPath(before.map(({ problem }) => problem)), warnings };
}

function judge<Schema extends z.ZodType>({ schema, examine }: Reader<Schema>, value: unknown) {
  const read = findProblems(schema, value);
  if (!read.ok) return read;
  const findings = examine(read.value);
  const wrong = findings.filter((finding) => finding.is === 'wrong').map(foundWrong);
  if (wrong.length > 0) return { ok: false as const, found: wrong };
  const odd = findings.map(({ path, code }) => warning(pathText(path), code));
  return { ok: true as const, fact: read.value, warnings: odd };
}

const foundWrong = ({ path, code, because }: Finding): Found => ({
  path,
  problem: warning(pathText(path), code, because),
});

/** For a list that lost every entry, reports what was wrong with the entries, not that the list is missing. */
function inDetail(problems: readonly Found[], before: readonly Found[]): Problem[] {
  const named = problems.flatMap((found) => {
    const inside = before.filter(
      ({ path }) => path.length > found.path.length && startsWith(path, found.path),
    );
    return inside.length > 0 ? inside : [found];
  });
  return onePerPath(named.map(({ problem }) => problem));
}

const startsWith = (path: readonly PropertyKey[], start: readonly PropertyKey[]) =>
  start.every((part, at) => path[at] === part);

interface Repair {
  readonly path: readonly PropertyKey[];
  /** The replacement; if undefined, the field is left out. */
  readonly value: unknown;
  readonly tells?: Warning;
}

function repairOf(schema: z.ZodType, detail: unknown, found: Found): Repair | undefined {
  return cut(schema, detail, found) ?? leaveOut(schema, detail, found);
}

/** Cuts a text or list that is too long and keeps its beginning. */
function cut(schema: z.ZodType, detail: unknown, { path, atMost }: Found): Repair | undefined {
  const place = placesAlong(schema, detail, path).at(-1);
  if (atMost === undefined || place?.path.length !== path.length) return undefined;
  const { value } = place;
  const { isCut, inPlaceOf } = edgeOf(place.schema);
  const tells = (code: OddFact) => warning(pathText(path), code);
  if (typeof value === 'string') {
    return isCut ? { path, value: beginning(value, atMost), tells: tells('text-cut') } : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const kept = value.slice(0, inPlaceOf ? atMost - 1 : atMost);
  const rest = inPlaceOf ? [inPlaceOf(value.slice(kept.length))] : [];
  return { path, value: [...kept, ...rest], tells: tells('list-cut') };
}

/** Leaves out the innermost place around the problem that the event can do without. */
function leaveOut(schema: z.ZodType, detail: unknown, { path, problem }: Found): Repair | undefined {
  const place = placesAlong(schema, detail, path).findLast(({ isOptional }) => isOptional);
  if (!place) return undefined;
  const at = pathText(place.path);
  const { ifWrong } = marksOf(place.schema);
  if (ifWrong !== undefined)
    return { path: place.path, value: ifWrong, tells: warning(at, 'read-carefully') };
  const reason = problem.path === at ? problem.message : `${problem.path}: ${problem.message}`;
  return { path: place.path, value: undefined, tells: warning(at, 'left-out', reason) };
}

interface Place {
  readonly path: readonly PropertyKey[];
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly isOptional: boolean;
}

/** The places on the way from the detail to a path, as far as both the schema and the detail go. */
function placesAlong(schema: z.ZodType, detail: unknown, path: readonly PropertyKey[]): Place[] {
  const [at, ...further] = path;
  const child = at === undefined ? undefined : inside(schema, at);
  const value = at === undefined ? undefined : valueAt(detail, at);
  if (at === undefined || !child || value === undefined) return [];
  const isOptional = isList(schema) || (mayBeLeftOut(child) && marksOf(child).importance === undefined);
  const below = placesAlong(child, value, further).map((place) => ({ ...place, path: [at, ...place.path] }));
  return [{ path: [at], schema: child, value, isOptional }, ...below];
}

function valueAt(value: unknown, at: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === String(at))?.[1];
}

function repaired(
  value: unknown,
  repairs: ReadonlyMap<string, unknown>,
  path: readonly PropertyKey[] = [],
): unknown {
  const here = pathText(path);
  if (path.length > 0 && repairs.has(here)) return repairs.get(here);
  if (Array.isArray(value)) {
    const kept = value
      .map((entry, at) => repaired(entry, repairs, [...path, at]))
      .filter((entry) => entry !== undefined);
    // The field is left out: an empty list would say that there are none, which nobody said.
    return value.length > 0 && kept.length === 0 ? undefined : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    repaired(field, repairs, [...path, name]),
  ]);
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

/** Cuts by characters, so that no character is cut in half. */
const beginning = (text: string, most: number): string =>
  `${[...text.trim()]
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
