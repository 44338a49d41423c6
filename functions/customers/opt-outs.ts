export interface AddressRecord {
  /** The customer's opt-outs: a kind of email, at one store or in the whole group. */
  readonly optOuts: readonly { kind: string; storeId: string | 'group'; at: string }[];
  /** A hard bounce: the address does not exist. */
  readonly bouncedAt?: string | undefined;
}

/**
 * Opt-outs by address: a kind of email, from one store or from the whole group. They are permanent until the customer
 * takes them back; no sale and no DMS event ever resets one.
 */
export const emailKinds = ['introduction', 'service', 'upgrade'] as const;
export type EmailKind = (typeof emailKinds)[number];

/** All kinds, present and future: the meaning of a complaint or of "no email at all". */
export const ALL = 'all';
export const GROUP = 'group';

export const wishes = ['yes', 'no-store', 'no-group'] as const;
/** Whether we may write: yes, not from this store, or not from any store of the group. */
export type Wish = (typeof wishes)[number];
export type Wishes = Readonly<Record<EmailKind, Wish>>;

export type OptOut = AddressRecord['optOuts'][number];

function wishFor({ optOuts }: AddressRecord, kind: EmailKind, storeId: string): Wish {
  const places = optOuts.filter((no) => no.kind === kind || no.kind === ALL).map((no) => no.storeId);
  if (places.includes(GROUP)) return 'no-group';
  return places.includes(storeId) ? 'no-store' : 'yes';
}

/** Whether this kind of email may be written to the address: the one place that answers it [CAN-SPAM]. */
export const mayWrite = (known: AddressRecord, kind: EmailKind, storeId: string): boolean =>
  wishFor(known, kind, storeId) === 'yes';

export function wishesOf(known: AddressRecord, storeId: string): Wishes {
  const of = (kind: EmailKind) => wishFor(known, kind, storeId);
  return { introduction: of('introduction'), service: of('service'), upgrade: of('upgrade') };
}

/** Applies the customer's wishes; returns the same record if nothing changes. */
export function withWishes(known: AddressRecord, wanted: Wishes, storeId: string, at: string): AddressRecord {
  return emailKinds.reduce((one, kind) => withWish(one, kind, wanted[kind], { storeId, at }), known);
}

/** Opts out of everything, including kinds that do not exist yet. */
export const withNoToAll = (known: AddressRecord, storeId: string, at: string): AddressRecord =>
  withOptOut(known, { kind: ALL, storeId, at });

/** Adds an opt-out; returns the same record if it is covered already. Never removes one. */
export function withOptOut(known: AddressRecord, { kind, storeId, at }: OptOut): AddressRecord {
  const stands = known.optOuts.some((no) => (no.kind === kind || no.kind === ALL) && isHere(no, { storeId }));
  return stands ? known : { ...known, optOuts: [...known.optOuts, { kind, storeId, at }] };
}

export const withNoToAllOfGroup = (known: AddressRecord, at: string) => withNoToAll(known, GROUP, at);

/** One-click unsubscribe: opts out of the kind of that email, from the store that sent it. */
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
    .filter((no) => !(no.kind === kind && isHere(no, here)));
  const place = wish === 'no-group' ? GROUP : here.storeId;
  const optOuts = wish === 'yes' ? others : [...others, { kind, storeId: place, at: here.at }];
  return { ...known, optOuts };
}

/** Splits an opt-out from everything into one for each kind, so that one can be taken back and the others stay. */
function spelledOut(no: OptOut, here: Here): OptOut[] {
  return no.kind === ALL && isHere(no, here) ? emailKinds.map((kind) => ({ ...no, kind })) : [no];
}

const isHere = (no: OptOut, { storeId }: Pick<Here, 'storeId'>) =>
  no.storeId === storeId || no.storeId === GROUP;

/** Records that the address does not exist; keeps the time of the first bounce. */
export const withBounce = (known: AddressRecord, at: string): AddressRecord =>
  known.bouncedAt === undefined ? { ...known, bouncedAt: at } : known;

/** Clears the bounce of a mailbox that works again; opt-outs stay. */
export function withoutBounce(known: AddressRecord): AddressRecord {
  if (known.bouncedAt === undefined) return known;
  const { bouncedAt: _mended, ...rest } = known;
  return rest;
}
