import { formatDate, formatInstant, localDate } from '../group/business-time.ts';
import type { Store } from '../group/group.ts';
import { type Words, words } from '../mail/words.ts';
import type { StoreToday } from './worklist.ts';

export const feedTitle = 'The connection to your DMS';

/** The lines that a manager reads about feeds that stopped or whose events are refused, one for each. */
export function feedLines({ feeds, doneSince }: StoreToday, { timeZone }: Store): readonly Words[] {
  const since = formatDate(localDate(timeZone, doneSince), 'en');
  return [
    ...feeds.silent.map(
      ({ source, heardAt }) =>
        words`Nothing has come from ${source} since ${formatInstant(timeZone, heardAt, 'en')}, so handoffs may be missing. Please let the people who run the connection know.`,
    ),
    ...feeds.late.map(
      ({ feed, expectBy, readAt }) =>
        words`The file ${feed} of last night has not come by ${expectBy}${readAt === undefined ? '' : `; the last one was read ${formatInstant(timeZone, readAt, 'en')}`}. Handoffs may be missing. Please let the people who run the connection know.`,
    ),
    ...feeds.refusing.map(
      ({ source, count }) =>
        words`${count} events from ${source} were refused since ${since}, and no handoff came of them. Please let the people who run the connection know.`,
    ),
  ];
}
