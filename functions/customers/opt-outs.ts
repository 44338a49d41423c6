import type { Channel } from '../contracts/may-contact.ts';

export interface AddressRecord {
  /** The customer's opt-outs: a kind of email or a whole channel, at one store or in the whole group. */
  readonly optOuts: readonly {
    kind: string;
    storeId: string | 'group';
    at: string;
    /** Left out: email. */
    channel?: Channel | undefined;
    /** Left out: the customer said so on their own page. */
    saidBy?: string | undefined;
  }[];
  /** A hard bounce: the address does not exist. */
  readonly bouncedAt?: string | undefined;
  /** Who last lifted the refusal of a whole channel, and when; one entry for each channel. */
  readonly lifted?: readonly Lifted[] | undefined;
}

export interface Lifted {
  readonly channel: Channel;
  readonly at: string;
  readonly by: string;
}

/**
 * Opt-outs by address: a kind of email, from one store or from the whole group. They are permanent until the customer
 * takes them back; no sale and no DMS event ever resets one.
 */
export const emailKinds = ['introduction', 'service', 'upgrade'] as const;
export type EmailKind = (typeof emailKinds)[number];

/** All kinds, present and future: the meaning of a complaint or of "no email at all". */
export const ALL = 'all';
/**
 * No contact by that channel at all, as a dealer system or staff recorded it. Unlike `all`, which customers choose themselves,
 * it leaves other channels open: Sales may still be notified of a customer who only refuses email.
 */
export const CHANNEL = 'channel';
export const GROUP = 'group';

export const wishes = ['yes', 'no-store', 'no-group'] as const;
/** Whether we may write: yes, not from this store, or not from any store of the group. */
export type Wish = (typeof wishes)[number];
export type Wishes = Readonly<Record<EmailKind, Wish>>;

type Noes = Pick<AddressRecord, 'optOuts'>;
export type OptOut = AddressRecord['optOuts'][number];

export const channelOf = ({ channel = 'email' }: OptOut): Channel => channel;

/** The customer's choice for one kind of email. */
export function wishFor({ optOuts }: Noes, kind: EmailKind, storeId: string): Wish {
  const places = optOuts
    .filter((no) => channelOf(no) === 'email' && covers(no.kind, kind))
    .map((no) => no.storeId);
  if (places.includes(GROUP)) return 'no-group';
  return places.includes(storeId) ? 'no-store' : 'yes';
}

/** The wider opt-outs, narrowest first. */
const wide: readonly string[] = [ALL, CHANNEL];
const covers = (said: string, kind: string): boolean =>
  said === kind || wide.indexOf(said) > wide.indexOf(kind);

export function wishesOf(known: Noes, storeId: string): Wishes {
  const of = (kind: EmailKind) => wishFor(known, kind, storeId);
  return { introduction: of('introduction'), service: of('service'), upgrade: of('upgrade') };
}

/** Applies the customer's choices; returns the same record if nothing changes. */
export function withWishes(known: AddressRecord, wanted: Wishes, storeId: string, at: string): AddressRecord {
  const next = emailKinds.reduce((one, kind) => withWish(one, kind, wanted[kind], { storeId, at }), known);
  const isTakenBack = refusesEmailAtAll(known) && !refusesEmailAtAll(next);
  return isTakenBack ? withLiftNoted(next, { channel: 'email', at, by: CUSTOMER }) : next;
}

/** Stands for the customer as the one who lifted a refusal, on their own page. */
export const CUSTOMER = 'customer';

const refusesEmailAtAll = ({ optOuts }: Noes): boolean =>
  optOuts.some((no) => no.kind === CHANNEL && channelOf(no) === 'email');

/** Opts out of everything, including kinds that do not exist yet. */
export const withNoToAll = (known: AddressRecord, storeId: string, at: string): AddressRecord =>
  withOptOut(known, { kind: ALL, storeId, at });

/** Adds an opt-out; returns the same record if it is covered already. Never removes one. */
export function withOptOut(known: AddressRecord, added: OptOut): AddressRecord {
  const stands = known.optOuts.some(
    (no) => channelOf(no) === channelOf(added) && covers(no.kind, added.kind) && isHere(no, added),
  );
  return stands ? known : { ...known, optOuts: [...known.optOuts, added] };
}

export const withNoToAllOfGroup = (known: AddressRecord, at: string) => withNoToAll(known, GROUP, at);

/** One-click unsubscribe: opts out of that kind of email from the store that sent it. */
export function withOneClick(
  known: AddressRecord,
  kind: EmailKind,
  storeId: string,
  at: string,
): AddressRecord {
  return wishFor(known, kind, storeId) === 'yes' ? withWish(known, kind, 'no-store', { storeId, at }) : known;
}

interface Here {
  readonly storeId: string;
  readonly at: string;
}

function withWish(known: AddressRecord, kind: EmailKind, wish: Wish, here: Here): AddressRecord {
  if (wishFor(known, kind, here.storeId) === wish) return known;
  const others = known.optOuts
    .flatMap((no) => spelledOut(no, here))
    .filter((no) => !(channelOf(no) === 'email' && no.kind === kind && isHere(no, here)));
  const place = wish === 'no-group' ? GROUP : here.storeId;
  const optOuts = wish === 'yes' ? others : [...others, { kind, storeId: place, at: here.at }];
  return { ...known, optOuts };
}

/** Splits an opt-out from everything into one for each kind, so that one can be taken back and the others stay. */
function spelledOut(no: OptOut, here: Here): OptOut[] {
  const isWide = channelOf(no) === 'email' && wide.includes(no.kind);
  return isWide && isHere(no, here) ? emailKinds.map((kind) => ({ ...no, kind })) : [no];
}

const isHere = (no: OptOut, { storeId }: Pick<Here, 'storeId'>) =>
  no.storeId === storeId || no.storeId === GROUP;

/** Combines two records of one place: an opt-out in either of them counts. */
export function withBoth(one: AddressRecord, other: AddressRecord): AddressRecord {
  const isKnown = (no: OptOut) => one.optOuts.some((known) => isSameNo(known, no));
  const bouncedAt = [one.bouncedAt, other.bouncedAt].filter((at) => at !== undefined).toSorted()[0];
  const { lifted } = (other.lifted ?? []).reduce(withLiftNoted, one);
  return {
    optOuts: [...one.optOuts, ...other.optOuts.filter((no) => !isKnown(no))],
    ...(bouncedAt === undefined ? {} : { bouncedAt }),
    ...(lifted === undefined ? {} : { lifted }),
  };
}

/**
 * Records that somebody lifted a refusal, without lifting any: a refusal dated earlier that arrives later is then not stored.
 */
export function withLiftNoted(known: AddressRecord, added: Lifted): AddressRecord {
  const { lifted = [] } = known;
  const before = lifted.find(({ channel }) => channel === added.channel);
  if (before && before.at >= added.at) return known;
  return { ...known, lifted: [...lifted.filter((one) => one !== before), added] };
}

const isSameNo = (one: OptOut, other: OptOut): boolean =>
  one.kind === other.kind && one.storeId === other.storeId && channelOf(one) === channelOf(other);

/** Records that the address does not exist; keeps the time of the first bounce. */
export const withBounce = (known: AddressRecord, at: string): AddressRecord =>
  known.bouncedAt === undefined ? { ...known, bouncedAt: at } : known;

/** Clears the bounce of a mailbox that works again; opt-outs stay. */
export function withoutBounce(known: AddressRecord): AddressRecord {
  if (known.bouncedAt === undefined) return known;
  const { bouncedAt: _mended, ...rest } = known;
  return rest;
}
