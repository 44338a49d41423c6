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
import { type Party, type Purchase, placesOf, placesOfBuyers, weigh } from '../../ledger/credit/weigh.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { householdsAmong } from '../../outbox/draw-holdout.ts';
import { numberAt } from '../../people/across-stores.ts';
import type { CreditEntry, CreditPlaces } from '../../ports.ts';

/**
 * Finds the handoffs that led to a sale. A handoff, a deal and a contact are each noted under the customer's numbers,
 * addresses and phones before the others are looked up there. So whichever is handled last finds the rest, in any
 * order and if repeated.
 */
export interface CreditServices extends Services {
  readonly credit: CreditPlaces;
}

/** Called when the handoff may have a new customer, or has ended: its later sales are weighed again. */
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
  /** The ids of the buyer's households in the holdout. */
  readonly households: readonly string[];
}

/** A deal was made, corrected or unwound. The handoffs of everybody who was ever its buyer are weighed again. */
export async function matchDeal(services: CreditServices, sale: Deal): Promise<MatchedDeal> {
  const { sold, formerCustomers = [] } = sale.facts;
  if (!sold) return { credited: [], households: [] };
  const buyer = await partyOf(services, sold.storeId, sold.customer);
  const id = taskIdOf('service-introduction', sold.storeId, [sale.subject.dealNumber], sale.use);
  const places = placesOf(buyer, sold.coBuyerNumber);
  await services.credit.note({ of: 'deal', id, ...namedBy(buyer) }, places, services.clock.now());
  const { storeId, customer } = sold;
  const buyers = placesOfBuyers({ storeId, numbers: [customer.customerNumber, ...formerCustomers] });
  const found = await services.credit.find(places);
  const former = await services.credit.find(notAmong(places, buyers));
  const credited = await weighHandoffs(services, [...found, ...former]);
  return { credited, households: householdsAmong(found).map((one) => one.id) };
}

/** The deals of a handoff's customer in their current state. */
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

/** Sales, or another system for Sales, contacted the customer. */
export async function matchContact(
  services: CreditServices,
  { storeId, customer, at }: { readonly storeId: string; readonly customer: Customer; readonly at: string },
): Promise<readonly AnyTask[]> {
  const party = await partyOf(services, storeId, customer);
  const places = placesOf(party);
  await services.credit.note({ of: 'contact', id: at, ...namedBy(party) }, places, services.clock.now());
  return weighHandoffs(services, await services.credit.find(places));
}

/** After a merge, a contact or a deal noted under one of the numbers concerns the handoffs under all of them. */
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
  // A salesperson who hands a shopper to Service is in contact with them already, so contacts do not count here.
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
 * Also notes the handoff under the customer numbers of buyers who share only a phone, an address or the co-buyer with
 * the customer. A correction of the deal may remove what they share, but a deal keeps the numbers of its former
 * buyers. This happens before the deal is read.
 */
function noteWithBuyers(
  services: CreditServices,
  task: AnyTask,
  customer: Party,
  found: readonly CreditEntry[],
): Promise<void> {
  const places = found
    .filter(({ of }) => of === 'deal')
    .flatMap(({ storeId, customerNumber }) => placesOfBuyers({ storeId, numbers: [customerNumber] }));
  return noteHandoff(services, task, customer, notAmong(placesOf(customer), places));
}

/** Each of the others once. */
function notAmong(places: readonly LookUp[], others: readonly LookUp[]): LookUp[] {
  const known = new Set(places.map(String));
  const byText = new Map(others.map((place) => [String(place), place]));
  return [...byText.values()].filter((place) => !known.has(String(place)));
}

/** The deals of the customer, and those that were matched before, which may have another buyer now. */
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
 * When the customer was handed over: the earliest known time. A late fact was true before it arrived, and a repeated
 * or corrected fact does not make the handoff later. Otherwise a sale in between would seem to come first once
 * somebody acts on the handoff.
 */
function handedOverAt(task: AnyTask): string {
  const { createdAt, started, saidSince } = task;
  const { occurredAt } = kindOf(task).customerFactOf(task) ?? {};
  return earliest([createdAt, started?.at, saidSince, occurredAt]) ?? createdAt;
}

/** Nobody was assigned, or the handoff ended in a way that means that there was nothing to hand over. */
function isVoid(task: AnyTask): boolean {
  const { state, assignee } = task;
  const wasGiven = assignee !== undefined && state !== 'awaited' && state !== 'history';
  return !wasGiven || kindOf(task).isVoid(task);
}

async function customerOf(services: CreditServices, task: AnyTask): Promise<Party | undefined> {
  const fact = kindOf(task).customerFactOf(task);
  return fact && partyOf(services, fact.storeId, fact.customer);
}

/** Uses the address and phone in the fact itself: the result must not depend on which fact arrived first. */
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
