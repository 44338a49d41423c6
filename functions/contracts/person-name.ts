import * as z from 'zod';
import type { EdgeReading } from './edge.ts';

/**
 * A customer's name as people write it, from what an export holds: `KOWALSKI, MARIA` in one field, all in capitals, with
 * the entities of a web page, `N/A` where there is none.
 */
const fields = z.looseObject({
  firstName: z.unknown().optional(),
  lastName: z.unknown().optional(),
  companyName: z.unknown().optional(),
});

export function readCustomerName(written: unknown): EdgeReading {
  const read = fields.safeParse(written);
  if (!read.success) return { value: written };
  const { firstName, lastName, companyName, ...others } = read.data;
  const person = inOrder(cleaned(firstName), cleaned(lastName));
  const company = cleaned(companyName) ?? person.company;
  return { value: { ...others, ...inUsualCase(person), ...defined('companyName', company) } };
}

interface Names {
  readonly firstName?: unknown;
  readonly lastName?: unknown;
  readonly company?: unknown;
}

const defined = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value });

/** Without what cannot be seen; nothing where it says that there is no name. */
function cleaned(written: unknown): unknown {
  if (typeof written !== 'string') return written ?? undefined;
  const text = decoded(written.slice(0, LONGEST))
    .replace(/[\p{Cc}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return /[\p{L}\p{N}]/u.test(text) && !noName.test(text) ? text : undefined;
}

/** Longer than a name may be, since an entity takes more letters than it stands for. */
const LONGEST = 1_000;

const noName =
  /^(?:n\/?\.?a\.|n\/a|none|unknown|undefined|null|not (?:given|known|available)|no (?:first |last )?name)$/i;

/** Suffixes that follow a comma without being somebody's first name. */
const suffix = /^(?:jr|sr|ii|iii|iv|md|phd|dds|esq)\.?$/i;
const ofCompany = /^(?:inc|incorporated|llc|l\.l\.c|ltd|lp|llp|co|corp|corporation|pc|plc|dba .*)\.?$/i;

/** `Last, First` in one field; what follows the comma of `Lee, Jr` and `Acme, LLC` is no first name. */
function inOrder(firstName: unknown, lastName: unknown): Names {
  const only = firstName === undefined ? lastName : lastName === undefined ? firstName : undefined;
  const [last, first, ...more] =
    typeof only === 'string' ? only.split(/\s*,\s*/).filter((part) => part !== '') : [];
  if (last === undefined || first === undefined)
    return { ...defined('firstName', firstName), ...defined('lastName', lastName) };
  if (ofCompany.test(first)) return { company: only };
  if (suffix.test(first)) return { lastName: [last, first, ...more].join(' ') };
  const suffixes = more.filter((part) => suffix.test(part));
  return { firstName: first, lastName: [last, ...suffixes].join(' ') };
}

/** Only where nothing of the name is in small letters: `AJ` beside `Smith` is how AJ writes it. */
function inUsualCase({ firstName, lastName, company }: Names): Names {
  const written = [firstName, lastName].filter((name) => typeof name === 'string').join(' ');
  const isAllCapitals = /\p{Lu}{2}/u.test(written) && !/\p{Ll}/u.test(written);
  const usual = (name: unknown) => (isAllCapitals && typeof name === 'string' ? titleCase(name) : name);
  void company;
  return { ...defined('firstName', usual(firstName)), ...defined('lastName', usual(lastName)) };
}

/** `O'NEIL-SMITH JR` as O'Neil-Smith Jr; initials and numerals stay. */
function titleCase(name: string): string {
  return name
    .split(' ')
    .map((word, at) => (at > 0 && /^(?:II|III|IV|VI{0,3})$/.test(word) ? word : titled(word)))
    .join(' ');
}

function titled(word: string): string {
  if (/^(?:AND|OR|Y|E)$/.test(word)) return word.toLowerCase();
  // Without a vowel it is initials: JJ, TJ, DDS. Ng is a name.
  if (/^[B-DF-HJ-NP-TV-XZ]{2,3}$/.test(word) && !/^(?:JR|SR|NG|MC|MR|MRS|DR|ST)$/.test(word)) return word;
  return word.toLowerCase().replace(/[\p{L}\p{M}'’]+/gu, capitalized);
}

/** `o'neil` and `mcdonald` have two capitals. */
function capitalized(part: string): string {
  const [, prefix = '', rest = ''] = /^(mc|\p{L}['’])?(.*)$/u.exec(part) ?? [];
  return capital(prefix) + capital(rest);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const marks: Readonly<Record<string, string>> = {
  ...{ acute: '\u0301', grave: '\u0300', circ: '\u0302', uml: '\u0308' },
  ...{ tilde: '\u0303', cedil: '\u0327', caron: '\u030c', ring: '\u030a' },
};
const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', apos: "'", quot: '"', nbsp: ' ', lt: '<', gt: '>', rsquo: '’', lsquo: '‘' },
  ...{
    szlig: 'ß',
    aelig: 'æ',
    AElig: 'Æ',
    oslash: 'ø',
    Oslash: 'Ø',
    oelig: 'œ',
    OElig: 'Œ',
    eth: 'ð',
    thorn: 'þ',
  },
};

/** The entities of HTML that names have: letters with marks by their parts, characters by number, and a few by name. */
function decoded(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (all, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0x1f && code < 0x11_0000 && !(code >= 0xd8_00 && code <= 0xdf_ff)
        ? String.fromCodePoint(code)
        : all;
    })
    .replace(
      /&([A-Za-z])(acute|grave|circ|uml|tilde|cedil|caron|ring);/g,
      (_all, letter: string, mark: string) => `${letter}${marks[mark] ?? ''}`.normalize('NFC'),
    )
    .replace(/&([A-Za-z]{2,6});/g, (all, name: string) => named[name] ?? all);
}
