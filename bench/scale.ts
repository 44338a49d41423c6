/**
 * What grows with the table and with the group, and what does not: calls and items read, counted on a table in memory, and
 * the minutes that a backlog takes, on a clock that jumps from one answer of AWS to the next (bench/virtual-aws.ts).
 *
 *   node bench/scale.ts [tasks in the largest table, 1,000,000 by default]
 */
import '../test/simulation/quiet.ts';
import { readFileSync } from 'node:fs';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { toItem } from '../functions/adapters/dynamodb.ts';
import { EventIndexTable } from '../functions/adapters/event-index.ts';
import { keys } from '../functions/adapters/keys.ts';
import { dayToItem, taskToItem } from '../functions/adapters/task-item.ts';
import { parseGroup } from '../functions/group/group-file.ts';
import { queueEmail } from '../functions/handoff/queue.ts';
import type { TaskOf } from '../functions/handoffs/kinds.ts';
import { answerRequest } from '../functions/lambdas/answer-task/answer-request.ts';
import { readRequest } from '../functions/lambdas/answer-task/request.ts';
import { sweepDueWork } from '../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import { hashOf } from '../functions/links/link.ts';
import { dayPath } from '../functions/links/paths.ts';
import { blankDay } from '../functions/my-day/my-day.ts';
import groupFile from '../groups/demo.json' with { type: 'json' };
import { uses } from '../test/kinds/all-uses.ts';
import { people, staffItem } from '../test/simulation/roster.ts';
import { requestEvent } from '../test/workflow/answer-visitor.ts';
import { VirtualAws } from './virtual-aws.ts';

type Item = Record<string, AttributeValue>;
type Introduction = TaskOf<'service-introduction'>;

const demo = parseGroup(groupFile);
const STORE = 'lakeshore-subaru';
/** A Friday morning at the store, an hour after it opened. */
const NOW = '2026-11-20T15:00:00.000Z';
/** Half an hour before the store opens on that day, and the opening. */
const EARLY = '2026-11-20T13:00:00.000Z';
const OPENING = '2026-11-20T13:30:00.000Z';
const TICK_SECONDS = 5 * 60;
/** Of the sweep's 240 seconds, all but the reserve. */
const SWEEP_SECONDS = 210;

/** Tasks that a busy table has open at once, whatever it has completed. */
const OPEN = 300;

export interface Cost {
  readonly says: string;
  readonly calls: number;
  readonly items: number;
}

/** What each piece of work costs in a table with this number of tasks. */
export async function costsAt(tasks: number): Promise<readonly Cost[]> {
  const aws = await opened();
  const sold = await wait(aws, put(aws, 'vehicle-sold', 'event-sold'));
  const task = await theTask(aws);
  await aws.place(copies(completed(task), tasks - OPEN, (at) => ({ openSince: { S: monthsOf(at) } })));
  await aws.place(copies(task, OPEN, () => ({})));
  const services = aws.services();
  const trace = new EventIndexTable(services.dynamodb, aws.table);
  const work: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a car is sold', () => put(aws, 'vehicle-sold', 'event-2', { dealNumber: '90001' })],
    ['a high repair quote', () => put(aws, 'repair-quote-high', 'event-3')],
    ['a click: accepted', () => click(aws, task)],
    ['a sweep that finds nothing', () => sweepDueWork(services, () => false)],
    [
      'trace --event',
      async () => Promise.all((await trace.tasksOf(sold)).map((id) => services.tasks.read(id))),
    ],
  ];
  // The first sweep makes the stores' schedules.
  await aws.timed(sweepDueWork(services, () => false));
  const costs: Cost[] = [];
  for (const [says, act] of work) costs.push({ says, ...(await aws.counted(act)) });
  return costs;
}

/** Minutes until a backlog of emails is out, with sweeps as AWS starts them. */
export async function minutesOfBacklog(
  emails: number,
  perSecond: number,
): Promise<{ minutes: number; throttled: number }> {
  const group = { ...demo, sender: { ...demo.sender, emailsPerSecond: perSecond } };
  const aws = await opened({ group, sesPerSecond: perSecond });
  await aws.timed(put(aws, 'vehicle-sold', 'event-sold'));
  const task = await theTask(aws);
  // One that leaves now: most others to staff would be lines of a list.
  const owing = queueEmail(task, NOW, {
    message: 'introduction-to-sign',
    to: { staff: '1042' },
    again: true,
  });
  await aws.place(copies(owing, emails, () => ({})));
  const [from, before] = [aws.scheduler.now, aws.accepted.length];
  for (let sweeps = 0; sweeps < 60 && aws.accepted.length - before < emails; sweeps += 1) {
    await aws.scheduler.runUntil(from + sweeps * TICK_SECONDS * 1_000);
    await aws.timed(sweep(aws));
  }
  const last = aws.accepted.at(-1)?.at ?? from;
  return { minutes: (last - from) / 60_000, throttled: aws.throttled };
}

