import { type FactVersion, isNewer, reverses, versionOf } from '../../contracts/fact-version.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import { addDays, addMonths } from '../../group/business-time.ts';
import { firstServiceIntervalOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import type { Visit } from '../../history/visits.ts';
import { markOtherWork } from '../any-kind/appointments.ts';
import type { FirstServiceVisit, SeenVisit, VoidedOrder } from './task.ts';

/**
 * What counts as the first service: a visit near its date or its miles, or with one of its operation codes. The rule depends
 * only on the facts, so it decides the same whether the due date or the visit is known first.
 */
type Rules = Pick<Context, 'group' | 'store'>;

/** A closed order, from an event or from the service history. */
type ClosedOrder = FactVersion &
  Pick<
    Visit,
    | 'storeId'
    | 'roNumber'
    | 'closedOn'
    | 'openedOn'
    | 'opCodes'
    | 'odometerMiles'
    | 'customerPayCents'
    | 'warrantyCents'
    | 'internalCents'
  >;

/** The parts of a closed order that the rule needs. */
export function seenVisit(visit: ClosedOrder, { group, store }: Rules): SeenVisit {
  const { storeId, roNumber, closedOn, openedOn, opCodes = [], odometerMiles } = visit;
  const codes = (firstServiceIntervalOf(group, store).opCodes ?? []).map(sameCase);
  return {
    ...versionOf(visit),
    ...(storeId === store.id ? {} : { storeId }),
    roNumber,
    closedOn,
    ...(openedOn === undefined ? {} : { openedOn }),
    ...(odometerMiles === undefined ? {} : { odometerMiles }),
    paidBy: paidBy(visit),
    hasFirstServiceCode: opCodes.some((code) => codes.includes(sameCase(code))),
  };
}

const sameCase = (code: string) => code.toUpperCase();

function paidBy({ customerPayCents, warrantyCents, internalCents }: ClosedOrder) {
  if (customerPayCents + warrantyCents > 0) return 'customer';
  return internalCents > 0 ? 'dealer' : 'nobody';
}

/** All closed orders that are not voided, including those that a release before 2026-12 stored. */
export const visitsOf = (task: FirstServiceVisit): readonly SeenVisit[] => {
  const { voids = [] } = task.facts;
  return knownVisits(task).filter(
    (visit) => !voids.some((order) => isSameOrder(order, visit) && reverses(order, visit)),
  );
};

/** All closed orders that were ever reported, including voided ones. */
export const knownVisits = ({ facts: { visits = [], visited } }: FirstServiceVisit): readonly SeenVisit[] =>
  visited === undefined ? visits : [visited, ...visits];

/** The day on which the customer bought the car. If no sale is known: the interval before the due date. */
export const soldOnDay = (boughtOn: string | undefined, due: FirstServiceDue, { group, store }: Rules) =>
  boughtOn ?? addMonths(due.dueOn, -firstServiceIntervalOf(group, store).months);

/** More orders than anybody has between a sale and the first service. */
const VISITS = 12;

/** The latest version of each closed order, the newest orders last; the same list if nothing is new. */
export function visitsWith(
  { facts: { visits = [] } }: FirstServiceVisit,
  found: readonly SeenVisit[],
): SeenVisit[] {
  const merged = found.reduce<readonly SeenVisit[]>((known, visit) => {
    const before = known.find((one) => isSameOrder(one, visit));
    return !isNewer(visit, before) ? known : [...known.filter((one) => one !== before), visit];
  }, visits);
  return merged.toSorted((a, b) => (a.closedOn < b.closedOn ? -1 : 1)).slice(-VISITS);
}

export const voidsWith = ({ facts: { voids = [] } }: FirstServiceVisit, added: VoidedOrder): VoidedOrder[] =>
  [...voids.filter((one) => !isSameOrder(one, added)), added].slice(-VISITS);

export const isSameOrder = (a: VoidedOrder, b: VoidedOrder) =>
  a.roNumber === b.roNumber && a.storeId === b.storeId;

export function isFirstService(
  visit: SeenVisit,
  { facts: { boughtOn } }: FirstServiceVisit,
  due: FirstServiceDue,
  rules: Rules,
): boolean {
  const on = visit.openedOn ?? visit.closedOn;
  // Work done before the purchase is not the first service.
  if (on <= soldOnDay(boughtOn, due, rules)) return false;
  if (visit.hasFirstServiceCode) return true;
  if (visit.paidBy === 'nobody') return false;
  if (isNearMiles(visit.odometerMiles, due, rules)) return true;
  // If the dealer alone pays, it is the prepaid service once customers are invited; before that, it is delivery preparation.
  const { inviteDaysBefore, countsFromDaysBefore } = rules.group.firstService;
  return on >= addDays(due.dueOn, visit.paidBy === 'dealer' ? -inviteDaysBefore : -countsFromDaysBefore);
}

/** The share counts from the miles at the sale: a used car's high mileage does not bring its first service near. */
function isNearMiles(
  odometerMiles: number | undefined,
  { dueMiles }: FirstServiceDue,
  { group, store }: Rules,
): boolean {
  if (odometerMiles === undefined || dueMiles === undefined) return false;
  const run = Math.min(firstServiceIntervalOf(group, store).miles, dueMiles);
  return odometerMiles >= dueMiles - run * (1 - group.firstService.countsFromMilesPercent / 100);
}

/** Marks the appointments that are too early for the first service, by the currently known due date. */
export function withOtherWork(task: FirstServiceVisit, rules: Rules): FirstServiceVisit {
  const { due, appointments } = task.facts;
  if (!due) return task;
  return { ...task, facts: { ...task.facts, appointments: markOtherWork(appointments, due.dueOn, rules) } };
}
