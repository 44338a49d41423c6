import * as z from 'zod';
import { plusMinutes } from '../group/business-time.ts';
import { hash } from '../group/hash.ts';
import { isOverComplaintRate, type Tally } from './tally.ts';

/** That is 240 an hour, slow enough for a complaint to arrive before the rest is sent. */
export const LETTERS_PER_SWEEP = 20;

/** Why a customer of the advisor who left gets no letter. Each customer on the list counts once. */
export const leftOutReasons = [
  'not-seen',
  'no-address',
  'opted-out',
  'bounced-before',
  'same-address',
  'store-mode',
  'not-on-allow-list',
] as const;
export type LeftOut = (typeof leftOutReasons)[number];

const counts = z.partialRecord(z.enum(leftOutReasons), z.number().int().positive());

/** One pass over the list: how far it is, and what it has found so far. */
const walk = z.object({
  /** Where the next page starts, in the format of `AdvisedCustomers`. */
  after: z.string().optional(),
  toWrite: z.number().int().nonnegative(),
  leftOut: counts,
  /** When its next page is due. */
  nextAt: z.string(),
});

const started = {
  /** The employee numbers of the new advisor, who signs the letter, and of the manager who started it. */
  to: z.string(),
  by: z.string(),
  startedAt: z.string(),
};

const stopReasons = ['manager', 'complaints', 'came back', 'new advisor left'] as const;
export type StopReason = (typeof stopReasons)[number];

const step = z.discriminatedUnion('is', [
  /** The customers are being counted, so that a manager sees how many there are before starting. */
  z.object({ is: z.literal('counting') }),
  z.object({ is: z.literal('offered') }),
  z.object({ is: z.literal('running'), ...started }),
  z.object({ is: z.literal('stopped'), ...started, why: z.enum(stopReasons), at: z.string() }),
  z.object({ is: z.literal('done'), ...started, at: z.string() }),
]);
type Step = z.infer<typeof step>;

/**
 * A store's letter to the customers of one advisor who left. There is one campaign for each such advisor, however
 * often it is started.
 */
export const campaign = z.object({
  kind: z.literal('leaver-campaign'),
  schema: z.literal(1),
  campaignId: z.string(),
  /** Incremented with each write; 0 means not yet written. */
  version: z.number().int(),
  storeId: z.string(),
  /** The employee number of the advisor who left. */
  leaver: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  step,
  walk,
});
export type Campaign = z.infer<typeof campaign>;
type At<Is extends Step['is']> = Campaign & { readonly step: Extract<Step, { is: Is }> };

export const isAt = <Is extends Step['is']>(of: Campaign, is: Is): of is At<Is> => of.step.is === is;

export const campaignIdOf = (storeId: string, leaver: string): string =>
  hash(['leaver-letter', storeId, leaver]).slice(0, 16);

const firstPage = (now: string): Campaign['walk'] => ({ toWrite: 0, leftOut: {}, nextAt: now });

export const newCampaign = (storeId: string, leaver: string, now: string): Campaign => ({
  kind: 'leaver-campaign',
  schema: 1,
  campaignId: campaignIdOf(storeId, leaver),
  version: 0,
  storeId,
  leaver,
  createdAt: now,
  updatedAt: now,
  step: { is: 'counting' },
  walk: firstPage(now),
});

export const campaignDueAt = ({ step, walk }: Campaign): string | undefined =>
  step.is === 'counting' || step.is === 'running' ? walk.nextAt : undefined;

/** After complaints it stays stopped: the remaining customers learn about the new advisor at their next visit. */
export const mayStart = ({ step }: Campaign): boolean =>
  step.is === 'offered' || (step.is === 'stopped' && step.why !== 'complaints');

/** Starts at the beginning of the list. Customers who have a letter are skipped, so nobody gets a second one. */
export function start(of: Campaign, { to, by }: { to: string; by: string }, now: string): Campaign {
  if (!mayStart(of)) return of;
  return {
    ...of,
    updatedAt: now,
    step: { is: 'running', to, by, startedAt: now },
    walk: firstPage(now),
  };
}

/** Whether letters may be sent. That is so even after the last page, because some are waiting for their day. */
export const isOn = (of: Campaign): of is At<'running' | 'done'> => isAt(of, 'running') || isAt(of, 'done');

/** Whether there is anything left to stop. */
export const mayStop = (of: Campaign, { waiting }: Tally): boolean =>
  isAt(of, 'running') || (isAt(of, 'done') && waiting > 0);

export function stop(of: Campaign, why: StopReason, now: string): Campaign {
  if (!isOn(of)) return of;
  const { to, by, startedAt } = of.step;
  return { ...of, updatedAt: now, step: { is: 'stopped', to, by, startedAt, why, at: now } };
}

export const stopForComplaints = (of: Campaign, tally: Tally, now: string): Campaign =>
  mayStop(of, tally) && isOverComplaintRate(tally) ? stop(of, 'complaints', now) : of;

export interface Page {
  readonly toWrite: number;
  readonly leftOut: readonly LeftOut[];
  /** Where the next page starts; undefined after the last one. */
  readonly after: string | undefined;
}

/** Shorter than the time between two sweeps, so that each sweep does a page. */
const BETWEEN_PAGES_MINUTES = 4;

/** Adds the results of a page. Stored after the page's letters are written, so that repeating a page changes nothing. */
export function afterPage(of: Campaign, page: Page, now: string): Campaign {
  const leftOut = { ...of.walk.leftOut };
  for (const reason of page.leftOut) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  const toWrite = of.walk.toWrite + page.toWrite;
  const next: Campaign = { ...of, updatedAt: now, walk: { toWrite, leftOut, nextAt: now } };
  if (page.after === undefined) return { ...next, step: ended(of, now) };
  // Counting goes on at once because a manager waits for it. Letters are sent slowly, so that a complaint can stop
  // the rest.
  const nextAt = isAt(of, 'running') ? plusMinutes(now, BETWEEN_PAGES_MINUTES) : now;
  return { ...next, walk: { ...next.walk, after: page.after, nextAt } };
}

function ended(of: Campaign, now: string): Step {
  if (!isAt(of, 'running')) return { is: 'offered' };
  const { to, by, startedAt } = of.step;
  return { is: 'done', to, by, startedAt, at: now };
}

export const waitUntil = (of: Campaign, nextAt: string): Campaign => ({
  ...of,
  walk: { ...of.walk, nextAt },
});

/** Why the campaign has to stop before the next page; undefined if it may go on. */
export function reasonToStop(
  tally: Tally,
  { isBack, isNewAdvisorHere }: { readonly isBack: boolean; readonly isNewAdvisorHere: boolean },
): StopReason | undefined {
  if (isOverComplaintRate(tally)) return 'complaints';
  if (isBack) return 'came back';
  return isNewAdvisorHere ? undefined : 'new advisor left';
}
