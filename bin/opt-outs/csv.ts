/** Opt-outs as a CSV file: columns by name in any order, as spreadsheets write them. */
import { stringify } from 'csv-stringify/sync';
import { addressHash } from '../../functions/adapters/keys.ts';
import { emailAddress, instant, localDate } from '../../functions/contracts/fields.ts';
import { type Channel, channels } from '../../functions/contracts/may-contact.ts';
import { nearest } from '../../functions/contracts/nearest.ts';
import { guarded, unguarded } from '../../functions/csv-cell.ts';
import { phonePlace } from '../../functions/customers/contact-places.ts';
import { refusedAt } from '../../functions/customers/no-contact.ts';
import {
  ALL,
  CHANNEL,
  channelOf,
  emailKinds,
  GROUP,
  type OptOut,
} from '../../functions/customers/opt-outs.ts';
import { isoDate, lettersOf, recordsIn } from '../lib/csv.ts';
import { Problem } from '../lib/problem.ts';
import type { StoredAddress } from './stored.ts';

/** Used in the column of kinds for a mailbox that does not work, which is nobody's wish. */
export const BOUNCE = 'bounce';
/** An opt-out from the channel was lifted. A file lifts nothing by this, but opt-outs from before that date stay lifted. */
export const LIFTED = 'lifted';
const kinds: readonly string[] = [...emailKinds, ALL, BOUNCE];
const columns = ['keyed hash', 'key', 'kind', 'store', 'since', 'channel', 'said by'] as const;

type Place = 'email' | 'phone' | 'number' | 'hash' | 'keyedHash';
type Field = Place | 'key' | 'kind' | 'channel' | 'store' | 'since' | 'saidBy';
const fieldsByName: Readonly<Record<string, Field>> = {
  email: 'email',
  emailaddress: 'email',
  address: 'email',
  phone: 'phone',
  phonenumber: 'phone',
  customernumber: 'number',
  addresshash: 'hash',
  hash: 'hash',
  keyedhash: 'keyedHash',
  key: 'key',
  kind: 'kind',
  channel: 'channel',
  store: 'store',
  storeid: 'store',
  since: 'since',
  saidby: 'saidBy',
};
const fieldOf = (name: string): Field | undefined => fieldsByName[lettersOf(name)];

/** One opt-out of a line, or a bounce if the kind says so. */
export interface OptOutRow extends OptOut {
  readonly line: number;
  readonly place: PlaceHash;
}

/** A hash made with the group's key, as in exports, or a plain one, as earlier releases wrote it. */
export interface PlaceHash {
  readonly hash: string;
  readonly isKeyed: boolean;
}

export interface RejectedRow {
  readonly line: number;
  readonly reason: string;
}

interface ReadOptOuts {
  readonly rows: readonly OptOutRow[];
  readonly rejected: readonly RejectedRow[];
  readonly ignored: readonly string[];
}

/** What the values of a file are checked against. */
interface Known {
  readonly storeIds: readonly string[];
  readonly now: string;
  /** The mark of the table's key. */
  readonly keyMark: string;
}

/** Throws if the file as a whole cannot be understood. A bad row is reported, and the others are read. */
export function readOptOutsCsv(text: string, known: Known): ReadOptOuts {
  const [header, ...records] = recordsIn(text, 'The list');
  if (!header) throw new Problem('The list is empty: expected a line of column names and a line for each no');
  const fields = header.cells.map(fieldOf);
  checkHeader(header.cells, fields);
  const rows: OptOutRow[] = [];
  const rejected: RejectedRow[] = [];
  for (const { line, cells } of records) {
    const read =
      cells.length === fields.length
        ? rowOf(valuesOf(fields, cells), known)
        : `expected ${fields.length} cells as in the first line, got ${cells.length}`;
    if (typeof read === 'string') rejected.push({ line, reason: read });
    else rows.push(...read.map((row) => ({ line, ...row })));
  }
  return { rows, rejected, ignored: header.cells.filter((name) => !fieldOf(name) && name.trim() !== '') };
}

