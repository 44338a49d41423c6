import { createHash } from 'node:crypto';
import { TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import { answerRequest } from '../../functions/lambdas/answer-task/answer-request.ts';
import { readRequest } from '../../functions/lambdas/answer-task/request.ts';
import { DAY, type SentEmail, World } from '../support/world.ts';
import {
  choose,
  linksIn,
  linkTo,
  offered,
  open,
  plain,
  post,
  requestEvent,
  visit,
} from './answer-visitor.ts';
import { everyMessage, everyMessageGroup, everyMessageName, messagesOf } from './every-message.ts';
import { due } from './first-service-facts.ts';
import { pageOf, startPath } from './own-page.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const MAYA = 'maya.torres@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT, everyMessageGroup);
});
beforeEach(() => world.reset(SOLD_AT));
afterAll(() => world.close());

/** Time alone, without the sweeps of a month. */
const pass = (minutes: number) => {
  world.now = plusMinutes(world.now, minutes);
};

const everything = async () => JSON.stringify([await world.tasks(), world.inbox(), world.ours]);

/** Every address that a mail program, or what scans mail, would find. */
const addressesIn = ({ html, text }: SentEmail): string[] => [
  ...new Set(`${html.replaceAll('&amp;', '&')} ${text}`.match(/https?:\/\/[^\s"'<>)]+/g)),
];
const ourLinksIn = (email: SentEmail) =>
  addressesIn(email).filter((address) => address.startsWith('https://handoff.example.com/'));
/** Where the customer books, the photo of the advisor. */
const isOfStore = (address: string) =>
  /^https:\/\/(?:\w+\.)?lakeshore\.example\//.test(address) ||
  address.startsWith('https://www.google.com/maps/dir/?api=1&destination=Lakeshore');

const MULTIPART = 'multipart/form-data; boundary=x';
const oneClickInParts =
  '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';

const everyField =
  'seen=2026-11-20T22:40:00.000Z&note=hello&reason=x&colleague=1043&date=2026-12-01&email=a@example.com&' +
  'from=1042&what=all&to=1043&department=service&introduction=no-group&service=no-group&upgrade=no-group';

/** What scanners of mail send to a link that they found, and none of it is a choice. */
const usual = [
  { method: 'GET' },
  { method: 'HEAD' },
  { method: 'POST' },
  { method: 'POST', body: 'List-Unsubscribe=One-Click' },
];
const probes = [
  ...usual,
  { method: 'POST', body: oneClickInParts, contentType: MULTIPART },
  { method: 'POST', body: everyField },
  { method: 'POST', body: '\u0000%%%&=&&choice' },
  { method: 'POST', body: '{"choice":"accept"}', contentType: 'application/json' },
  { method: 'POST', body: 'choice=accept', contentType: 'text/plain' },
];

/** Tries everything on every link, and says what answered in another way than it should. */
async function scan(
  links: readonly string[],
  expected: { readonly read: number; readonly posted: number },
  trying: readonly { method: string; body?: string; contentType?: string }[] = probes,
): Promise<string[]> {
  const strange: string[] = [];
  for (const link of links) {
    for (const { method, body, ...rest } of trying) {
      const { status } = await visit(world, method, link, body === undefined ? undefined : { body, ...rest });
      const isExpected = status === (method === 'POST' ? expected.posted : expected.read);
      if (!isExpected) strange.push(`${method} ${body} to ${link}: ${status}`);
    }
  }
  return strange;
}

const isCalendarFile = (link: string) => link.endsWith('/visit.ics');
/** Whether the page beside a calendar file shows a visit, of which one may ask for another time. */
const hasVisit = async (file: string) =>
  offered((await open(world, file.replace(/\.ics$/, ''))).body).includes('another-time');

const storeColors = ['#1f3f9a', '#a8142b', '#14407f'];

const writes = () => world.calls.made.filter((call) => !/^(Get|BatchGet|Query)/.test(call));

describe('a scanner', () => {
  it('that tries every link of every message there is without choosing writes, sends and tells nothing', async () => {
    world.showsLists = true;
    await everyMessage(world);
    expect(await messagesOf(world, world.inbox())).toEqual(expect.arrayContaining(everyMessageName));
    const links = [...new Set(world.inbox().flatMap(ourLinksIn))];
    expect(new Set(links.map((link) => new URL(link).pathname.split('/')[1]))).toEqual(
      new Set(['t', 'u', 'me']),
    );
    const files = links.filter(isCalendarFile);
    const pages = links.filter((link) => !isCalendarFile(link));
    const booked: string[] = [];
    for (const file of files) if (await hasVisit(file)) booked.push(file);
    const notBooked = files.filter((file) => !booked.includes(file));
    expect([booked, notBooked]).not.toContainEqual([]);
    const before = await everything();
    world.calls.reset();
    expect(await scan(pages, { read: 200, posted: 422 })).toEqual([]);
    expect(await scan(booked, { read: 200, posted: 405 })).toEqual([]);
    expect(await scan(notBooked, { read: 404, posted: 405 })).toEqual([]);
    expect(writes()).toEqual([]);
    expect(await everything()).toBe(before);
  });

  it('finds in a body nothing of ours but these links, and never the one that unsubscribes at once', async () => {
    await everyMessage(world);
    for (const email of world.inbox()) {
      const oneClick = email.headers['List-Unsubscribe']?.slice(1, -1);
      const known = new Set(ourLinksIn(email));
      for (const address of addressesIn(email)) {
        expect(known.has(address) || isOfStore(address), `${email.subject}: ${address}`).toBe(true);
        expect(address).not.toBe(oneClick);
      }
    }
  });

  it('changes nothing by a link that is expired, nor by the fresh one that its person asked for', async () => {
    world.showsLists = true;
    await everyMessage(world);
    const toStaff = world.inbox().filter(({ to }) => to.endsWith('@lakeshore.example'));
    const old = [...new Set(toStaff.flatMap(ourLinksIn))];
    pass(31 * DAY);
    world.calls.reset();
    expect(await scan(old, { read: 404, posted: 404 }, usual)).toEqual([]);
    expect(writes()).toEqual([]);
    const sent = world.inbox().length;
    for (const link of old) await post(world, link, { choice: 'fresh-link' });
    const fresh = world.inbox().slice(sent);
    expect(fresh.length).toBeGreaterThan(5);
    world.calls.reset();
    expect(await scan(fresh.flatMap(ourLinksIn), { read: 200, posted: 422 }, usual)).toEqual([]);
    expect(writes()).toEqual([]);
  });

  it('writes nothing at all by reading', async () => {
    await world.putSample('vehicle-sold');
    world.calls.reset();
    await open(world, linkTo(world, MAYA));
    expect(writes()).toEqual([]);
  });
});

describe('unknown, forged and expired links', () => {
  const forged = (link: string) => `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;

  it('get one identical page and status, and so does a link of a leaver', async () => {
    await world.putSample('vehicle-sold');
    const link = linkTo(world, MAYA);
    const other = (await world.tasks())[0]?.taskId ?? '';
    const unknown = `https://handoff.example.com/t/${'0'.repeat(32)}/secret-1`;
    const swapped = link.replace(/\/t\/[0-9a-f]+/, `/t/${other.split('').toReversed().join('')}`);
    const odd = 'https://handoff.example.com/t/..%2F/%00';
    const me = 'https://handoff.example.com/me/anything';
    const pages = [];
    for (const url of [unknown, forged(link), swapped, odd, me]) pages.push(await open(world, url));
    pass(31 * DAY);
    pages.push(await open(world, link));
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(pages.map(({ body }) => body)).size).toBe(1);
    expect(new Set(pages.map(({ headers }) => JSON.stringify(headers))).size).toBe(1);
  });

  it("does not open a customer's page with a staff link, nor the other way round", async () => {
    await world.sellAndAccept();
    const staff = linkTo(world, MAYA);
    const customer = linkTo(world, 'maria.kowalski@example.com');
    expect((await open(world, staff.replace('/t/', '/u/'))).status).toBe(404);
    expect((await open(world, customer.replace('/u/', '/t/'))).status).toBe(404);
  });

  it('send a fresh one to the address on the roster, once, when the link had been known', async () => {
    await world.putSample('vehicle-sold');
    const link = linkTo(world, JORDAN);
    pass(31 * DAY);
    const before = world.inbox().length;
    const asked = await post(world, link, { choice: 'fresh-link' });
    const guessed = await post(world, forged(link), { choice: 'fresh-link' });
    expect(asked.status).toBe(200);
    expect(asked.body).toBe(guessed.body);
    await post(world, link, { choice: 'fresh-link' });
    expect(world.inbox()).toHaveLength(before + 1);
    const email = world.inbox(JORDAN).at(-1);
    expect(email?.text).toContain('A fresh link, as you asked.');
    expect(email?.subject).toBe('Delivered on Nov 20, not introduced yet: Maria Kowalski');
    const fresh = email && linksIn(email)[0];
    expect((await open(world, fresh ?? '')).status).toBe(200);
    expect((await open(world, link)).status).toBe(404);
  });

  it('are still known for two months while the task is written, and forgotten in the end', async () => {
    await world.putSample('vehicle-sold');
    const [maya, jordan] = [linkTo(world, MAYA), linkTo(world, JORDAN)];
    const fresh = (to: string) => world.inbox(to).filter(({ text }) => text.includes('A fresh link')).length;
    pass(31 * DAY);
    await post(world, jordan, { choice: 'fresh-link' });
    await post(world, maya, { choice: 'fresh-link' });
    expect([fresh(JORDAN), fresh(MAYA)]).toEqual([1, 1]);
    pass(65 * DAY);
    await post(world, linkTo(world, JORDAN), { choice: 'fresh-link' });
    await post(world, maya, { choice: 'fresh-link' });
    expect([fresh(JORDAN), fresh(MAYA)]).toEqual([2, 1]);
  });

  it('do nothing on a link in force', async () => {
    await world.putSample('vehicle-sold');
    const before = world.inbox().length;
    expect((await post(world, linkTo(world, MAYA), { choice: 'fresh-link' })).status).toBe(422);
    expect(world.inbox()).toHaveLength(before);
  });
});

