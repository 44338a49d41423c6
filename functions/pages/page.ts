import { createHash } from 'node:crypto';
import type { Language } from '../group/business-time.ts';
import { type Group, letterheadOf, type Store } from '../group/group.ts';
import type { Letterhead } from '../group/letterhead.ts';
import { Html, html } from '../mail/html.ts';
import { brandToHtml, document, dressedByClass } from '../mail/layout.ts';
import { styleSheetIn } from './style.ts';

/** Whose page it is, a store's or the whole group's: its name or logo is at the top, its color on the buttons. */
export interface OfAnybody {
  readonly group: Pick<Group, 'letterhead' | 'displayName'>;
  readonly store?: Store;
}

/** Like the above, always with a store. */
export interface OfStore extends OfAnybody {
  readonly store: Store;
}

export const nameOf = ({ group, store }: OfAnybody): string => store?.name ?? group.displayName;

/** A complete web page without scripts. It loads nothing from elsewhere but the store's logo. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** Left out: the page must not reveal whose it is. */
  readonly of?: OfAnybody;
  /** Shown next to the store, above the heading. */
  readonly topic?: Html | string | undefined;
  readonly notice?: Html | undefined;
  readonly body: Html;
  /** What is printed instead of the page; not visible on screen. */
  readonly paper?: Html | undefined;
  /** One column, for short pages. */
  readonly narrow?: boolean;
}

export function render({ language, title, of, topic, notice, body, paper, narrow }: Page): string {
  const { color } = letterheadIn(of);
  return document({
    language,
    title,
    head: html`<style>${Html.ours(styleSheetIn(color))}</style>`,
    body: html`<body class="page">
<main class="${['shell', narrow && 'narrow', paper && 'screen'].filter(Boolean).join(' ')}">
${(of || topic) && html`<p class="from">${of && brandOf(of)}${topic && html` <span>${of && '· '}${topic}</span>`}</p>`}
${notice}
${body}
</main>
${paper}
</body>`,
  }).toString();
}

const letterheadIn = (of: OfAnybody | undefined): Letterhead =>
  of?.store ? letterheadOf(of.group, of.store) : (of?.group.letterhead ?? {});
const brandOf = (of: OfAnybody): Html =>
  brandToHtml({ brand: nameOf(of), letterhead: letterheadIn(of) }, dressedByClass);

/**
 * The content security policy of a page in a store's or the group's colors. The style sheet is allowed by its hash
 * and the logo by its address; everything else is forbidden.
 */
export function contentSecurityPolicy(of?: OfAnybody): string {
  const { color, logo } = letterheadIn(of);
  return [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(styleSheetIn(color)).digest('base64')}'`,
    ...(logo ? [`img-src ${new URL(logo.url).origin}`] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
