import { plusDays, plusMinutes } from '../group/business-time.ts';

/** Scanners submit forms and people click twice: one email is enough. */
const MINUTES_BETWEEN = 15;
/** Limits the nuisance that anybody with a forwarded expired link can cause. */
const MOST_PER_DAY = 6;

/** The requests to store if a fresh link is granted, otherwise undefined. */
export function grantLinkRequest(
  earlier: readonly string[],
  now: string,
): { readonly requests: readonly string[] } | undefined {
  const ofLastDay = earlier.filter((at) => at > plusDays(now, -1));
  const isTooSoon = ofLastDay.some((at) => plusMinutes(at, MINUTES_BETWEEN) > now);
  if (isTooSoon || ofLastDay.length >= MOST_PER_DAY) return undefined;
  return { requests: [...ofLastDay, now] };
}
