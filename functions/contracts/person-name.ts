import * as z from 'zod';
import type { EdgeReading } from './edge.ts';
import { visibleText, withoutEntities } from './written-text.ts';

/**
 * Reads a customer's name as people write it from what an export contains: `KOWALSKI, MARIA` in one field, all
 * capitals, HTML entities, or `N/A` for none.
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

/** Removes invisible characters; empty if the text means that there is no name. */
function cleaned(written: unknown): unknown {
  if (typeof written !== 'string') return written ?? undefined;
  const text = visibleText(withoutEntities(written.slice(0, LONGEST)))
    // Some keyboards and exports write O`Neil or O ’Neil for O'Neil.
    .replace(/(?<=\p{L})[`´]/gu, "'")
    .replace(/\b([OD]) (?=['’]\p{L})/gu, '$1')
    .replace(/^["*]+|["*]+$/g, '')
    .replace(/ \/ /g, ' & ')
    .trim();
  return /[\p{L}\p{N}]/u.test(text) && !noName.test(text) ? text : undefined;
}

/** Longer than the limit for names, since an entity has more letters than the character that it stands for. */
const LONGEST = 1_000;

const noName =
  /^(?:n\/?\.?a\.|n\/a|none|unknown|undefined|null|not (?:given|known|available)|no (?:first |last )?name)$/i;

/** Suffixes that follow a comma without being somebody's first name. */
const suffix = /^(?:jr|sr|ii|iii|iv|md|phd|dds|esq)\.?$/i;
const ofCompany = /^(?:inc|incorporated|llc|l\.l\.c|ltd|lp|llp|co|corp|corporation|pc|plc|dba .*)\.?$/i;

/** Two buyers in one field: `SMITH, JOHN / JONES, MARY`. */
function buyers(text: string): string | undefined {
  const each = text.split(/\s*;\s*|\s+(?:&|\/|and|y)\s+/i).map((buyer) => buyer.split(/\s*,\s*/));
  const areTwo = each.length > 1 && each.every((parts) => parts.length === 2 && !parts.includes(''));
  return areTwo ? each.map(([last, first]) => `${first} ${last}`).join(' & ') : undefined;
}

/** `Last, First` in one field; in `Lee, Jr` and `Acme, LLC` the part after the comma is not a first name. */
function inOrder(firstName: unknown, lastName: unknown): Names {
  const only = firstName === undefined ? lastName : lastName === undefined ? firstName : undefined;
  const two = typeof only === 'string' ? buyers(only) : undefined;
  if (two !== undefined) return { lastName: two };
  const [last, first, ...more] =
    typeof only === 'string' ? only.split(/\s*,\s*/).filter((part) => part !== '') : [];
  if (last === undefined || first === undefined)
    return { ...defined('firstName', firstName), ...defined('lastName', lastName) };
  if (ofCompany.test(first)) return { company: only };
  if (suffix.test(first)) return { lastName: [last, first, ...more].join(' ') };
  const suffixes = more.filter((part) => suffix.test(part));
  return { firstName: first, lastName: [last, ...suffixes].join(' ') };
}

/**
 * Changes only a name that is in one case throughout: in `AJ` next to `Smith` the capitals are deliberate, in `MARIA
 * LOPEZ` they are not.
 */
function inUsualCase({ firstName, lastName }: Names): Names {
  const written = [firstName, lastName].filter((name) => typeof name === 'string').join(' ');
  const usual = (name: unknown, isSurname: boolean) =>
    typeof name === 'string' && (isInOneCase(written) || isShouted(name)) ? titleCase(name, isSurname) : name;
  return {
    ...defined('firstName', usual(firstName, false)),
    ...defined('lastName', usual(lastName, true)),
  };
}

const isInOneCase = (text: string) =>
  !/\p{Lu}/u.test(text) || (/\p{Lu}{2}/u.test(text) && !/\p{Ll}/u.test(text));

/** Four capitals in a row are more than initials have. */
const isShouted = (name: string) => /\p{Lu}{4}/u.test(name) && !/\p{Ll}/u.test(name);

/** Writes `O'NEIL-SMITH JR` as O'Neil-Smith Jr; initials and numerals stay. */
function titleCase(name: string, isSurname: boolean): string {
  return name
    .split(' ')
    .map((word, at, words) => {
      if (at > 0 && numeral.test(word)) return word.toUpperCase();
      const isInside = article.test(word) && particle.test(words[at - 1] ?? '');
      return isInside ? word.toLowerCase() : titled(word, isSurname);
    })
    .join(' ');
}

const numeral = /^(?:ii|iii|iv|vi{0,3})$/i;
/** De la Cruz, Van der Merwe: the first word of a surname is capitalized, even a particle. */
const particle = /^(?:de|van|von|op|in)$/i;
const article = /^(?:la|las|lo|los|el|der|den|dem|het|ter)$/i;

function titled(word: string, isSurname: boolean): string {
  if (/^(?:and|or|y|e)$/i.test(word)) return word.toLowerCase();
  // Two or three consonants are initials: JJ, TJ, DDS. Ng is a name.
  if (/^[B-DF-HJ-NP-TV-XZ]{2,3}$/.test(word) && !/^(?:JR|SR|NG|MC|MR|MRS|DR|ST)$/.test(word)) return word;
  return word
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replace(/[\p{L}\p{M}'’]+/gu, (part) => capitalized(part, isSurname));
}

/** `o'neil`, `mcdonald` and the surname `macdonald` get a second capital. */
function capitalized(part: string, isSurname: boolean): string {
  const prefixes = isSurname ? twoCapitals.surname : twoCapitals.any;
  const [, prefix = '', rest = ''] = prefixes.exec(part) ?? [];
  return capital(prefix) + capital(rest);
}

/** The Mac- names that most of their bearers write with a second capital; Mack, Macy, Machado and Macias have none. */
const clans =
  'allister arthur aulay bride callum cormack donald donell dougall duff eachern ewan farlane gillivray gowan gregor ' +
  'innes innis intosh intyre isaac iver kay kenna kenzie kinnon lachlan laren lean lellan lennan leod mahon master ' +
  'millan murray namara naughton neil neill nicol phail phee pherson queen quarrie rae ritchie taggart tavish vicar';
const ofClan = `mac(?=(?:${clans.replaceAll(' ', '|')})$)`;
const twoCapitals = {
  any: /^(mc|\p{L}?['’])?(.*)$/u,
  surname: new RegExp(`^(mc|${ofClan}|\\p{L}?['’])?(.*)$`, 'u'),
} as const;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
