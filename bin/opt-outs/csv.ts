/** What addresses said no to, as a CSV file: by column names in any order, as spreadsheets write them. */
import { stringify } from 'csv-stringify/sync';
import { addressHash } from '../../functions/adapters/keys.ts';
import { emailAddress, instant, localDate } from '../../functions/contracts/fields.ts';
import { nearest } from '../../functions/contracts/nearest.ts';
import { ALL, emailKinds, GROUP, type OptOut } from '../../functions/customers/opt-outs.ts';
import { guarded, isoDate, lettersOf, recordsIn, unguarded } from '../lib/csv.ts';
import { Problem } from '../lib/problem.ts';
import type { StoredAddress } from './stored.ts';

/** Beside the kinds of email: the mailbox is not there, which is nobody's wish. */
export const BOUNCE = 'bounce';
const kinds: readonly string[] = [...emailKinds, ALL, BOUNCE];
const columns = ['address hash', 'kind', 'store', 'since'] as const;

type Field = 'email' | 'hash' | 'kind' | 'store' | 'since';
const fieldsByName: Readonly<Record<string, Field>> = {
  email: 'email',
  emailaddress: 'email',
  address: 'email',
  addresshash: 'hash',
  hash: 'hash',
  kind: 'kind',
  store: 'store',
  storeid: 'store',
  since: 'since',
};
const fieldOf = (name: string): Field | undefined => fieldsByName[lettersOf(name)];

/** One line of a file: an opt-out, or a bounce where the kind says so. */
export interface OptOutRow extends OptOut {
  readonly line: number;
  readonly hash: string;
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

/** What the values of a file are judged by. */
interface Known {
  readonly storeIds: readonly string[];
  readonly now: string;
}

/** Throws where the file as a whole can't be understood; a bad row is told, and the others are read. */
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
    else rows.push({ line, ...read });
  }
  return { rows, rejected, ignored: header.cells.filter((name) => !fieldOf(name) && name.trim() !== '') };
}

function checkHeader(names: readonly string[], fields: readonly (Field | undefined)[]): void {
  const its = `its columns are: ${names.join(', ')}`;
  if (!fields.includes('email') && !fields.includes('hash'))
    throw new Problem(`The list has no column 'email' or 'address hash'; ${its}`);
  if (!fields.includes('kind')) throw new Problem(`The list has no column 'kind'; ${its}`);
  const twice = names.find((_, at) => fields[at] && fields.indexOf(fields[at]) !== at);
  if (twice !== undefined) throw new Problem(`The list has the column '${twice}' twice; ${its}`);
}

type Values = Partial<Record<Field, string>>;

const valuesOf = (fields: readonly (Field | undefined)[], cells: readonly string[]): Values =>
  Object.fromEntries(
    fields.flatMap((field, at) => (field ? [[field, unguarded(cells[at] ?? '').trim()]] : [])),
  );

/** The row, or all that is wrong with it. */
function rowOf(values: Values, { storeIds, now }: Known): Omit<OptOutRow, 'line'> | string {
  const hash = hashIn(values);
  const kind = kindIn(values);
  const storeId = storeIn(values, storeIds);
  const at = instantIn(values, now);
  const problems = [hash, kind, storeId, at].flatMap((one) => ('problem' in one ? [one.problem] : []));
  if ('value' in hash && 'value' in kind && 'value' in storeId && 'value' in at) {
    return { hash: hash.value, kind: kind.value, storeId: storeId.value, at: at.value };
  }
  return problems.join('; ');
}

type Read = { readonly value: string } | { readonly problem: string };

function hashIn({ email = '', hash = '' }: Values): Read {
  if (hash !== '') {
    return /^[0-9a-f]{64}$/.test(hash)
      ? { value: hash }
      : { problem: 'address hash: expected 64 digits from 0 to f, as an export writes them' };
  }
  const address = emailAddress.safeParse(email);
  if (address.success) return { value: addressHash(address.data) };
  return { problem: `email: expected an email address such as 'maria@example.com'` };
}

function kindIn({ kind = '' }: Values): Read {
  const value = kind.toLowerCase();
  if (kinds.includes(value)) return { value };
  const meant = nearest(value, kinds);
  const hint = meant === undefined ? '' : `. Did you mean ${meant}?`;
  return { problem: `kind: expected one of ${kinds.join(', ')}, got '${kind}'${hint}` };
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

/** One line a no and one a bounce: what an import reads back as it was. */
export function writeOptOutsCsv(addresses: readonly StoredAddress[]): string {
  const lines = addresses.flatMap(({ hash, optOuts, bouncedAt }) => [
    ...optOuts.map(({ kind, storeId, at }) => [hash, kind, storeId, at]),
    ...(bouncedAt === undefined ? [] : [[hash, BOUNCE, '', bouncedAt]]),
  ]);
  return stringify([columns, ...lines.map((line) => line.map(guarded))]);
}
