import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FileReceipt, fileReceipt } from '../../functions/feeds/file-receipt.ts';
import type { Desk } from '../../local/desk/desk.ts';
import { createDeskAnswer } from '../../local/desk/server.ts';
import { openEventLog } from '../../local/emulator/eventbridge/event-log.ts';
import { createFaults } from '../../local/emulator/faults.ts';
import type { AwsAnswer } from '../../local/emulator/http/aws-answer.ts';
import { closed, listen } from '../../local/emulator/http/listen.ts';
import { openJournal } from '../../local/emulator/journal.ts';
import { openInbox } from '../../local/emulator/ses/inbox.ts';
import type { DroppedBytes } from '../../local/feeds.ts';
import { createSampleDesk } from '../../local/samples.ts';

const hostile = `O'Brien <b>"'); DROP TABLE tasks;--<script>alert(1)</script> مرحبا ${'long '.repeat(40)}`;
const now = Date.parse('2026-11-20T15:00:00Z');
const samples = mkdtempSync(join(tmpdir(), 'samples-'));
const journal = openJournal(':memory:');
const advanceTo = vi.fn(async () => {});
const drop = vi.fn<(feed: string, file: DroppedBytes) => Promise<void>>(async () => {});
const put = vi.fn(
  (_entries: object[]): AwsAnswer => ({ status: 200, body: { Entries: [{ EventId: 'e1' }] } }),
);

const receipt = fileReceipt.parse({
  ...{ feed: 'orders', fileName: hostile, key: 'drop/orders/x', etag: 'e', file: 'f', state: 'read' },
  ...{ modifiedAt: '2026-11-20T15:00:00.000Z', startedAt: '2026-11-20T15:00:00.000Z', isHistory: true },
  judged: { read: 6, skipped: { [hostile]: 2 }, refused: 1, cents: { quotedCents: 418000 } },
  progress: { sent: { 'repair-quoted': 3 } },
});
const stopped: FileReceipt = {
  ...receipt,
  state: 'stopped',
  stops: [{ reason: 'shrunken', says: hostile }],
};

const desk: Desk = {
  now: () => now,
  advanceTo,
  health: () => ({
    ...{ ok: true, desk: 'http://desk', aws: 'http://aws', region: 'us-east-1', stack: 'Demo', bus: 'demo' },
    ...{ table: 'items', now: new Date(now).toISOString(), outputs: {} },
  }),
  inbox: openInbox(journal),
  events: openEventLog(journal),
  faults: createFaults(() => {}),
  samples: createSampleDesk(samples, put, 'demo', () => now),
  feeds: {
    feeds: [{ name: 'orders', title: hostile, timeZone: 'UTC' }],
    folder: '/drop',
    drop,
    hasSample: () => true,
    dropSample: async () => hostile,
  },
  posts: undefined,
  demoNumbers: { page: async () => '<!doctype html><title>Two years</title>' },
  table: {
    tasks: async () => [
      {
        ...{ taskId: 't1', kind: 'introduction', state: 'open', storeId: hostile, dueAt: null },
        ...{
          assignee: { employeeNumber: '1', name: hostile, email: 'a@b.example' },
          createdAt: '2026-11-20T15:00:00Z',
        },
        about: ['deal 48211', 'customer C-20417', hostile],
        why: ['No nudge: the repair is a small one and worth it.', hostile],
      },
    ],
    deadLetters: async () => [],
    receipts: async () => [receipt, stopped],
    people: async () => 0,
  },
  deadLetters: async () => [
    { id: 'event-1', queue: 'q', at: '2026-11-20T15:00:00Z', reason: hostile, event: { name: hostile } },
  ],
  schedules: () => [],
  started: undefined,
  onChange: journal.onChange,
};

const answer = createDeskAnswer(desk, {
  handle: async (_request, response) => {
    response.end('api');
  },
});
const server = createServer((request, response) => {
  void answer(request, response);
});
let origin = '';

beforeAll(async () => {
  origin = `http://127.0.0.1:${await listen(server, 0)}`;
  writeFileSync(join(samples, 'good.json'), JSON.stringify({ source: 's', 'detail-type': 'd', detail: {} }));
  desk.inbox.add(
    {
      ...{ id: 'm1', at: '2026-11-20T15:00:00Z', from: hostile, to: ['maria@example.com'], cc: [], bcc: [] },
      ...{ replyTo: [hostile], subject: hostile, text: hostile, html: '<p>Hello</p><img src="cid:photo">' },
      headers: [{ name: 'X', value: hostile }],
      attachments: [
        { name: `${hostile}.png`, type: 'image/png', size: 3, contentId: 'photo', content: 'AAAA' },
      ],
      ...{ tags: { a: hostile }, configurationSet: null },
    },
    now,
  );
  desk.events.record('demo', now, {
    ...{ version: '0', id: 'e1', 'detail-type': hostile, source: hostile, account: '0' },
    ...{ time: '2026-11-20T15:00:00Z', region: 'us-east-1', resources: [], detail: { name: hostile } },
  });
});

afterAll(async () => {
  await closed(server);
  rmSync(samples, { recursive: true });
});

const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(origin + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers });

it('tells of a repair order why Sales was told, or was not', async () => {
  const page = await (await fetch(`${origin}/desk/tasks`)).text();
  expect(page).toContain('No nudge: the repair is a small one and worth it.');
});

