import { localDate, promisedBy } from '../group/business-time.ts';
import type { Store } from '../group/group.ts';
import type { Occasion } from './occasion.ts';

interface Moment {
  readonly store: Store;
  readonly now: string;
}

/**
 * Until when the car is expected to be here, by the time promised to the customer; undefined once it has left or that time has
 * passed.
 */
export function hereUntil(
  { store, now }: Moment,
  { promisedAt, promisedOn }: Pick<Occasion, 'promisedAt' | 'promisedOn'>,
  isOver: boolean,
): string | undefined {
  const by = promisedAt ?? (promisedOn && promisedBy(store, promisedOn));
  return isOver || by === undefined || by <= now ? undefined : by;
}

/** Whether the customer is waiting in the lounge: only if the car is promised for today. */
export function isWaiting(
  moment: Moment,
  quote: Pick<Occasion, 'promisedAt' | 'promisedOn' | 'customerIs'>,
  isOver: boolean,
): boolean {
  const { timeZone } = moment.store;
  const by = hereUntil(moment, quote, isOver);
  return (
    quote.customerIs === 'waiting' &&
    by !== undefined &&
    localDate(timeZone, by) === localDate(timeZone, moment.now)
  );
}
