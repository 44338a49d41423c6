import { versionOf } from '../../contracts/fact-version.ts';
import type { VehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import type { CustomerCards } from '../../customers/ports.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { startOfDay } from '../../group/business-time.ts';
import { boughtOn, isDealOfOthers, type KnownCar, type Owner, soldOnBy } from '../../history/car-owners.ts';
import type { Cars, SaleHistory } from '../../history/ports.ts';
import { carsOf, saleFrom } from '../../history/sales.ts';
import { contextOf, decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { type DescribedOwner, sameOwners } from '../../outbox/same-owners.ts';
import { followFirstVisit } from '../any-kind/follow-first-visit.ts';
import { readDeal } from '../any-kind/read-deal.ts';
import { decideOwner } from './reversals.ts';
import { blankFirstService } from './task.ts';

export interface OwnerServices extends Services {
  readonly cars: Cars;
  readonly customers: CustomerCards;
  readonly sales: SaleHistory;
}

/**
 * A deal made somebody the owner of a car, or no longer does. A sale is stored before the car's first services are read, and a
 * first service is stored before it reads the car's sales: whichever comes second finds the other.
 */
export async function followOwner(
  services: OwnerServices,
  { storeId, dealNumber, use }: VehicleOwnerChanged,
): Promise<string> {
  const known = await readDeal(services, { storeId, dealNumber, use });
  const { sold, unwound } = known?.facts ?? {};
  if (!sold) return 'no-such-deal';
  const { store } = await contextOf(services, sold.storeId);
  const sale = saleFrom(sold, store.timeZone);
  const { formerVins } = await services.sales.record(sale, unwound && versionOf(unwound));
  const buyer = { owner: sale, as: sold.customer };
  const outcomes: string[] = [];
  for (const vin of [...formerVins, ...carsOf(sale)]) {
    if (isStandIn(vin)) {
      outcomes.push('no-vin');
      continue;
    }
    const car = await services.cars.read(vin);
    outcomes.push(await endForFormerOwners(services, { vin, described: [buyer] }, car));
    // Appointments that were booked before the sale was known.
    const waiting = vin === sale.vin ? car.appointments : [];
    for (const reported of waiting) outcomes.push(...(await followFirstVisit(services, reported, car)));
  }
  return outcomes.join(', ');
}

/** Decides the first service of every known owner of the car, at any store of the group. */
async function endForFormerOwners(
  services: OwnerServices,
  about: { readonly vin: string; readonly described: readonly DescribedOwner[] },
  car: KnownCar,
): Promise<string> {
  const outcomes = ['owner known'];
  for (const owner of car.firstServices) outcomes.push(await endForOwner(services, { ...about, owner }, car));
  return outcomes.join(', ');
}

/** Two deals of one car may be processed at once, so this decides again if the owners changed meanwhile. */
async function endForOwner(
  services: OwnerServices,
  about: { readonly vin: string; readonly owner: Owner; readonly described: readonly DescribedOwner[] },
  car: KnownCar,
): Promise<string> {
  const { vin, owner, described } = about;
  const { storeId, customerNumber } = owner;
  const isTheirs = await sameOwners(services, car.sales, owner, described);
  const [soldOn, bought] = [soldOnBy(car, isTheirs), boughtOn(car, isTheirs)];
  const { outcome, changed } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankFirstService(storeId, { vin, customerNumber }, now),
    decide: (task, context) =>
      decideOwner(
        task,
        {
          soldOnAt: soldOn && startOfDay(context.store.timeZone, soldOn),
          boughtOn: bought,
          isOthersDeal: (deal) => isDealOfOthers(car, deal, isTheirs),
        },
        context,
      ),
  });
  if (!changed) return outcome;
  const now = await services.cars.read(vin);
  return soldOnBy(now, isTheirs) === soldOn ? outcome : endForOwner(services, about, now);
}
