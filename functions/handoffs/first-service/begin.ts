import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { addDays, daysBetween, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { cameBack } from '../../handoff/delivery-reports.ts';
import { type Decision, draft } from '../../handoff/draft.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { isFirstService, soldOnDay, visitsOf } from './first-service-rule.ts';
import { planFollowUp } from './follow-up.ts';
import { CUSTOMER_MESSAGES } from './recipients.ts';
import { type FirstServiceVisit, firstServiceTraits } from './task.ts';
import { isUnwound } from './unwindings.ts';
import { announceBooked, inviteCustomer, openVisit, planRelease, releaseAt } from './visit.ts';

/** Whether a first service is still to come, and when its handoff begins. */
const decide = (task: FirstServiceVisit, context: Context) => draft(task, firstServiceTraits, context);

/** Whether somebody else has bought the car since this customer did. */
export const isSoldOn = ({ facts }: FirstServiceVisit, due: FirstServiceDue, context: Context): boolean =>
  facts.soldOnAt !== undefined &&
  localDate(context.store.timeZone, facts.soldOnAt) > soldOnDay(facts.boughtOn, due, context);

/** Whether one of the known visits was the first service. */
export const wasHere = (task: FirstServiceVisit, due: FirstServiceDue, context: Context): boolean =>
  visitsOf(task).some((visit) => isFirstService(visit, task, due, context));

/** Whether a letter about the visit may have reached the customer. */
export const customerWasReached = (task: FirstServiceVisit): boolean =>
  CUSTOMER_MESSAGES.flatMap((message) => emailsOf(task, message, 'customer')).some(
    (entry) => entry.state !== 'given-up' && !cameBack(entry),
  );

export const unwinding = { trigger: 'closing fact', outcome: 'deal unwound', by: 'dms' } as const;

/** Begins the handoff in an empty item, if the facts known so far allow it. */
export function begin(
  task: FirstServiceVisit,
  due: FirstServiceDue,
  context: Context,
  invite = inviteCustomer(),
): Decision<FirstServiceVisit> {
  const { now, store, soldAt, group, today } = context;
  const begun = decide(task, context);
  if (isUnwound(task, due)) return begun.end(unwinding).done('cancelled: unwound before it came');
  if (isSoldOn(task, due, context)) {
    return begun.step('old fact', { own: { code: 'sold-on' } }).done('sold-on');
  }
  if (wasHere(task, due, context)) {
    return begun.step('old fact', { own: { code: 'already-visited' } }).done('already-visited');
  }
  if ([store, soldAt].some(({ mode }) => mode === 'off'))
    return begun.step('old fact', { own: { code: 'store-off' } }).done('store-off');
  const latest = [due.dueOn, localDate(store.timeZone, due.occurredAt)].toSorted()[1] ?? due.dueOn;
  if (daysBetween(latest, today) > group.actOnFactsOfDays) {
    return begun.step('old fact', { own: { code: 'due-too-long-ago' } }).done('kept-for-history');
  }
  const inviteOn = addDays(due.dueOn, -group.firstService.inviteDaysBefore);
  if (inviteOn > today && releaseAt(task, due, context) > now) {
    return begun
      .step('early fact', { own: { code: 'invitation-on', date: inviteOn } })
      .also(announceBooked(due, invite))
      .also(planRelease(due))
      .done('waiting-to-invite');
  }
  return begun.step('opening fact').also(openVisit(due, invite)).also(planFollowUp).done('created');
}
