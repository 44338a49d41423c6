import { visible } from './words.ts';

/**
 * Somebody else's text in an email to a customer. Mail programs make links of web addresses by themselves, in HTML as in
 * plain text, so a name or a promise could send our customer anywhere under our letterhead. A space after the marks that
 * make an address is seen, read aloud and copied as what it is; characters that nobody sees are what spam filters look
 * for, and a screen reader stumbles over them.
 */
export const unlinked = (text: string): string => linkMarks.reduce(withSpace, visible(text));

const withSpace = (text: string, mark: RegExp) => text.replace(mark, '$& ');

/**
 * `https://`, `www.`, and a dot before what may be the end of a domain: two letters at least, so that J.R., 1.5T and
 * 9 a.m. stay as they are. A browser takes the three wide dots for a dot, and what nobody sees for nothing.
 */
const linkMarks = [
  /:\/\/(?=\S)/gu,
  /www[.。．｡](?=\S)/giu,
  /(?<=\S)[.。．｡](?=\p{DI}*\p{L}\p{DI}*[\p{L}\p{M}\p{N}-])/gu,
] as const;