/** Seconds of the page on which a manager hands over everything that one person has. */
export async function handOver(tasks: number): Promise<{ seconds: number; left: number; calls: number }> {
  const aws = await opened();
  await aws.timed(put(aws, 'vehicle-sold', 'event-sold'));
  const task = await theTask(aws);
  const from = task.assignee?.employeeNumber ?? '';
  await aws.place(copies(task, tasks - 1, () => ({})));
  const manager = people.find(({ storeId, role }) => storeId === STORE && role === 'service manager');
  if (!manager) throw new Error('The sample roster has no service manager');
  const secret = 'a'.repeat(43);
  const link = {
    hash: hashOf(secret),
    of: { staff: manager.employeeNumber },
    expiresAt: '2026-12-01T00:00:00.000Z',
  };
  const day = { ...blankDay(manager, NOW), version: 1, links: [link] };
  await aws.place([toItem({ ...keys.day(day.dayId), ...dayToItem(day) })]);
  const fields = {
    choice: 'hand-over',
    from,
    what: 'all',
    to: 'by the rules',
    department: 'service',
    seen: aws.now,
  };
  const body = new URLSearchParams(fields).toString();
  const request = readRequest(requestEvent('POST', dayPath(day.dayId, secret), { body }));
  const services = aws.services();
  const { seconds, calls } = await aws.counted(() => answerRequest(services, request));
  return { seconds, calls, left: (await wait(aws, services.tasks.findOfPerson(STORE, from))).length };
}

/** Tasks that each store has open when it opens. */
const OPEN_AT_STORE = 30;
const FACTS_PER_DAY = 100;
/** Opening hours over which a store's facts come. */
const HOURS = 10;

/** A group of many stores in one time zone, in the hour at which all of them open and their facts of that hour come. */
export async function morning(stores: number): Promise<Morning> {
  const model = demo.stores.find(({ id }) => id === STORE);
  if (!model) throw new Error(`The sample group has no store ${STORE}`);
  const ids = Array.from({ length: stores }, (_, at) => `store-${at + 1}`);
  const group = { ...demo, stores: ids.map((id) => ({ ...model, id })) };
  // Events are not paced, so SES has to take more than the sweep sends: operations.md says so.
  const aws = await opened({ group, now: EARLY, sesPerSecond: 2 * demo.sender.emailsPerSecond });
  const sample = await aTask();
  for (const storeId of ids) {
    await aws.place(peopleOfStore.map((person) => staffItem({ ...person, storeId })));
    await aws.place(copies({ ...sample, storeId }, OPEN_AT_STORE, () => ({}), storeId));
  }
  // Makes the schedules, an hour before the opening.
  await aws.timed(sweep(aws));
  const opening = Date.parse(OPENING);
  await aws.scheduler.runUntil(opening);
  const [calls, emails] = [aws.totalCalls, aws.accepted.length];
  const sweeps = eachTick(aws, opening, 12);
  const facts = ids.flatMap((storeId, store) => factsOfHour(aws, storeId, opening, store));
  await aws.timed(Promise.all([sweeps, ...facts]));
  const last = aws.accepted.filter(({ text }) => text.includes('/me/')).at(-1)?.at ?? opening;
  return {
    events: facts.length,
    calls: aws.totalCalls - calls,
    emails: aws.accepted.length - emails,
    throttled: aws.throttled,
    minutesToLastSummary: (last - opening) / 60_000,
  };
}

interface Morning {
  readonly events: number;
  readonly calls: number;
  readonly emails: number;
  readonly throttled: number;
  readonly minutesToLastSummary: number;
}

function factsOfHour(aws: VirtualAws, storeId: string, from: number, store: number): Promise<unknown>[] {
  const count = FACTS_PER_DAY / HOURS;
  return Array.from({ length: count }, async (_, at) => {
    const place = (at + store / 200) / count;
    await aws.scheduler.sleep(from - aws.scheduler.now + place * 3_600_000);
    await put(aws, 'vehicle-sold', `event-${storeId}-${at}`, { storeId, dealNumber: `${storeId}-${at}` });
  });
}

async function eachTick(aws: VirtualAws, from: number, ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) {
    await aws.scheduler.sleep(Math.max(0, from + tick * TICK_SECONDS * 1_000 - aws.scheduler.now));
    await sweep(aws);
  }
}

function sweep(aws: VirtualAws): Promise<unknown> {
  const until = aws.scheduler.now + SWEEP_SECONDS * 1_000;
  return sweepDueWork(aws.services(), () => aws.scheduler.now >= until);
}

