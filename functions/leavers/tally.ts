import { isEmail } from '../handoff/outbox.ts';
import type { EmailEntry } from '../handoff/outbox-entry.ts';
import type { Letter } from './letter.ts';

/** Each letter counts once, so the counts add up to the letters. */
export const fates = [
  /** It waits for its time, or is being sent. */
  'waiting',
  'sent',
  'bounced',
  'complained',
  /** SES did not answer, and no report came. It is not sent again. */
  'unclear',
  /** When it was due, the customer could not be written to any more. */
  'withheld',
  /** The campaign was stopped first, or the customer was in contact with us for too long. */
  'withdrawn',
  'failed',
] as const;
export type Fate = (typeof fates)[number];
export type Tally = Readonly<Record<Fate, number>>;

export function tallyOf(letters: readonly Letter[]): Tally {
  const tally = {
    ...{ waiting: 0, sent: 0, bounced: 0, complained: 0 },
    ...{ unclear: 0, withheld: 0, withdrawn: 0, failed: 0 },
  };
  for (const letter of letters) tally[fateOf(letter)] += 1;
  return tally;
}

function fateOf({ outbox }: Letter): Fate {
  const entry = outbox.filter(isEmail).at(-1);
  return entry ? byState[entry.state](entry) : 'waiting';
}

const byState: Readonly<Record<EmailEntry['state'], (entry: EmailEntry) => Fate>> = {
  owed: () => 'waiting',
  sending: () => 'waiting',
  sent: ({ reported }) => {
    if (reported === 'complained') return 'complained';
    return isBounce(reported) ? 'bounced' : 'sent';
  },
  unknown: () => 'unclear',
  asked: () => 'unclear',
  withheld: () => 'withheld',
  lapsed: () => 'withdrawn',
  'given-up': () => 'failed',
};

const isBounce = (reported: EmailEntry['reported']): boolean =>
  reported === 'bounced' || reported === 'suppressed' || reported === 'undelivered';

/** One in a thousand: the rate at which mail programs start to file a sender's emails as spam. */
const LETTERS_PER_COMPLAINT = 1_000;

/**
 * Whether complaints exceed that rate, counted against all letters that SES accepted, including bounced ones. Below a
 * thousand letters a single complaint exceeds it, so the first one stops the campaign.
 */
export function isOverComplaintRate({ sent, bounced, complained }: Tally): boolean {
  const accepted = sent + bounced + complained;
  return complained > 0 && complained * LETTERS_PER_COMPLAINT >= accepted;
}
