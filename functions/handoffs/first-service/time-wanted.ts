import { addDays } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import type { CustomerVisit, TimeWanted } from '../../handoff/customer-visit.ts';
import { type Draft, draft } from '../../handoff/draft.ts';
import { isOpen } from '../../handoff/task.ts';
import { unsnooze } from './appointment-news.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { currentAppointment, openVisit } from './visit.ts';

/** The customer asks for another time on the page behind their letter. The booked time stands until staff move it. */
type VisitDraft = Draft<FirstServiceVisit>;

/** A customer who asks for a day further ahead has mistyped it. */
const DAYS_AHEAD = 120;

/** What the customer's page shows; undefined if no visit of theirs is booked. */
export function customerVisit(task: FirstServiceVisit, context: Context): CustomerVisit | undefined {
  const booked = currentAppointment(task, context.now);
  if (!booked || (!isOpen(task) && task.state !== 'waiting')) return undefined;
  const { startsAt } = booked;
  const days = { first: context.today, last: addDays(context.today, DAYS_AHEAD) };
  return { startsAt, days, wanted: task.facts.timeWanted };
}

/** Records the wish. Returns the same task if nothing is booked, or if the customer has already asked for the same. */
export function askForTime(
  before: FirstServiceVisit,
  { day, part }: TimeWanted,
  context: Context,
): FirstServiceVisit {
  const { timeWanted: known, due } = before.facts;
  if (!due || !customerVisit(before, context)) return before;
  if (known && known.day === day && known.part === part) return before;
  const timeWanted = { part, ...(day === undefined ? {} : { day }) };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, timeWanted } };
  return draft(task, firstServiceTraits, context)
    .note({ code: 'time-wanted', ...timeWanted }, 'customer')
    .also(unsnooze)
    .when(task.assignee === undefined, takeUp(due))
    .also((taken) => taken.startDeadline(taken.task.state === 'accepted' ? 'complete' : 'accept'))
    .email({ message: 'time-wanted', to: 'assignee', again: true }).task;
}

/** If nobody in Service has it yet, somebody gets it now to answer the customer, whenever the visit is. */
const takeUp =
  (due: NonNullable<FirstServiceVisit['facts']['due']>) =>
  (waiting: VisitDraft): VisitDraft =>
    waiting
      .deadline('release', undefined)
      .step('release', { by: 'customer' })
      .also(openVisit(due, (same) => same));
