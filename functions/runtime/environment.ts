/**
 * What each function reads from its environment: the one seam between the stack and the code it deploys.
 * The stack's `environment` is typed from these schemas, so a missing or an extra variable doesn't compile;
 * a function parses the same schema on its cold start, so a wrong value is named before any work is done.
 */
import * as z from 'zod';

const name = z.string().min(1);

/** Keeps what could not be worked on, and owes the integrator an event about it. */
const keeper = z.object({ TABLE_NAME: name, BUS_NAME: name });

/** Decides, and delivers what it then owes: emails with links, events. */
const sender = keeper.extend({ CONFIGURATION_SET: name, LINK_ORIGIN: z.url() });

export const environments = {
  'introduce-service': sender,
  'prepare-first-service': sender,
  'review-repair-quote': sender,
  'start-upgrade-conversation': sender,
  'follow-dms': sender,
  'answer-task': sender,
  'sweep-due-work': sender,
  'settle-email': sender,
  'refuse-unknown-event': keeper,
  'keep-dead-letters': keeper,
} as const satisfies Record<string, z.ZodObject>;

export type FunctionName = keyof typeof environments;
export type EnvironmentOf<Name extends FunctionName> = z.input<(typeof environments)[Name]>;

/** The environment of this invocation's function, or an error that names what is wrong in it. */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  variables: NodeJS.ProcessEnv = process.env,
): z.output<Schema> {
  const read = schema.safeParse(variables);
  if (!read.success) throw new Error(`The environment is not usable.\n${z.prettifyError(read.error)}`);
  return read.data;
}

/**
 * The longest that an invocation which delivers email may run, in seconds. A lease on an outbox entry has to
 * outlast it: otherwise a second invocation takes the entry while the first may still be sending it.
 */
export const LONGEST_SENDING_TIMEOUT_SECONDS = 240;

/**
 * Metrics that alarms stand on. They are recorded with the default dimension (`service`) only, by the function
 * named here; the name is shared so that a renamed metric can't leave its alarm watching nothing.
 */
export const OLDEST_DUE_AGE_METRIC = { name: 'OldestDueAgeSeconds', recordedBy: 'sweep-due-work' } as const;
export const FAILED_WORK_METRIC = { name: 'FailedDueWork', recordedBy: 'sweep-due-work' } as const;

/** A sweep begins nothing new in the last of its time: enough to finish the item in hand and say how far it came. */
export const SWEEP_RESERVE_SECONDS = 30;
