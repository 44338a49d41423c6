import { type Received, versionOf } from '../../contracts/fact-version.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { addDays, addMonths, localDate } from '../../group/business-time.ts';
import { firstServiceIntervalOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import type { Appointment, FirstServiceVisit, SeenVisit } from './task.ts';

/**
 * What counts as the first service: a visit near its date or its miles, or with one of its operation codes. The rule
 * reads the facts alone, so that it decides the same whether the due date or the visit is known first.
 */
type Rules = Pick<Context, 'group' | 'store'>;

/** What the rule needs of a closed order. */
export function seenVisit(visit: Received<ServiceVisitCompleted>, { group, store }: Rules): SeenVisit {
  const { roNumber, closedOn, openedOn, opCodes = [], vehicle } = visit;
  const codes = (firstServiceIntervalOf(group, store).opCodes ?? []).map(sameCase);
  return {
    ...versionOf(visit),
    roNumber,
    closedOn,
    ...(openedOn === undefined ? {} : { openedOn }),
    ...(vehicle.odometerMiles === undefined ? {} : { odometerMiles: vehicle.odometerMiles }),
    paidBy: paidBy(visit),
    hasFirstServiceCode: opCodes.some((code) => codes.includes(sameCase(code))),
  };
}

const sameCase = (code: string) => code.toUpperCase();

function paidBy({ customerPayCents, warrantyCents, internalCents }: ServiceVisitCompleted) {
  if (customerPayCents + warrantyCents > 0) return 'customer';
  return internalCents > 0 ? 'dealer' : 'nobody';
}

/** All closed orders that the task knows, with those that a release before 2026-12 stored. */
export const visitsOf = ({ facts: { visits = [], visited } }: FirstServiceVisit): readonly SeenVisit[] =>
  visited === undefined ? visits : [visited, ...visits];

export function isFirstService(visit: SeenVisit, due: FirstServiceDue, rules: Rules): boolean {
  const on = visit.openedOn ?? visit.closedOn;
  // Work done before the purchase is not the first service.
  const { months } = firstServiceIntervalOf(rules.group, rules.store);
  if (on <= addMonths(due.dueOn, -months)) return false;
  if (visit.hasFirstServiceCode) return true;
  if (visit.paidBy === 'nobody') return false;
  if (isNearMiles(visit.odometerMiles, due, rules)) return true;
  // Paid by the dealer alone, it is the prepaid service once customers are invited; before that, preparation.
  const { inviteDaysBefore, countsFromDaysBefore } = rules.group.firstService;
  return on >= addDays(due.dueOn, visit.paidBy === 'dealer' ? -inviteDaysBefore : -countsFromDaysBefore);
}

/** The share counts from the miles at the sale: a used car is not near because it has run far. */
function isNearMiles(
  odometerMiles: number | undefined,
  { dueMiles }: FirstServiceDue,
  { group, store }: Rules,
): boolean {
  if (odometerMiles === undefined || dueMiles === undefined) return false;
  const run = Math.min(firstServiceIntervalOf(group, store).miles, dueMiles);
  return odometerMiles >= dueMiles - run * (1 - group.firstService.countsFromMilesPercent / 100);
}

/** Marks the appointments that are too early for the first service, by the due date as it is known now. */
export function withOtherWork(task: FirstServiceVisit, { group, store }: Rules): FirstServiceVisit {
  const { due, appointments } = task.facts;
  if (!due) return task;
  const from = addDays(due.dueOn, -group.firstService.countsFromDaysBefore);
  const marked = appointments.map(({ otherWork: _before, ...appointment }): Appointment => {
    const { startsAt } = appointment;
    const isEarly = startsAt !== undefined && localDate(store.timeZone, startsAt) < from;
    return isEarly ? { ...appointment, otherWork: true } : appointment;
  });
  return { ...task, facts: { ...task.facts, appointments: marked } };
}