describe('an outage of SES', () => {
  it('leaves no links behind: those of emails that it did not take are forgotten, the one that was sent works', async () => {
    const busy = () => new TooManyRequestsException({ message: 'slow down', $metadata: {} });
    world.calls.sesAnswers = [...Array.from({ length: 12 }, busy), undefined];
    await world.sellAndAccept();
    await world.advance(120);
    expect(world.inbox()).toHaveLength(3);
    // One for each of two people; two for the customer, the visible one and the one-click one.
    const [task] = await world.tasks();
    expect(task?.links).toHaveLength(4);
    expect((await open(world, linkTo(world, MAYA))).status).toBe(200);
  });
});

describe('every answer', () => {
  it('carries the headers of a page that is private, exact and true now', async () => {
    await world.putSample('vehicle-sold');
    const link = linkTo(world, MAYA);
    const replies = [
      await open(world, link),
      await post(world, link, {}),
      await post(world, link, { choice: 'accept' }),
      await open(world, link.slice(0, -4)),
      await visit(world, 'DELETE', link),
      await visit(world, 'POST', link, { body: 'x'.repeat(70_000) }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 422, 303, 404, 405, 413]);
    for (const { headers } of replies) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-robots-tag': expect.stringContaining('noindex'),
      });
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'/,
      );
      expect(headers['content-security-policy']).not.toContain('unsafe');
    }
  });

  it('builds nothing from the address that was asked for', async () => {
    await world.putSample('vehicle-sold');
    const event = requestEvent('POST', linkTo(world, MAYA), { body: 'choice=accept' });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
    };
    const { reply } = await answerRequest(world.services(), readRequest({ ...event, headers }));
    expect(reply.headers['location']).toMatch(/^\/t\//);
    expect(JSON.stringify(reply)).not.toContain('evil.example');
  });

  it('is in its store’s own color, and its policy allows the style sheet that it carries', async () => {
    await world.putSample('vehicle-sold');
    await world.put('first-service-due', due);
    await choose(world, linkTo(world, MAYA, /sign the introduction/), 'accept');
    const day = await pageOf(world, JORDAN);
    const customers = world.inbox().filter(({ headers }) => headers['List-Unsubscribe'] !== undefined);
    const oneClicks = customers.map(({ headers }) => headers['List-Unsubscribe']?.slice(1, -1) ?? '');
    const inEmails = [...new Set(world.inbox().flatMap(ourLinksIn))];
    const visits = inEmails.filter((link) => /\/u\/\w+\/[\w-]+$/.test(link)).map((link) => `${link}/visit`);
    const links = [...inEmails, ...visits, ...oneClicks, day, startPath(day)];
    const shown: string[] = [];
    for (const link of links.filter((one) => !isCalendarFile(one))) {
      const { body, headers, status } = await open(world, link);
      // An introduction has no visit to show.
      if (status === 404 && visits.includes(link)) continue;
      const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(
        storeColors.some((color) => style.includes(`--accent:${color}`)),
        link,
      ).toBe(true);
      expect(headers['content-security-policy'], link).toContain(`style-src 'sha256-${hash}'`);
      shown.push(link);
    }
    const kinds = ['/t/', '/u/', '/me/', '/visit', '/met', '/start'];
    expect(kinds.filter((kind) => !shown.some((link) => link.includes(kind)))).toEqual([]);
  });

  it('holds no script, no inline style and nothing from elsewhere', async () => {
    await world.putSample('vehicle-sold');
    await world.putSample('repair-quote-high');
    for (const link of world.inbox().flatMap(linksIn)) {
      const { body } = await open(world, link);
      expect(body).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|\sstyle=|url\(|@import/i);
      expect(plain(body)).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});
