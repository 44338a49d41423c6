import { type Html, html, safeAddress } from './html.ts';

/**
 * A sentence, written once for HTML and plain text. Values from outside are escaped, isolated from the text direction of
 * our own words, and stripped of invisible characters.
 */
export type Words = readonly Piece[];

interface Piece {
  readonly is: 'ours' | 'value' | 'strong' | 'phone' | 'email' | 'link' | 'break';
  readonly text: string;
  /** The address of a link. */
  readonly href?: string;
}

/** A raw value, or a sentence made by {@link words}. */
export type Content = string | Words;

/** Builds a sentence: the template is trusted, every interpolated text is not. */
export function words(parts: TemplateStringsArray, ...values: readonly (Content | number)[]): Words {
  return parts.flatMap((part, at) => {
    const value = values[at];
    const ours: Words = part === '' ? [] : [{ is: 'ours', text: part }];
    return value === undefined ? ours : [...ours, ...asWords(value)];
  });
}

/** Text that we wrote, such as a date: never shortened, and not isolated from the sentence around it. */
export const ours = (text: string): Words => [{ is: 'ours', text }];
/** Emphasizes a value. */
export const strong = (text: string): Words => [{ is: 'strong', text: visible(text) }];
/** A phone number as a `tel:` link. */
export const phone = (number: string): Words => [{ is: 'phone', text: visible(number) }];
/**
 * A name with a link. {@link wordsToText} shows only the name; {@link wordsToLines} also shows the address on the line below.
 */
export const leadingTo = (href: string | undefined, text: string): Words =>
  href === undefined ? strong(text) : [{ is: 'link', text: visible(text), href }];
export const mailbox = (address: string): Words => [{ is: 'email', text: visible(address) }];

/** Joins values with commas, in the order given. */
export function listed(values: readonly string[]): Words {
  return values.flatMap((value, at) =>
    at === 0 ? asWords(value) : [{ is: 'ours' as const, text: ', ' }, ...asWords(value)],
  );
}

/** Puts each value on its own line in HTML; plain text separates them with semicolons. */
export function stacked(values: readonly string[]): Words {
  return values.flatMap((value, at) =>
    at === 0 ? asWords(value) : [{ is: 'break' as const, text: '; ' }, ...asWords(value)],
  );
}

/** The attributes of a link within a sentence: a style in an email, and a class on a page, whose policy forbids styles. */
type LinkStyleOf = (part: 'inlineLink' | 'inlineNumber' | 'inlineAction') => Html;
const byClass: LinkStyleOf = (part) => html`class="${part}"`;

export function wordsToHtml(content: Content, styleOf = byClass): Html {
  return html`${asWords(content).map((piece) => pieceToHtml(piece, styleOf))}`;
}

export function wordsToText(content: Content): string {
  return asWords(content)
    .map(({ is, text }) => (isOurs(is) ? text : isolated(text)))
    .join('');
}

/**
 * A sentence of plain text with the address of each of its links on a line below, because a name alone cannot be followed. If
 * there are several links, each address is preceded by its name.
 */
export function wordsToLines(content: Content, indent = ''): string {
  const links = asWords(content).flatMap(({ text, href }) => {
    const address = safeAddress(href);
    return address === undefined ? [] : [{ text: isolated(text), address }];
  });
  const below = links.map(({ text, address }) => (links.length === 1 ? address : `${text}: ${address}`));
  return [wordsToText(content), ...below].join(`\n${indent}`);
}

/** The length of a subject that a desktop inbox shows, and the limit if our own words alone are longer. */
const SUBJECT_LENGTH = 60;
const LONGEST_SUBJECT = 110;

/** Shortens a subject to the length that inboxes show. Names are cut, the longest first; our own words and times stay whole. */
export function subjectLine(content: Content): string {
  const pieces = asWords(content);
  const room = roomForValues(pieces);
  const line = pieces
    .map(({ is, text }) => (isOurs(is) ? text : isolated(shortened(text, room))))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim();
  const cut = shortened(line, LONGEST_SUBJECT);
  const open = count(cut, FIRST_STRONG_ISOLATE) - count(cut, POP_ISOLATE);
  return cut + POP_ISOLATE.repeat(Math.max(0, open));
}

