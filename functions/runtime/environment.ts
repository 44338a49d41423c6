/**
 * What functions read from their environment. The registry, functions/lambdas.ts, says which of these each function
 * has; the stack's variables are typed from it, so a missing or an extra one does not compile, and the function parses
 * the same schema on its cold start, so a wrong value is named before any work is done.
 */
import * as z from 'zod';

const name = z.string().min(1);

/** Keeps events that it cannot work on, and tells the integrator on the bus. */
const keeping = z.object({ TABLE_NAME: name, BUS_NAME: name });

/** Decides, and delivers the emails and events that follow. */
const sending = keeping.extend({ CONFIGURATION_SET: name, LINK_ORIGIN: z.url() });

export const environments = { keeping, sending } as const satisfies Record<string, z.ZodObject>;

/**
 * The longest that an invocation which delivers email may run, in seconds. A lease on an outbox entry has to
 * outlast it: otherwise a second invocation takes the entry while the first may still be sending it.
 */
export const LONGEST_SENDING_TIMEOUT_SECONDS = 240;

/** A metric that an alarm watches. Its only dimension is `service`; alarm and code share this one definition. */
export interface AlarmMetric {
  readonly name: string;
  readonly unit: 'Count' | 'Seconds';
  /** A function, or a name that several functions record under. */
  readonly recordedBy: string;
}

export const OLDEST_DUE_AGE_METRIC = {
  name: 'OldestDueAgeSeconds',
  unit: 'Seconds',
  recordedBy: 'sweep-due-work',
} as const satisfies AlarmMetric;
export const FAILED_WORK_METRIC = {
  name: 'FailedDueWork',
  unit: 'Count',
  recordedBy: 'sweep-due-work',
} as const satisfies AlarmMetric;

/** Every event that a function behind a rule took, and those of them that were refused and kept. */
export const EVENTS_RECEIVED_METRIC = {
  name: 'EventsReceived',
  unit: 'Count',
  recordedBy: 'events',
} as const satisfies AlarmMetric;
export const EVENTS_REFUSED_METRIC = {
  name: 'EventsRefused',
  unit: 'Count',
  recordedBy: 'events',
} as const satisfies AlarmMetric;

/** Emails that will not be sent any more: the address was refused, or nobody could be reached for days. */
export const EMAILS_GIVEN_UP_METRIC = {
  name: 'EmailsGivenUp',
  unit: 'Count',
  recordedBy: 'outbox',
} as const satisfies AlarmMetric;

/** Emails to staff that bounced for good. */
export const STAFF_BOUNCES_METRIC = {
  name: 'StaffBounces',
  unit: 'Count',
  recordedBy: 'settle-email',
} as const satisfies AlarmMetric;

/** Writes of items that hold three quarters of what an item may: of emails, events, links or log, or in size. */
export const ITEMS_NEAR_BOUND_METRIC = {
  name: 'ItemsNearBound',
  unit: 'Count',
  recordedBy: 'outbox',
} as const satisfies AlarmMetric;

/** Senders and stores without an event for `silentAfterHours` opening hours, counted by each sweep. */
export const SILENT_SENDERS_METRIC = {
  name: 'SilentSenders',
  unit: 'Count',
  recordedBy: 'sweep-due-work',
} as const satisfies AlarmMetric;

/** A sweep begins nothing new in the last of its time: enough to finish the item in hand and say how far it came. */
export const SWEEP_RESERVE_SECONDS = 30;
