import { forEachAtOnce } from '../../at-once.ts';
import { FILE_UNFINISHED, type UnfinishedFile, unfinishedIn } from '../../feeds/dropped-file.ts';
import { type HeardFeed, silentFeeds } from '../../group/feeds.ts';
import { findStore } from '../../group/group.ts';
import type { LateFeed } from '../../group/late-feeds.ts';
import type { Context } from '../../handoff/context.ts';
import { closeUnfinished, dueAtOf, fireDeadlines } from '../../handoff/deadlines.ts';
import { askAboutUnsent } from '../../handoff/delivery-questions.ts';
import { moveFromLeaver } from '../../handoff/leavers.ts';
import { expire, isSendable, later } from '../../handoff/outbox.ts';
import type { OutboxEntry } from '../../handoff/outbox-entry.ts';
import type { Task } from '../../handoff/task.ts';
import { kindOf } from '../../handoffs/kinds.ts';
import { dayDueAt } from '../../my-day/my-day.ts';
import type { OwnItem } from '../../my-day/outbox-owner.ts';
import { readLateFeeds } from '../../my-day/read-worklist.ts';
import { OneAtATime } from '../../one-at-a-time.ts';
import { contextOfReport } from '../../outbox/context-of.ts';
import { contextOf, contextOfTask, type Services } from '../../outbox/decide-and-deliver.ts';
import { emailsLeave, writeAndDeliver } from '../../outbox/deliver.ts';
import { PacedMailer } from '../../outbox/paced-mailer.ts';
import { putAll } from '../../outbox/put-all.ts';
import type { Clock, DueItem, Wait } from '../../ports.ts';
import { reportDueAt } from '../../weekly-report/weekly-report.ts';
import { withLastSeen } from './last-seen.ts';
import { actOnLetter, busyInSweep, type LetterServices, workOnCampaign } from './leaver-letters.ts';
import { type AheadServices, lookAhead } from './look-ahead.ts';
import { sendMorningSummaries } from './morning-summaries.ts';
import { watchStore } from './watch-store.ts';

export interface SweepServices
  extends Services,
    Pick<LetterServices, 'customers' | 'advised'>,
    Pick<AheadServices, 'ahead'> {
  readonly wait: Wait;
}

export interface Swept {
  readonly acted: number;
  readonly failed: readonly Failed[];
  /** Lateness of the oldest due work found, in seconds. */
  readonly oldestSeconds: number;
  /** False if time ran out; the next sweep continues, oldest first. */
  readonly finished: boolean;
  readonly silent: readonly HeardFeed[];
  readonly late: readonly LateFeed[];
}

interface Failed {
  /** The id of a task, a person's day, a store, a campaign or a letter; or `feeds`. */
  readonly id: string;
  readonly error: Error;
}

/** Stores processed in parallel. Each takes two reads, so two hundred stores take a second. */
const STORES_AT_ONCE = 8;

/** The progress of one sweep. A failure is recorded and never blocks other work. */
class Sweep {
  readonly failed: Failed[] = [];
  acted = 0;
  oldestSeconds = 0;
  finished = true;
  readonly #timeIsUp: () => boolean;
  readonly #clock: Clock;
  readonly #mailer: PacedMailer;

  constructor(timeIsUp: () => boolean, clock: Clock, mailer: PacedMailer) {
    this.#timeIsUp = timeIsUp;
    this.#clock = clock;
    this.#mailer = mailer;
  }

