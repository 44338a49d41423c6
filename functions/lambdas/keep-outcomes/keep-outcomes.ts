import type { CustomerBought } from '../../contracts/customer-bought.ts';
import type { CustomerContacted } from '../../contracts/customer-contacted.ts';
import type { Received } from '../../contracts/fact-version.ts';
import type { HandoffTaskEvent } from '../../contracts/handoff-task-events.ts';
import type { RepairOrderVoided } from '../../contracts/repair-order-voided.ts';
import type { ServiceVisitCompleted } from '../../contracts/service-visit-completed.ts';
import type { VehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import type { Deal } from '../../customers/deal.ts';
import type { CustomerKey } from '../../customers/ports.ts';
import { calendarOf } from '../../group/business-time.ts';
import { findStore } from '../../group/group.ts';
import { readDeal } from '../../handoffs/any-kind/read-deal.ts';
import { type AnyTask, kindOf } from '../../handoffs/kinds.ts';
import { saleFrom } from '../../history/sales.ts';
import { visitFrom } from '../../history/visits.ts';
import type { Told } from '../../ledger/facts.ts';
import { factsOf } from '../../ledger/facts-of-task.ts';
import { saleTold, unwoundTold, visitTold, voidedTold } from '../../ledger/history-facts.ts';
import { pseudonymous } from '../../ledger/pseudonyms.ts';
import { findPerson, worksFor } from '../../people/staff.ts';
import type { Outcomes } from '../../ports.ts';
import { type CreditServices, matchContact, matchDeal, matchHandoff } from './match-credit.ts';

export interface OutcomeServices extends CreditServices {
  readonly outcomes: Outcomes;
  readonly customerKey: CustomerKey;
}

/**
 * Keeps the outcomes of a handoff after everything that this software says of it. The task is read, not the event: a late or
 * repeated event finds the facts that were missed in between, and adds none that are known.
 */
export async function keepOutcomes(services: OutcomeServices, { taskId }: HandoffTaskEvent): Promise<string> {
  const task = await services.tasks.read(taskId);
  if (!task) return 'no-such-handoff';
  return `kept: ${await keepFactsOf(services, [await matchHandoff(services, task)])}`;
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
  const credited = await matchDeal(services, sale);
  const kept = await keepTold(services, [...toldOf(services, sale), ...factsOfAll(services, credited)]);
  return `kept: ${kept}`;
}

function toldOf({ group }: OutcomeServices, { facts }: Deal): Fresh[] {
  const { sold, unwound } = facts;
  const store = sold && findStore(group, sold.storeId);
  if (!sold || !store) return [];
  const sale = saleFrom(sold, store.timeZone);
  return [{ told: saleTold(sale) }, ...(unwound ? [{ told: unwoundTold(sale, unwound) }] : [])];
}

/** Whom Service called is not in contact with Sales. */
export async function keepContact(services: OutcomeServices, told: CustomerContacted): Promise<string> {
  const { storeId, customer, by, occurredAt, at = occurredAt } = told;
  const roster = await services.roster.read(storeId);
  const person = by === undefined ? undefined : findPerson(roster, by);
  if (person && !worksFor(person, 'sales')) return 'not-by-sales';
  return `kept: ${await keepFactsOf(services, await matchContact(services, { storeId, customer, at }))}`;
}

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

interface Fresh {
  readonly told: Told;
  readonly taskId?: string;
}

async function keepTold(
  { outcomes, customerKey, clock }: OutcomeServices,
  all: readonly Fresh[],
): Promise<number> {
  if (all.length === 0) return 0;
  const keyed = await customerKey.read();
  const facts = all.map(({ told, taskId }) => ({ fact: pseudonymous(told, keyed), taskId }));
  return outcomes.keep(facts, clock.now());
}
