import { addDays } from '../group/business-time.ts';
import { type FeedFact, isAppointment, isEnd, isQuote, isSale, knownUntil } from './fact.ts';

/** What was last sent of a number, or noted without being sent. */
export interface KnownFact {
  /** A keyed hash of its content. */
  readonly hash: string;
  readonly asOf: string;
  /** The file that said it. */
  readonly file: string;
  /** It was known before the feed began: nothing was sent. */
  readonly isNoted?: boolean | undefined;
  /** What was said of it. Items of releases before 2026-12 do not tell. */
  readonly detailType?: string | undefined;
}

export interface Comparing {
  readonly file: string;
  /** The first file of a feed, or one of past years: what is long over begins nothing. */
  readonly isHistory: boolean;
  /** The store's day on which the file came. */
  readonly today: string;
  /** A file that was made later has the record, too, and was read before this one. */
  readonly isSuperseded: boolean;
  /** Its records say themselves since when they are so. */
  readonly hasOwnInstant: boolean;
}

export type Compared =
  /** `isDone`: by an earlier run over the same file, which was stopped. */
  | { readonly is: 'sent'; readonly fact: FeedFact; readonly isKept: boolean; readonly isDone?: true }
  /** `since`: a later word that said the same; one in between that comes last is older. */
  | { readonly is: 'unchanged'; readonly since?: KnownFact | undefined }
  /** Nothing is sent; what is noted will be known when the next file has it. */
  | { readonly is: 'skipped'; readonly because: string; readonly isNoted?: true };

/** A customer who took the car two days ago is still introduced to Service; one of last week has settled in. */
const INTRODUCED_WITHIN_DAYS = 2;

/** What a fact of a file is worth, beside what earlier files said under its number. */
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
    // Such an instant stands still while nothing changes; that of a file would be a write a row a night.
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

/** A sale of before the feed is told for the history of its customer and car. */
function asHistory(fact: FeedFact, { isHistory, today }: Comparing): FeedFact {
  const since = addDays(today, -INTRODUCED_WITHIN_DAYS);
  if (!isHistory || !isSale(fact) || (fact.businessDate ?? since) >= since) return fact;
  return { ...fact, detail: { ...fact.detail, forHistory: true } };
}
