/** What other systems call the events: a thing and what happened to it, in any order and form. */
const things = {
  order: 'ro order repairorder workorder visit servicevisit ticket jobcard invoice',
  deal: 'deal sale vehicle car unit contract purchase',
  appointment: 'appointment appt booking reservation',
  quote: 'quote quoted estimate estimated',
} as const;
export type Thing = keyof typeof things;

const meanings: readonly (readonly [thing: Thing, verbs: string, detailType: string])[] = [
  [
    'order',
    'closed close completed complete finished finalized invoiced cashiered paid done',
    'service-visit-completed',
  ],
  ['order', 'opened written writeup started checkedin', 'service-visit-opened'],
  ['order', 'voided void deleted cancelled canceled', 'repair-order-voided'],
  ['deal', 'sold delivered delivery booked finalized closed funded retailed', 'vehicle-sold'],
  ['deal', 'unwound unwind unwinded reversed rescinded voided cancelled canceled deleted', 'deal-unwound'],
  [
    'appointment',
    'booked created made scheduled rescheduled moved changed updated confirmed',
    'service-appointment-booked',
  ],
  ['appointment', 'cancelled canceled missed noshow deleted', 'service-appointment-cancelled'],
  ['quote', 'quote quoted estimate estimated created updated presented', 'repair-quoted'],
];

/**
 * Our detail type with the same meaning; undefined if the text says too little or is ambiguous. A verb alone, such as
 * `closed`, refers to the thing whose number the event has.
 */
export function inOurWords(text: string, about?: Thing): string | undefined {
  const words = wordsIn(text);
  const written = new Set([...words, ...pairsOf(words)]);
  const says = (known: string) => known.split(' ').some((word) => written.has(word));
  const saysOnly = (known: string) => known.split(' ').includes(words.join(''));
  const meant = meanings.filter(
    ([thing, verbs]) => (says(things[thing]) && says(verbs)) || (thing === about && saysOnly(verbs)),
  );
  const [only, ...others] = new Set(meant.map(([, , detailType]) => detailType));
  return others.length === 0 ? only : undefined;
}

/** Splits `RepairOrder_Closed` into repair, order, closed. Cut, because the text comes from outside. */
const wordsIn = (text: string): readonly string[] =>
  text
    .slice(0, 100)
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Two adjacent words may be one of ours: `repair order`, `no show`. */
const pairsOf = (words: readonly string[]): readonly string[] =>
  words.slice(1).map((word, at) => `${words[at] ?? ''}${word}`);
