/** What other systems call the events: a thing and what became of it, in whatever order and form. */
const things = {
  order: 'ro order repairorder workorder visit servicevisit ticket jobcard invoice',
  deal: 'deal sale vehicle car unit contract purchase',
  appointment: 'appointment appt booking reservation',
  quote: 'quote quoted estimate estimated',
} as const;

const meanings: readonly (readonly [thing: keyof typeof things, verbs: string, detailType: string])[] = [
  [
    'order',
    'closed close completed complete finished finalized invoiced cashiered paid done',
    'service-visit-completed',
  ],
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

/** The detail type that says the same in our words; nothing where the text says less, or two things. */
export function inOurWords(text: string): string | undefined {
  const written = wordsIn(text);
  const says = (words: string) => words.split(' ').some((word) => written.has(word));
  const meant = meanings.filter(([thing, verbs]) => says(things[thing]) && says(verbs));
  const [only, ...others] = new Set(meant.map(([, , detailType]) => detailType));
  return others.length === 0 ? only : undefined;
}

/** Of `RepairOrder_Closed` repair, order, closed, and two that stand together as one. Cut, because it comes from outside. */
function wordsIn(text: string): ReadonlySet<string> {
  const words = text
    .slice(0, 100)
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const pairs = words.slice(1).map((word, at) => `${words[at] ?? ''}${word}`);
  return new Set([...words, ...pairs]);
}
