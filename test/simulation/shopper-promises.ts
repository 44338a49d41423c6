import { localDate } from '../../functions/group/business-time.ts';
import { findStore } from '../../functions/group/group.ts';
import type { AnyTask, TaskOf } from '../../functions/handoffs/kinds.ts';
import { wholeGroup } from './cloud.ts';
import type { Told } from './stories.ts';

type Repair = TaskOf<'repair-instead'>;

/** A shopper has one handoff at a time, however many send them; and the closed order of their car ends it. */
export function brokenShoppers(tasks: Iterable<AnyTask>, told: readonly Told[]): string[] {
  const repairs = [...tasks].filter((task): task is Repair => task.kind === 'repair-instead');
  const voided = new Set(told.flatMap(orderVoidedIn));
  const visits = told.flatMap(visitIn).filter(({ order }) => !voided.has(order));
  const byPhone = Map.groupBy(
    repairs.filter(isOpenStill),
    ({ storeId, facts: { asked } }) => `${storeId} ${asked?.customer.phone}`,
  );
  return [
    ...[...byPhone]
      .filter(([, open]) => open.length > 1)
      .map(([phone]) => `one shopper has two open handoffs: ${phone}`),
    ...repairs
      .filter((repair) => isOpenStill(repair) && visits.some((visit) => isOf(repair, visit)))
      .map(({ taskId }) => `the order of ${taskId} is closed, and its handoff is open`),
  ];
}

/** A later word of the same visit says it as well, and one that comes once the visit is over has nothing to add. */
export const isShopperKnown = (
  tasks: Iterable<AnyTask>,
  { customer, occurredAt }: Told['detail'],
): boolean => {
  const at = new Date(String(occurredAt)).toISOString();
  return [...tasks].some(
    (task) =>
      task.kind === 'repair-instead' &&
      task.facts.asked?.customer.phone === Object(customer).phone &&
      [task.facts.asked?.occurredAt, task.ended?.at].some((known) => known !== undefined && known >= at),
  );
};

/** What somebody reopened by taking a choice back is theirs to end. */
const isOpenStill = ({ state, log }: Repair): boolean =>
  ['open', 'accepted', 'waiting'].includes(state) && !log.some(({ what }) => what === 'undone');

interface Visit {
  readonly order: string;
  readonly storeId: string;
  readonly vin: string;
  readonly at: number;
  readonly closedOn: string;
}

function visitIn({ detailType, detail, at }: Told): Visit[] {
  const { storeId, vehicle, closedOn } = detail;
  return detailType === 'service-visit-completed' && typeof storeId === 'string'
    ? [{ order: orderOf(detail), storeId, vin: String(Object(vehicle).vin), at, closedOn: String(closedOn) }]
    : [];
}

const orderOf = ({ storeId, roNumber }: Told['detail']): string => `${storeId} ${roNumber}`;

/** Entered wrong: nothing is known of a visit from it. */
const orderVoidedIn = ({ detailType, detail }: Told): string[] =>
  detailType === 'repair-order-voided' ? [orderOf(detail)] : [];

/** Told well after the shopper came: one that overtakes them on the bus is of another visit. */
function isOf({ storeId, facts: { asked } }: Repair, visit: Visit): boolean {
  const { timeZone = 'UTC' } = findStore(wholeGroup, storeId) ?? {};
  return (
    asked !== undefined &&
    asked.vehicle.vin === visit.vin &&
    storeId === visit.storeId &&
    visit.at - Date.parse(asked.occurredAt) > HALF_AN_HOUR &&
    localDate(timeZone, asked.occurredAt) <= visit.closedOn
  );
}

const HALF_AN_HOUR = 30 * 60_000;
