import { randomUUID } from 'node:crypto';
import type { StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';
import { parse } from '../problem.ts';
import type { QueueSpec } from '../stack/queues.ts';
import { type Message, type MessageAttributes, messageRowSchema } from './message.ts';

const statements = {
  insert: `INSERT INTO messages (id, queue, body, attributes, sent_at, visible_at, receives, in_flight)
           VALUES (?, ?, ?, ?, ?, ?, 0, 0)`,
  earliest: 'SELECT min(visible_at) AS at FROM messages WHERE queue = ?',
  visible: 'SELECT * FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, seq LIMIT ?',
  hide: `UPDATE messages SET visible_at = ?, receives = receives + 1, in_flight = 1,
           first_received_at = coalesce(first_received_at, ?) WHERE seq = ?`,
  settle: 'UPDATE messages SET in_flight = 0 WHERE seq = ?',
  move: 'UPDATE messages SET queue = ?, visible_at = ?, receives = 0, in_flight = 0 WHERE seq = ?',
  remove: 'DELETE FROM messages WHERE id = ?',
  expire: 'DELETE FROM messages WHERE queue = ? AND sent_at < ?',
  all: 'SELECT * FROM messages ORDER BY seq',
  release: 'UPDATE messages SET in_flight = 0, visible_at = ? WHERE in_flight = 1',
};

type Statements = Record<keyof typeof statements, StatementSync>;

function prepare(journal: Journal): Statements {
  const prepared = (name: keyof typeof statements) => journal.prepare(statements[name]);
  return {
    insert: prepared('insert'),
    earliest: prepared('earliest'),
    visible: prepared('visible'),
    hide: prepared('hide'),
    settle: prepared('settle'),
    move: prepared('move'),
    remove: prepared('remove'),
    expire: prepared('expire'),
    all: prepared('all'),
    release: prepared('release'),
  };
}

/** The template's queues. Their messages are in the journal. */
export class Queues {
  readonly specs: QueueSpec[];
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #sql: Statements;
  readonly #byArn: Map<string, QueueSpec>;
  /** Caches `nextVisible`; cleared whenever the queue changes. */
  readonly #nextVisible = new Map<string, number | undefined>();

  constructor(journal: Journal, clock: Clock, specs: QueueSpec[]) {
    this.specs = specs;
    this.#journal = journal;
    this.#clock = clock;
    this.#sql = prepare(journal);
    this.#byArn = new Map(specs.map((spec) => [spec.arn, spec]));
    // The receivers ended with the last process. SQS would wait for the visibility timeout; here the messages are
    // visible at once.
    this.#sql.release.run(this.#now());
  }

  send(queueArn: string, body: string, attributes: MessageAttributes, delaySeconds?: number): string {
    const delay = delaySeconds ?? this.#byArn.get(queueArn)?.delaySeconds ?? 0;
    const now = this.#now();
    const id = randomUUID();
    this.#journal.durably(() =>
      this.#sql.insert.run(id, queueArn, body, JSON.stringify(attributes), now, now + delay * 1000),
    );
    this.#changed(queueArn);
    return id;
  }

  /** When the next message of a queue may be taken. */
  nextVisible(queueArn: string): number | undefined {
    if (!this.#nextVisible.has(queueArn)) {
      const at = this.#sql.earliest.get(queueArn)?.['at'];
      this.#nextVisible.set(queueArn, typeof at === 'number' ? at : undefined);
    }
    return this.#nextVisible.get(queueArn);
  }

  receive(queueArn: string, limit: number, visibilitySeconds?: number): Message[] {
    const spec = this.#byArn.get(queueArn);
    if (!spec) return [];
    this.#expire(spec);
    const now = this.#now();
    const rows = parse(z.array(messageRowSchema), this.#sql.visible.all(queueArn, now, limit), 'journal');
    const taken = rows.filter((message) => !this.#moveToDeadLetters(message, spec));
    for (const message of taken) {
      this.#sql.hide.run(now + (visibilitySeconds ?? spec.visibilitySeconds) * 1000, now, message.seq);
    }
    this.#changed(queueArn);
    return taken.map((message) => ({ ...message, receives: message.receives + 1 }));
  }

  remove(message: { id: string }): void {
    this.#journal.durably(() => this.#sql.remove.run(message.id));
    this.#nextVisible.clear();
    this.#journal.changed();
  }

  /** Ends the receive without deleting the message, which comes back after its visibility timeout. */
  giveBack(message: Message): void {
    this.#sql.settle.run(message.seq);
    this.#changed(message.queue);
  }

  all(): Message[] {
    for (const spec of this.specs) this.#expire(spec);
    return parse(z.array(messageRowSchema), this.#sql.all.all(), 'journal');
  }

  #now(): number {
    return Math.round(this.#clock.now());
  }

  #expire(spec: QueueSpec): void {
    this.#sql.expire.run(spec.arn, this.#now() - spec.retentionSeconds * 1000);
  }

  #changed(queueArn: string): void {
    this.#nextVisible.delete(queueArn);
    this.#journal.changed();
  }

  #moveToDeadLetters(message: Message, spec: QueueSpec): boolean {
    if (!spec.redrive || message.receives < spec.redrive.maxReceives) return false;
    this.#sql.move.run(spec.redrive.queueArn, this.#now(), message.seq);
    this.#changed(spec.redrive.queueArn);
    return true;
  }
}
