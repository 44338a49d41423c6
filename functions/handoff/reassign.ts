import { customerOf } from '../customers/customer.ts';
import { localDate } from '../group/business-time.ts';
import { establishedBy, type Routed, route } from '../people/routing.ts';
import { departmentOf, startClock } from './deadlines.ts';
import { assign, type Context, emailsOf, log, oweEmail, oweEvent } from './draft.ts';
import { move } from './lifecycle.ts';
import type { Task, TaskKind } from './task.ts';

/** The email that gives a task to its person, by kind. */
export const givingMessage = {
  'service-introduction': 'introduction-to-sign',
  'first-service-visit': 'first-service-to-prepare',
  'repair-options': 'repair-options-sheet',
  'upgrade-conversation': 'upgrade-nudge',
} as const satisfies Record<TaskKind, string>;

/** A task that was given before and rested: it comes back to the person who has it, whose email is owed already. */
export const wasGiven = (task: Task) => emailsOf(task, givingMessage[task.kind]).length > 0;

/** Moves an open task to another person and tells who has to know: the new one why, the sender, the customer. */
export function handOn<T extends Task>(
  task: T,
  to: Routed,
  told: { readonly why: string; readonly by: string },
  context: Context,
): T {
  const { now } = context;
  const from = task.assignee?.employeeNumber;
  const moved = log(move(task, 'route on'), now, told.by, 'moved', told.why);
  const assigned = startClock(assign(moved, to, now), 'accept', context);
  const given = oweEmail(assigned, now, {
    message: givingMessage[task.kind],
    to: { staff: to.employeeNumber },
    note: { why: told.why },
    again: true,
  });
  const sendersTold = sendersOf(task)
    .filter((staff) => staff !== from && staff !== to.employeeNumber && staff !== told.by)
    .reduce<T>(
      (one, staff) =>
        oweEmail(one, now, { message: 'handoff-moved', to: { staff }, note: { why: told.why }, again: true }),
      given,
    );
  return correctCustomer(sendersTold, from, to.employeeNumber, now);
}

/** Who had it has to know that it is not theirs any more, unless they gave it away themselves. */
export function tellWhoHadIt(
  task: Task,
  from: string | undefined,
  { by, why }: { readonly by: string; readonly why: string },
  { now }: Context,
): Task {
  if (from === undefined || from === by) return task;
  return oweEmail(task, now, { message: 'handoff-moved', to: { staff: from }, note: { why }, again: true });
}

/** Whom Service gives a customer to: their own advisor, else a fair choice, the established ones first. */
export function routeToService(
  customerNumber: string,
  ownNumber: string | undefined,
  { now, store, roster, group }: Context,
): Routed {
  const today = localDate(store.timeZone, now);
  return route({
    department: 'service',
    roster,
    on: today,
    ownNumber,
    customer: `${store.id}/${customerNumber}`,
    establishedBy: establishedBy(today, group.establishedAfterDays),
  });
}

/** Routes on by the rules, past everyone who declined it. */
export function routeOn<T extends Task>(
  task: T,
  told: { readonly why: string; readonly by: string; readonly declined: boolean },
  context: Context,
): T {
  const { now, store, roster, group } = context;
  const today = localDate(store.timeZone, now);
  const from = task.assignee?.employeeNumber;
  const not = [...new Set([...(task.declinedBy ?? []), ...(from === undefined ? [] : [from])])];
  const department = departmentOf(task);
  const customer = customerOf(task)?.customerNumber ?? task.taskId;
  const to = route({
    department,
    roster,
    on: today,
    customer: `${store.id}/${customer}`,
    not,
    ...(task.kind === 'upgrade-conversation' ? { advisorNumber: task.facts.originatorNumber } : {}),
    ...(department === 'service' ? { establishedBy: establishedBy(today, group.establishedAfterDays) } : {}),
  });
  const moved = handOn({ ...task, declinedBy: not }, to, told, context);
  return told.declined ? oweEvent(moved, now, 'handoff-task-declined', told.why) : moved;
}

/** Who handed it over, and so is told when it moves. */
function sendersOf(task: Task): string[] {
  if (task.kind === 'upgrade-conversation') {
    return task.facts.originatorNumber === undefined ? [] : [task.facts.originatorNumber];
  }
  const giving = task.kind === 'service-introduction' ? 'walk-over' : 'be-there';
  return emailsOf(task, giving).flatMap((entry) => (entry.to === 'customer' ? [] : [entry.to.staff]));
}

/**
 * The customer was told of the advisor who had it: the new one writes one correction. Not told yet, the introduction
 * that is still owed names the new one by itself.
 */
function correctCustomer<T extends Task>(task: T, from: string | undefined, to: string, now: string): T {
  if (task.kind !== 'service-introduction' || from === to) return task;
  const gone = ['sending', 'sent', 'unknown', 'asked'];
  const wasTold = [
    ...emailsOf(task, 'introduction-to-customer'),
    ...emailsOf(task, 'new-advisor-to-customer'),
  ].some((entry) => gone.includes(entry.state));
  const waiting = emailsOf(task, 'new-advisor-to-customer').some((entry) => entry.state === 'owed');
  if (!wasTold || waiting) return task;
  return oweEmail(task, now, { message: 'new-advisor-to-customer', to: 'customer', again: true });
}
