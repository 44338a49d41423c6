import { createHash } from 'node:crypto';
import type { Language } from '../group/business-time.ts';
import { Html, html } from '../mail/html.ts';
import { document } from '../mail/layout.ts';
import { styleSheet } from './style.ts';

/** A complete web page: no script, and nothing fetched from elsewhere. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** The line above the heading: the store and the topic. */
  readonly from?: Html | undefined;
  readonly notice?: Html | undefined;
  readonly body: Html;
  /** What is printed instead of the page. Not seen on a screen. */
  readonly paper?: Html | undefined;
  /** One column, for short pages. */
  readonly narrow?: boolean;
}

export function render({ language, title, from, notice, body, paper, narrow }: Page): string {
  return document({
    language,
    title,
    head: html`<style>${Html.ours(styleSheet)}</style>`,
    body: html`<body class="page">
<main class="${['shell', narrow && 'narrow', paper && 'screen'].filter(Boolean).join(' ')}">
${from && html`<p class="from">${from}</p>`}
${notice}
${body}
</main>
${paper && html`<div class="paper">${paper}</div>`}
</body>`,
  }).toString();
}

/** The content security policy: the style sheet is allowed by its hash, everything else is forbidden. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styleSheet).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');
