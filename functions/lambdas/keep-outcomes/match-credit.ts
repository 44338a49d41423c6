import type { Customer } from '../../contracts/fields.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { type Deal, deal as dealSchema, deliveryDate, isSaleToCustomer } from '../../customers/deal.ts';
import type { LookUp } from '../../customers/identity.ts';
import { findStore } from '../../group/group.ts';
import { decideLaterSales, type Weighed } from '../../handoff/credit.ts';
import type { DealId } from '../../handoff/credit-record.ts';
import { earliest } from '../../handoff/outbox.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { type AnyTask, kindOf } from '../../handoffs/kinds.ts';
import { type Party, type Purchase, placesOf, weigh } from '../../ledger/credit/weigh.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { householdsAmong } from '../../outbox/draw-holdout.ts';
import { numberAt } from '../../people/across-stores.ts';
import type { CreditEntry, CreditPlaces } from '../../ports.ts';

/**
 * Finds the handoffs that a sale follows from. A handoff, a deal and a contact are each noted at the places of their customer
 * before the others are looked for there, so whichever is handled last finds the rest, in any order, and again.
 */
export interface CreditServices extends Services {
  readonly credit: CreditPlaces;
}

/** The handoff may have a new customer, or have ended: its later sales are weighed again. */
export async function matchHandoff(services: CreditServices, task: AnyTask): Promise<AnyTask> {
  const customer = await customerOf(services, task);
  if (kindOf(task).credit === undefined || !customer) return task;
  await noteHandoff(services, task, customer, placesOf(customer));
  return weighAgain(services, task);
}

const noteHandoff = (
  { credit, clock }: CreditServices,
  { taskId: id }: AnyTask,
  customer: Party,
  places: readonly LookUp[],
): Promise<void> => credit.note({ of: 'handoff', id, ...namedBy(customer) }, places, clock.now());

interface MatchedDeal {
  readonly credited: readonly AnyTask[];
  /** Those of its buyer that the holdout knows. */
  readonly households: readonly string[];
}

/** A deal was made, corrected or unwound: handoffs of everybody it was ever entered for are weighed again. */
export async function matchDeal(services: CreditServices, sale: Deal): Promise<MatchedDeal> {
  const { sold, formerCustomers = [] } = sale.facts;
  if (!sold) return { credited: [], households: [] };
  const buyer = await partyOf(services, sold.storeId, sold.customer);
  const id = taskIdOf('service-introduction', sold.storeId, [sale.subject.dealNumber], sale.use);
  const places = placesOf(buyer, sold.coBuyerNumber);
  await services.credit.note({ of: 'deal', id, ...namedBy(buyer) }, places, services.clock.now());
  const former = placesOf({ storeId: sold.storeId, numbers: formerCustomers });
  const found = await services.credit.find(places);
  const credited = await weighHandoffs(services, [...found, ...(await services.credit.find(former))]);
  return { credited, households: householdsAmong(found).map((one) => one.id) };
}

/** The deals at the places of a handoff's customer, each as it stands. */
export async function dealsOf(services: CreditServices, task: AnyTask): Promise<readonly Deal[]> {
  const customer = await customerOf(services, task);
  return customer ? readDeals(services, dealsAmong(await services.credit.find(placesOf(customer)))) : [];
}

const dealsAmong = (found: readonly CreditEntry[]): string[] =>
  found.flatMap(({ of, id }) => (of === 'deal' ? [id] : []));

async function readDeals({ tasks }: CreditServices, ids: readonly string[]): Promise<readonly Deal[]> {
  const items = await Promise.all([...new Set(ids)].map((id) => tasks.read(id)));
  return items.flatMap((item) => dealSchema.safeParse(item).data ?? []);
}

/** Sales, or another system for it, was in contact with the customer. */
export async function matchContact(
  services: CreditServices,
  { storeId, customer, at }: { readonly storeId: string; readonly customer: Customer; readonly at: string },
): Promise<readonly AnyTask[]> {
  const party = await partyOf(services, storeId, customer);
  const places = placesOf(party);
  await services.credit.note({ of: 'contact', id: at, ...namedBy(party) }, places, services.clock.now());
  return weighHandoffs(services, await services.credit.find(places));
}

/** What was noted under one of the numbers, a contact of Sales or a deal, is now about the handoffs under all of them. */
export async function matchMerge(
  services: CreditServices,
  { storeId, customerNumber }: { readonly storeId: string; readonly customerNumber: string },
): Promise<readonly AnyTask[]> {
  const party = await partyOf(services, storeId, { customerNumber });
  return weighHandoffs(services, await services.credit.find(placesOf(party)));
}

async function weighHandoffs(
  services: CreditServices,
  found: readonly CreditEntry[],
): Promise<readonly AnyTask[]> {
  const ids = new Set(found.flatMap(({ of, id }) => (of === 'handoff' ? [id] : [])));
  const changed: AnyTask[] = [];
  for (const id of ids) {
    const task = await services.tasks.read(id);
    if (task) changed.push(await weighAgain(services, task));
  }
  return changed;
}

