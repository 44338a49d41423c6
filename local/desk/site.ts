import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { contentSecurityPolicy } from '../../functions/pages/page.ts';
import type { Desk } from './desk.ts';
import { feedsPage } from './feeds-page.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { mailDocument, mailPage, mailPolicy, mailView } from './mail-page.ts';
import { deadLettersPage, eventPage, eventsPage, homePage, inboxPage, tasksPage } from './pages.ts';

const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; " +
  "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

interface Content {
  status?: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

type Get = (desk: Desk, url: URL, id: string) => Promise<Content | undefined>;

const file = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));

/** The path to which a form on the page returns: the page itself, without the last message. */
function backTo(url: URL): string {
  const search = new URLSearchParams(url.searchParams);
  search.delete('said');
  return `${url.pathname}${search.size > 0 ? `?${search}` : ''}`;
}

function page(desk: Desk, url: URL, title: string, body: Html, status = 200): Content {
  const said = url.searchParams.get('said') ?? undefined;
  const { text } = layout(desk, { title, path: url.pathname, back: backTo(url), said, body });
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: text,
    headers: { 'content-security-policy': pagePolicy },
  };
}

/** Encoded as in RFC 5987, where an apostrophe has a meaning. */
const encodedName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

function attachment(desk: Desk, url: URL, id: string): Content | undefined {
  const found = desk.inbox.find(id)?.attachments[Number(url.pathname.split('/').at(-1))];
  if (!found) return undefined;
  return {
    type: found.type,
    body: Buffer.from(found.content, 'base64'),
    headers: {
      'content-disposition': `attachment; filename*=UTF-8''${encodedName(found.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  };
}

const routes: [RegExp, Get][] = [
  [
    /^\/$/,
    async (desk, url) => page(desk, url, 'Desk', await homePage(desk, url.searchParams.get('sample'))),
  ],
  [/^\/desk\/style\.css$/, async () => ({ type: 'text/css; charset=utf-8', body: file('./style.css') })],
  [
    /^\/desk\/client\.js$/,
    async () => ({ type: 'text/javascript; charset=utf-8', body: file('./client.js') }),
  ],
  [
    /^\/desk\/inbox$/,
    async (desk, url) => page(desk, url, 'Inbox', inboxPage(desk, url.searchParams.get('to') ?? undefined)),
  ],
  [/^\/desk\/tasks$/, async (desk, url) => page(desk, url, 'Tasks', await tasksPage(desk))],
  [
    /^\/desk\/events$/,
    async (desk, url) => page(desk, url, 'Events', eventsPage(desk, url.searchParams.has('all'))),
  ],
  [
    /^\/desk\/events\/([^/]+)$/,
    async (desk, url, id) => {
      const found = desk.events.find(id);
      return found && page(desk, url, found.event['detail-type'], eventPage(found));
    },
  ],
  [
    /^\/desk\/mail\/([^/]+)$/,
    async (desk, url, id) => {
      const found = desk.inbox.find(id);
      return found && page(desk, url, found.subject, mailPage(found, mailView(url.searchParams)));
    },
  ],
  [
    /^\/desk\/mail\/([^/]+)\/html$/,
    async (desk, url, id) => {
      const found = desk.inbox.find(id);
      const headers = { 'content-security-policy': mailPolicy(mailView(url.searchParams).images) };
      return found && { type: 'text/html; charset=utf-8', body: mailDocument(found), headers };
    },
  ],
  [/^\/desk\/mail\/([^/]+)\/attachments\/\d+$/, async (desk, url, id) => attachment(desk, url, id)],
  [/^\/desk\/feeds$/, async (desk, url) => page(desk, url, 'Feeds', await feedsPage(desk))],
  [
    /^\/desk\/two-years$/,
    async ({ demoNumbers }) => {
      const headers = { 'content-security-policy': contentSecurityPolicy() };
      return demoNumbers && { type: 'text/html; charset=utf-8', body: await demoNumbers.page(), headers };
    },
  ],
  [
    /^\/desk\/dead-letters$/,
    async (desk, url) => page(desk, url, 'Dead letters', await deadLettersPage(desk)),
  ],
];

/** The desk owns its root and everything below /desk/; the rest belongs to the stack's API. */
export const isSite = (path: string): boolean => path === '/' || path.startsWith('/desk/');

async function find(desk: Desk, url: URL): Promise<Content> {
  for (const [pattern, get] of routes) {
    const match = pattern.exec(url.pathname);
    const content = match && (await get(desk, url, match[1] ?? ''));
    if (content) return content;
  }
  return page(desk, url, 'Not found', html`<h1>There is nothing here</h1>`, 404);
}

export async function showSite(desk: Desk, url: URL, response: ServerResponse): Promise<void> {
  const { status = 200, type, body, headers } = await find(desk, url);
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    ...headers,
  });
  response.end(body);
}
