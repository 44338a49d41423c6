import { addDays } from '../group/business-time.ts';
import { type FeedFact, isAppointment, isEnd, isQuote, isSale, knownUntil } from './fact.ts';

/** The version of a record that was last sent, or only noted. */
export interface KnownFact {
  /** A keyed hash of its content. */
  readonly hash: string;
  readonly asOf: string;
  /** The file that contained it. */
  readonly file: string;
  /** The record existed before the feed began, so nothing was sent. */
  readonly isNoted?: boolean | undefined;
  /** The event's detail type. Missing in items of releases before 2026-12. */
  readonly detailType?: string | undefined;
}

export interface Comparing {
  readonly file: string;
  /** The first file of a feed, or one of past years: records that ended long ago start no handoffs. */
  readonly isHistory: boolean;
  /** The store's date when the file arrived. */
  readonly today: string;
  /** A file that was made later also has the record and was read before this one. */
  readonly isSuperseded: boolean;
  /** Each record says since when it has been like this. */
  readonly hasOwnInstant: boolean;
}

export type Compared =
  /** `isDone`: an earlier run over the same file sent it and was then interrupted. */
  | { readonly is: 'sent'; readonly fact: FeedFact; readonly isKept: boolean; readonly isDone?: true }
  /** `since`: the known version with a later instant, so that a version in between that arrives last counts as older. */
  | { readonly is: 'unchanged'; readonly since?: KnownFact | undefined }
  /** Nothing is sent. With `isNoted`, the version is stored, so the next file's record can be compared with it. */
  | { readonly is: 'skipped'; readonly because: string; readonly isNoted?: true };

/** Somebody who took their car home two days ago is still introduced to Service; after a week it is too late. */
const INTRODUCED_WITHIN_DAYS = 2;

/** Decides whether a record is sent, by comparing it with the version that earlier files had. */
export function compare(
  fact: FeedFact,
  hash: string,
  known: KnownFact | undefined,
  reading: Comparing,
): Compared {
  if (known?.file === reading.file && known.hash === hash)
    return known.isNoted ? noted : { is: 'sent', fact, isKept: false, isDone: true };
  if (known?.hash === hash) {
    const { asOf } = fact;
    // Only a record's own instant: it stays the same while nothing changes. The file's would cost a write for each
    // row every night.
    return {
      is: 'unchanged',
      since: reading.hasOwnInstant && asOf > known.asOf ? { ...known, asOf } : undefined,
    };
  }
  if (reading.isSuperseded || (known && known.asOf > fact.asOf))
    return { is: 'skipped', because: 'a newer file says otherwise' };
  if (isEnd(fact) && (!known || known.isNoted))
    return { is: 'skipped', because: 'it ended before anything was sent of it' };
  return reading.isHistory ? beforeTheFeed(fact, reading) : ofTonight(fact, reading);
}

function ofTonight(fact: FeedFact, { today }: Comparing): Compared {
  return knownUntil(fact) < today
    ? { is: 'skipped', because: 'of more than 26 months ago: files of past years go into the folder history' }
    : { is: 'sent', fact, isKept: true };
}

const noted: Compared = {
  is: 'skipped',
  because: 'an order that was open before the feed began: noted, nothing sent',
  isNoted: true,
};

function beforeTheFeed(fact: FeedFact, reading: Comparing): Compared {
  if (isQuote(fact)) return noted;
  if (isAppointment(fact) && (fact.businessDate ?? reading.today) < reading.today)
    return { is: 'skipped', because: 'an appointment that is over' };
  return { is: 'sent', fact: asHistory(fact, reading), isKept: knownUntil(fact) >= reading.today };
}

/** Marks a sale from before the feed began as history: it is stored for the customer and the car, and starts no handoff. */
function asHistory(fact: FeedFact, { isHistory, today }: Comparing): FeedFact {
  const since = addDays(today, -INTRODUCED_WITHIN_DAYS);
  if (!isHistory || !isSale(fact) || (fact.businessDate ?? since) >= since) return fact;
  return { ...fact, detail: { ...fact.detail, forHistory: true } };
}