function checkHeader(names: readonly string[], fields: readonly (Field | undefined)[]): void {
  const its = `its columns are: ${names.join(', ')}`;
  const places: readonly (Field | undefined)[] = ['email', 'keyedHash', 'hash', 'phone', 'number'];
  if (!fields.some((field) => field !== undefined && places.includes(field)))
    throw new Problem(`The list has no column 'email', 'phone', 'customer number' or 'keyed hash'; ${its}`);
  if (!fields.includes('kind') && !fields.includes('channel'))
    throw new Problem(`The list has no column 'kind' or 'channel'; ${its}`);
  const twice = names.find((_, at) => fields[at] && fields.indexOf(fields[at]) !== at);
  if (twice !== undefined) throw new Problem(`The list has the column '${twice}' twice; ${its}`);
}

type Values = Partial<Record<Field, string>>;

const valuesOf = (fields: readonly (Field | undefined)[], cells: readonly string[]): Values =>
  Object.fromEntries(
    fields.flatMap((field, at) => (field ? [[field, unguarded(cells[at] ?? '').trim()]] : [])),
  );

type Row = Omit<OptOutRow, 'line'>;

/** An opt-out for each place where the row applies, or everything that is wrong with the row. */
function rowOf(values: Values, { storeIds, now, keyMark }: Known): Row[] | string {
  const said = saidIn(values);
  const hashes = hashesIn(values, 'value' in said ? said.value : undefined, keyMark);
  const storeId = storeIn(values, storeIds);
  const at = instantIn(values, now);
  const problems = [hashes, said, storeId, at].flatMap((one) => ('problem' in one ? [one.problem] : []));
  if ('value' in hashes && 'value' in said && 'value' in storeId && 'value' in at) {
    const of = { ...said.value, storeId: storeHolding(values, said.value, storeId.value), at: at.value };
    return hashes.value.map((place) => ({ place, ...of }));
  }
  return problems.join('; ');
}

type Read<Value = string> = { readonly value: Value } | { readonly problem: string };
type Said = Pick<OptOut, 'kind' | 'channel' | 'saidBy'>;

/** Closing a whole channel applies to the group. A store next to a customer number says whose number it is. */
const storeHolding = ({ hash = '', keyedHash = '' }: Values, { kind }: Said, storeId: string): string =>
  kind === CHANNEL && hash === '' && keyedHash === '' ? GROUP : storeId;

function saidIn(values: Values): Read<Said> {
  const kind = (values.kind ?? '').toLowerCase();
  const channel = channelIn(values);
  if ('problem' in channel) return channel;
  if (kind === CHANNEL && channel.value === undefined) {
    return { problem: `channel: expected one of ${channels.join(', ')}, got ''` };
  }
  if (channel.value !== undefined && (kind === '' || kind === CHANNEL)) {
    return { value: { kind: CHANNEL, channel: channel.value, saidBy: values.saidBy || IMPORTED } };
  }
  if (kind === LIFTED) {
    return channel.value === undefined
      ? { problem: 'channel: expected the one that was lifted' }
      : { value: { kind, channel: channel.value, saidBy: values.saidBy || IMPORTED } };
  }
  if (!kinds.includes(kind)) return kindProblem(values);
  if (channel.value !== undefined && channel.value !== 'email') {
    return { problem: `kind: '${kind}' is about emails; leave it out for a no to '${channel.value}'` };
  }
  return { value: { kind, ...(values.saidBy ? { saidBy: values.saidBy } : {}) } };
}

const IMPORTED = 'import';

function channelIn({ channel = '' }: Values): Read<Channel | undefined> {
  if (channel === '') return { value: undefined };
  const value = channels.find((one) => one === channel.toLowerCase());
  return value === undefined
    ? { problem: `channel: expected one of ${channels.join(', ')}, got '${channel}'` }
    : { value };
}

function kindProblem({ kind = '' }: Values): { readonly problem: string } {
  const meant = nearest(kind.toLowerCase(), kinds);
  const hint = meant === undefined ? '' : `. Did you mean ${meant}?`;
  return { problem: `kind: expected one of ${kinds.join(', ')}, got '${kind}'${hint}` };
}

