import { plusDays, plusMinutes } from '../group/business-time.ts';

/** Scanners post forms, and people press twice: one email is enough. */
const MINUTES_BETWEEN = 15;
/** Whoever holds an expired link of somebody else may ask, too: six emails a day bother nobody for long. */
const MOST_A_DAY = 6;

/** Whether a person who asks for a fresh link gets one, and what to remember of it. */
export function grantLinkRequest(
  earlier: readonly string[],
  now: string,
): { readonly requests: readonly string[] } | undefined {
  const ofLastDay = earlier.filter((at) => at > plusDays(now, -1));
  const isTooSoon = ofLastDay.some((at) => plusMinutes(at, MINUTES_BETWEEN) > now);
  if (isTooSoon || ofLastDay.length >= MOST_A_DAY) return undefined;
  return { requests: [...ofLastDay, now] };
}
