import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * DynamoDB's expressions, as far as our adapters use them: comparisons, BETWEEN, AND, OR, brackets,
 * attribute_exists and attribute_not_exists, what a map holds, SET and REMOVE of whole attributes. Everything else is refused, so that
 * an adapter that starts to use more is noticed instead of simulated wrongly.
 */
export type Item = Readonly<Record<string, AttributeValue>>;

export interface Names {
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly values?: Readonly<Record<string, AttributeValue>> | undefined;
}

type Node =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Node[] }
  | { readonly is: 'exists'; readonly path: string; readonly wanted: boolean }
  | { readonly is: 'compare'; readonly operator: string; readonly left: string; readonly right: string }
  | { readonly is: 'between'; readonly path: string; readonly low: string; readonly high: string };

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

export function holds(expression: string, item: Item, given: Names): boolean {
  return evaluate(parsed(expression), item, given);
}

/** The value that the expression demands of a key attribute: `pk = :pk`, alone or as a part of an AND. */
export function demanded(expression: string, attribute: string, given: Names): string {
  const node = parsed(expression);
  const parts = node.is === 'and' ? node.parts : [node];
  for (const part of parts) {
    if (part.is !== 'compare' || part.operator !== '=' || nameOf(part.left, given) !== attribute) continue;
    const value = attributeOf(part.right, {}, given)?.S;
    if (value !== undefined) return value;
  }
  throw new Error(`Not a key condition on '${attribute}': ${expression}`);
}

/** The item after an update expression. */
export function updated(expression: string, item: Item, given: Names): Item {
  const match = /^SET (?<set>.+?)(?: REMOVE (?<remove>.+))?$/.exec(expression);
  if (!match?.groups) throw new Error(`The simulated DynamoDB knows no update such as '${expression}'`);
  const next: Record<string, AttributeValue> = { ...item };
  for (const assignment of match.groups['set']?.split(', ') ?? []) {
    const [path = '', value = ''] = assignment.split(' = ');
    const given_ = attributeOf(value, item, given);
    if (given_ === undefined) throw new Error(`No value for '${value}' in '${expression}'`);
    next[nameOf(path, given)] = given_;
  }
  for (const path of match.groups['remove']?.split(', ') ?? []) delete next[nameOf(path, given)];
  return next;
}

function evaluate(node: Node, item: Item, given: Names): boolean {
  switch (node.is) {
    case 'and':
      return node.parts.every((part) => evaluate(part, item, given));
    case 'or':
      return node.parts.some((part) => evaluate(part, item, given));
    case 'exists':
      return (item[nameOf(node.path, given)] !== undefined) === node.wanted;
    case 'compare':
      return compares(
        node.operator,
        attributeOf(node.left, item, given),
        attributeOf(node.right, item, given),
      );
    case 'between':
      return (
        compares('>=', attributeOf(node.path, item, given), attributeOf(node.low, item, given)) &&
        compares('<=', attributeOf(node.path, item, given), attributeOf(node.high, item, given))
      );
  }
}

/** An attribute that is absent, or of another type, compares with nothing: it only differs. */
function compares(
  operator: string,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (operator === '<>') return !compares('=', left, right);
  if (operator === '=') return left !== undefined && right !== undefined && isSameValue(left, right);
  const order = orderOf(left, right);
  return order !== undefined && (comparisons[operator]?.(order) ?? false);
}

/** By content: the order of a map's attributes, or of a set's members, means nothing. */
export function isSameValue(one: AttributeValue, other: AttributeValue): boolean {
  if (one.N !== undefined && other.N !== undefined) return Number(one.N) === Number(other.N);
  if (one.M && other.M) return isSameMap(one.M, other.M);
  if (one.L && other.L) return isSameList(one.L, other.L);
  for (const [mine, theirs] of [
    [one.SS, other.SS],
    [one.NS, other.NS],
  ]) {
    if (mine && theirs) return mine.length === theirs.length && mine.every((each) => theirs.includes(each));
  }
  return (
    (one.S !== undefined && one.S === other.S) ||
    (one.BOOL !== undefined && one.BOOL === other.BOOL) ||
    (one.NULL !== undefined && one.NULL === other.NULL)
  );
}

