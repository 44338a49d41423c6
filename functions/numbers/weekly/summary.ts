import * as z from 'zod';
import { proposal } from '../proposals.ts';

/** A part of a whole; for plain counts, both are the same. */
const count = z.object({ part: z.number().int(), whole: z.number().int() });

/** One number of the weekly report in each of its periods. */
const measure = z.object({
  /** The name of its definition. */
  name: z.string(),
  lastWeek: count.extend({ week: z.string() }),
  lastMonth: count.extend({ month: z.string() }),
  /** The same month a year ago. */
  yearAgo: count.extend({ month: z.string() }),
  /** The three months before the last one, together. */
  before: count,
});
export type Measure = z.infer<typeof measure>;

/** A person, or in the group's report a store, who did well in the last week. */
const thanks = z.object({ who: z.string(), name: z.string(), ...count.shape });
export type Thanks = z.infer<typeof thanks>;

/** A person or store whose last month was worse than their own three months before. */
const gap = z.object({ who: z.string(), name: z.string(), month: z.string(), ...count.shape, before: count });
export type Gap = z.infer<typeof gap>;

const alarmNames = ['referrals-absent', 'introductions-skipped'] as const;
/** What a manager is told about somebody once a month, because it is too much to be chance. */
const alarm = z.object({ is: z.enum(alarmNames), who: z.string(), month: z.string(), ...count.shape });
export type TeamAlarm = z.infer<typeof alarm>;

/** The content of one weekly report, counted once; the text is written when the report is sent. */
export const weeklySummary = z.object({
  /** The day up to which facts were counted. Its week, named by its Monday, has only one report. */
  today: z.string(),
  week: z.string(),
  measures: z.array(measure),
  thanks: z.array(thanks),
  gaps: z.array(gap),
  alarms: z.array(alarm),
  /** Other settings of the rule for which there is evidence. */
  proposals: z.array(proposal).default([]),
  /** The month of the oldest fact. Missing if nothing is known yet, and in reports of earlier releases. */
  since: z.string().optional(),
});
export type WeeklySummary = z.infer<typeof weeklySummary>;

/** A store without known sales, visits or handoffs has nothing to report. */
export const hasNumbers = ({ measures }: WeeklySummary): boolean =>
  measures.some(({ lastWeek, lastMonth, before }) => lastWeek.whole + lastMonth.whole + before.whole > 0);
