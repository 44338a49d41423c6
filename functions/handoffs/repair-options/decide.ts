import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { RepairQuoteHigh } from '../../contracts/repair-quote-high.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import { startClock } from '../../handoff/deadlines.ts';
import {
  assign,
  blank,
  type Context,
  changed,
  type Decision,
  emailsOf,
  end,
  log,
  oweEmail,
  oweEvent,
  sealed,
  step,
  unchanged,
} from '../../handoff/draft.ts';
import { type AdvisorWord, isEnded, isOpen, type RepairOptions } from '../../handoff/task.ts';
import type { HistorySummary } from '../../history/visits.ts';
import { route } from '../../people/routing.ts';
import { assess } from '../../readiness/assess.ts';
import type { Assessment, Circumstances } from '../../readiness/assessment.ts';

/**
 * A high repair was quoted: the advisor gets both columns, repair and replace, and the truth about each. The task is
 * the repair order's own item: quoted, voided and closed meet here in whatever order they come. The decision about an
 * upgrade conversation is kept on it, fired or not.
 */
/** What is known beside the quote at the moment of the question. */
export interface Knowledge {
  readonly history: HistorySummary;
  readonly circumstances: Circumstances;
}

export function blankRepairOptions(storeId: string, roNumber: string, now: string): RepairOptions {
  const kind = 'repair-options';
  return { ...blank({ kind, storeId, roNumber }, now), kind, subject: { roNumber }, facts: {} };
}

export function decideQuoted(
  before: RepairOptions,
  quote: RepairQuoteHigh,
  knowledge: Knowledge,
  context: Context,
): Decision<RepairOptions> {
  const known = before.facts.quote;
  if (known && quote.occurredAt <= known.occurredAt) return unchanged(before, 'already-known');
  const { store, group, now } = context;
  const circumstances = { ...knowledge.circumstances, ...saidOfThisOrder(before) };
  const task: RepairOptions = {
    ...before,
    updatedAt: now,
    facts: { ...before.facts, quote },
    history: knowledge.history,
    circumstances,
    // A never that was taken back has no word left: the gate may ask again.
    advisorSays: before.advisorSays === 'may be asked' ? undefined : before.advisorSays,
    assessment: assess({
      quote,
      history: knowledge.history,
      circumstances,
      policy: nudgePolicyOf(group, store),
      today: localDate(store.timeZone, now),
      timeZone: store.timeZone,
    }),
    ...(quote.correlationId === undefined ? {} : { correlationId: quote.correlationId }),
  };
  return known ? correct(before, task, context) : begin(task, quote, context);
}

/** What the order's own sheet was answered with: the question is not asked anew by a newer quote. */
function saidOfThisOrder({ state, advisorSays: said, circumstances }: RepairOptions): Circumstances {
  return {
    ...(state === 'completed' ? { alreadyAnswered: true } : {}),
    ...(said === 'not now' ? { advisorSaidNotNow: true } : {}),
    ...(said === 'never' ? { advisorSaidNo: true } : {}),
    ...(said === 'may be asked' && circumstances?.advisorSaidNo ? { advisorSaidNo: false } : {}),
  };
}

export function decideOrderVoided(
  before: RepairOptions,
  { occurredAt, reason }: RepairOrderVoided,
  context: Context,
): Decision<RepairOptions> {
  if (before.facts.voided) return unchanged(before, 'already-known');
  const voided = { occurredAt, ...(reason === undefined ? {} : { reason }) };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, voided } };
  if (isEnded(task)) return changed(sealed(task), 'already-ended');
  if (!task.facts.quote) return changed(log(task, context.now, 'dms', 'order voided'), 'kept-for-later');
  return changed(
    end(task, context.now, 'closing fact', { outcome: 'order voided', who: 'dms' }),
    'cancelled',
  );
}

export const orderClosed = { outcome: 'order closed', who: 'dms' };

export function decideOrderClosed(
  before: RepairOptions,
  { occurredAt, closedOn, vehicle }: ServiceVisitCompleted,
  context: Context,
): Decision<RepairOptions> {
  if (before.facts.closed) return unchanged(before, 'already-known');
  const closed = { occurredAt, closedOn, vin: vehicle.vin };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, closed } };
  if (isEnded(task)) return changed(task, 'already-ended');
  if (!isOpen(task)) return changed(log(task, context.now, 'dms', 'order closed'), 'kept-for-later');
  return changed(end(task, context.now, 'outcome', orderClosed), 'completed');
}

function begin(task: RepairOptions, quote: RepairQuoteHigh, context: Context): Decision<RepairOptions> {
  const { now, store, group } = context;
  if (task.facts.voided) {
    const ended = end(task, now, 'closing fact', { outcome: 'order voided', who: 'dms' });
    return changed(ended, 'cancelled: voided before it came');
  }
  const old = (why: string, outcome: string) => changed(step(task, 'old fact', now, 'dms', why), outcome);
  if (store.mode === 'off') return old('the store is off', 'store-off');
  if (task.facts.closed) return old('the order was closed already', 'kept-for-history');
  const age = daysBetween(localDate(store.timeZone, quote.occurredAt), localDate(store.timeZone, now));
  if (age > group.actOnFactsOfDays) return old('quoted too long ago', 'kept-for-history');
  return changed(present(step(task, 'opening fact', now, 'dms'), quote, context), 'created');
}

