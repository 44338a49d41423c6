import type { QuotedQuestion } from './assessment.ts';
import type { FreshFacts } from './fresh-facts.ts';
import { stateOf } from './quote-amounts.ts';

/** A fact that the sheet is missing. It is never guessed: somebody at the store, or the customer, can tell. */
export type Gap =
  | 'work'
  | 'what it buys'
  | 'payment'
  | 'terms of the payment'
  | 'costs of another car'
  | 'service history'
  | 'trade-in value'
  | 'what is owed'
  | 'warranty'
  | 'lease'
  | 'loan';

/** In the order of the sheet. */
export function toFindOut(
  { quote: { quote, ownership } }: QuotedQuestion,
  facts: FreshFacts,
): readonly Gap[] {
  const { value, equity, warranty, lease, loan, history, replacement } = facts;
  const open = quote.lines.filter((line) => stateOf(line) === 'quoted');
  const isLeased = ownership?.status === 'leased';
  const isOwed = value !== undefined && equity !== undefined && equity.highCents < value.cents;
  const gaps: readonly (readonly [boolean, Gap])[] = [
    [quote.lines.length === 0, 'work'],
    [open.length > 0 && open.every(({ buys }) => buys === undefined), 'what it buys'],
    [replacement === undefined, 'payment'],
    [isWithoutTerms(replacement), 'terms of the payment'],
    [true, 'costs of another car'],
    [history === undefined, 'service history'],
    [value === undefined, 'trade-in value'],
    [equity === undefined, 'what is owed'],
    [warranty === undefined, 'warranty'],
    [isLeased && lease === undefined, 'lease'],
    [isOwed && loan === undefined, 'loan'],
  ];
  return gaps.flatMap(([isUnknown, gap]) => (isUnknown ? [gap] : []));
}

const isWithoutTerms = (replacement: FreshFacts['replacement']): boolean =>
  replacement !== undefined &&
  (replacement.termMonths === undefined || replacement.moneyDownCents === undefined);