async function opened({
  group = demo,
  now = NOW,
  sesPerSecond = 1_000,
}: Partial<Opening> = {}): Promise<VirtualAws> {
  const aws = await VirtualAws.open({ group, now, sesPerSecond });
  await aws.place(people.map(staffItem));
  return aws;
}
type Opening = Parameters<typeof VirtualAws.open>[0];

/** A sample, by whatever function handles it. Answers with the event's id. */
async function put(aws: VirtualAws, name: string, id: string, change: object = {}): Promise<string> {
  const sample = JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'));
  const detail = { ...sample.detail, occurredAt: aws.now, deliveryAt: aws.now, ...change };
  const event = { id, source: sample.source, detailType: sample['detail-type'], time: aws.now, detail };
  const use = uses.find(({ contract }) => contract.detailType === event.detailType);
  if (!use) throw new Error(`No function handles ${event.detailType}`);
  const ran = await use.run({ ...aws.services(), event: { id } }, event);
  if ('refused' in ran) throw new Error(ran.refused);
  return id;
}

const wait = async <T>(aws: VirtualAws, work: Promise<T>): Promise<T> => {
  await aws.timed(work);
  return work;
};

async function theTask(aws: VirtualAws): Promise<Introduction> {
  const [taskId = ''] = await wait(aws, aws.services().tasks.findOfStore(STORE));
  const task = await wait(aws, aws.services().tasks.read(taskId));
  if (task?.kind !== 'service-introduction') throw new Error('The sale made no introduction');
  return task;
}

async function aTask(): Promise<Introduction> {
  const aws = await opened();
  await aws.timed(put(aws, 'vehicle-sold', 'event-sold'));
  return theTask(aws);
}

async function click(aws: VirtualAws, task: Introduction): Promise<void> {
  const url = aws.accepted.flatMap(({ text }) => text.match(/\/t\/[0-9a-f]{32}\/[\w-]+/) ?? [])[0];
  if (url === undefined) throw new Error(`No email links to ${task.taskId}`);
  const body = new URLSearchParams({ choice: 'accept' }).toString();
  await answerRequest(aws.services(), readRequest(requestEvent('POST', url, { body })));
}

const completed = (task: Introduction): Introduction => ({
  ...task,
  state: 'completed',
  deadlines: {},
  ended: { at: NOW, by: '1042', outcome: 'introduced-in-person' },
});

/** Copies share everything but their keys, so that a million of them fit into memory. */
function copies(task: Introduction, count: number, change: (at: number) => Item, prefix = 'copy'): Item[] {
  const item = toItem({ ...taskToItem(task) });
  return Array.from({ length: Math.max(0, count) }, (_, at) => {
    const taskId = `${prefix}-${at}`;
    return { ...item, ...toItem(keys.task(taskId)), taskId: { S: taskId }, ...change(at) };
  });
}

const monthsOf = (at: number) => new Date(Date.parse(NOW) - (1 + (at % 700)) * 86_400_000).toISOString();

const peopleOfStore = people.filter(({ storeId }) => storeId === STORE);

async function main(): Promise<void> {
  const largest = Number(process.argv[2] ?? 1_000_000);
  const sizes = [10_000, 100_000, 1_000_000].filter((size) => size <= largest);
  console.log('Calls to AWS, and items read of the table, by the tasks in it:\n');
  const columns = [];
  for (const size of sizes) columns.push(await costsAt(size));
  for (const [at, { says }] of (columns[0] ?? []).entries()) {
    const cells = columns.map((costs) => `${costs[at]?.calls} calls, ${costs[at]?.items} items`.padEnd(24));
    console.log(`${says.padEnd(28)}${cells.join('')}`);
  }
  console.log(`${''.padEnd(28)}${sizes.map((size) => `${size} tasks`.padEnd(24)).join('')}\n`);
  for (const [emails, perSecond] of [
    [1_000, 10],
    [20_000, 50],
  ] as const) {
    const { minutes, throttled } = await minutesOfBacklog(emails, perSecond);
    console.log(
      `${emails} queued emails at ${perSecond} a second are out after ${minutes.toFixed(1)} minutes; ${throttled} came too fast`,
    );
  }
  const { seconds, calls, left } = await handOver(300);
  console.log(
    `a hand-over of 300 tasks takes ${seconds.toFixed(1)} seconds and ${calls} calls; ${left} are left`,
  );
  const day = await morning(200);
  console.log(
    `200 stores open at eight: ${day.events} facts and ${day.emails} emails in an hour, ${day.calls} calls; the last summary leaves after ${day.minutesToLastSummary.toFixed(1)} minutes`,
  );
}

if (import.meta.main) await main();
