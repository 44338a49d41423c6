import { OWN_SOURCE } from '../../contracts/contract.ts';
import type { Received } from '../../contracts/fact-version.ts';
import type { FirstServiceDue } from '../../contracts/first-service-due.ts';
import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import { type Deal, numberOf } from '../../customers/deal.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { daysBetween, startOfDay } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { isAnotherUse, usedBy } from '../../handoff/number-reuse.ts';
import {
  boughtOn,
  type CarOwners,
  isOwner,
  type KnownCar,
  mayBeOf,
  type Owner,
  soldOnBy,
  withFirstService,
} from '../../history/car-owners.ts';
import type { HistoryStore } from '../../history/ports.ts';
import { contextOf, decideAndDeliver, placeOfSale, type Services } from '../../outbox/decide-and-deliver.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import { sameOwners } from '../../outbox/same-owners.ts';
import { readDeal } from '../any-kind/read-deal.ts';
import { decideReported } from './appointments.ts';
import { decideDue } from './decide.ts';
import type { OwnerServices } from './follow-owner.ts';
import { appointmentsNaming, type NamingServices } from './named-appointments.ts';
import { blankFirstService, type FirstServiceVisit } from './task.ts';
import { withUnwindingOf } from './unwindings.ts';

export interface FirstServiceServices extends OwnerServices, NamingServices {
  readonly history: HistoryStore;
}

/** The first service is coming up: invite the customer, let Service prepare, and ask the salesperson to be there. */
export async function prepareFirstService(
  services: FirstServiceServices,
  due: Received<FirstServiceDue>,
  { source }: { readonly source: string },
): Promise<string> {
  const { storeId, vehicle } = due;
  await keepNoContact(services, due);
  const raisedByUs = source === OWN_SOURCE;
  const sale = raisedByUs ? undefined : await saleOf(services, due);
  const known = sale ? withTheSale(due, sale) : due;
  const owner = await ownerOf(services, due);
  const isElsewhere = owner.storeId !== storeId;
  const { appointments, ...ofCar } = await knownOfCar(services, due, owner);
  const { outcome } = await decideAndDeliver(services, {
    ...(isElsewhere ? { storeId: owner.storeId } : { ...placeOfSale(services.group, known), places: true }),
    blank: (now) =>
      blankFirstService(owner.storeId, { vin: vehicle.vin, customerNumber: owner.customerNumber }, now),
    decide: (task, context) =>
      decideDue(
        withAppointments(isElsewhere ? task : withUnwinding(task, sale), appointments, context),
        isElsewhere ? asKnownThere(known, task) : known,
        { raisedByUs, ...ofCar },
        context,
      ),
  });
  return outcome;
}

/** Applies appointments that arrived first and waited with the car. Later ones find the task themselves. */
const withAppointments = (
  task: FirstServiceVisit,
  waiting: readonly ReportedAppointment[],
  context: Context,
): FirstServiceVisit =>
  task.facts.due ? task : waiting.reduce((known, one) => decideReported(known, one, context).task, task);

/** The sale of this customer or this car: each use of a reused deal number has a task of its own. */
async function saleOf(services: Services, due: FirstServiceDue): Promise<Deal | undefined> {
  const { storeId, dealNumber } = due;
  if (dealNumber === undefined) return undefined;
  for (let use = 1; ; use += 1) {
    const sale = await readDeal(services, { storeId, dealNumber, use });
    if (!sale || !isAnotherUse(usedBy(due), usedBy(sale.facts.sold ?? {}))) return sale;
    if (sale.usedAgainSince === undefined) return undefined;
  }
}

/** If an unwinding that names neither car nor customer arrived before the sale, only the deal knows of it. */
function withUnwinding(task: FirstServiceVisit, sale: Deal | undefined): FirstServiceVisit {
  const unwound = sale?.facts.unwound;
  if (!sale || !unwound) return task;
  const facts = withUnwindingOf(task.facts, { ...unwound, ...sale.subject });
  return facts === task.facts ? task : { ...task, facts };
}

/**
 * The customer number and store under which this car's first service is known: the dealer system may have merged that number
 * with this one since, or another store's system may have reported it first. Stored before the decision, so that a later sale
 * of the car finds this first service.
 */
