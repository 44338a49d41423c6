/** One document as different readers get it: the media query that they would match is made to hold, or not to. */

export type Scheme = 'light' | 'dark';

export const inScheme = (html: string, scheme: Scheme): string =>
  html
    .replaceAll('@media (prefers-color-scheme:dark)', scheme === 'dark' ? '@media all' : '@media not all')
    .replaceAll('color-scheme:light dark', `color-scheme:${scheme}`);

/** As most mail programs show it before the reader allows pictures. */
export const withoutImages = (html: string): string =>
  html.replaceAll(/(<img [^>]*)src="[^"]*"/g, '$1src="data:,"');

/** The photos of people and the logos of stores that don't exist are drawn. */
export const withDrawnPictures = (html: string): string =>
  html.replaceAll(
    /<img src="https:[^"]*"([^>]*)>/g,
    (_image, rest: string) => `<img src="${rest.includes('class="logo"') ? logo : portrait}"${rest}>`,
  );

const portrait = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="#b9cfdc"/><path d="M8 72c2-18 14-24 28-24s26 6 28 24z" fill="#23506b"/><circle cx="36" cy="30" r="14" fill="#e9c3a1"/><path d="M21 29c0-12 8-17 15-17s15 5 15 17c-3-6-6-9-15-9s-12 3-15 9z" fill="#4b3426"/></svg>',
)}`;

const logo = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 148 32"><path d="M2 20c5-8 9-8 14 0s9 8 14 0" fill="none" stroke="#a8142b" stroke-width="4" stroke-linecap="round"/><text x="38" y="23" font-family="Georgia,serif" font-size="22" font-weight="700" fill="#1a2027">Lakeshore</text></svg>',
)}`;
