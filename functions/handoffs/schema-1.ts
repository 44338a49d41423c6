import * as z from 'zod';
import { storedEntry, upgradedEntry, upgradedReason } from './schema-1-emails.ts';
import { capIn, fieldsFromLog, storedLogEntry, upgradedLogEntry } from './schema-1-log.ts';

/**
 * Upgrades items written by releases before 2026-12 (schema 1), which stored log entries, reasons and notes as
 * sentences; only this file and its two neighbors know those sentences. An item is upgraded when it is read, and the
 * next write stores schema 2.
 */
const stored = z.looseObject({ schema: z.number() });

/** Upgrades an item to the current schema. A current item is returned unchanged. */
export function upgraded(item: Record<string, unknown>): Record<string, unknown> {
  if (stored.parse(item).schema !== 1) return item;
  return item['kind'] === 'my-day'
    ? upgradedDay(storedDay.parse(item))
    : upgradedTask(storedTask.parse(item));
}

const storedLine = z.looseObject({ reason: z.string().optional() });

const storedEnding = z.looseObject({ outcome: z.string() });
const storedUndo = z.looseObject({
  choice: z.string(),
  before: z.looseObject({ advisorSays: z.string().optional(), toldSales: z.boolean().optional() }).optional(),
});

const storedTask = z.looseObject({
  kind: z.string(),
  state: z.string(),
  outbox: z.array(storedEntry),
  settled: z.array(storedLine).optional(),
  log: z.array(storedLogEntry),
  ended: storedEnding.optional(),
  undo: storedUndo.optional(),
  assignee: z.looseObject({ employeeNumber: z.string() }).optional(),
  overCap: z
    .looseObject({ at: z.string(), of: z.string(), why: z.string(), until: z.string().optional() })
    .optional(),
});
type StoredTask = z.infer<typeof storedTask>;

const storedDay = z.looseObject({ outbox: z.array(storedEntry), askedAt: z.string().optional() });

function upgradedDay({ askedAt, ...day }: z.infer<typeof storedDay>): Record<string, unknown> {
  const outbox = day.outbox.map((entry) => {
    const { note, ...entryFields } = entry;
    return { ...entryFields, ...upgradedReason(entry), ...(note ? { note: { code: 'asked-for' } } : {}) };
  });
  return { ...day, schema: 2, outbox, ...(askedAt === undefined ? {} : { linkRequests: [askedAt] }) };
}

function upgradedTask(task: StoredTask): Record<string, unknown> {
  const { overCap, undo, ...taskFields } = task;
  return {
    ...taskFields,
    schema: 2,
    outbox: task.outbox.map((entry) => upgradedEntry(entry, task.kind)),
    ...(task.settled ? { settled: task.settled.map((line) => ({ ...line, ...upgradedReason(line) })) } : {}),
    log: task.log.map((entry) => upgradedLogEntry(entry, task.kind)),
    ...fieldsFromLog(task),
    ...(overCap ? { overCap: upgradedCap(overCap) } : {}),
    ...(undo ? { undo: upgradedUndo(undo) } : {}),
  };
}

function upgradedUndo({ before, ...undo }: z.infer<typeof storedUndo>): object {
  if (!before) return undo;
  const { advisorSays, toldSales, ...shared } = before;
  const own = {
    ...(advisorSays === undefined ? {} : { advisorSays }),
    ...(toldSales === undefined ? {} : { toldSales }),
  };
  return { ...undo, before: { ...shared, own } };
}

const upgradedCap = ({ at, why, until }: NonNullable<StoredTask['overCap']>) => ({
  at,
  cap: capIn(why),
  ...(until === undefined ? {} : { until }),
});