  readonly mustStop = (): boolean => {
    if (this.#timeIsUp()) this.finished = false;
    return !this.finished;
  };

  /** Measures lateness before acting, so that an item that fails every time shows up as later with each sweep. */
  async eachDue(items: readonly DueItem[], act: (id: string) => Promise<unknown>): Promise<void> {
    const limits = { limit: () => this.#mailer.atOnce, mustStop: this.mustStop };
    await forEachAtOnce(items, limits, async ({ id, dueAt }) => {
      this.oldestSeconds = Math.max(this.oldestSeconds, secondsLate(dueAt, this.#clock.now()));
      if (await this.try(id, act)) this.acted += 1;
    });
  }

  /** False if it failed; never throws. */
  async try(id: string, act: (id: string) => Promise<unknown>): Promise<boolean> {
    try {
      await act(id);
      return true;
    } catch (error) {
      this.failed.push({ id, error: error instanceof Error ? error : new Error(String(error)) });
      return false;
    }
  }
}

/** The interval of the sweep: a list that fell due since the last sweep has not been sent yet. */
const SWEEP_SECONDS = 5 * 60;

/**
 * Finds due work and does it, oldest first, until nothing is left or time runs out. It begins by reassigning leavers'
 * tasks and, once a day, sending an event for each car that is booked for the next working day. Deadlines follow.
 * Then come morning summaries and people's lists, which include the results so far. Letters to customers whose
 * advisor left come last: every handoff has priority. Concurrent sweeps are harmless, because each item is written on
 * its version.
 */
export async function sweepDueWork(given: SweepServices, timeIsUp: () => boolean): Promise<Swept> {
  const mailer = new PacedMailer(given);
  const sweep = new Sweep(timeIsUp, given.clock, mailer);
  const { tasks, clock, group } = given;
  const started = clock.now();
  const days = new Map<string, DueItem>();
  const listed = (id: string) => days.set(id, { is: 'day', id, dueAt: started });
  const lists = { since: later(started, 1 - SWEEP_SECONDS), listed, inTurn: new OneAtATime() };
  const services = { ...given, mailer, sweep: lists };
  await forEachAtOnce(
    group.stores,
    { limit: () => STORES_AT_ONCE, mustStop: sweep.mustStop },
    async ({ id }) => {
      await sweep.try(id, (storeId) => watchStore(services, storeId));
      await sweep.try(id, (storeId) => lookAhead(services, storeId));
    },
  );
  let silent: readonly HeardFeed[] = [];
  let late: readonly LateFeed[] = [];
  await sweep.try('feeds', async () => {
    silent = silentFeeds(group, await services.feeds.heard(), started);
    late = await readLateFeeds(services.feeds, group, started);
  });
  const mornings: DueItem[] = [];
  const letters: DueItem[] = [];
  const campaigns: DueItem[] = [];
  let page: string | undefined;
  do {
    const due = await tasks.findDue(started, page);
    const those = (is: DueItem['is']) => due.found.filter((item) => item.is === is);
    await sweep.eachDue(those('task'), (taskId) => actOnTask(services, taskId));
    for (const day of those('day')) days.set(day.id, day);
    await sweep.eachDue(those('report'), (reportId) => actOnReport(services, reportId));
    await sweep.eachDue(those('feed-file'), (id) => haveReadOn(services, unfinishedIn(id)));
    // A store that was removed from the group's file gets no morning summaries.
    mornings.push(...those('store').filter(({ id }) => findStore(group, id)));
    letters.push(...those('letter'));
    campaigns.push(...those('campaign'));
    page = due.next;
  } while (page !== undefined && !sweep.mustStop());
  await sweep.eachDue(mornings, (storeId) => sendMorningSummaries(services, storeId, sweep.mustStop));
  await sweep.eachDue([...days.values()], (dayId) => actOnDay(services, dayId));
  const writing = { ...services, busyAt: busyInSweep(services) };
  await sweep.eachDue(letters, (letterId) => actOnLetter(writing, letterId));
  await sweep.eachDue(campaigns, (id) => workOnCampaign(writing, id, sweep.mustStop));
  const { acted, failed, oldestSeconds, finished } = sweep;
  return { acted, failed, oldestSeconds, finished, silent, late };
}

/** Has a file resumed from its checkpoint that was too long for one invocation, or whose invocation was killed. */
async function haveReadOn(services: Services, file: UnfinishedFile): Promise<void> {
  await putAll(services, [{ detailType: FILE_UNFINISHED, detail: { version: 1, ...file } }]);
}

/** Reads the task again, because the index may lag, and does its due work. */
async function actOnTask(services: Services, taskId: string): Promise<void> {
  const task = await services.tasks.read(taskId);
  const dueAt = task && dueAtOf(task);
  if (!task || dueAt === undefined) return;
  const context = await withLastSeen(services, task, await contextOfTask(services, task));
  if (dueAt > context.now) return;
  const ticked = tick(task, context);
  if (ticked !== task || somethingCanGo(services, ticked.outbox, context))
    await writeAndDeliver(services, ticked, context);
}

const somethingCanGo = (services: Services, outbox: readonly OutboxEntry[], { now }: Context) =>
  outbox.some((entry) => isSendable(entry, now, emailsLeave(services)));

/** Handles a personal email that was not sent at once: it is queued again, or its outcome is unknown. */
async function actOnDay(services: Services, dayId: string): Promise<void> {
  const day = await services.tasks.readDay(dayId);
  if (day && isDue(dayDueAt(day), services))
    await sendOwn(services, day, await contextOf(services, day.storeId));
}

/** Sends the emails of a weekly report, each when its reader's department opens. */
async function actOnReport(services: Services, reportId: string): Promise<void> {
  const report = await services.tasks.readReport(reportId);
  if (!report || !isDue(reportDueAt(report), services)) return;
  const context = await contextOfReport(services, report);
  // The store was removed from the group's file, and with it everybody who would read its report.
  if (!context) await services.tasks.write({ ...report, outbox: [] });
  else await sendOwn(services, report, context);
}

const isDue = (dueAt: string | undefined, { clock }: Services): boolean =>
  dueAt !== undefined && dueAt <= clock.now();

async function sendOwn(services: Services, item: OwnItem, context: Context): Promise<void> {
  const outbox = expire(item.outbox, context.now);
  if (isChanged(item.outbox, outbox) || somethingCanGo(services, outbox, context))
    await writeAndDeliver(services, { ...item, outbox }, context);
}

const isChanged = (before: readonly OutboxEntry[], after: readonly OutboxEntry[]) =>
  after.some((entry, at) => entry !== before[at]);

const secondsLate = (dueAt: string, now: string) => Math.max(0, (Date.parse(now) - Date.parse(dueAt)) / 1000);

/** Applies everything that has fallen due on one task. */
function tick(task: Task, context: Context): Task {
  const kind = kindOf(task);
  const expired = expire(task.outbox, context.now);
  const aged = isChanged(task.outbox, expired) ? { ...task, outbox: expired } : task;
  const ticked = closeUnfinished(kind.tick(aged, context), kind, context);
  const moved = moveFromLeaver(ticked, kind, context);
  return askAboutUnsent(fireDeadlines(moved, kind, context), kind, context);
}
