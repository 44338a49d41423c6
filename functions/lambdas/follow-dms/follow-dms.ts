import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import { type Received, versionOf } from '../../contracts/fact-version.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { ServiceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { daysBetween } from '../../group/business-time.ts';
import type { DmsFact } from '../../handoff/kind.ts';
import { customerOf, everyKind, vehicleOf } from '../../handoffs/kinds.ts';
import { otherOwners } from '../../history/car-owners.ts';
import { visitFrom } from '../../history/visits.ts';
import { contextOf, decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import type { Cars, HistoryStore } from '../../ports.ts';

export interface FollowServices extends Services {
  readonly history: HistoryStore;
  readonly cars: Cars;
}

/**
 * Handles a fact that may concern several handoffs: each kind that follows it is asked in the order of the registry,
 * and each task is decided and delivered separately. A redelivered fact completes whatever was left undone.
 */
async function follow(services: Services, fact: DmsFact): Promise<string> {
  const outcomes: string[] = [];
  let { vin, customerNumber, use } = fact;
  for (const kind of everyKind) {
    const followed = kind.follow({ ...fact, vin, customerNumber, use });
    if (!followed) continue;
    const { outcome, task } = await decideAndDeliver(services, { storeId: fact.storeId, ...followed });
    outcomes.push(outcome);
    vin ??= vehicleOf(task)?.vin;
    customerNumber ??= customerOf(task)?.customerNumber;
    use ??= task.use;
  }
  return outcomes.join(', ');
}

export const followBooked = (
  services: Services,
  detail: Received<ServiceAppointmentBooked>,
): Promise<string> => follow(services, { ...detail, detailType: 'service-appointment-booked', detail });

export const followAppointmentCancelled = (
  services: Services,
  detail: Received<ServiceAppointmentCancelled>,
): Promise<string> => follow(services, { ...detail, detailType: 'service-appointment-cancelled', detail });

export async function followVisit(
  services: FollowServices,
  detail: Received<ServiceVisitCompleted>,
): Promise<string> {
  const { storeId, vehicle, customer } = detail;
  const { today, group } = await contextOf(services, storeId);
  await services.history.record(visitFrom(detail));
  if (daysBetween(detail.closedOn, today) > group.actOnFactsOfDays) return 'kept-for-history';
  const { customerNumber } = customer;
  const { vin } = vehicle;
  const here = await follow(services, {
    ...{ storeId, detail, vin, customerNumber },
    detailType: 'service-visit-completed',
  });
  if (isStandIn(vin)) return here;
  const elsewhere = otherOwners(await services.cars.read(vin), { storeId, customerNumber });
  const outcomes = [here];
  for (const owner of elsewhere) {
    outcomes.push(await follow(services, { ...owner, detail, vin, detailType: 'service-visit-elsewhere' }));
  }
  return outcomes.join(', ');
}

export async function followOrderVoided(
  services: FollowServices,
  detail: Received<RepairOrderVoided>,
): Promise<string> {
  const { storeId, roNumber } = detail;
  await services.history.void(storeId, roNumber, versionOf(detail));
  const detailType = 'repair-order-voided';
  return follow(services, { detailType, storeId, detail, vin: undefined, customerNumber: undefined });
}

export const followUnwound = (services: Services, detail: Received<DealUnwound>): Promise<string> => {
  const { storeId, vin, customerNumber } = detail;
  return follow(services, { detailType: 'deal-unwound', storeId, detail, vin, customerNumber });
};
