/** A rate as counted, and the range of the true rate with 95 % confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A part of a whole; `part` is at most `whole`. */
export interface Count {
  readonly part: number;
  readonly whole: number;
}

/** The 97.5th percentile of the standard normal distribution, for 95 % in the middle. */
const Z = 1.959963984540054;

export const shareOf = ({ part, whole }: Count): number => part / whole;

/**
 * Wilson's score interval without continuity correction. It stays within 0 and 1. It is useful even for few cases or
 * none, where the usual interval has no width. Source: Wilson, JASA 22 (1927), 209–212.
 */
export function wilson(count: Count): Interval {
  const { whole } = count;
  const share = shareOf(count);
  const widened = 1 + (Z * Z) / whole;
  const middle = share + (Z * Z) / (2 * whole);
  const reach = Z * Math.sqrt((share * (1 - share)) / whole + (Z * Z) / (4 * whole * whole));
  return {
    low: Math.max(0, (middle - reach) / widened),
    high: Math.min(1, (middle + reach) / widened),
  };
}

/**
 * The difference of two independent rates, the first minus the second: Newcombe's hybrid score interval, his method
 * 10. Source: Newcombe, Statistics in Medicine 17 (1998), 873–890.
 */
export function newcombe(first: Count, second: Count): Interval & { readonly difference: number } {
  const [one, other] = [shareOf(first), shareOf(second)];
  const [ofOne, ofOther] = [wilson(first), wilson(second)];
  const difference = one - other;
  return {
    difference,
    low: difference - Math.hypot(one - ofOne.low, ofOther.high - other),
    high: difference + Math.hypot(ofOne.high - one, other - ofOther.low),
  };
}

/** With fewer cases a rate is a guess, so only the counts are shown. */
const FEWEST_FOR_A_RATE = 20;
/** With fewer cases a person is not ranked. */
const FEWEST_FOR_A_RANK = 30;

export const hasRate = ({ whole }: Count): boolean => whole >= FEWEST_FOR_A_RATE;
export const canRank = ({ whole }: Count): boolean => whole >= FEWEST_FOR_A_RANK;

/** Whether the two rates differ significantly: the interval of their difference does not contain zero. */
export const differs = (first: Count, second: Count): boolean => {
  const { low, high } = newcombe(first, second);
  return low > 0 || high < 0;
};
