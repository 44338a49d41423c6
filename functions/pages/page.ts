import { createHash } from 'node:crypto';
import type { Language } from '../group/business-time.ts';
import { Html, html } from '../mail/html.ts';
import { document } from '../mail/layout.ts';
import { styleSheet } from './style.ts';

/** A web page as it is sent: whole, without a script, and without anything fetched from elsewhere. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** The store, and what the page is about. */
  readonly from?: Html | undefined;
  readonly notice?: Html | undefined;
  readonly body: Html;
  /** One column, for pages with little to say. */
  readonly narrow?: boolean;
}

export function render({ language, title, from, notice, body, narrow }: Page): string {
  return document({
    language,
    title,
    head: html`<style>${Html.ours(styleSheet)}</style>`,
    body: html`<body class="page">
<main class="${narrow ? 'shell narrow' : 'shell'}">
${from && html`<p class="from">${from}</p>`}
${notice}
${body}
</main>
</body>`,
  }).toString();
}

/** The one style sheet is allowed by its hash, and nothing else is allowed at all. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styleSheet).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');
