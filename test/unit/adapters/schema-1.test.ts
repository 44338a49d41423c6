import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dayFromItem, dayToItem, taskFromItem, taskToItem } from '../../../functions/adapters/task-item.ts';

/**
 * Items that the release of 2026-11-26 wrote while it played seeds 1 to 149 of the simulation: for each thing that a log
 * entry, a reason, a note, an ending or a choice that can be taken back may say, the smallest item that says it.
 */
const fixture = new URL('../../fixtures/items-of-schema-1.json.gz', import.meta.url);
const stored = z.looseObject({
  type: z.enum(['task', 'day']),
  outbox: z.array(z.looseObject({ id: z.string(), state: z.string(), reason: z.string().optional() })),
  log: z.array(z.looseObject({ what: z.string() })).default([]),
});
const items = z.array(stored).parse(JSON.parse(gunzipSync(readFileSync(fixture)).toString()));
const tasks = items.filter(({ type }) => type === 'task');
const days = items.filter(({ type }) => type === 'day');

/** On these reasons decisions rest: whether staff are asked for an address, and whether an email is tried again. */
const reasons = {
  'the customer has no email address': 'no-address',
  'mail to the address bounced before': 'bounced-before',
  'the customer opted out of this kind of email': 'opted-out',
  'lost its moment before it could be sent': 'too-late',
} as const;

const sentences = z.looseObject({ text: z.string() });
/** What the release of today has no code for. */
const keptAsText = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const isText = Object.values(value).some((one) => one === 'earlier-release' || one === 'earlier release');
  return isText ? [sentences.parse(value).text] : Object.values(value).flatMap(keptAsText);
};

describe('what an earlier release stored', () => {
  it('has tasks and days to read', () => {
    expect(tasks.length).toBeGreaterThan(100);
    expect(days.length).toBeGreaterThan(5);
  });

  it('keeps everything that decisions rest on', () => {
    for (const item of tasks) {
      const { kind, state, deadlines, facts, subject, links, assignee, version } = item;
      expect(taskFromItem(item)).toMatchObject({ kind, state, deadlines, facts, subject, links, version });
      expect(taskFromItem(item).assignee).toEqual(assignee);
      const outbox = item.outbox.map(({ id, state: now }) => ({ id, state: now }));
      expect(taskFromItem(item).outbox).toMatchObject(outbox);
    }
  });

  it.each(Object.entries(reasons))('"%s" is read as the reason %s', (reason, code) => {
    for (const item of tasks) {
      const outbox = item.outbox.map((entry) => ({ ...entry, reason }));
      const read = taskFromItem({ ...item, outbox }).outbox.map((entry) => entry.reason);
      expect(read).toEqual(outbox.map(() => ({ code })));
    }
  });

  it('has its steps, choices and reports as a person reads them today', () => {
    const whats = new Set(tasks.flatMap((item) => taskFromItem(item).log.map(({ what }) => what)));
    expect([...whats].toSorted()).toEqual(
      expect.arrayContaining([
        'assigned',
        'choice',
        'deadline',
        'email report',
        'fact',
        'moved',
        'step',
        'undone',
      ]),
    );
    for (const item of tasks) expect(taskFromItem(item).log).toHaveLength(item.log.length);
  });

  it('keeps a sentence that has no code word for word', () => {
    for (const item of items) {
      const read = item.type === 'task' ? taskFromItem(item) : dayFromItem(item);
      for (const text of keptAsText(read)) expect(JSON.stringify(item)).toContain(JSON.stringify(text));
    }
  });

  it('is written in the form of today, and read the same', () => {
    for (const item of tasks) {
      const task = taskFromItem(item);
      expect(taskToItem(task)).toMatchObject({ schema: 2 });
      expect(taskFromItem(taskToItem(task))).toEqual(task);
    }
    for (const item of days) expect(dayFromItem(dayToItem(dayFromItem(item)))).toEqual(dayFromItem(item));
  });
});