/** Enough of a name to recognize it. */
const SHORTEST_VALUE = 12;

/** The length available to each value if the subject is to fit. */
function roomForValues(pieces: Words): number {
  const lengths = pieces.filter(({ is }) => !isOurs(is)).map(({ text }) => text.length);
  const own = pieces.filter(({ is }) => isOurs(is)).reduce((sum, { text }) => sum + text.length, 0);
  const taken = (room: number) => lengths.reduce((sum, length) => sum + Math.min(length, room), own);
  let room = Math.max(SHORTEST_VALUE, ...lengths.map((length) => Math.min(length, SUBJECT_LENGTH)));
  while (room > SHORTEST_VALUE && taken(room) > SUBJECT_LENGTH) room -= 1;
  return room;
}

/** Truncates to a number of graphemes, with an ellipsis where text was cut. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (kept.length + segment.length > characters - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function asWords(content: Content | number): Words {
  if (typeof content === 'number') return [{ is: 'ours', text: String(content) }];
  return typeof content === 'string' ? [{ is: 'value', text: visible(content) }] : content;
}

/** Turns line breaks into spaces; drops control characters and marks that reverse the text direction. */
export function visible(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();
}

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Plain text has no `<bdi>`, so a right-to-left name gets direction marks; others do not, because marks get copied. */
const isolated = (text: string) =>
  rightToLeft.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;

const count = (text: string, mark: string) => text.split(mark).length - 1;

const isOurs = (is: Piece['is']) => is === 'ours' || is === 'break';

function pieceToHtml({ is, text, href }: Piece, styleOf: LinkStyleOf): Html {
  switch (is) {
    case 'ours':
      return html`${unbroken(text)}`;
    case 'break':
      return html`<br>`;
    case 'value':
      return html`<bdi>${unbroken(text)}</bdi>`;
    case 'strong':
      return html`<strong><bdi>${unbroken(text)}</bdi></strong>`;
    case 'phone':
      return linked(text, telephone(text), styleOf('inlineNumber'));
    case 'link':
      return linked(text, href, styleOf('inlineAction'));
    case 'email':
      return linked(text, `mailto:${encodeURIComponent(text).replace('%40', '@')}`, styleOf('inlineLink'));
  }
}

/** Keeps a number on the same line as its unit: `4:00 PM`, `7,500 miles`, `Nov 20`; and a model in one piece: `CR-V`. */
const unbroken = (text: string): Html =>
  html`${withUnits(text)
    .split(/(?<![\p{L}\p{N}-])((?=[A-Z0-9-]*[A-Z])[A-Z0-9]{1,3}-[A-Z0-9]{1,4})(?![\p{L}\p{N}-])/u)
    .map((part, at) => (at % 2 === 0 ? part : html`<span class="unbroken">${part}</span>`))}`;

const withUnits = (text: string): string =>
  text
    .replace(/(\d) (?=(?:AM|PM|[ap]\.m\.|miles|millas|kilometers|kilómetros)(?![\p{L}]))/gu, '$1\u00a0')
    .replace(/(?<=\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*) (?=\d{1,2}\b)/gu, '\u00a0');

function linked(text: string, address: string | undefined, styleOf: Html): Html {
  const href = safeAddress(address);
  return href === undefined
    ? html`<bdi>${text}</bdi>`
    : html`<a href="${href}" ${styleOf}><bdi>${text}</bdi></a>`;
}

/** The digits to dial, without an extension; ten digits get the US country code, other lengths stay unchanged. */
export function telephone(text: string): string | undefined {
  const main = text.split(/\s*(?:x|ext\.?|#)\s*\d/iu)[0] ?? '';
  const digits = main.replace(/\D/gu, '');
  if (digits.length < 7 || digits.length > 15) return undefined;
  if (main.trim().startsWith('+')) return `tel:+${digits}`;
  return digits.length === 10 ? `tel:+1${digits}` : `tel:${digits}`;
}

/** Begins a sentence with a capital letter. */
export const sentence = ([first, ...rest]: Words): Words =>
  first === undefined ? [] : [{ ...first, text: sentenceCase(first.text) }, ...rest];

/** Turns a phrase written to follow a colon into a sentence. */
export const sentenceCase = (text: string) => text.replace(/^./u, (first) => first.toUpperCase());