function present(task: RepairOptions, quote: RepairQuoteHigh, context: Context): RepairOptions {
  const { now, store, roster } = context;
  const routed = route({
    department: 'service',
    roster,
    on: localDate(store.timeZone, now),
    ownNumber: quote.serviceAdvisorNumber,
    customer: `${store.id}/${quote.customer.customerNumber}`,
  });
  const assigned = startClock(assign(task, routed, now), 'accept', context);
  const told = oweEmail(assigned, now, {
    message: 'repair-options-sheet',
    to: { staff: routed.employeeNumber },
  });
  return tellUpgrade(oweEvent(told, now, 'handoff-task-created'), context);
}

/**
 * Sales hears of it where the rule says so, or heard of it before and must hear what changed. Where the gate is on the
 * advisor says first whether it is a good time.
 */
function tellUpgrade(task: RepairOptions, { group, store, now }: Context): RepairOptions {
  if (task.toldSales) return oweEvent(task, now, 'upgrade-conversation-due', 'assessment');
  if (!task.assessment?.nudge) return task;
  if (nudgePolicyOf(group, store).askAdvisorFirst) return { ...task, asksAdvisor: true };
  return oweEvent({ ...task, toldSales: true }, now, 'upgrade-conversation-due', 'assessment');
}

/** The advisor says whether Sales may be told: after a yes they are, after a no whoever was told hears it, too. */
export function heedAdvisor(task: RepairOptions, said: AdvisorWord, now: string): RepairOptions {
  const heeded = { ...task, advisorSays: said };
  if (said === 'good time') {
    return oweEvent({ ...heeded, toldSales: true }, now, 'upgrade-conversation-due', 'advisor');
  }
  if (said === 'never' && task.toldSales) {
    return oweEvent({ ...heeded, toldSales: false }, now, 'upgrade-conversation-due', 'taken back');
  }
  return heeded;
}

/** The sheet ends with what the customer chose: Sales hears of a yes, and of a repair where they were told before. */
export function tellChoice(task: RepairOptions, choice: string, now: string): RepairOptions {
  if (choice === 'open-to-looking') {
    return oweEvent({ ...task, toldSales: true }, now, 'upgrade-conversation-due', 'customer');
  }
  const isMoot = choice === 'repair-it' && task.toldSales;
  return isMoot ? oweEvent(task, now, 'upgrade-conversation-due', 'repair chosen') : task;
}

/** What was said to Sales with a choice is taken back with it. */
export function untellChoice(task: RepairOptions, choice: string, now: string): RepairOptions {
  const withdraw = choice === 'open-to-looking' || choice === 'good-time';
  if (withdraw) return oweEvent(task, now, 'upgrade-conversation-due', 'taken back');
  const again = task.toldSales && (choice === 'repair-it' || choice === 'never-for-this-customer');
  return again ? oweEvent(task, now, 'upgrade-conversation-due', 'wanted after all') : task;
}

/** A newer quote of the same order: assessed anew, and said to the advisor only where it says something else. */
function correct(before: RepairOptions, task: RepairOptions, context: Context): Decision<RepairOptions> {
  const { now } = context;
  const logged = log(task, now, 'dms', 'quote changed');
  const note = whatChanged(before, logged);
  if (!note) return changed(logged, 'corrected: nothing to say');
  // The sheet is answered, but Sales may be talking about the numbers that changed.
  if (logged.state === 'completed' && logged.toldSales)
    return changed(tellUpgrade(logged, context), 'corrected for Sales');
  if (!isOpen(logged) || !logged.assignee) return changed(logged, 'noted');
  const to = { staff: logged.assignee.employeeNumber };
  const waiting = emailsOf(logged, 'repair-options-sheet', to).some((entry) => entry.state === 'owed');
  // A sheet that has not left yet is written from the newer quote anyway.
  const told = waiting
    ? logged
    : oweEmail(logged, now, { message: 'repair-options-sheet', to, note, again: true });
  return changed(tellUpgrade(told, context), 'corrected');
}

/** What the sheet said and is not so any more, in words; nothing where only the date of a fact is newer. */
function whatChanged(before: RepairOptions, after: RepairOptions): Record<string, string> | undefined {
  const [was, is] = [before.facts.quote, after.facts.quote];
  if (was?.quote.totalCents !== is?.quote.totalCents) {
    return { updated: 'true', wasCents: String(was?.quote.totalCents ?? '') };
  }
  const found = sheetParts.find(([, part]) => undated(part(before)) !== undated(part(after)));
  return found && { updated: 'true', change: found[0] };
}

const undated = (part: unknown) =>
  JSON.stringify(part, (key, value: unknown) => (key === 'asOf' ? undefined : value));

const sheetParts: readonly (readonly [string, (task: RepairOptions) => unknown])[] = [
  ['the work that is quoted, or the answer to it.', ({ facts }) => facts.quote?.quote],
  ['when the car is promised, or where the customer is.', ({ facts }) => whenAndWhere(facts.quote)],
  ['what is known of the car.', ({ facts }) => whatIsKnown(facts.quote)],
  ['what speaks for and against another car.', ({ assessment }) => whatIsSaid(assessment)],
];

const whenAndWhere = (quote: RepairQuoteHigh | undefined) => [quote?.promisedAt, quote?.customerIs];

const whatIsKnown = (quote: RepairQuoteHigh | undefined) => [
  quote?.value?.cents,
  [quote?.equity, quote?.warranty, quote?.lease, quote?.replacement],
];

const whatIsSaid = (assessment: Assessment | undefined) => [
  assessment?.nudge,
  assessment?.advice,
  assessment?.reasonsFor.map(({ name }) => name),
  assessment?.suppressions.map(({ name }) => name),
];
