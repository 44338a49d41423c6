import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { ServiceAppointmentBooked } from '../../contracts/service-appointment-booked.ts';
import type { ServiceAppointmentCancelled } from '../../contracts/service-appointment-cancelled.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import { daysBetween, localDate } from '../../group/business-time.ts';
import type { HistoryStore } from '../../handoff/ports.ts';
import { decideAppointmentCancelled, decideBooked } from '../../handoffs/first-service/appointments.ts';
import { blankFirstService, decideSaleUnwound, decideVisited } from '../../handoffs/first-service/decide.ts';
import { blankIntroduction, decideUnwound } from '../../handoffs/introduction/decide.ts';
import {
  blankRepairOptions,
  decideOrderClosed,
  decideOrderVoided,
} from '../../handoffs/repair-options/decide.ts';
import {
  blankUpgrade,
  decideCarLeft,
  decideUpgradeVoided,
} from '../../handoffs/upgrade-conversation/decide.ts';
import { visitFrom } from '../../history/visits.ts';
import { contextOf, decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';

export interface FollowServices extends Services {
  readonly history: HistoryStore;
}

/**
 * The facts that belong to the story of a handoff. One of them may concern several tasks: each is decided and
 * delivered on its own, in a fixed order, and saying the fact again finds what is left to do.
 */
export async function followBooked(services: Services, booked: ServiceAppointmentBooked): Promise<string> {
  const { outcome } = await decideAndDeliver(services, {
    storeId: booked.storeId,
    blank: (now) => blankFirstService(booked.storeId, booked, now),
    decide: (task, context) => decideBooked(task, booked, context),
  });
  return outcome;
}

export async function followAppointmentCancelled(
  services: Services,
  cancelled: ServiceAppointmentCancelled,
): Promise<string> {
  const { outcome } = await decideAndDeliver(services, {
    storeId: cancelled.storeId,
    blank: (now) => blankFirstService(cancelled.storeId, cancelled, now),
    decide: (task, context) => decideAppointmentCancelled(task, cancelled, context),
  });
  return outcome;
}

export async function followVisit(services: FollowServices, visit: ServiceVisitCompleted): Promise<string> {
  const { storeId, roNumber, vehicle, customer } = visit;
  const { now, store, group } = await contextOf(services, storeId);
  await services.history.record(visitFrom(visit));
  const age = daysBetween(visit.closedOn, localDate(store.timeZone, now));
  if (age > group.actOnFactsOfDays) return 'kept-for-history';
  const order = await decideAndDeliver(services, {
    storeId,
    blank: (at) => blankRepairOptions(storeId, roNumber, at),
    decide: (task, context) => decideOrderClosed(task, visit, context),
  });
  await decideAndDeliver(services, {
    storeId,
    blank: (at) => blankUpgrade(storeId, roNumber, at),
    decide: (task, context) => decideCarLeft(task, visit, context),
  });
  const subject = { vin: vehicle.vin, customerNumber: customer.customerNumber };
  const first = await decideAndDeliver(services, {
    storeId,
    blank: (at) => blankFirstService(storeId, subject, at),
    decide: (task, context) => decideVisited(task, visit, context),
  });
  return `order: ${order.outcome}, first service: ${first.outcome}`;
}

export async function followOrderVoided(
  services: FollowServices,
  voided: RepairOrderVoided,
): Promise<string> {
  const { storeId, roNumber, occurredAt } = voided;
  await services.history.void(storeId, roNumber, occurredAt);
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankRepairOptions(storeId, roNumber, now),
    decide: (task, context) => decideOrderVoided(task, voided, context),
  });
  await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankUpgrade(storeId, roNumber, now),
    decide: (task, context) => decideUpgradeVoided(task, voided, context),
  });
  return outcome;
}

export async function followUnwound(services: Services, unwound: DealUnwound): Promise<string> {
  const { storeId } = unwound;
  const { outcome, task } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankIntroduction(storeId, unwound.dealNumber, now),
    decide: (one, context) => decideUnwound(one, unwound, context),
  });
  const vin = unwound.vin ?? task.facts.sold?.vehicle.vin;
  const customerNumber = unwound.customerNumber ?? task.facts.sold?.customer.customerNumber;
  if (vin !== undefined && customerNumber !== undefined) {
    await decideAndDeliver(services, {
      storeId,
      blank: (now) => blankFirstService(storeId, { vin, customerNumber }, now),
      decide: (one, context) => decideSaleUnwound(one, unwound, context),
    });
  }
  return outcome;
}
