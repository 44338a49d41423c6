import { type Html, html, safeAddress } from './html.ts';

/**
 * A sentence, written once for HTML and plain text: our own words, and between them the values of other people,
 * which are escaped, isolated from the direction of our text, and cleared of characters that nobody sees.
 */
export type Words = readonly Piece[];

interface Piece {
  readonly is: 'ours' | 'value' | 'strong' | 'phone' | 'email' | 'break';
  readonly text: string;
}

/** A value as it came, or a sentence of ours. */
export type Content = string | Words;

/** A sentence: what stands in the template is ours, a text put into it is somebody else's. */
export function words(parts: TemplateStringsArray, ...values: readonly (Content | number)[]): Words {
  return parts.flatMap((part, at) => {
    const value = values[at];
    const ours: Words = part === '' ? [] : [{ is: 'ours', text: part }];
    return value === undefined ? ours : [...ours, ...asWords(value)];
  });
}

/** The same value, where the eye should fall first. */
export const strong = (text: string): Words => [{ is: 'strong', text: visible(text) }];
/** A number to tap on a phone. */
export const phone = (number: string): Words => [{ is: 'phone', text: visible(number) }];
export const mailbox = (address: string): Words => [{ is: 'email', text: visible(address) }];

/** Values with commas between, in the order given. */
export function listed(values: readonly string[]): Words {
  return values.flatMap((value, at) =>
    at === 0 ? asWords(value) : [{ is: 'ours' as const, text: ', ' }, ...asWords(value)],
  );
}

/** Each value on a line of its own; in plain text, which has no such lines, with semicolons between. */
export function stacked(values: readonly string[]): Words {
  return values.flatMap((value, at) =>
    at === 0 ? asWords(value) : [{ is: 'break' as const, text: '; ' }, ...asWords(value)],
  );
}

export function wordsToHtml(content: Content): Html {
  return html`${asWords(content).map(pieceToHtml)}`;
}

export function wordsToText(content: Content): string {
  return asWords(content)
    .map(({ is, text }) => (isOurs(is) ? text : isolated(text)))
    .join('');
}

const SUBJECT_LENGTH = 110;

/** One line of a length that inboxes show, cut between letters as a reader counts them. */
export function subjectLine(content: Content): string {
  const line = asWords(content)
    .map(({ is, text }) => (isOurs(is) ? text : isolated(shortened(text, 40))))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim();
  const cut = shortened(line, SUBJECT_LENGTH);
  const open = count(cut, FIRST_STRONG_ISOLATE) - count(cut, POP_ISOLATE);
  return cut + POP_ISOLATE.repeat(Math.max(0, open));
}

/** At most so many characters, cut between letters as a reader counts them, with an ellipsis where something was cut. */
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

/** Line breaks become spaces; control characters and marks that turn the direction of what follows are dropped. */
export function visible(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();
}

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Plain text has no `<bdi>`: a name that runs the other way is marked, and no other, for marks are copied along. */
const isolated = (text: string) =>
  rightToLeft.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;

const count = (text: string, mark: string) => text.split(mark).length - 1;

const isOurs = (is: Piece['is']) => is === 'ours' || is === 'break';

function pieceToHtml({ is, text }: Piece): Html {
  switch (is) {
    case 'ours':
      return html`${text}`;
    case 'break':
      return html`<br>`;
    case 'value':
      return html`<bdi>${text}</bdi>`;
    case 'strong':
      return html`<strong><bdi>${text}</bdi></strong>`;
    case 'phone':
      return linked(text, telephone(text));
    case 'email':
      return linked(text, `mailto:${encodeURIComponent(text).replace('%40', '@')}`);
  }
}

function linked(text: string, address: string | undefined): Html {
  const href = safeAddress(address);
  // The colour stands on the link itself: the mail programs that need it read no style sheet.
  return href === undefined
    ? html`<bdi>${text}</bdi>`
    : html`<a class="inline-link" href="${href}" style="color:inherit;text-decoration:underline"><bdi>${text}</bdi></a>`;
}

/** Digits to dial, without an extension; a number of a country's own length stays as it is. */
function telephone(text: string): string | undefined {
  const main = text.split(/\s*(?:x|ext\.?|#)\s*\d/iu)[0] ?? '';
  const digits = main.replace(/\D/gu, '');
  if (digits.length < 7 || digits.length > 15) return undefined;
  if (main.trim().startsWith('+')) return `tel:+${digits}`;
  return digits.length === 10 ? `tel:+1${digits}` : `tel:${digits}`;
}

/** A sentence that was written to follow a colon, on its own. */
export const sentenceCase = (text: string) => text.replace(/^./u, (first) => first.toUpperCase());
