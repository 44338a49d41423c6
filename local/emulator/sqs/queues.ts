import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import { parse } from '../problem.ts';
import type { QueueSpec } from '../stack/queues.ts';
import { type Message, type MessageAttributes, messageRowSchema } from './message.ts';

export interface Queues {
  specs: QueueSpec[];
  send(queueArn: string, body: string, attributes: MessageAttributes, delaySeconds?: number): string;
  /** When the next message of a queue may be taken. */
  nextVisible(queueArn: string): number | undefined;
  receive(queueArn: string, limit: number, visibilitySeconds?: number): Message[];
  remove(message: { id: string }): void;
  /** Leaves it to the visibility timeout to bring the message back. */
  giveBack(message: Message): void;
  all(): Message[];
}

export function openQueues(journal: Journal, clock: Clock, specs: QueueSpec[]): Queues {
  const insert = journal.prepare(
    `INSERT INTO messages (id, queue, body, attributes, sent_at, visible_at, receives, in_flight)
     VALUES (?, ?, ?, ?, ?, ?, 0, 0)`,
  );
  const earliest = journal.prepare('SELECT min(visible_at) AS at FROM messages WHERE queue = ?');
  const visible = journal.prepare(
    'SELECT * FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, seq LIMIT ?',
  );
  const hide = journal.prepare(
    `UPDATE messages SET visible_at = ?, receives = receives + 1, in_flight = 1,
       first_received_at = coalesce(first_received_at, ?) WHERE seq = ?`,
  );
  const settle = journal.prepare('UPDATE messages SET in_flight = 0 WHERE seq = ?');
  const move = journal.prepare(
    'UPDATE messages SET queue = ?, visible_at = ?, receives = 0, in_flight = 0 WHERE seq = ?',
  );
  const remove = journal.prepare('DELETE FROM messages WHERE id = ?');
  const expire = journal.prepare('DELETE FROM messages WHERE queue = ? AND sent_at < ?');
  const everything = journal.prepare('SELECT * FROM messages ORDER BY seq');
  const byArn = new Map(specs.map((spec) => [spec.arn, spec]));
  const next = new Map<string, number | undefined>();

  // Whoever held these died with the last process; SQS would make them wait, here they go on at once.
  journal.prepare('UPDATE messages SET in_flight = 0, visible_at = ? WHERE in_flight = 1').run(clock.now());

  const forget = (queueArn: string): void => {
    next.delete(queueArn);
    journal.changed();
  };

  function moveToDeadLetters(message: Message, spec: QueueSpec): boolean {
    if (!spec.redrive || message.receives < spec.redrive.maxReceives) return false;
    move.run(spec.redrive.queueArn, clock.now(), message.seq);
    forget(spec.redrive.queueArn);
    return true;
  }

  return {
    specs,
    send: (queueArn, body, attributes, delaySeconds) => {
      const delay = delaySeconds ?? byArn.get(queueArn)?.delaySeconds ?? 0;
      const now = Math.round(clock.now());
      const id = randomUUID();
      journal.durably(() =>
        insert.run(id, queueArn, body, JSON.stringify(attributes), now, now + delay * 1000),
      );
      forget(queueArn);
      return id;
    },
    nextVisible: (queueArn) => {
      if (!next.has(queueArn)) {
        const at = earliest.get(queueArn)?.['at'];
        next.set(queueArn, typeof at === 'number' ? at : undefined);
      }
      return next.get(queueArn);
    },
    receive: (queueArn, limit, visibilitySeconds) => {
      const spec = byArn.get(queueArn);
      if (!spec) return [];
      const now = Math.round(clock.now());
      expire.run(queueArn, now - spec.retentionSeconds * 1000);
      const rows = parse(z.array(messageRowSchema), visible.all(queueArn, now, limit), 'journal');
      const taken = rows.filter((message) => !moveToDeadLetters(message, spec));
      for (const message of taken) {
        hide.run(now + (visibilitySeconds ?? spec.visibilitySeconds) * 1000, now, message.seq);
      }
      forget(queueArn);
      return taken.map((message) => ({ ...message, receives: message.receives + 1 }));
    },
    remove: (message) => {
      journal.durably(() => remove.run(message.id));
      next.clear();
      journal.changed();
    },
    giveBack: (message) => {
      settle.run(message.seq);
      forget(message.queue);
    },
    all: () => {
      for (const spec of specs) expire.run(spec.arn, Math.round(clock.now()) - spec.retentionSeconds * 1000);
      return parse(z.array(messageRowSchema), everything.all(), 'journal');
    },
  };
}
