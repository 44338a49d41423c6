import { type Html, html } from '../mail/html.ts';
import { render } from './page.ts';
import { notice } from './parts.ts';

/**
 * The one page for unknown, forged and expired links and for links of people who left, so that guessing reveals
 * nothing. It offers a new link, which is only sent to the owner of the old one, at the address on the roster.
 */
export const notFoundPage = (): string =>
  deadEnd(html`<p>It may have expired: the link to a handoff works for 30 days, the one to your own list for 14. Or part of it got lost on the way.</p>
<form method="post"><button class="press" name="choice" value="fresh-link" aria-describedby="fresh">Send me a fresh one</button>
<p class="hint" id="fresh">It goes to your work address, as the store’s roster has it, and nowhere else.</p></form>`);

/** The one page for links to numbers that open nothing. It offers no new link, because the next report brings one. */
export const noNumbersPage = (): string =>
  deadEnd(
    html`<p>It may have expired: the link to the numbers works for two weeks. Monday’s email brings a new one.</p>`,
  );

const deadEnd = (why: Html): string =>
  render({
    language: 'en',
    title: 'This link does not open anything',
    narrow: true,
    body: html`<section class="panel">
<h1>This link does not open anything</h1>
${why}
</section>`,
  });

export const freshLinkPage = (): string =>
  render({
    language: 'en',
    title: 'Please look into your inbox',
    narrow: true,
    notice: notice(
      'done',
      html`<p>If that link was yours, a fresh one is on its way to your work address.</p>`,
    ),
    body: html`<section class="panel"><h1>Please look into your inbox</h1>
<p>Nothing came after a few minutes? Your manager sees every open handoff, and can hand this one to you.</p></section>`,
  });

/** For requests that no browser sends. */
export const refusedPage = (what: 'method' | 'size'): string =>
  render({
    language: 'en',
    title: 'This can’t be done here',
    narrow: true,
    body: html`<section class="panel"><h1>This can’t be done here</h1>
<p>${what === 'method' ? 'A page like this is only read, or answered with its buttons.' : 'What was sent is larger than anything this page asks for.'} Nothing was changed.</p></section>`,
  });

export const brokenPage = (): string =>
  render({
    language: 'en',
    title: 'Something went wrong',
    narrow: true,
    body: html`<section class="panel"><h1>Something went wrong on our side</h1>
<p>Please open the link again in a minute. If you had just chosen something, it may have been kept all the same: the page then shows whether it was, and choosing again does no harm.</p></section>`,
  });