function isSameMap(one: Item, other: Item): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => {
      const [mine, theirs] = [one[name], other[name]];
      return mine !== undefined && theirs !== undefined && isSameValue(mine, theirs);
    })
  );
}

function isSameList(one: readonly AttributeValue[], other: readonly AttributeValue[]): boolean {
  return (
    one.length === other.length &&
    one.every((mine, at) => {
      const theirs = other[at];
      return theirs !== undefined && isSameValue(mine, theirs);
    })
  );
}

function orderOf(left: AttributeValue | undefined, right: AttributeValue | undefined): number | undefined {
  if (left?.S !== undefined && right?.S !== undefined) {
    return left.S < right.S ? -1 : Number(left.S > right.S);
  }
  if (left?.N !== undefined && right?.N !== undefined) return Number(left.N) - Number(right.N);
  return undefined;
}

function nameOf(path: string, { names }: Names): string {
  if (!path.startsWith('#')) return path;
  const name = names?.[path];
  if (name === undefined) throw new Error(`No attribute name for '${path}'`);
  return name;
}

function attributeOf(operand: string, item: Item, given: Names): AttributeValue | undefined {
  if (!operand.startsWith(':')) {
    const [name = '', ...inside] = operand.split('.');
    return inside.reduce((at, part) => at?.M?.[part], item[nameOf(name, given)]);
  }
  const value = given.values?.[operand];
  if (value === undefined) throw new Error(`No attribute value for '${operand}'`);
  return value;
}

const known = new Map<string, Node>();

function parsed(expression: string): Node {
  const found = known.get(expression);
  if (found) return found;
  const node = new Parser(expression).parse();
  known.set(expression, node);
  return node;
}

const token = /\s*(<=|>=|<>|[()=<>,]|[#:]?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)/y;

class Parser {
  readonly #text: string;
  readonly #tokens: string[] = [];

  constructor(text: string) {
    this.#text = text;
    token.lastIndex = 0;
    for (let at = 0; at < text.trimEnd().length; at = token.lastIndex) {
      token.lastIndex = at;
      const found = token.exec(text)?.[1];
      if (found === undefined) throw this.#refusal();
      this.#tokens.push(found);
    }
  }

  parse(): Node {
    const node = this.#either();
    if (this.#tokens.length > 0) throw this.#refusal();
    return node;
  }

  #either(): Node {
    const parts = [this.#all()];
    while (this.#take('OR')) parts.push(this.#all());
    return joined('or', parts);
  }

  #all(): Node {
    const parts = [this.#one()];
    while (this.#take('AND')) parts.push(this.#one());
    return joined('and', parts);
  }

  #one(): Node {
    if (this.#take('(')) {
      const inner = this.#either();
      this.#expect(')');
      return inner;
    }
    const left = this.#operand();
    if (this.#take('(')) return this.#exists(left);
    if (this.#take('BETWEEN')) {
      const low = this.#operand();
      this.#expect('AND');
      return { is: 'between', path: left, low, high: this.#operand() };
    }
    const operator = this.#tokens.shift() ?? '';
    if (!(operator in comparisons)) throw this.#refusal();
    return { is: 'compare', operator, left, right: this.#operand() };
  }

  #exists(name: string): Node {
    if (name !== 'attribute_exists' && name !== 'attribute_not_exists') throw this.#refusal();
    const path = this.#operand();
    this.#expect(')');
    return { is: 'exists', path, wanted: name === 'attribute_exists' };
  }

  #operand(): string {
    const found = this.#tokens.shift();
    if (found === undefined || !/^[#:]?[A-Za-z_]/.test(found)) throw this.#refusal();
    return found;
  }

  #take(wanted: string): boolean {
    if (this.#tokens[0] !== wanted) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(wanted: string): void {
    if (!this.#take(wanted)) throw this.#refusal();
  }

  #refusal(): Error {
    return new Error(`The simulated DynamoDB knows no expression such as '${this.#text}'`);
  }
}

function joined(is: 'and' | 'or', parts: readonly [Node, ...Node[]] | Node[]): Node {
  const [first] = parts;
  return parts.length === 1 && first ? first : { is, parts };
}
