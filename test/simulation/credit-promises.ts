import { isDeepStrictEqual } from 'node:util';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { calendarOf, hoursOn, localDate, plusMinutes } from '../../functions/group/business-time.ts';
import { findStore } from '../../functions/group/group.ts';
import {
  creditIn,
  type Dispute,
  type Match,
  standingMatches,
} from '../../functions/handoff/credit-record.ts';
import { emailRecords } from '../../functions/handoff/item-bounds.ts';
import { isToCustomer } from '../../functions/handoff/outbox.ts';
import { type EmailEntry, isStaff } from '../../functions/handoff/outbox-entry.ts';
import { type AnyTask, kindOf } from '../../functions/handoffs/kinds.ts';
import { personNamed } from '../../functions/people/across-stores.ts';
import { departmentOf } from '../../functions/people/staff.ts';
import { emailsIn } from '../support/emails-in.ts';
import type { BusEvent } from './bus.ts';
import { wholeGroup } from './cloud.ts';
import { CreditModel, type DealTold } from './credit-model.ts';
import type { Item } from './expression.ts';
import type { Invocation } from './functions.ts';
import { people } from './roster.ts';
import type { SimulatedWorld } from './world.ts';

/** What must be so of one write: credit only grows, is told once, and a decision stays. */
export function brokenCreditWrite(was: AnyTask | undefined, task: AnyTask, by: Invocation): string[] {
  return [
    ...brokenKeeping(was, task),
    ...brokenNews(was, task),
    ...(by.name === 'answer-task' ? brokenMeeting(was, task) : []),
  ];
}

/** Nothing of a credit is removed: neither a sale that was found, nor what somebody said, nor what a manager decided. */
function brokenKeeping(was: AnyTask | undefined, task: AnyTask): string[] {
  const [before, after] = [creditIn(was ?? {}), creditIn(task)];
  const isDecidedAnew = before.disputes.some(
    (one, at) => one.decided !== undefined && !isDeepStrictEqual(one, after.disputes[at]),
  );
  const isForgotten = before.disputes.some((one, at) => !isSameWord(one, after.disputes[at]));
  const isRevived = before.matches.some(
    (one) => one.lapsed !== undefined && !after.matches.some((other) => isDeepStrictEqual(one, other)),
  );
  const isLost = before.matches.some(({ foundAt }) => !after.matches.some((one) => one.foundAt === foundAt));
  const { taskId } = task;
  return [
    ...(isDecidedAnew ? [`what a manager decided of the credit of ${taskId} was decided anew`] : []),
    ...(isForgotten ? [`a dispute about ${taskId} was forgotten`] : []),
    ...(isRevived || isLost ? [`a sale that was found for ${taskId} is not kept as it was`] : []),
  ];
}

const isSameWord = (one: Dispute, other: Dispute | undefined): boolean =>
  other !== undefined && one.by === other.by && one.at === other.at && one.because === other.because;

/** Both people read of a sale that was found, or is gone, in the same write, once each, and nobody without one. */
function brokenNews(was: AnyTask | undefined, task: AnyTask): string[] {
  const known = new Set(was ? emailsIn(was).map(({ id }) => id) : []);
  const news = emailsIn(task).filter(({ id, message }) => message === 'later-sale' && !known.has(id));
  const readers = news.flatMap(({ to }) => (isStaff(to) ? [to.staff] : []));
  const isNews = foundIn(was) !== foundIn(task);
  const both = new Set([...kindOf(task).sendersOf(task), task.assignee?.employeeNumber]);
  const untold = isNews ? [...both].filter((one) => one !== undefined && !readers.includes(one)) : [];
  return [
    ...untold.map((one) => `${one} is not told of a sale after ${task.taskId}`),
    ...(readers.length > (isNews ? new Set(readers).size : 0)
      ? [`${readers.join(' and ')} are told of a sale after ${task.taskId} that is no news`]
      : []),
    ...news.flatMap((one) => brokenDay(one, task)),
  ];
}

const foundIn = (task: AnyTask | undefined): string =>
  JSON.stringify(
    creditIn(task ?? {}).matches.map(({ deal, foundAt, lapsed }: Match) => [deal, foundAt, lapsed]),
  );

/** Whoever works that day reads it that day, where their department is open for another hour and a little. */
function brokenDay({ to, owedAt, notBefore = owedAt }: EmailEntry, { storeId, taskId }: AnyTask): string[] {
  const named = isStaff(to) ? personNamed(storeId, to.staff) : undefined;
  const reader = people.find(
    (one) => one.storeId === named?.storeId && one.employeeNumber === named.employeeNumber,
  );
  const store = reader && findStore(wholeGroup, reader.storeId);
  if (!reader || !store) return [];
  const calendar = calendarOf(store, departmentOf(reader), reader.daysOff);
  const today = localDate(store.timeZone, owedAt);
  const hours = hoursOn(calendar, today);
  if (!hours || owedAt > plusMinutes(hours.closes, -LAST_LIST_BEFORE_CLOSING)) return [];
  return localDate(store.timeZone, notBefore) === today
    ? []
    : [`a sale after ${taskId} is not read on the day on which it was found`];
}
/** The last list of the day leaves an hour before, and two clocks may be wrong. */
const LAST_LIST_BEFORE_CLOSING = 62;

