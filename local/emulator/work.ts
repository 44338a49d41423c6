import * as z from 'zod';
import type { Clock } from './clock.ts';
import type { Source } from './engine.ts';
import type { Journal } from './journal.ts';
import { parse } from './problem.ts';

const originSchema = z.object({ eventId: z.string(), rule: z.string(), target: z.string() });

/** The event, the rule and the target. */
export type Origin = z.infer<typeof originSchema>;

const deliverSchema = z.object({
  kind: z.literal('deliver'),
  origin: originSchema,
  attempts: z.number(),
  firstAt: z.number(),
});

const invokeSchema = z.object({
  kind: z.literal('invoke'),
  functionName: z.string(),
  requestId: z.string(),
  payload: z.unknown(),
  attempts: z.number(),
  firstAt: z.number(),
  origin: originSchema.optional(),
});

const publishSchema = z.object({
  kind: z.literal('publish'),
  source: z.string(),
  detailType: z.string(),
  resources: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});

const workSchema = z.discriminatedUnion('kind', [deliverSchema, invokeSchema, publishSchema]);

/** Deliver an event to a rule's target. */
export type DeliverWork = z.infer<typeof deliverSchema>;
/** Invoke a function asynchronously. */
export type InvokeWork = z.infer<typeof invokeSchema>;
/** Publish one of AWS's own events on the default bus. */
export type PublishWork = z.infer<typeof publishSchema>;
type Work = z.infer<typeof workSchema>;

export interface WorkItem {
  id: number;
  due: number;
  work: Work;
}

/** Work that is due at known times. It survives a crash. */
export interface WorkList extends Source {
  add(work: Work, due: number): void;
  /** The work was tried and must be tried again. */
  postpone(item: WorkItem, work: Work, due: number): void;
  done(item: WorkItem): void;
  size(): number;
}

const rowSchema = z.object({ id: z.number(), due: z.number(), body: z.string() });

function before(a: WorkItem, b: WorkItem): boolean {
  return a.due < b.due || (a.due === b.due && a.id < b.id);
}

/** Inserts in order: few items are ever waiting, and most are added at the end. */
function insert(waiting: WorkItem[], item: WorkItem): void {
  let at = waiting.length;
  for (let other = waiting[at - 1]; other && before(item, other); other = waiting[at - 1]) at -= 1;
  waiting.splice(at, 0, item);
}

export function openWorkList(
  journal: Journal,
  clock: Clock,
  perform: (item: WorkItem) => Promise<void>,
): WorkList {
  const select = journal.prepare('SELECT id, due, body FROM work ORDER BY due, id');
  const create = journal.prepare('INSERT INTO work (due, body) VALUES (?, ?)');
  const update = journal.prepare('UPDATE work SET due = ?, body = ? WHERE id = ?');
  const remove = journal.prepare('DELETE FROM work WHERE id = ?');
  const waiting = parse(z.array(rowSchema), select.all(), 'journal').map(
    ({ id, due, body }): WorkItem => ({ id, due, work: parse(workSchema, JSON.parse(body), 'journal') }),
  );
  return {
    nextDue: () => waiting[0]?.due,
    take: () => {
      const item = waiting.shift();
      return item && (() => perform(item));
    },
    add: (work, due) => {
      const { lastInsertRowid } = create.run(Math.round(due), JSON.stringify(work));
      insert(waiting, { id: Number(lastInsertRowid), due: Math.max(due, clock.now()), work });
    },
    postpone: (item, work, due) => {
      journal.durably(() => update.run(Math.round(due), JSON.stringify(work), item.id));
      insert(waiting, { id: item.id, due, work });
    },
    done: (item) => {
      remove.run(item.id);
    },
    size: () => waiting.length,
  };
}