async function ownerOf(
  services: FirstServiceServices,
  { storeId, customer, vehicle }: FirstServiceDue,
): Promise<Owner> {
  const { cars } = services;
  const { customerNumber } = customer;
  const { vin } = vehicle;
  const here = { storeId, customerNumber };
  if (isStandIn(vin)) return here;
  const isAlone = ({ firstServices }: CarOwners) => firstServices.length === 0;
  const { firstServices } = await cars.change(vin, (known) =>
    isAlone(known) ? withFirstService(known, here) : known,
  );
  if (firstServices.some((one) => isOwner(one, here))) return here;
  const described = [{ owner: here, as: customer }];
  const isTheirs = await sameOwners(services, firstServices, here, described);
  const known = firstServices.filter(isTheirs);
  const sales = known.length === 0 ? [] : (await cars.read(vin)).sales;
  const same = known.find((one) => one.storeId === storeId || isSamePurchase({ sales }, one, here));
  if (!same) await cars.change(vin, (owners) => withFirstService(owners, here));
  return same ?? here;
}

/** Two stores enter the same sale within days of each other; a lease buyout a year later is another sale. */
const DAYS_BETWEEN_SYSTEMS = 45;

function isSamePurchase(car: Pick<KnownCar, 'sales'>, one: Owner, other: Owner): boolean {
  const [first, second] = [one, other].map((owner) => boughtOn(car, (made) => isOwner(made, owner)));
  if (first === undefined || second === undefined) return true;
  return Math.abs(daysBetween(first, second)) <= DAYS_BETWEEN_SYSTEMS;
}

/** The same first service, reported by another store's dealer system: its date counts, but its numbers mean nothing here. */
function asKnownThere(due: Received<FirstServiceDue>, task: FirstServiceVisit): Received<FirstServiceDue> {
  const { due: known, raisedByUs } = task.facts;
  if (!known) return due;
  // The date from the handoff's own dealer system takes precedence.
  if (raisedByUs !== true) return known;
  const { storeId, customer, dealNumber, followsSale, serviceAt, promises, prepaid } = known;
  const { salespersonNumber, serviceAdvisorNumber } = known;
  return {
    ...due,
    ...{ storeId, customer, dealNumber, followsSale, serviceAt, promises, prepaid },
    ...{ salespersonNumber, serviceAdvisorNumber },
  };
}

async function knownOfCar(services: FirstServiceServices, due: FirstServiceDue, owner: Owner) {
  const { vehicle, customer, storeId } = due;
  const { vin } = vehicle;
  if (isStandIn(vin)) return { boughtOn: undefined, soldOnAt: undefined, visits: [], appointments: [] };
  const { store, today } = await contextOf(services, storeId);
  const numbers = [...new Set([owner.customerNumber, customer.customerNumber])];
  const car = await services.cars.read(vin);
  const visits = await services.history.readCar(vin, today);
  const described = [{ owner: { storeId, customerNumber: customer.customerNumber }, as: customer }];
  const isTheirs = await sameOwners(services, car.sales, owner, described);
  const soldOn = soldOnBy(car, isTheirs);
  return {
    boughtOn: boughtOn(car, isTheirs),
    soldOnAt: soldOn && startOfDay(store.timeZone, soldOn),
    appointments: [
      ...car.appointments.filter(({ detail }) => mayBeOf(detail, owner, numbers)),
      ...(await appointmentsNaming(services, due, numbers)),
    ],
    visits: visits.filter(({ voided }) => voided !== true),
  };
}

/** Details of the sale that the DMS event omits: the introduced advisor, the salesperson, the promises. */
function withTheSale(due: Received<FirstServiceDue>, known: Deal): Received<FirstServiceDue> {
  const { sold } = known.facts;
  if (!sold) return due;
  const advisor = numberOf(known, known.assignee?.employeeNumber, known.storeId) ?? sold.serviceAdvisorNumber;
  const seller = numberOf(known, known.soldBy, sold.storeId) ?? sold.salespeople[0]?.employeeNumber;
  return {
    ...(seller === undefined ? {} : { salespersonNumber: seller }),
    ...(known.storeId === sold.storeId ? {} : { serviceAt: known.storeId }),
    ...(advisor === undefined ? {} : { serviceAdvisorNumber: advisor }),
    ...(sold.promises ? { promises: sold.promises } : {}),
    ...(sold.prepaid ? { prepaid: sold.prepaid } : {}),
    followsSale: { occurredAt: sold.occurredAt, revision: sold.revision },
    ...due,
  };
}