/** What a customer says of having met somebody moves nothing. */
function brokenMeeting(was: AnyTask | undefined, task: AnyTask): string[] {
  if (was?.kind !== 'service-introduction' || task.kind !== 'service-introduction') return [];
  if (isDeepStrictEqual(was.met, task.met)) return [];
  const moved = was.state !== task.state || !isDeepStrictEqual(was.deadlines, task.deadlines);
  return moved ? [`the word of the customer of ${task.taskId} moved its handoff`] : [];
}

/** What must be so when everything has come to its end. */
export function brokenCredit(world: SimulatedWorld, isRefused: (event: BusEvent) => boolean): string[] {
  const all = [...world.watch.tasks];
  const started = all.flatMap(brokenStart);
  const met = all.flatMap(toldOfNo);
  if (!world.keepsOutcomes) return [...started, ...met];
  const model = new CreditModel(
    world.events.filter((event) => !isRefused(event)),
    world.group,
  );
  const handoffs = all.filter((task) => kindOf(task).credit !== undefined);
  return [
    ...started,
    ...met,
    ...handoffs.flatMap((task) => model.deals.flatMap((deal) => brokenVerdict(model, { task, deal, all }))),
    ...brokenLedger(world, all),
  ];
}

interface Judged {
  readonly task: AnyTask;
  readonly deal: DealTold;
  readonly all: readonly AnyTask[];
}

function brokenVerdict(model: CreditModel, { task, deal, all }: Judged): string[] {
  const verdict = model.of(task, deal, all);
  const found = standingMatches(task).filter(
    (one) => one.deal.storeId === deal.storeId && one.deal.dealNumber === deal.dealNumber,
  ).length;
  const what = `deal ${deal.dealNumber} of ${deal.storeId}`;
  const whom = `the ${task.kind} ${task.taskId}`;
  if (found > 1 && verdict !== 'open') return [`${what} is credited ${found} times to ${whom}`];
  if (verdict === 'credited' && found === 0) return [`${what} was not found to follow from ${whom}`];
  return verdict.startsWith('not') && found > 0 ? [`${what} counts for ${whom}, but is ${verdict}`] : [];
}

/** A start that was taken back leaves nothing behind that anybody waits for, and nothing reaches the customer. */
function brokenStart(task: AnyTask): string[] {
  const { ended, taskId } = task;
  if (ended?.outcome !== 'started-by-mistake') return [];
  const isWaiting = Object.values(task.deadlines).some((at) => at !== undefined);
  const letters = emailsIn(task).filter(
    (entry) => isToCustomer(entry) && (entry.owedAt > ended.at || ['owed', 'sending'].includes(entry.state)),
  );
  return isWaiting || letters.length > 0 ? [`the wrong start of ${taskId} left something behind`] : [];
}

/** A customer who has met nobody is told of once. */
function toldOfNo(task: AnyTask): string[] {
  const told = emailRecords(task).filter(({ message }) => message === 'customer-met-nobody');
  return told.length > 1 ? [`${told.length} emails say that the customer of ${task.taskId} met nobody`] : [];
}

/** The facts say of each later sale what its handoff says, and nothing in them names a customer, a car, a deal or an order. */
function brokenLedger({ table, events }: SimulatedWorld, all: readonly AnyTask[]): string[] {
  const facts = [...table.partitionsOf('outcomes#')];
  const byTask = Map.groupBy(facts, (fact) => fact['taskId']?.S);
  const count = (ofTask: readonly Item[], what: string) =>
    ofTask.filter((fact) => fact['what']?.S === what).length;
  const differing = all.filter((task) => {
    const ofTask = byTask.get(task.taskId) ?? [];
    const standing = count(ofTask, 'matched') - count(ofTask, 'no longer matched');
    return standing !== standingMatches(task).length;
  });
  const said = facts.map(({ taskId: _beside, ...fact }) => JSON.stringify(fromItem(fact))).join('\n');
  const words = new Set(said.toLowerCase().split(/[^a-z0-9-]+/));
  const names = new Set(events.flatMap(({ detail }) => namesIn(detail)));
  const named = [...names].filter((name) => wordsOf(name).every((word) => words.has(word)));
  return [
    ...differing.map(({ taskId }) => `the ledger counts other later sales of ${taskId} than its handoff`),
    ...named.map((name) => `a fact of the ledger names ${name}`),
  ];
}

/** Whatever in an event names whom or what it is about, as it may stand in a text. */
const naming: ReadonlySet<string> = new Set([
  ...['customerNumber', 'coBuyerNumber', 'lastName', 'email', 'phone', 'vin', 'dealNumber', 'roNumber'],
]);

const wordsOf = (name: string): string[] => name.split(/[^a-z0-9-]+/).filter((word) => word !== '');

function namesIn(detail: unknown): string[] {
  if (typeof detail !== 'object' || detail === null) return [];
  return Object.entries(detail).flatMap(([field, value]) =>
    typeof value === 'string' ? (naming.has(field) ? [value.toLowerCase()] : []) : namesIn(value),
  );
}
