/** What is known of a rate: how many of how many, and where the true rate lies with 95 % confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** So many of so many; `part` is at most `whole`. */
export interface Count {
  readonly part: number;
  readonly whole: number;
}

/** The standard normal distribution's 97.5th percentile: 95 % in the middle. */
const Z = 1.959963984540054;

export const shareOf = ({ part, whole }: Count): number => part / whole;

/**
 * Wilson's score interval without continuity correction. It stays within 0 and 1, and tells something of few cases and of
 * none, where the usual one says that nothing can be otherwise. Source: Wilson, JASA 22 (1927), 209–212.
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
 * The difference of two independent rates, the first less the second: Newcombe's hybrid score interval, his method 10.
 * Source: Newcombe, Statistics in Medicine 17 (1998), 873–890.
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

/** Below this many cases a rate is a guess, and only the counts are shown. */
const FEWEST_FOR_A_RATE = 20;
/** People are compared with each other from this many cases on. */
const FEWEST_FOR_A_RANK = 30;

export const hasRate = ({ whole }: Count): boolean => whole >= FEWEST_FOR_A_RATE;
export const canRank = ({ whole }: Count): boolean => whole >= FEWEST_FOR_A_RANK;

/** Whether the two rates differ for certain: the interval of their difference leaves zero out. */
export const differs = (first: Count, second: Count): boolean => {
  const { low, high } = newcombe(first, second);
  return low > 0 || high < 0;
};
