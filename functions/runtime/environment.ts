/**
 * The environment variables of functions. The registry, functions/lambdas.ts, lists those of each function. The stack's
 * variables are typed from it, so a missing or extra one does not compile; the function parses the same schema on its
 * cold start, so a wrong value is reported before any work is done.
 */
import * as z from 'zod';

const name = z.string().min(1);

/** For functions that store refused events and notify the integrator on the bus. */
const keeping = z.object({ TABLE_NAME: name, BUS_NAME: name });

/** For functions that decide and deliver emails and events, to customers who may have opted out. */
const sending = keeping.extend({ CONFIGURATION_SET: name, LINK_ORIGIN: z.url(), CUSTOMER_KEY: name });

/** For the function that decides about quotes and asks other services about the cars. */
const asking = sending.extend({
  /** The ids of these services' secrets, by service, as JSON. */
  LOOK_UP_SECRETS: name,
});

/** For functions that store customers' cards. */
const remembering = keeping.extend({ CUSTOMER_KEY: name });

/** For writing the ledger's files. */
const archiving = z.object({ TABLE_NAME: name, LEDGER_BUCKET: name });

/** For reading the computed numbers. */
const reporting = z.object({ TABLE_NAME: name, NUMBERS_BUCKET: name });
/** For counting the store's numbers from the ledger's files. */
const counting = z.object({ BUS_NAME: name, NUMBERS_BUCKET: name, WORK_GROUP: name, DATABASE: name });

/** For reading files that are dropped into the bucket. */
const reading = keeping.extend({ CUSTOMER_KEY: name, DROP_BUCKET: name });

/** For accepting posts from vendors. */
const receiving = z.object({
  TABLE_NAME: name,
  DROP_BUCKET: name,
  /** The ids of the feeds' secrets, by feed, as JSON. */
  FEED_SECRETS: name,
});

export const environments = {
  keeping,
  sending,
  asking,
  remembering,
  reading,
  receiving,
  archiving,
  reporting,
  counting,
} as const satisfies Record<string, z.ZodObject>;

/**
 * The longest timeout of a function that delivers email, in seconds. A lease on an outbox entry must outlast it;
 * otherwise a second invocation could take an entry that the first is still sending.
 */
export const LONGEST_SENDING_TIMEOUT_SECONDS = 240;

/** A metric with an alarm. Its only dimension is `service`; the alarm and the code share this definition. */
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

/** Events received by functions behind rules, and those among them that were refused. */
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

/** Accepted events with amounts that look wrong. */
export const EVENTS_SUSPICIOUS_METRIC = {
  name: 'EventsSuspicious',
  unit: 'Count',
  recordedBy: 'events',
} as const satisfies AlarmMetric;

/** Feeds, one for each source and store, that have sent no event for longer than the store allows. */
export const SILENT_FEEDS_METRIC = {
  name: 'SilentFeeds',
  unit: 'Count',
  recordedBy: 'sweep-due-work',
} as const satisfies AlarmMetric;

/** Posts to a feed's address that were answered with an error, because they were not the vendor's or could not be read. */
export const POSTS_REFUSED_METRIC = {
  name: 'PostsRefused',
  unit: 'Count',
  recordedBy: 'receive-webhook',
} as const satisfies AlarmMetric;

/** Nightly files, by feed and store, that have not arrived by the time set in the group's file. */
export const LATE_FEEDS_METRIC = {
  name: 'LateFeeds',
  unit: 'Count',
  recordedBy: 'sweep-due-work',
} as const satisfies AlarmMetric;

/** Files of feeds that were not read, because they look wrong as a whole. */
export const FEED_FILES_STOPPED_METRIC = {
  name: 'FeedFilesStopped',
  unit: 'Count',
  recordedBy: 'read-feed',
} as const satisfies AlarmMetric;

/** Emails given up: the address was refused, or retries failed for days. */
export const EMAILS_GIVEN_UP_METRIC = {
  name: 'EmailsGivenUp',
  unit: 'Count',
  recordedBy: 'outbox',
} as const satisfies AlarmMetric;

/** Permanent bounces of emails to staff. */
export const STAFF_BOUNCES_METRIC = {
  name: 'StaffBounces',
  unit: 'Count',
  recordedBy: 'settle-email',
} as const satisfies AlarmMetric;

/**
 * Writes of items that have reached three quarters of a limit: of their number of emails, events, links or log
 * entries, or of their size.
 */
export const ITEMS_NEAR_BOUND_METRIC = {
  name: 'ItemsNearBound',
  unit: 'Count',
  recordedBy: 'outbox',
} as const satisfies AlarmMetric;

/** A sweep starts nothing new this close to its timeout: enough to finish the current item and record metrics. */
export const SWEEP_RESERVE_SECONDS = 30;

/**
 * With so little time left, the next invocation reads the file on. It is enough for a hundred rows and their
 * checkpoint.
 */
export const READING_RESERVE_SECONDS = 60;
