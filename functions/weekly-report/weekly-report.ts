import * as z from 'zod';
import { hash } from '../group/hash.ts';
import { nextDue } from '../handoff/outbox.ts';
import { anyOutboxEntry } from '../handoff/outbox-entry.ts';
import { link } from '../links/link.ts';
import { weeklySummary } from '../numbers/weekly/summary.ts';

/**
 * The weekly report of one store, or of the group: the content of its last email, the emails themselves, and the
 * links to the page of the numbers. The content is counted once and stored here, so that an email sent late has the
 * same content.
 */
export const weeklyReport = z.object({
  kind: z.literal('weekly-report'),
  schema: z.literal(1),
  reportId: z.string(),
  /** Incremented with each write; 0 means not yet written. */
  version: z.number().int(),
  /** Missing in the group's report. */
  storeId: z.string().optional(),
  updatedAt: z.string(),
  /** The content, from the week in which it was last counted. */
  summary: weeklySummary.optional(),
  /** The month in which managers were last told about alarms and proposals, `YYYY-MM`. */
  toldInMonth: z.string().optional(),
  outbox: z.array(anyOutboxEntry),
  entriesMade: z.number().int(),
  links: z.array(link),
});
export type WeeklyReport = z.infer<typeof weeklyReport>;

/** @param storeId undefined for the group */
export const reportIdOf = (storeId: string | undefined): string =>
  hash(['weekly-report', ...(storeId === undefined ? [] : [storeId])]).slice(0, 32);

export const blankReport = (storeId: string | undefined, now: string): WeeklyReport => ({
  kind: 'weekly-report',
  schema: 1,
  reportId: reportIdOf(storeId),
  version: 0,
  ...(storeId === undefined ? {} : { storeId }),
  updatedAt: now,
  outbox: [],
  entriesMade: 0,
  links: [],
});

export const reportDueAt = ({ outbox }: WeeklyReport): string | undefined => nextDue(outbox);