it('shows two years of numbers behind a button of the first page', async () => {
  expect(await (await fetch(origin)).text()).toContain('<button>two years of numbers</button>');
  const numbers = await fetch(`${origin}/desk/two-years`);
  expect(numbers.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(await numbers.text()).toContain('Two years');
});

it('says of each task which deal and which customer it is about', async () => {
  const page = await (await fetch(`${origin}/desk/tasks`)).text();
  expect(page).toContain('deal 48211<br>customer C-20417<br>');
});

it('drops a file of the page into the folder of its feed, as it came', async () => {
  const body = new FormData();
  body.set('feed', 'orders');
  body.set('file', new File(['RO\r\n1\r\n'], 'night.txt'));
  const response = await fetch(`${origin}/desk/do/drop`, { method: 'POST', body, redirect: 'manual' });
  expect(response.headers.get('location')).toBe('/desk/feeds?said=night.txt+lies+in+the+folder+of+orders.');
  expect(
    drop.mock.calls.map(([feed, { name, bytes }]) => [feed, name, new TextDecoder().decode(bytes)]),
  ).toEqual([['orders', 'night.txt', 'RO\r\n1\r\n']]);
});

it('shows of each file how its sum adds up, or why it stopped', async () => {
  const page = await (await fetch(`${origin}/desk/feeds`)).text();
  expect(page).toContain('6 read = 3 sent + 0 unchanged + 2 skipped + 0 waiting + 1 refused');
  expect(page).toContain('$4180.00 quoted');
  expect(page).toContain('stopped: nothing of it was sent');
});

it('asks for a file where none was chosen', async () => {
  const body = new FormData();
  body.set('feed', 'orders');
  const response = await fetch(`${origin}/desk/do/drop`, { method: 'POST', body, redirect: 'manual' });
  expect(response.headers.get('location')).toBe('/desk/feeds?said=choose+a+file+first');
});

it.each([
  '/',
  '/desk/inbox',
  '/desk/inbox?to=maria@example.com',
  '/desk/mail/m1',
  '/desk/mail/m1?part=text',
  '/desk/tasks',
  '/desk/events',
  '/desk/events/e1',
  '/desk/dead-letters',
  '/desk/feeds',
  `/?said=${encodeURIComponent(hostile)}`,
])('%s shows hostile text as text', async (path) => {
  const response = await fetch(origin + path);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).not.toContain('<b>');
  expect(page).not.toContain('<script>');
  expect(page).toContain('O&#39;Brien &lt;b&gt;');
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
});

it('shows an email in a document that can run nothing', async () => {
  const response = await fetch(`${origin}/desk/mail/m1/html`);
  expect(await response.text()).toBe(
    '<base target="_blank"><p>Hello</p><img src="data:image/png;base64,AAAA">',
  );
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox allow-popups/);
  const off = await fetch(`${origin}/desk/mail/m1/html?images=off`);
  expect(off.headers.get('content-security-policy')).toContain("img-src 'none'");
});

it('hands over attachments under their own names', async () => {
  const response = await fetch(`${origin}/desk/mail/m1/attachments/0`);
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename\*=UTF-8''O%27Brien%20%3Cb/,
  );
  expect((await response.arrayBuffer()).byteLength).toBe(3);
});

it('does what its forms ask for, and comes back to the page', async () => {
  const sent = await form('/desk/do/send', { name: 'good.json' });
  expect(sent.headers.get('location')).toBe('/?sample=good.json&said=good.json+is+on+the+bus.');
  expect(put).toHaveBeenCalledWith([expect.objectContaining({ EventBusName: 'demo', Source: 's' })]);
  const moved = await form('/desk/do/advance', { advance: 'tomorrow', back: '/desk/tasks' });
  expect(moved.headers.get('location')).toMatch(/^\/desk\/tasks\?said=/);
  expect(advanceTo).toHaveBeenLastCalledWith(Date.parse('2026-11-21T15:00:00Z'));
  await form('/desk/do/faults', { ses: 'throttle' });
  expect(desk.faults.show().ses).toBe('throttle');
});

it('says what went wrong', async () => {
  const location = async (path: string, fields: Record<string, string>) =>
    decodeURIComponent((await form(path, fields)).headers.get('location') ?? '').replaceAll('+', ' ');
  put.mockReturnValueOnce({ status: 200, body: { Entries: [{ ErrorMessage: 'Detail is malformed.' }] } });
  expect(await location('/desk/do/send', { name: 'good.json' })).toContain('refused: Detail is malformed.');
  expect(await location('/desk/do/send', { name: '../secret.json' })).toContain('no sample is called');
  expect(await location('/desk/do/advance', { advance: 'a while' })).toContain('not an ISO 8601 duration');
});

it('listens to no page of another origin, and sends nobody away', async () => {
  const foreign = await form('/desk/do/advance', { advance: 'P1D' }, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  const away = await form('/desk/do/advance', { advance: 'PT1M', back: '//evil.example' });
  expect(away.headers.get('location')).toMatch(/^\/\?said=/);
});

it('leaves every other path to the API', async () => {
  expect(await (await fetch(`${origin}/t/1/secret`)).text()).toBe('api');
  expect((await fetch(`${origin}/desk/nothing`)).status).toBe(404);
});

it('tells open pages of a change', async () => {
  const response = await fetch(`${origin}/desk/changes`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  journal.changed();
  expect((await reader?.read())?.value).toBe('data: changed\n\n');
  await reader?.cancel();
});
