import { type Counted, cellsOf } from './cells.ts';
import { type Count, differs, hasRate, type Interval, newcombe, shareOf } from './interval.ts';
import { isSelected, type Selection } from './report.ts';
import { percent, points, soMany } from './words.ts';

/** What the rule causes, as far as the holdout shows: both arms, and their difference once both have a rate. */
interface Arms {
  readonly withRule: Count;
  readonly withheld: Count;
}
type Difference = Interval & { readonly difference: number };
export type Effect =
  | (Arms & { readonly kind: 'too few' })
  | (Arms & Difference & { readonly kind: 'uncertain' | 'more' | 'fewer' });

/** Undefined if nobody was ever held out. */
export function effectOfRule(counted: Counted, selection: Selection = {}): Effect | undefined {
  const cells = cellsOf(counted, 'holdout').filter((cell) => isSelected(cell, selection));
  if (cells.length === 0) return undefined;
  const of = (arm: string): Count =>
    cells
      .filter(({ breakdown }) => breakdown === arm)
      .reduce((sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }), {
        part: 0,
        whole: 0,
      });
  const arms = { withRule: of('with the rule'), withheld: of('withheld') };
  if (!hasRate(arms.withRule) || !hasRate(arms.withheld)) return { ...arms, kind: 'too few' };
  const difference = newcombe(arms.withRule, arms.withheld);
  if (!differs(arms.withRule, arms.withheld)) return { ...arms, ...difference, kind: 'uncertain' };
  return { ...arms, ...difference, kind: difference.difference > 0 ? 'more' : 'fewer' };
}

/** The effect in a sentence or two, for reports, the page and the email. */
export function effectWords(effect: Effect): string {
  const { withRule, withheld } = effect;
  if (effect.kind === 'too few')
    return `Can’t tell yet what the rule causes: ${soMany(withRule)} households bought with it, ${soMany(withheld)} without. Each side needs twenty.`;
  const rates = `${percent(shareOf(withRule))} of households bought with the rule, ${percent(shareOf(withheld))} without it`;
  if (effect.kind === 'uncertain')
    return `Can’t tell yet what the rule causes: ${rates}. The true difference lies anywhere between ${points(effect.low)} and ${points(effect.high)}.`;
  const what = effect.kind === 'more' ? 'brings sales' : 'costs sales';
  return `The rule ${what}: ${rates}. The difference is ${points(effect.difference)}, and lies between ${points(effect.low)} and ${points(effect.high)}.`;
}
