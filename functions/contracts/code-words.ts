import type * as z from 'zod';
import { type EdgeReading, edge } from './edge.ts';

/**
 * The words that dealer systems use for one of our codes, such as the type of a deal. Stores type their own, so the
 * whole text is looked up first (`Lease Buyout` is not a lease), then its words, which count if all known ones mean
 * the same. An ambiguous or negated text is left to the schema.
 */
type Words<Code extends string> = Readonly<Record<Code, readonly string[]>>;

const DENIALS: ReadonlySet<string> = new Set(['not', 'non', 'no', 'never', 'un', 'without', 'ex']);

/** A field that takes one of these codes, or a word for it. */
export function coded<Code extends string>(
  schema: z.ZodEnum<{ [One in Code]: One }>,
  words: Words<NoInfer<Code>>,
): z.ZodEnum<{ [One in Code]: One }> {
  let codes: ReadonlyMap<string, string> | undefined;
  return schema.register(edge, {
    read: (written) => {
      // Built on first use: a cold start creates every contract, and most of these words are never read.
      codes ??= codesOf(words);
      return readCode(codes, written);
    },
  });
}

const codesOf = (words: Words<string>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(words).flatMap(([code, said]) =>
      [code, ...said].map((word): [string, string] => [lettersOf(word), code]),
    ),
  );

function readCode(codes: ReadonlyMap<string, string>, written: unknown): EdgeReading {
  if (typeof written !== 'string') return { value: written };
  return { value: codes.get(lettersOf(written)) ?? codeOfWords(codes, written) ?? written };
}

function codeOfWords(codes: ReadonlyMap<string, string>, text: string): string | undefined {
  const words = text
    .slice(0, LONGEST)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  if (words.some((word) => DENIALS.has(word))) return undefined;
  // A single letter is a code only if it is the whole text.
  const known = words.filter((word) => word.length > 1).flatMap((word) => codes.get(word) ?? []);
  const [only, ...others] = new Set(known);
  return others.length === 0 ? only : undefined;
}

const LONGEST = 100;
const lettersOf = (text: string) =>
  text
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export const dealTypeWords = {
  retail: [
    ...['r', 'cash', 'finance', 'financed', 'financing', 'loan', 'purchase', 'outright', 'balloon'],
    ...['installment', 'house', 'personal', 'consumer', 'subprime', 'employee', 'credit union'],
    ...['lease buyout', 'lease buy out', 'lease purchase', 'lease end buyout', 'lease payoff'],
  ],
  lease: ['l', 'leased', 'leasing', 'one pay', 'onepay', 'single pay', 'retail lease', 'lease retail'],
  wholesale: ['w', 'whsl', 'wholesaler', 'auction', 'dealer trade', 'dealer transfer', 'dealer to dealer'],
  fleet: ['rental', 'fleet lease', 'commercial fleet', 'government', 'municipal'],
  demo: ['demonstrator', 'loaner', 'courtesy car', 'courtesy vehicle', 'service loaner', 'company car'],
} as const;

export const conditionWords = {
  new: ['n', 'brand new'],
  used: ['u', 'pre owned', 'preowned', 'second hand', 'secondhand'],
  certified: ['c', 'cpo', 'certified pre owned', 'certified used', 'used certified', 'cert'],
} as const;

export const whereaboutsWords = {
  waiting: ['w', 'wait', 'waits', 'waiter', 'customer waiting', 'lounge'],
  'dropped-off': [
    ...['d', 'drop', 'dropped', 'drop off', 'dropoff', 'night drop', 'early bird', 'tow', 'towed'],
    ...['tow in', 'shuttle', 'uber', 'lyft', 'valet', 'pick up', 'pickup', 'pickup and delivery'],
  ],
  'in a loaner': ['l', 'loaner', 'loan car', 'rental', 'rental car', 'courtesy car', 'courtesy vehicle'],
} as const;

export const payTypeWords = {
  customer: ['c', 'cp', 'cust', 'customer pay', 'cash', 'retail', 'self pay'],
  warranty: [
    ...['w', 'wp', 'warr', 'warranty pay', 'factory', 'factory warranty', 'manufacturer', 'oem', 's'],
    ...['service contract', 'extended warranty', 'extended service', 'vsc', 'esc', 'recall', 'insurance'],
  ],
  internal: ['i', 'ip', 'int', 'internal pay', 'dealer', 'dealership', 'house', 'policy', 'goodwill', 'shop'],
} as const;

const declined = [
  ...['d', 'rejected', 'refused', 'denied', 'deferred', 'postponed', 'not authorized', 'unauthorized'],
  ...['not approved', 'customer declined', 'decline', 'no'],
];
const approved = ['a', 'authorized', 'authorised', 'accepted', 'agreed', 'approve', 'sold', 'yes'];
const open = ['pending', 'recommended', 'presented', 'estimate', 'estimated', 'awaiting approval', 'waiting'];

export const lineStateWords = { quoted: ['q', 'open', ...open], approved, declined } as const;
export const lineAnswerWords = { open: ['quoted', ...open], approved, declined } as const;

export const ownershipWords = {
  owned: ['own', 'owns', 'owner', 'purchased', 'bought', 'financed', 'finance'],
  leased: ['lease', 'lessee', 'leasing'],
  loaner: ['rental', 'rented', 'courtesy car', 'courtesy vehicle', 'demo'],
  fleet: ['company car', 'commercial fleet'],
  sold: ['traded', 'traded in', 'trade in', 'no longer owned', 'not owned', 'gone'],
  'total loss': [
    'totaled',
    'totalled',
    'total',
    'salvage',
    'salvaged',
    'written off',
    'write off',
    'wrecked',
  ],
} as const;

export const cancellationWords = {
  cancelled: ['canceled', 'cancel', 'customer cancelled', 'called off', 'deleted', 'rescheduled'],
  'no-show': ['ns', 'dns', 'missed', 'no showed', 'did not show', 'not shown', 'did not come'],
} as const;

export const channelWords = {
  email: ['e mail', 'mailed electronically', 'electronic mail'],
  phone: [
    'call',
    'called',
    'calls',
    'telephone',
    'tel',
    'voice',
    'voicemail',
    'outbound call',
    'inbound call',
  ],
  text: ['sms', 'mms', 'texted', 'text message'],
  mail: ['letter', 'postcard', 'direct mail', 'post', 'postal mail'],
  'in person': ['visit', 'visited', 'showroom', 'walk in', 'face to face', 'appointment'],
} as const;

/** *New* and *waiting* are missing on purpose: a CRM that says so has only stored the lead, which is not an answer. */
export const leadStatusWords = {
  worked: ['working', 'contacted', 'attempted', 'engaged', 'in progress', 'active', 'replied', 'follow up'],
  appointment: [
    'appt',
    'appt set',
    'appointment set',
    'appointment confirmed',
    'showed',
    'shown',
    'in showroom',
  ],
  sold: ['won', 'closed won', 'delivered', 'purchased', 'bought here'],
  dead: [
    'lost',
    'closed lost',
    'inactive',
    'bad lead',
    'duplicate',
    'not interested',
    'unqualified',
    'no deal',
  ],
} as const;
