import type { AppointmentAhead } from '../../contracts/appointment-ahead.ts';
import { isNewer, type Received, versionOf } from '../../contracts/fact-version.ts';
import { promisedBy } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import type { AppointmentChange } from '../../handoff/dms-fact.ts';
import { type Decision, type Draft, draft, unchanged } from '../../handoff/draft.ts';
import { restart } from '../../handoff/restart.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import { listTimeFrom } from '../../my-day/list-times.ts';
import { type ExpectedVisit, expectedOn } from '../../readiness/expected-visit.ts';
import { assessOrder, type Knowledge } from './assess-order.ts';
import { assignAdvisor } from './route-advisor.ts';
import { type RepairOptions, repairOptionsTraits } from './task.ts';
import { keepWithheld, SILENT, startsInHoldout, withoutEmailForQuestion } from './visit.ts';

/**
 * A customer is expected, and the advisor's last list before the visit is about to be sent. If the rule finds reasons, a line
 * in it asks whether Sales may talk to the customer on that day. If not, nobody is notified and only the reasons are stored.
 * There is no order yet, so Sales is not notified, and silence never means yes: the order takes over the answer (take-over.ts).
 */
const decide = (task: RepairOptions, context: Context) => draft(task, repairOptionsTraits, context);

/** The handoff to ask about. It restarts if the appointment moved to another day, or was cancelled before. */
export function askable(
  task: RepairOptions,
  ahead: AppointmentAhead,
  { store, now }: Context,
): RepairOptions {
  const { appointment } = task.facts;
  const isOfThatDay = appointment !== undefined && expectedOn(appointment, store.timeZone) === ahead.on;
  if (!isEnded(task) || (isOfThatDay && task.ended?.outcome !== 'appointment changed')) return task;
  const { advisorSays: _said, assessment: _made, circumstances: _known, ...others } = task;
  return { ...restart(others, 'reinstated', now), facts: {} };
}

/** Handles an event that cannot lead to anything, before anything is read about its customer. */
export function passOverAppointment(
  task: RepairOptions,
  { startsAt }: AppointmentAhead,
  { store, now }: Context,
): Decision<RepairOptions> | undefined {
  if (store.mode === 'off') return unchanged(task, 'store-off');
  if (task.state !== 'awaited') return unchanged(task, 'already-known');
  return startsAt <= now ? unchanged(task, 'too-late') : undefined;
}

/** The handoff, assessed for the expected visit. */
export function assessAppointment(
  task: RepairOptions,
  appointment: ExpectedVisit,
  { history, circumstances, lookedUp }: Knowledge,
  context: Context,
): RepairOptions {
  const holdout = task.circumstances?.holdout;
  return assessOrder(
    {
      ...task,
      updatedAt: context.now,
      facts: { appointment },
      history,
      lookedUp,
      circumstances: { ...circumstances, ...(holdout && { holdout }) },
    },
    context,
  );
}

export function decideAppointment(
  before: RepairOptions,
  task: RepairOptions,
  context: Context,
): Decision<RepairOptions> {
  const { appointment } = task.facts;
  if (startsInHoldout(before, task)) return keepWithheld(task, context);
  if (!appointment || task.assessment?.nudge !== true) return unchanged(before, SILENT);
  const { startsAt } = appointment;
  const { store } = context;
  const on = expectedOn(appointment, store.timeZone);
  const given = decide(task, context).step('opening fact').also(assignAdvisor(appointment, on));
  if (nextListOfAssignee(given) >= startsAt) return unchanged(before, 'no-list-before-it');
  return given
    .startDeadline('accept')
    .deadline('visit-over', promisedBy(store, on))
    .email({ message: 'ready-tomorrow', to: 'assignee', lapsesAt: startsAt, again: true })
    .announce()
    .done('created');
}

/** The time of the assignee's next list. An email that no list can take would be sent at once, to somebody who is off. */
function nextListOfAssignee({ task, context }: Draft<RepairOptions>): string {
  const advisor = context.person(task.assignee?.employeeNumber);
  return listTimeFrom(context.calendar('service', advisor), context.now);
}

/**
 * Moved within the same day, it is the same visit at another time. Otherwise there is nothing left to ask, and nobody gets an
 * email.
 */
export function decideAppointmentChanged(
  task: RepairOptions,
  change: Received<AppointmentChange>,
  context: Context,
): Decision<RepairOptions> {
  const { appointment } = task.facts;
  if (!appointment || !isOpen(task) || !isNewer(change, appointment))
    return unchanged(task, 'not-asked-about');
  const { startsAt } = change;
  const { timeZone } = context.store;
  if (startsAt !== undefined && expectedOn({ startsAt }, timeZone) === expectedOn(appointment, timeZone)) {
    const moved = { ...appointment, ...versionOf(change), startsAt };
    return decide({ ...task, facts: { appointment: moved } }, context).done('moved-within-the-day');
  }
  const ending = { trigger: 'closing fact', outcome: 'appointment changed', by: 'dms' } as const;
  return decide(task, context).end(withoutEmailForQuestion(task, ending)).done('cancelled');
}

/** The customer has come. The handoff about their order takes over the advisor's answer, so this one ends. */
export function decideVisitBegun(task: RepairOptions, on: string, context: Context): Decision<RepairOptions> {
  const { appointment } = task.facts;
  if (!appointment || !isOpen(task) || expectedOn(appointment, context.store.timeZone) !== on)
    return unchanged(task, 'not-asked-about');
  const ending = { trigger: 'outcome', outcome: 'visit opened', by: 'dms' } as const;
  return decide(task, context).end(withoutEmailForQuestion(task, ending)).done('completed');
}

/** Whether the advisor was asked about the visit of that day, by a handoff that ended when the visit began or was over. */
export const wasAskedAbout = ({ facts, ended }: RepairOptions, on: string, { store }: Context): boolean =>
  facts.appointment !== undefined &&
  (ended?.outcome === 'visit opened' || ended?.outcome === 'visit over') &&
  expectedOn(facts.appointment, store.timeZone) === on;

/** The day is over, and no order took the answer over. An advisor who said yes is told that Sales was not notified. */
export function tickVisitOver(task: RepairOptions, context: Context): RepairOptions {
  const at = task.deadlines['visit-over'];
  if (at === undefined || at > context.now) return task;
  const due = decide(task, context).deadline('visit-over', undefined);
  const ending = { trigger: 'closing fact', outcome: 'visit over', by: 'clock' } as const;
  if (!isOpen(task)) return due.task;
  return task.advisorSays === 'good time'
    ? due.end({ ...ending, notice: 'sales-not-told' }).task
    : due.end(withoutEmailForQuestion(task, ending)).task;
}
