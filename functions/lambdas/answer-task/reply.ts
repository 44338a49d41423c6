import { contentSecurityPolicy } from '../../pages/page.ts';

/** An answer as an HTTP API takes it. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What was answered, and in a word what it did; never the link. */
export interface Answer {
  readonly reply: Reply;
  /** For the metric and the log. */
  readonly outcome: string;
  readonly taskId?: string;
}

/** A page belongs to one person at one moment: no cache, frame, index or referrer keeps it. */
const always = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'strict-transport-security': 'max-age=63072000',
  'content-security-policy': contentSecurityPolicy,
  'x-robots-tag': 'noindex, nofollow',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

export const pageReply = (statusCode: number, page: string, headers: Record<string, string> = {}): Reply => ({
  statusCode,
  headers: { ...always, 'content-type': 'text/html; charset=utf-8', ...headers },
  body: page,
});

/** To a page of the same link, so that reloading and going back ask for nothing that was done already. */
export const seeOther = (path: string): Reply => ({
  statusCode: 303,
  headers: { ...always, location: path },
  body: '',
});

export const withoutBody = (reply: Reply): Reply => ({ ...reply, body: '' });
