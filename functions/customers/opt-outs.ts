export interface AddressRecord {
  /** What the customer said no to: a kind of email, at one store or in the whole group. */
  readonly optOuts: readonly { kind: string; storeId: string | 'group'; at: string }[];
  /** A hard bounce: the address does not exist. */
  readonly bouncedAt?: string | undefined;
}

/**
 * What a customer says no to: a kind of email, from one store or from the whole group, by address. It is permanent
 * until the customer takes it back: no sale and no fact of a DMS ever comes here.
 */
export const emailKinds = ['introduction', 'service', 'upgrade'] as const;
export type EmailKind = (typeof emailKinds)[number];

/** Every kind there is and will be, as a complaint or "no email at all" means it. */
export const ALL = 'all';
export const GROUP = 'group';

export const wishes = ['yes', 'no-store', 'no-group'] as const;
/** May we write? Yes, not from this store, or not from any store of the group. */
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

/** The record as the customer wishes it; the same one where they wish nothing else than before. */
export function withWishes(known: AddressRecord, wanted: Wishes, storeId: string, at: string): AddressRecord {
  return emailKinds.reduce((one, kind) => withWish(one, kind, wanted[kind], { storeId, at }), known);
}

/** No to everything from here on, also to kinds that don't exist yet. */
export const withNoToAll = (known: AddressRecord, storeId: string, at: string): AddressRecord =>
  withOptOut(known, { kind: ALL, storeId, at });

/** One more no; the same record where it says no more than what stands. Nothing is ever taken back by it. */
export function withOptOut(known: AddressRecord, { kind, storeId, at }: OptOut): AddressRecord {
  const stands = known.optOuts.some((no) => (no.kind === kind || no.kind === ALL) && isHere(no, { storeId }));
  return stands ? known : { ...known, optOuts: [...known.optOuts, { kind, storeId, at }] };
}

export const withNoToAllOfGroup = (known: AddressRecord, at: string) => withNoToAll(known, GROUP, at);

/** One click says no to the kind of the email that it came with, from the store that sent it. */
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

/** A no to everything, as a no to each kind: so that one of them can be taken back and the others stay. */
function spelledOut(no: OptOut, here: Here): OptOut[] {
  return no.kind === ALL && isHere(no, here) ? emailKinds.map((kind) => ({ ...no, kind })) : [no];
}

const isHere = (no: OptOut, { storeId }: Pick<Here, 'storeId'>) =>
  no.storeId === storeId || no.storeId === GROUP;

/** The address does not exist: it is known since the first bounce. */
export const withBounce = (known: AddressRecord, at: string): AddressRecord =>
  known.bouncedAt === undefined ? { ...known, bouncedAt: at } : known;

/** The mailbox is mended. What its owner said no to stands. */
export function withoutBounce(known: AddressRecord): AddressRecord {
  if (known.bouncedAt === undefined) return known;
  const { bouncedAt: _mended, ...rest } = known;
  return rest;
}
