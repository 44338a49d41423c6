import * as z from 'zod';
import { proposal } from '../proposals.ts';

/** So many of so many; of a number that only counts, as many of as many. */
const count = z.object({ part: z.number().int(), whole: z.number().int() });

/** One of the numbers of the weekly report, in each of its periods. */
const measure = z.object({
  /** Of its definition. */
  name: z.string(),
  lastWeek: count.extend({ week: z.string() }),
  lastMonth: count.extend({ month: z.string() }),
  /** The same month a year ago. */
  yearAgo: count.extend({ month: z.string() }),
  /** The three months before the last one, together. */
  before: count,
});
export type Measure = z.infer<typeof measure>;

/** Somebody, or in the group's report a store, who did well in the last week, as a fact. */
const thanks = z.object({ who: z.string(), name: z.string(), ...count.shape });
export type Thanks = z.infer<typeof thanks>;

/** Somebody, or a store, whose last month fell behind their own three months before. */
const gap = z.object({ who: z.string(), name: z.string(), month: z.string(), ...count.shape, before: count });
export type Gap = z.infer<typeof gap>;

const alarmNames = ['referrals-absent', 'introductions-skipped'] as const;
/** What a manager hears once a month of somebody: too much to be chance. */
const alarm = z.object({ is: z.enum(alarmNames), who: z.string(), month: z.string(), ...count.shape });
export type TeamAlarm = z.infer<typeof alarm>;

/** What one weekly report says, counted once: the words are made when it is sent. */
export const weeklySummary = z.object({
  /** The day up to which was counted, and its week by the date of the Monday: there is one report a week. */
  today: z.string(),
  week: z.string(),
  measures: z.array(measure),
  thanks: z.array(thanks),
  gaps: z.array(gap),
  alarms: z.array(alarm),
  /** Other settings of the rule that the past speaks for. */
  proposals: z.array(proposal).default([]),
  /** The month of the oldest fact. Left out where nothing is known yet, and by earlier releases. */
  since: z.string().optional(),
});
export type WeeklySummary = z.infer<typeof weeklySummary>;

/** A store of whose sales, visits and handoffs nothing is known yet has nothing to report. */
export const hasNumbers = ({ measures }: WeeklySummary): boolean =>
  measures.some(({ lastWeek, lastMonth, before }) => lastWeek.whole + lastMonth.whole + before.whole > 0);