async function weighAgain(services: CreditServices, task: AnyTask): Promise<AnyTask> {
  const decision = await decideAndDeliver<AnyTask>(services, {
    storeId: task.storeId,
    blank: () => task,
    decide: async (current, context) =>
      decideLaterSales(current, await weighedFor(services, current), kindOf(current), context),
  });
  return decision.task;
}

async function weighedFor(services: CreditServices, task: AnyTask): Promise<readonly Weighed[]> {
  const customer = await customerOf(services, task);
  if (!customer) return [];
  const found = await services.credit.find(placesOf(customer));
  await noteWithBuyers(services, task, customer, found);
  // Who hands a shopper to Service is in contact with them already.
  const isOfService = kindOf(task).credit === 'service';
  const contacts = isOfService ? found.flatMap(({ of, id }) => (of === 'contact' ? [id] : [])) : [];
  const purchases = await purchasesFor(services, task, dealsAmong(found));
  const handoff = {
    at: handedOverAt(task),
    customer,
    vin: kindOf(task).vehicleOf(task)?.vin,
    isVoid: isVoid(task),
  };
  const withinDays = services.group.creditWithinDays;
  return purchases.map((purchase) => weigh(handoff, purchase, { contacts, withinDays }));
}

/**
 * A buyer who has only a phone, an address or the co-buyer in common with the customer may lose it when the deal is corrected. Of
 * whom the deal was entered for before, it keeps the number: the handoff is noted there, too, before the deal is read.
 */
function noteWithBuyers(
  services: CreditServices,
  task: AnyTask,
  customer: Party,
  found: readonly CreditEntry[],
): Promise<void> {
  const places = found
    .filter(({ of }) => of === 'deal')
    .flatMap(({ storeId, customerNumber }) => placesOf({ storeId, numbers: [customerNumber] }));
  const known = new Set(placesOf(customer).map(String));
  const others = new Map(places.map((place) => [String(place), place]));
  return noteHandoff(
    services,
    task,
    customer,
    [...others.values()].filter((one) => !known.has(String(one))),
  );
}

/** The deals at the customer's places, and those that were matched before: they may be somebody else's by now. */
async function purchasesFor(
  services: CreditServices,
  task: AnyTask,
  found: readonly string[],
): Promise<readonly Purchase[]> {
  const matched = task.credit?.matches.map(({ deal }) => deal) ?? [];
  const deals = await readDeals(services, [...found, ...matched.map(introductionOf)]);
  return Promise.all(
    deals.flatMap((sale) => (sale.facts.sold ? [purchaseOf(services, task, sale, sale.facts.sold)] : [])),
  );
}

const introductionOf = ({ storeId, dealNumber, use }: DealId): string =>
  taskIdOf('service-introduction', storeId, [dealNumber], use);

async function purchaseOf(
  services: CreditServices,
  { storeId }: AnyTask,
  { subject, use, facts }: Deal,
  sold: VehicleSold,
): Promise<Purchase> {
  const timeZone = findStore(services.group, sold.storeId)?.timeZone ?? 'UTC';
  return {
    deal: { storeId: sold.storeId, dealNumber: subject.dealNumber, ...(use === undefined ? {} : { use }) },
    at: facts.soldSince ?? sold.occurredAt,
    soldOn: deliveryDate(sold, timeZone),
    timeZone,
    buyer: await partyOf(services, sold.storeId, sold.customer),
    coBuyerNumber: sold.coBuyerNumber,
    vin: sold.vehicle.vin,
    tradeIns: sold.tradeIns?.flatMap(({ vin }) => vin ?? []) ?? [],
    salespeople: sold.salespeople.map(({ employeeNumber }) =>
      numberAt(storeId, { storeId: sold.storeId, employeeNumber }),
    ),
    holds: isSaleToCustomer(sold) && facts.unwound === undefined,
  };
}

/**
 * A fact that came late was true before. One that is said again, or corrected, makes it no later handoff: else a sale in between
 * would have come first, and only once somebody does something about the handoff.
 */
function handedOverAt(task: AnyTask): string {
  const { createdAt, started, saidSince } = task;
  const { occurredAt } = kindOf(task).customerFactOf(task) ?? {};
  return earliest([createdAt, started?.at, saidSince, occurredAt]) ?? createdAt;
}

/** Nobody was told, or its end says that there was nothing to hand over. */
function isVoid(task: AnyTask): boolean {
  const { state, assignee } = task;
  const wasGiven = assignee !== undefined && state !== 'awaited' && state !== 'history';
  return !wasGiven || kindOf(task).isVoid(task);
}

async function customerOf(services: CreditServices, task: AnyTask): Promise<Party | undefined> {
  const fact = kindOf(task).customerFactOf(task);
  return fact && partyOf(services, fact.storeId, fact.customer);
}

/** By the address and phone of the fact itself: what is known today would depend on what came first. */
async function partyOf(
  { contacts }: CreditServices,
  storeId: string,
  { customerNumber, email, phone }: Pick<Customer, 'customerNumber' | 'email' | 'phone'>,
): Promise<Party> {
  const { numbers } = await contacts.read({ storeId, customerNumber });
  return {
    storeId,
    numbers: [customerNumber, ...numbers.filter((one) => one !== customerNumber)],
    email,
    phone,
  };
}

const namedBy = ({ storeId, numbers: [customerNumber = ''] }: Party) => ({ storeId, customerNumber });
