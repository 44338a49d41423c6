import { isLeaf, isRecord, type Leaf, type LeafTest, leafOperators, onlyEntry, refuse } from './operators.ts';

/** Whether an event (an object as it is on the bus) matches a rule's pattern. */
export type Matches = (event: unknown) => boolean;

/** Which array elements a value is in: the index of the element, by the number of the array. */
type Membership = ReadonlyMap<number, number>;

/** A value in the event. Its path is the names of its keys joined by dots, as in EventBridge. */
interface Field {
  value: Leaf;
  membership: Membership;
}

type Fields = Map<string, Field[]>;

/** A pattern's condition on one path. */
interface Question {
  path: string;
  tests: LeafTest[];
  orAbsent: boolean;
}

/** All questions of a branch must hold. `$or` gives a pattern several branches. */
type Branch = Map<string, Question>;

/** Flattens an event into fields. Arrays matter only in that values in different elements must not be combined. */
class Flattening {
  readonly fields: Fields = new Map();
  #arrays = 0;

  addObject(object: Record<string, unknown>, prefix: string, membership: Membership): void {
    for (const [key, value] of Object.entries(object)) this.#add(value, `${prefix}${key}`, membership);
  }

  #add(value: unknown, path: string, membership: Membership): void {
    if (isRecord(value)) this.addObject(value, `${path}.`, membership);
    else if (Array.isArray(value)) this.#addArray(value, path, membership);
    else if (isLeaf(value)) this.#addLeaf(value, path, membership);
  }

  #addLeaf(value: Leaf, path: string, membership: Membership): void {
    const fields = this.fields.get(path) ?? [];
    this.fields.set(path, fields);
    fields.push({ value, membership });
  }

  #addArray(array: unknown[], path: string, membership: Membership): void {
    const id = this.#arrays;
    this.#arrays += 1;
    for (const [at, element] of array.entries()) {
      const isInside = typeof element === 'object' && element !== null;
      this.#add(element, path, isInside ? new Map([...membership, [id, at]]) : membership);
    }
  }
}

function fieldsOf(event: unknown): Fields {
  const flattening = new Flattening();
  if (isRecord(event)) flattening.addObject(event, '', new Map());
  return flattening.fields;
}

/** Values from different elements of one array never match together. */
function together(one: Membership, other: Membership): Membership | undefined {
  for (const [array, at] of other) {
    const mine = one.get(array);
    if (mine !== undefined && mine !== at) return undefined;
  }
  return new Map([...one, ...other]);
}

/**
 * Checks questions in the order of their paths: whether a field is absent depends on the elements that earlier
 * questions chose.
 */
function answers(questions: Question[], at: number, fields: Fields, membership: Membership): boolean {
  const question = questions[at];
  if (!question) return true;
  const reachable = (fields.get(question.path) ?? []).flatMap(({ value, membership: own }) => {
    const joined = together(membership, own);
    return joined ? [{ value, joined }] : [];
  });
  if (question.orAbsent && reachable.length === 0) return answers(questions, at + 1, fields, membership);
  return reachable.some(
    ({ value, joined }) =>
      question.tests.some((test) => test(value)) && answers(questions, at + 1, fields, joined),
  );
}

/** One alternative for a path: a test of its value, or that it is absent. */
function alternative(pattern: unknown): LeafTest | 'absent' {
  if (isLeaf(pattern)) return (value) => value === pattern;
  if (!isRecord(pattern)) return refuse('a value or an operator is expected', pattern);
  const [name, argument] = onlyEntry(pattern);
  if (name === 'exists') {
    if (typeof argument !== 'boolean') return refuse('exists needs true or false', pattern);
    return argument ? () => true : 'absent';
  }
  const operator = Object.hasOwn(leafOperators, name) ? leafOperators[name] : undefined;
  if (!operator) return refuse(`the local run does not know the operator ${name}`, pattern);
  return operator(argument);
}

function ask(branches: Branch[], path: string, patterns: unknown[]): Branch[] {
  if (patterns.length === 0) return refuse('an empty list matches nothing', { [path]: patterns });
  const alternatives = patterns.map(alternative);
  const question: Question = {
    path,
    tests: alternatives.filter((each) => each !== 'absent'),
    orAbsent: alternatives.includes('absent'),
  };
  return branches.map((branch) => {
    if (branch.has(path)) return refuse('a path may be asked about once', path);
    return new Map([...branch, [path, question]]);
  });
}

/** Operator names, which EventBridge reserves inside `$or`. */
const reserved = new Set([...Object.keys(leafOperators), 'exists', 'exact', 'cidr']);

interface Place {
  prefix: string;
  isInOr: boolean;
}

function readObject(branches: Branch[], pattern: Record<string, unknown>, place: Place): Branch[] {
  const entries = Object.entries(pattern);
  if (entries.length === 0) return refuse('an empty object is not allowed', pattern);
  return entries.reduce((so, [key, inner]) => readField(so, key, inner, place), branches);
}

function readField(branches: Branch[], key: string, inner: unknown, place: Place): Branch[] {
  if (key === '$or') return readOr(branches, inner, place);
  if (place.isInOr && reserved.has(key)) return refuse(`${key} cannot be a field inside $or`, inner);
  const path = `${place.prefix}${key}`;
  if (Array.isArray(inner)) return ask(branches, path, inner);
  if (!isRecord(inner)) return refuse('a list or an object is expected', { [key]: inner });
  return readObject(branches, inner, { ...place, prefix: `${path}.` });
}

function readOr(branches: Branch[], patterns: unknown, place: Place): Branch[] {
  if (!Array.isArray(patterns) || patterns.length < 2)
    return refuse('$or needs two objects at least', patterns);
  return patterns.flatMap((pattern) =>
    isRecord(pattern)
      ? readObject(branches, pattern, { ...place, isInOr: true })
      : refuse('$or needs objects', pattern),
  );
}

const byPath = (one: Question, other: Question): number => (one.path < other.path ? -1 : 1);

/**
 * Compiles a rule's event pattern, and refuses one that EventBridge would refuse or that this matcher does not know.
 * It matches like EventBridge's own matcher (github.com/aws/event-ruler): on the flattened fields of the event.
 */
export function compilePattern(pattern: Record<string, unknown>): Matches {
  const branches = readObject([new Map()], pattern, { prefix: '', isInOr: false });
  const compiled = branches.map((branch) => [...branch.values()].toSorted(byPath));
  return (event) => {
    const fields = fieldsOf(event);
    return compiled.some((questions) => answers(questions, 0, fields, new Map()));
  };
}
