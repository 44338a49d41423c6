import type { AppraisalRequested } from '../../contracts/appraisal-requested.ts';
import { isNewer, type Received, versionOf } from '../../contracts/fact-version.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import type { ServiceVisitOpened } from '../../contracts/service-visit-opened.ts';
import type { VehicleAppraised } from '../../contracts/vehicle-appraised.ts';
import { addDays, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, type Draft, draft, unchanged } from '../../handoff/draft.ts';
import { mayHaveLeft } from '../../handoff/item-bounds.ts';
import type { EventEntry } from '../../handoff/outbox-entry.ts';
import { emailsOf, numberOf, queueEvent } from '../../handoff/queue.ts';
import { isOpen } from '../../handoff/task.ts';
import { withValue } from '../../readiness/appraisal.ts';
import type { ExpectedVisit } from '../../readiness/expected-visit.ts';
import { answersOnOrder } from './answers-on-order.ts';
import { assessOrder } from './assess-order.ts';
import { askerOf, requestIfReady } from './conversation-request.ts';
import { type RepairOptions, repairOptionsTraits } from './task.ts';

/**
 * The number that the sheet asks the used-car desk for, and the desk's answer. The sheet owns the request, so it also ends it.
 */

export const ASK = 'ask-for-appraisal';

const tellDesk = (task: RepairOptions, now: string, asks: AppraisalRequested['asks']): RepairOptions =>
  queueEvent(task, now, 'appraisal-requested', { code: 'asked-by', askedBy: asks });

/** If it is asked and withdrawn at the same instant, the later entry is the later version. */
export function requestDetail(
  { subject, use, appraisal }: RepairOptions,
  { id, about }: EventEntry,
): object | undefined {
  if (about?.code !== 'asked-by') return undefined;
  const askedBy = appraisal === undefined ? {} : { askedBy: appraisal.askedBy };
  return { ...subject, use, revision: numberOf(id), asks: about.askedBy, ...askedBy };
}

const isWaitedFor = ({ appraisal }: RepairOptions) =>
  appraisal !== undefined && appraisal.answer === undefined;

/** An order can ask only once: there is only one desk, and it has the request. */
export const mayAsk = ({ appraisal }: RepairOptions): boolean => appraisal === undefined;

export const askDesk = (task: RepairOptions, by: string, now: string): RepairOptions =>
  tellDesk({ ...task, appraisal: { askedAt: now, askedBy: by } }, now, 'asked');

/** Withdraws the request because nobody needs the number any more. A number already given stays in the sheet. */
export const withdrawAppraisal = (
  task: RepairOptions,
  why: Exclude<AppraisalRequested['asks'], 'asked'>,
  now: string,
): RepairOptions => (isWaitedFor(task) ? tellDesk({ ...task, appraisal: undefined }, now, why) : task);

/** Asks again if the choice that withdrew the request is undone. */
export const askDeskAgain = (
  task: RepairOptions,
  kept: RepairOptions['appraisal'],
  now: string,
): RepairOptions =>
  task.appraisal === undefined && kept !== undefined
    ? tellDesk({ ...task, appraisal: kept }, now, 'asked')
    : task;

export const canTakeRequestBack = (task: RepairOptions): boolean => isOpen(task) && isWaitedFor(task);

/** The quote with the used-car desk's number while that is valid, because somebody looked at the car; else with a guide's. */
export const appraisedQuote = (
  { facts: { quote }, ...known }: Pick<RepairOptions, 'facts' | 'appraisal' | 'lookedUp'>,
  { store, now }: Pick<Context, 'store' | 'now'>,
): RepairQuoted | undefined => quote && withValue(quote, known, localDate(store.timeZone, now));

/** The same for any occasion: an order, quoted or not, or an appointment. */
export function valuedOccasion(
  task: Pick<RepairOptions, 'facts' | 'appraisal' | 'lookedUp'>,
  context: Pick<Context, 'store' | 'now'>,
): RepairQuoted | ServiceVisitOpened | ExpectedVisit | undefined {
  const { visit, appointment } = task.facts;
  const { store, now } = context;
  const today = localDate(store.timeZone, now);
  return (
    appraisedQuote(task, context) ??
    (visit && withValue(visit, task, today)) ??
    (appointment && withValue(appointment, task, today))
  );
}

/**
 * The desk answered, or took its answer back. This write puts it into the sheet. If the sheet was already sent, one line
 * follows it; a sheet that is still queued will be written with the number.
 */
export function decideAppraised(
  before: RepairOptions,
  fact: Received<VehicleAppraised>,
  context: Context,
): Decision<RepairOptions> {
  const { appraisal } = before;
  if (!appraisal || fact.occurredAt < appraisal.askedAt || !isNewer(fact, appraisal.said))
    return unchanged(before, 'already-known');
  const { askedAt, askedBy } = appraisal;
  const asked = { askedAt, askedBy, said: versionOf(fact) };
  const { appraised } = fact;
  const goodThrough = addDays(context.today, context.group.appraisalGoodForDays);
  const answer = appraised && { ...appraised, on: context.today, goodThrough };
  const answered = {
    ...before,
    updatedAt: context.now,
    circumstances: { ...before.circumstances, ...answersOnOrder(before) },
    appraisal: answer ? { ...asked, answer } : asked,
  };
  const noted = draft(assessOrder(answered, context), repairOptionsTraits, context).note(
    appraised ? { code: 'appraised', ...appraised } : { code: 'appraisal-taken-back' },
    'used-car desk',
  );
  if (!isOpen(answered)) return noted.when(isWithSales(answered), requestIfReady).done('appraised');
  return noted.also(tellAdvisor).also(requestIfReady).done('appraised');
}

/** Whether Sales may be quoting the guide. */
const isWithSales = (task: RepairOptions) => task.state === 'completed' && askerOf(task) !== undefined;

const tellAdvisor = (draft: Draft<RepairOptions>): Draft<RepairOptions> =>
  draft.when(emailsOf(draft.task, 'repair-options-sheet').some(mayHaveLeft), (one) =>
    one.email({ message: 'appraisal-in-sheet', to: 'assignee', again: true }),
  );
