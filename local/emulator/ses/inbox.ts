import * as z from 'zod';
import type { Journal } from '../journal.ts';
import { parse } from '../problem.ts';

const emailSchema = z.object({
  id: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      size: z.number(),
      contentId: z.string().nullable(),
      content: z.string(),
    }),
  ),
  tags: z.record(z.string(), z.string()),
  configurationSet: z.string().nullable(),
});

/** An email that SES accepted. */
export type Email = z.infer<typeof emailSchema>;

export interface Inbox {
  add(email: Email, at: number): void;
  find(id: string): Email | undefined;
  /** Newest first, for one address or for all. */
  list(address?: string, limit?: number): Email[];
  people(): { address: string; count: number; latest: number }[];
  suppress(address: string, reason: 'BOUNCE' | 'COMPLAINT', at: number): void;
  unsuppress(address: string): boolean;
  suppressed(address: string): { reason: string; at: number } | undefined;
  /** Sorted by address. */
  allSuppressed(): { address: string; reason: string; at: number }[];
  /** The number of emails accepted since an instant. */
  countSince(instant: number): number;
}

const bodyRow = z.object({ body: z.string() });
const personRow = z.object({ address: z.string(), count: z.number(), latest: z.number() });
const suppressedRow = z.object({ reason: z.string(), at: z.number() });
const listedRow = suppressedRow.extend({ address: z.string() });
const countRow = z.object({ count: z.number() });

const email = (row: unknown): Email =>
  parse(emailSchema, JSON.parse(parse(bodyRow, row, 'journal').body), 'journal');

export function openInbox(journal: Journal): Inbox {
  const insert = journal.prepare('INSERT INTO inbox (id, at, body) VALUES (?, ?, ?)');
  const address = journal.prepare('INSERT OR IGNORE INTO inbox_recipients VALUES (?, ?)');
  const one = journal.prepare('SELECT body FROM inbox WHERE id = ?');
  const all = journal.prepare('SELECT body FROM inbox ORDER BY seq DESC LIMIT ?');
  const ofOne = journal.prepare(
    'SELECT body FROM inbox JOIN inbox_recipients USING (seq) WHERE address = ? ORDER BY seq DESC LIMIT ?',
  );
  const people = journal.prepare(
    `SELECT address, count(*) AS count, max(at) AS latest
     FROM inbox_recipients JOIN inbox USING (seq) GROUP BY address ORDER BY latest DESC, address`,
  );
  const suppress = journal.prepare('INSERT OR REPLACE INTO suppressed VALUES (?, ?, ?)');
  const unsuppress = journal.prepare('DELETE FROM suppressed WHERE address = ?');
  const suppressed = journal.prepare('SELECT reason, at FROM suppressed WHERE address = ?');
  const allSuppressed = journal.prepare('SELECT address, reason, at FROM suppressed ORDER BY address');
  const countSince = journal.prepare('SELECT count(*) AS count FROM inbox WHERE at >= ?');

  return {
    add: (each, at) => {
      const { lastInsertRowid } = insert.run(each.id, Math.round(at), JSON.stringify(each));
      for (const to of [...each.to, ...each.cc, ...each.bcc]) address.run(to.toLowerCase(), lastInsertRowid);
    },
    find: (id) => {
      const row = one.get(id);
      return row && email(row);
    },
    list: (to, limit = 100_000) =>
      (to === undefined ? all.all(limit) : ofOne.all(to.toLowerCase(), limit)).map(email),
    people: () => parse(z.array(personRow), people.all(), 'journal'),
    suppress: (to, reason, at) => {
      suppress.run(to.toLowerCase(), reason, Math.round(at));
    },
    unsuppress: (to) => Number(unsuppress.run(to.toLowerCase()).changes) > 0,
    suppressed: (to) => {
      const row = suppressed.get(to.toLowerCase());
      return row && parse(suppressedRow, row, 'journal');
    },
    allSuppressed: () => parse(z.array(listedRow), allSuppressed.all(), 'journal'),
    countSince: (instant) => parse(countRow, countSince.get(Math.round(instant)), 'journal').count,
  };
}
