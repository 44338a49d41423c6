import type { QuotedQuestion } from './assessment.ts';
import type { FreshFacts } from './fresh-facts.ts';
import { stateOf } from './quote-amounts.ts';

/** What the sheet cannot say, with who at the store can. */
export interface ToFindOut {
  readonly what: string;
  readonly who: string;
}

const sales = 'Sales';
const customer = 'the customer';

/** In the order of the sheet. Nobody guesses at any of it. */
export function toFindOut(
  { quote: { quote, ownership } }: QuotedQuestion,
  facts: FreshFacts,
): readonly ToFindOut[] {
  const { value, equity, warranty, lease, loan, history, replacement } = facts;
  const open = quote.lines.filter((line) => stateOf(line) === 'quoted');
  const isLeased = ownership?.status === 'leased';
  const isOwed = value !== undefined && equity !== undefined && equity.highCents < value.cents;
  const gaps: readonly (readonly [boolean, string, string])[] = [
    [quote.lines.length === 0, 'what the repair is made of', 'the shop'],
    [open.length > 0 && open.every(({ buys }) => buys === undefined), 'what it buys', 'the shop'],
    [replacement === undefined, 'a monthly payment with its term and money down', sales],
    [isWithoutTerms(replacement), 'the term and money down of that payment', sales],
    [true, 'tax, fees, insurance and service of another car', sales],
    [history === undefined, 'service of the last 12 months', 'the service records'],
    [value === undefined, 'the trade-in value', 'the used-car desk'],
    [equity === undefined, 'what is still owed on this car', customer],
    [warranty === undefined, 'when its warranties end', 'the warranty administrator'],
    [isLeased && lease === undefined, 'when the lease ends', customer],
    [isOwed && loan === undefined, 'when the loan ends', customer],
  ];
  return gaps.flatMap(([isUnknown, what, who]) => (isUnknown ? [{ what, who }] : []));
}

const isWithoutTerms = (replacement: FreshFacts['replacement']): boolean =>
  replacement !== undefined &&
  (replacement.termMonths === undefined || replacement.moneyDownCents === undefined);
