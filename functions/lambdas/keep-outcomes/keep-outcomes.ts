import type { CustomerBought } from '../../contracts/customer-bought.ts';
import type { CustomerContacted } from '../../contracts/customer-contacted.ts';
import type { CustomerNumbersMerged } from '../../contracts/customer-numbers-merged.ts';
import type { Received } from '../../contracts/fact-version.ts';
import type { HandoffTaskEvent } from '../../contracts/handoff-task-events.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import type { VehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import type { Deal } from '../../customers/deal.ts';
import { calendarOf } from '../../group/business-time.ts';
import { findStore } from '../../group/group.ts';
import { readDeal } from '../../handoffs/any-kind/read-deal.ts';
import { type AnyTask, kindOf } from '../../handoffs/kinds.ts';
import { type Sale, saleFrom } from '../../history/sales.ts';
import { visitFrom } from '../../history/visits.ts';
import { factsOf } from '../../ledger/facts-of-task.ts';
import {
  householdBoughtTold,
  saleTold,
  unwoundTold,
  visitTold,
  voidedTold,
} from '../../ledger/history-facts.ts';
import { type Fresh, type KeepingServices, keepTold } from '../../outbox/keep-told.ts';
import { findPerson, worksFor } from '../../people/staff.ts';
import {
  type CreditServices,
  dealsOf,
  matchContact,
  matchDeal,
  matchHandoff,
  matchMerge,
} from './match-credit.ts';

export interface OutcomeServices extends CreditServices, KeepingServices {}

/**
 * Stores the outcomes of a handoff after each event that we publish about it. They are read from the task, not from
 * the event: a late or repeated event finds facts that were missed in between, and adds none that are known.
 */
export async function keepOutcomes(services: OutcomeServices, { taskId }: HandoffTaskEvent): Promise<string> {
  const task = await services.tasks.read(taskId);
  if (!task) return 'no-such-handoff';
  const facts = factsOfAll(services, [await matchHandoff(services, task)]);
  const bought = await salesToHouseholds(services, task, facts);
  return `kept: ${await keepTold(services, [...facts, ...bought])}`;
}

/**
 * Records sales to households that entered the holdout after the sale was handled. A sale in turn looks for its
 * household.
 */
async function salesToHouseholds(
  services: OutcomeServices,
  task: AnyTask,
  facts: readonly Fresh[],
): Promise<readonly Fresh[]> {
  const households = facts.flatMap(({ told: { about, outcome } }) =>
    outcome.what === 'in holdout' && about.household !== undefined ? [about.household] : [],
  );
  if (households.length === 0) return [];
  const deals = await dealsOf(services, task);
  return deals.flatMap((sale) => householdTold(services, sale, households));
}

/** A deal was made, corrected or unwound, or its customer's numbers were merged. */
export async function keepSale(
  services: OutcomeServices,
  {
    storeId,
    dealNumber,
    use,
  }: CustomerBought | (VehicleOwnerChanged & { readonly use?: number | undefined }),
): Promise<string> {
  const sale = await readDeal(services, { storeId, dealNumber, use });
  if (!sale) return 'no-such-deal';
  const { credited, households } = await matchDeal(services, sale);
  const kept = await keepTold(services, [
    ...toldOf(services, sale),
    ...householdTold(services, sale, households),
    ...factsOfAll(services, credited),
  ]);
  return `kept: ${kept}`;
}

function toldOf(services: OutcomeServices, deal: Deal): Fresh[] {
  const { unwound } = deal.facts;
  const sale = saleOf(services, deal);
  if (!sale) return [];
  return [{ told: saleTold(sale) }, ...(unwound ? [{ told: unwoundTold(sale, unwound) }] : [])];
}

function saleOf({ group }: OutcomeServices, { facts: { sold } }: Deal): Sale | undefined {
  const store = sold && findStore(group, sold.storeId);
  return sold && store && saleFrom(sold, store.timeZone);
}

function householdTold(services: OutcomeServices, deal: Deal, households: readonly string[]): Fresh[] {
  const sale = saleOf(services, deal);
  return sale ? households.map((household) => ({ told: householdBoughtTold(sale, household) })) : [];
}

/** A contact by Service does not count as contact with Sales. */
export async function keepContact(services: OutcomeServices, told: CustomerContacted): Promise<string> {
  const { storeId, customer, by, occurredAt, at = occurredAt } = told;
  const roster = await services.roster.read(storeId);
  const person = by === undefined ? undefined : findPerson(roster, by);
  if (person && !worksFor(person, 'sales')) return 'not-by-sales';
  return `kept: ${await keepFactsOf(services, await matchContact(services, { storeId, customer, at }))}`;
}

/** The event comes after the numbers were merged, so whatever was noted under one of them is found under all. */
export const keepMerge = async (services: OutcomeServices, merged: CustomerNumbersMerged): Promise<string> =>
  `kept: ${await keepFactsOf(services, await matchMerge(services, merged))}`;

export async function keepVisit(
  services: OutcomeServices,
  visit: Received<ServiceVisitCompleted>,
): Promise<string> {
  const told = visitTold(visitFrom(visit), visit.serviceAdvisorNumber);
  return `kept: ${await keepTold(services, [{ told }])}`;
}

export async function keepVoided(
  services: OutcomeServices,
  voided: Received<RepairOrderVoided>,
): Promise<string> {
  return `kept: ${await keepTold(services, [{ told: voidedTold(voided) }])}`;
}

const keepFactsOf = (services: OutcomeServices, tasks: readonly AnyTask[]): Promise<number> =>
  keepTold(services, factsOfAll(services, tasks));

const factsOfAll = ({ group }: OutcomeServices, tasks: readonly AnyTask[]): Fresh[] =>
  tasks.flatMap((task) => {
    const kind = kindOf(task);
    const store = findStore(group, task.storeId);
    const calendar = store && calendarOf(store, kind.department);
    return factsOf(task, kind, calendar).map((told) => ({ told, taskId: task.taskId }));
  });