/** The places where the row applies, the same as for an event with the same content. */
function hashesIn(values: Values, said: Said | undefined, keyMark: string): Read<PlaceHash[]> {
  const problem = placeProblem(values) ?? keyProblem(values, keyMark);
  if (problem !== undefined) return { problem };
  if (!said) return { value: [] };
  const { email = '', hash = '', keyedHash = '', phone = '', number = '', store = '' } = values;
  if (keyedHash !== '') return { value: [{ hash: keyedHash, isKeyed: true }] };
  if (hash !== '') return { value: [{ hash, isKeyed: false }] };
  const isChannel = said.kind === CHANNEL;
  if (!isChannel && email === '') return { problem: expectedEmail };
  if (isChannel && number !== '' && (store === '' || store === GROUP)) {
    return { problem: `store: expected the store whose customer number '${number}' is` };
  }
  const reached = {
    storeId: store,
    ...(email === '' ? {} : { email }),
    ...(isChannel && phone !== '' ? { phone } : {}),
    ...(isChannel && number !== '' ? { customerNumber: number } : {}),
  };
  const places = isChannel ? refusedAt(reached, [channelOf({ ...said, storeId: GROUP, at: '' })]) : [[email]];
  return places.length === 0
    ? { problem: `channel: a no to '${said.channel}' needs ${neededFor(said.channel)}` }
    : { value: places.map(([place]) => ({ hash: addressHash(place), isKeyed: false })) };
}

const neededFor = (channel: Channel | undefined): string =>
  channel === 'mail' ? "a 'customer number'" : "a 'phone' or a 'customer number'";

const expectedEmail = `email: expected an email address such as 'maria@example.com'`;

/** What is wrong with the row's addresses and numbers, whatever it says about them. */
function placeProblem(values: Values): string | undefined {
  const { email = '', hash = '', keyedHash = '', phone = '', number = '' } = values;
  if (hash !== '' || keyedHash !== '') {
    const name = keyedHash === '' ? 'address hash' : 'keyed hash';
    return /^[0-9a-f]{64}$/.test(keyedHash || hash)
      ? undefined
      : `${name}: expected 64 digits from 0 to f, as an export writes them`;
  }
  if (email !== '' && !emailAddress.safeParse(email).success) return expectedEmail;
  if (phone !== '' && phonePlace(phone) === undefined)
    return `phone: expected a phone number such as '(847) 555-0188', got '${phone}'`;
  return email === '' && phone === '' && number === '' ? expectedEmail : undefined;
}

/** An opt-out under a hash made with another key would never be found. */
function keyProblem({ keyedHash = '', key = '' }: Values, keyMark: string): string | undefined {
  if (keyedHash === '' || key === keyMark) return undefined;
  return key === ''
    ? 'key: expected what an export writes there, beside the keyed hash'
    : `key: the hash is of another key (${key}) than this table's (${keyMark})`;
}

function storeIn({ store = '' }: Values, storeIds: readonly string[]): Read {
  if (store === '' || store === GROUP) return { value: GROUP };
  if (storeIds.includes(store)) return { value: store };
  return { problem: `store: expected ${GROUP} or one of ${storeIds.join(', ')}, got '${store}'` };
}

function instantIn({ since = '' }: Values, now: string): Read {
  if (since === '') return { value: now };
  const date = localDate.safeParse(isoDate(since));
  const read = date.success ? `${date.data}T00:00:00.000Z` : instant.safeParse(since).data;
  if (read === undefined) return { problem: `since: expected a date such as 2026-11-20, got '${since}'` };
  return read > now ? { problem: `since: expected no day to come, got '${since}'` } : { value: read };
}

/** One line for each opt-out and each bounce; an import reads back exactly what was written. */
export function writeOptOutsCsv(addresses: readonly StoredAddress[], keyMark: string): string {
  const lines = addresses.flatMap(({ hash, optOuts, bouncedAt, lifted = [] }) => [
    ...optOuts.map(({ kind, storeId, at, channel = '', saidBy = '' }) => [
      ...[hash, keyMark, kind, storeId, at],
      ...[channel, saidBy],
    ]),
    ...lifted.map(({ channel, at, by }) => [hash, keyMark, LIFTED, '', at, channel, by]),
    ...(bouncedAt === undefined ? [] : [[hash, keyMark, BOUNCE, '', bouncedAt, '', '']]),
  ]);
  return stringify([columns, ...lines.map((line) => line.map(guarded))]);
}
