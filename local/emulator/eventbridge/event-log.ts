import * as z from 'zod';
import type { Journal } from '../journal.ts';
import { parse } from '../problem.ts';
import type { Origin } from '../work.ts';
import { detailSchema } from './detail.ts';

const busEventSchema = z.object({
  version: z.literal('0'),
  id: z.string(),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: detailSchema,
});

/** An event as rules and targets see it. */
export type BusEvent = z.infer<typeof busEventSchema>;

/** The state of an event's delivery to one target of one rule. */
export interface Delivery {
  rule: string;
  target: string;
  destination: string;
  state: 'waiting' | 'done' | 'retrying' | 'dead' | 'dropped';
  attempts: number;
  note: string;
}

export interface LoggedEvent {
  bus: string;
  at: number;
  event: BusEvent;
  deliveries: Delivery[];
}

export interface EventLog {
  record(bus: string, at: number, event: BusEvent): void;
  expect(origin: Origin, destination: string): void;
  note(origin: Origin | undefined, state: Delivery['state'], attempts: number, note?: string): void;
  find(id: string): LoggedEvent | undefined;
  /** Newest first. AWS's own events on the default bus are included only on request. */
  latest(limit: number, withDefaultBus: boolean): LoggedEvent[];
}

const eventRow = z.object({ id: z.string(), bus: z.string(), at: z.number(), body: z.string() });
const deliveryRow = z.object({
  rule: z.string(),
  target: z.string(),
  destination: z.string(),
  state: z.enum(['waiting', 'done', 'retrying', 'dead', 'dropped']),
  attempts: z.number(),
  note: z.string(),
});

export function openEventLog(journal: Journal): EventLog {
  const insert = journal.prepare('INSERT INTO events (id, bus, at, body) VALUES (?, ?, ?, ?)');
  const expect = journal.prepare("INSERT INTO deliveries VALUES (?, ?, ?, ?, 'waiting', 0, '')");
  const update = journal.prepare(
    'UPDATE deliveries SET state = ?, attempts = ?, note = ? WHERE event_id = ? AND rule = ? AND target = ?',
  );
  const one = journal.prepare('SELECT id, bus, at, body FROM events WHERE id = ?');
  const latest = journal.prepare(
    "SELECT id, bus, at, body FROM events WHERE bus <> 'default' OR ? ORDER BY seq DESC LIMIT ?",
  );
  const deliveries = journal.prepare('SELECT * FROM deliveries WHERE event_id = ? ORDER BY rule, target');

  const logged = (row: unknown): LoggedEvent => {
    const { id, bus, at, body } = parse(eventRow, row, 'journal');
    return {
      bus,
      at,
      event: parse(busEventSchema, JSON.parse(body), 'journal'),
      deliveries: parse(z.array(deliveryRow), deliveries.all(id), 'journal'),
    };
  };

  return {
    record: (bus, at, event) => {
      insert.run(event.id, bus, Math.round(at), JSON.stringify(event));
    },
    expect: ({ eventId, rule, target }, destination) => {
      expect.run(eventId, rule, target, destination);
    },
    note: (origin, state, attempts, note = '') => {
      if (!origin) return;
      update.run(state, attempts, note, origin.eventId, origin.rule, origin.target);
      journal.changed();
    },
    find: (id) => {
      const row = one.get(id);
      return row && logged(row);
    },
    latest: (limit, withDefaultBus) => latest.all(withDefaultBus ? 1 : 0, limit).map(logged),
  };
}
