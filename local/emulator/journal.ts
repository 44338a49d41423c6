import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * Everything that must outlive the process, except the tables: events, deliveries, retries, queues, inbox, clock.
 *
 * It uses SQLite because that comes with Node, one transaction covers an event with all its deliveries, and a commit
 * with `synchronous=FULL` is on disk when it returns. Values that a restart can work out again (the clock between two
 * ticks of a long advance) are written without waiting for the disk.
 */
export interface Journal {
  prepare(sql: string): StatementSync;
  /** Runs SQL, with which each part creates its own tables. */
  run(sql: string): void;
  /** Runs the work in one transaction, which is on disk when it returns. */
  durably<T>(work: () => T): T;
  getMeta(key: string): string | undefined;
  setMeta(key: string, value: string): void;
  /** The listener is called after every change that a person may want to see. */
  onChange(listener: () => void): void;
  changed(): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, bus TEXT NOT NULL,
    at INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS deliveries (
    event_id TEXT NOT NULL, rule TEXT NOT NULL, target TEXT NOT NULL, destination TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (event_id, rule, target)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS work (
    id INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, queue TEXT NOT NULL,
    body TEXT NOT NULL, attributes TEXT NOT NULL, sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL, first_received_at INTEGER, receives INTEGER NOT NULL,
    in_flight INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, visible_at, seq);
  CREATE TABLE IF NOT EXISTS inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS inbox_recipients (
    address TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (address, seq)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS suppressed (
    address TEXT PRIMARY KEY, reason TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT;
`;

function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('PRAGMA synchronous=FULL; BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  } finally {
    db.exec('PRAGMA synchronous=NORMAL');
  }
}

export function openJournal(file: string): Journal {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=2000');
  db.exec(schema);
  const read = db.prepare('SELECT value FROM meta WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const listeners: (() => void)[] = [];
  let depth = 0;

  return {
    prepare: (sql) => db.prepare(sql),
    run: (sql) => db.exec(sql),
    durably: (work) => {
      if (depth > 0) return work();
      depth += 1;
      try {
        return transaction(db, work);
      } finally {
        depth -= 1;
      }
    },
    getMeta: (key) => {
      const value = read.get(key)?.['value'];
      return typeof value === 'string' ? value : undefined;
    },
    setMeta: (key, value) => {
      write.run(key, value);
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
    changed: () => {
      for (const listener of listeners) listener();
    },
    close: () => db.close(),
  };
}
