import type { Email } from '../emulator/ses/inbox.ts';
import { bytes, type Html, html, time } from './html.ts';

/** How an email is displayed. */
interface MailView {
  text: boolean;
  phone: boolean;
  images: boolean;
}

export const mailView = (search: URLSearchParams): MailView => ({
  text: search.get('part') === 'text',
  phone: search.get('width') === 'phone',
  images: search.get('images') !== 'off',
});

function address(email: Email, view: MailView): string {
  const search = new URLSearchParams();
  if (view.text) search.set('part', 'text');
  if (view.phone) search.set('width', 'phone');
  if (!view.images) search.set('images', 'off');
  return `/desk/mail/${email.id}${search.size > 0 ? `?${search}` : ''}`;
}

function choices(email: Email, view: MailView): Html {
  const all: [string, Partial<MailView>, boolean][] = [
    ['HTML', { text: false }, !view.text],
    ['Plain text', { text: true }, view.text],
    ['Phone width', { phone: !view.phone }, view.phone],
    ['Images off', { images: !view.images }, !view.images],
  ];
  return html`<nav class="choices" aria-label="View">${all.map(
    ([name, change, on]) =>
      html`<a href="${address(email, { ...view, ...change })}" ${on && 'aria-current=true'}>${name}</a>`,
  )}</nav>`;
}

const row = (name: string, value: Html | string): Html => html`<tr><th>${name}</th><td>${value}</td></tr>`;

function headerTable(email: Email): Html {
  const people = (list: string[]) =>
    html`${list.map((to) => html`<a href="/desk/inbox?to=${encodeURIComponent(to)}">${to}</a> `)}`;
  return html`<table class="headers">
    ${row('From', email.from)}
    ${row('To', people(email.to))}
    ${email.cc.length > 0 && row('Cc', people(email.cc))}
    ${email.bcc.length > 0 && row('Bcc', people(email.bcc))}
    ${email.replyTo.length > 0 && row('Reply to', email.replyTo.join(', '))}
    ${row('Sent', time(email.at))}
  </table>
  <details><summary>Headers and tags</summary><table class="headers">
    ${email.headers.map(({ name, value }) => row(name, html`<code>${value}</code>`))}
    ${Object.entries(email.tags).map(([name, value]) => row(`tag ${name}`, html`<code>${value}</code>`))}
    ${row('configuration set', email.configurationSet ?? 'none')}
    ${row('message id', html`<code>${email.id}</code>`)}
  </table></details>`;
}

function attachments(email: Email): Html {
  return html`<p>Attached: ${email.attachments.map(
    ({ name, size, type }, at) =>
      html`<a href="/desk/mail/${email.id}/attachments/${at}" download="${name}" title="${type}">${name} <span class="quiet">${bytes(size)}</span></a> `,
  )}</p>`;
}

function message(email: Email, view: MailView): Html {
  if (view.text || !email.html) return html`<pre class="plain">${email.text || '(no plain text)'}</pre>`;
  const source = `/desk/mail/${email.id}/html${view.images ? '' : '?images=off'}`;
  return html`<iframe class="mail ${view.phone && 'phone'}" title="The email" src="${source}"
    sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>`;
}

export function mailPage(email: Email, view: MailView): Html {
  return html`<h1>${email.subject || '(no subject)'}</h1>
    ${headerTable(email)}
    ${email.attachments.length > 0 && attachments(email)}
    ${choices(email, view)}
    ${message(email, view)}`;
}

/** A separate document: no script, no forms, links open in a new tab, inline images come from the attachments. */
export function mailDocument(email: Email): string {
  const body = email.attachments.reduce(
    (text, each) =>
      each.contentId
        ? text.replaceAll(`cid:${each.contentId}`, `data:${each.type};base64,${each.content}`)
        : text,
    email.html,
  );
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(body) ? body.replace(/<head[^>]*>/i, (head) => head + base) : base + body;
}

export const mailPolicy = (images: boolean): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    images ? 'img-src data: http: https:' : "img-src 'none'",
    'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
  ].join('; ');
