import { visible } from './words.ts';

/**
 * Free text from outside in an email to a customer. Mail clients turn web addresses into links, in HTML and in plain text, so a
 * name or a promise could send our customer anywhere under our letterhead. A space breaks the address and stays visible,
 * audible to screen readers, and unchanged by copying; zero-width characters would alarm spam filters and screen readers.
 */
export const unlinked = (text: string): string => linkMarks.reduce(withSpace, visible(text));

const withSpace = (text: string, mark: RegExp) => text.replace(mark, '$& ');

/**
 * Matches `https://`, `www.`, and a dot before a possible top-level domain: at least two letters, so that J.R., 1.5T and
 * 9 a.m. stay unchanged. Browsers treat the three full-width dots as dots and ignore invisible characters.
 */
const linkMarks = [
  /:\/\/(?=\S)/gu,
  /www[.。．｡](?=\S)/giu,
  /(?<=\S)[.。．｡](?=\p{DI}*\p{L}\p{DI}*[\p{L}\p{M}\p{N}-])/gu,
] as const;
