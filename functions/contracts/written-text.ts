/** Restores text as a person typed it from what an export made of it. */

/** Zero-width characters, marks of direction, fillers. Joiners stay: Persian names and emoji need them. */
const unseen = /[\p{Default_Ignorable_Code_Point}--[\u200c\u200d\ufe0e\ufe0f]]/gv;

/** Removes invisible characters and collapses white space. */
export const visibleText = (text: string): string =>
  text
    .replace(unseen, '')
    .replace(/[\p{Cc}\s\u2800]+/gu, ' ')
    .trim();

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

/** An export that escaped twice holds `Zo&amp;eacute;`. */
const MOST_ESCAPES = 3;

/**
 * Decodes the HTML entities that occur in names and addresses: accented letters by their parts, characters by number,
 * and a few by name.
 */
export function withoutEntities(text: string, escapes = MOST_ESCAPES): string {
  const plain = decodedOnce(text);
  return plain === text || escapes === 1 ? plain : withoutEntities(plain, escapes - 1);
}

const decodedOnce = (text: string): string =>
  text
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
