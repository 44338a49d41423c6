import type { Attachment } from '../../mail/message.ts';
import { contentSecurityPolicy, type OfAnybody } from '../../pages/page.ts';

/** A response in the format of an HTTP API. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The response with its outcome; never contains the link. */
export interface Answer {
  readonly reply: Reply;
  /** For the metric and the log. */
  readonly outcome: string;
  readonly taskId?: string;
  /** Who looked up which customers: an employee's own page and customer numbers, by id. */
  readonly lookedUp?: { readonly dayId: string; readonly customers: readonly string[] };
}

/** Pages are personal and current: no cache, frame, search index or referrer may keep them. */
const always = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'strict-transport-security': 'max-age=63072000',
  'content-security-policy': contentSecurityPolicy(),
  'x-robots-tag': 'noindex, nofollow',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** A page in the colors of a store, or of the group. */
export function storePageReply(of: OfAnybody, statusCode: number, page: string): Reply {
  return pageReply(statusCode, page, { 'content-security-policy': contentSecurityPolicy(of) });
}

export const pageReply = (statusCode: number, page: string, headers: Record<string, string> = {}): Reply => ({
  statusCode,
  headers: { ...always, 'content-type': 'text/html; charset=utf-8', ...headers },
  body: page,
});

/** A file that the reader opens in another program, such as a calendar. */
export const fileReply = ({ fileName, contentType, content }: Attachment): Reply => ({
  statusCode: 200,
  headers: {
    ...always,
    'content-type': contentType,
    'content-disposition': `inline; filename="${fileName}"`,
  },
  body: content,
});

/** Redirects to a page of the same link, so that reload and back do not submit again. */
export const seeOther = (path: string): Reply => ({
  statusCode: 303,
  headers: { ...always, location: path },
  body: '',
});

export const withoutBody = (reply: Reply): Reply => ({ ...reply, body: '' });
