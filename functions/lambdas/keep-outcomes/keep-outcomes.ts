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
  householdBoughtFact,
  saleFact,
  unwoundFact,
  visitFact,
  voidedFact,
} from '../../ledger/history-facts.ts';
import { type KeepingServices, keepFacts, type TaskFact } from '../../outbox/keep-facts.ts';
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
  return `kept: ${await keepFacts(services, [...facts, ...bought])}`;
}

/**
 * Records sales to households that entered the holdout after the sale was handled. A sale in turn looks for its
 * household.
 */
async function salesToHouseholds(
  services: OutcomeServices,
  task: AnyTask,
  facts: readonly TaskFact[],
): Promise<readonly TaskFact[]> {
  const households = facts.flatMap(({ fact: { about, outcome } }) =>
    outcome.what === 'in holdout' && about.household !== undefined ? [about.household] : [],
  );
  if (households.length === 0) return [];
  const deals = await dealsOf(services, task);
  return deals.flatMap((sale) => householdFacts(services, sale, households));
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
  const kept = await keepFacts(services, [
    ...factsOfDeal(services, sale),
    ...householdFacts(services, sale, households),
    ...factsOfAll(services, credited),
  ]);
  return `kept: ${kept}`;
}

function factsOfDeal(services: OutcomeServices, deal: Deal): TaskFact[] {
  const { unwound } = deal.facts;
  const sale = saleOf(services, deal);
  if (!sale) return [];
  return [{ fact: saleFact(sale) }, ...(unwound ? [{ fact: unwoundFact(sale, unwound) }] : [])];
}

function saleOf({ group }: OutcomeServices, { facts: { sold } }: Deal): Sale | undefined {
  const store = sold && findStore(group, sold.storeId);
  return sold && store && saleFrom(sold, store.timeZone);
}

function householdFacts(services: OutcomeServices, deal: Deal, households: readonly string[]): TaskFact[] {
  const sale = saleOf(services, deal);
  return sale ? households.map((household) => ({ fact: householdBoughtFact(sale, household) })) : [];
}

/** A contact by Service does not count as contact with Sales. */
export async function keepContact(services: OutcomeServices, contacted: CustomerContacted): Promise<string> {
  const { storeId, customer, by, occurredAt, at = occurredAt } = contacted;
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
  const fact = visitFact(visitFrom(visit), visit.serviceAdvisorNumber);
  return `kept: ${await keepFacts(services, [{ fact }])}`;
}

export async function keepVoided(
  services: OutcomeServices,
  voided: Received<RepairOrderVoided>,
): Promise<string> {
  return `kept: ${await keepFacts(services, [{ fact: voidedFact(voided) }])}`;
}

const keepFactsOf = (services: OutcomeServices, tasks: readonly AnyTask[]): Promise<number> =>
  keepFacts(services, factsOfAll(services, tasks));

const factsOfAll = ({ group }: OutcomeServices, tasks: readonly AnyTask[]): TaskFact[] =>
  tasks.flatMap((task) => {
    const kind = kindOf(task);
    const store = findStore(group, task.storeId);
    const calendar = store && calendarOf(store, kind.department);
    return factsOf(task, kind, calendar).map((fact) => ({ fact, taskId: task.taskId }));
  });
