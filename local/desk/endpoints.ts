import * as z from 'zod';
import { isoInstant, later } from '../emulator/clock.ts';
import { faultsSchema } from '../emulator/faults.ts';
import { Problem, parse } from '../emulator/problem.ts';
import type { Email } from '../emulator/ses/inbox.ts';
import type { Desk } from './desk.ts';

/** An endpoint for scripts; it answers with JSON. */
type Endpoint = (desk: Desk, url: URL, body: unknown) => Promise<unknown>;

const clockSchema = z.strictObject({ advance: z.string('an ISO 8601 duration such as P2D is expected') });

const limitSchema = z.coerce.number().int().min(0).default(200);

/** Addresses as plain text and headers by name, the parts that scripts use most. */
function emailJson(email: Email): object {
  const { id, at, from, to, cc, bcc, replyTo, subject, text, html, headers, attachments, tags } = email;
  return {
    ...{ id, at, from, to: [...to, ...cc, ...bcc].join(', '), replyTo: replyTo.join(', ') || null },
    ...{ subject, text, html, tags },
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    attachments: attachments.map(({ name, type, size }) => ({ name, type, size })),
  };
}

const endpoints: Record<string, Endpoint> = {
  'GET /healthz': async (desk) => desk.health(),
  'GET /clock': async (desk) => ({ now: isoInstant(desk.now()) }),
  'POST /clock': async (desk, _url, body) => {
    const { advance } = parse(clockSchema, body, 'POST /clock');
    await desk.advanceTo(later(desk.now(), advance));
    return { now: isoInstant(desk.now()) };
  },
  'GET /inbox.json': async (desk, url) =>
    desk.inbox.list(url.searchParams.get('to') ?? undefined).map(emailJson),
  'GET /tasks.json': (desk) => desk.table.tasks(),
  'GET /dead-letters.json': (desk) => desk.deadLetters(),
  'GET /events.json': async (desk, url) =>
    desk.events.latest(parse(limitSchema, url.searchParams.get('limit') ?? undefined, 'limit'), true),
  'GET /faults': async (desk) => desk.faults.show(),
  'POST /faults': async (desk, _url, body) => {
    desk.faults.set(parse(faultsSchema, body, 'POST /faults'));
    return desk.faults.show();
  },
  'POST /samples': async (desk, _url, body) => {
    const { name } = parse(z.strictObject({ name: z.string() }), body, 'POST /samples');
    return { sent: desk.samples.send(name) };
  },
};

export const isEndpoint = (path: string): boolean =>
  Object.keys(endpoints).some((key) => key.endsWith(` ${path}`));

export async function callEndpoint(method: string, url: URL, desk: Desk, body: unknown): Promise<unknown> {
  const endpoint = endpoints[`${method === 'HEAD' ? 'GET' : method} ${url.pathname}`];
  if (!endpoint) throw new Problem(`${method} is not what ${url.pathname} takes`);
  return endpoint(desk, url, body);
}
