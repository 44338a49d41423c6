import { answerRequest } from '../../functions/lambdas/answer-task/answer-request.ts';
import type { Answer } from '../../functions/lambdas/answer-task/reply.ts';
import { readRequest } from '../../functions/lambdas/answer-task/request.ts';
import type { SentEmail, World } from '../support/world.ts';

/** Somebody with the emails of a world and a browser: opens links, presses buttons, follows redirects. */
export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly outcome: string;
  /** What is logged of a look-up. */
  readonly lookedUp?: Answer['lookedUp'];
}

const FORM = 'application/x-www-form-urlencoded';

/** A request as the HTTP API hands it over: form posts in base64. */
export function requestEvent(
  method: string,
  url: string,
  sent?: { readonly body: string | Buffer; readonly contentType?: string },
): object {
  const { pathname, search } = new URL(url, 'https://handoff.example.com');
  return {
    version: '2.0',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: sent ? { 'content-type': sent.contentType ?? FORM } : {},
    requestContext: { http: { method } },
    ...(sent ? { body: Buffer.from(sent.body).toString('base64'), isBase64Encoded: true } : {}),
  };
}

export async function visit(
  world: World,
  method: string,
  url: string,
  sent?: { readonly body: string | Buffer; readonly contentType?: string },
): Promise<Seen> {
  const { reply, outcome, lookedUp } = await answerRequest(
    world.services('answer-task'),
    readRequest(requestEvent(method, url, sent)),
  );
  await world.deliver();
  const seen = { status: reply.statusCode, headers: reply.headers, body: reply.body, outcome };
  return lookedUp ? { ...seen, lookedUp } : seen;
}

export const open = (world: World, url: string) => visit(world, 'GET', url);

export const post = (world: World, url: string, fields: Record<string, string>) =>
  visit(world, 'POST', url, { body: new URLSearchParams(fields).toString() });

/** Presses a button of the page as it is now, and sees where that leads. */
export async function choose(world: World, url: string, choice: string, fields: Record<string, string> = {}) {
  const page = await open(world, url);
  const seen = /name="seen" value="([^"]+)"/.exec(page.body)?.[1];
  const answer = await post(world, url, { choice, ...fields, ...(seen ? { seen } : {}) });
  const { location } = answer.headers;
  return location === undefined ? answer : open(world, location);
}

/** Of a handoff: its own, or one below the reader's page. */
const links =
  /https:\/\/handoff\.example\.com\/(?:[tu]\/[0-9a-f]{32}\/[\w-]+(?:\/visit|\/sheet)?|me\/[0-9a-f]{32}\/[\w-]+\/[0-9a-f]{32})/g;

export const linksIn = (email: SentEmail): string[] => [
  ...new Set(`${email.html} ${email.text}`.match(links)),
];

/** The link to a handoff in somebody's latest email that has one, or in the one whose subject says so. */
export function linkTo(world: World, to: string, subject: RegExp = /./): string {
  const email = world.inbox(to).findLast((one) => subject.test(one.subject) && linksIn(one).length > 0);
  const link = email && linksIn(email).at(0);
  if (!link)
    throw new Error(
      `${to} has no link in an email about ${subject}: ${world
        .inbox()
        .map((one) => `${one.to}: ${one.subject}`)
        .join('; ')}`,
    );
  return link;
}

/** The choices that a page offers, by name. */
export const offered = (body: string): string[] =>
  [...body.matchAll(/name="choice" value="([^"]+)"/g)].map(([, name = '']) => name);

/** The page as a person reads it. */
export const plain = (body: string): string =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<\/?(?:bdi|strong|a)\b[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
