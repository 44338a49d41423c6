import type { VehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import { type Deal, isSaleToCustomer } from '../../customers/deal.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { type CarOwners, type Owner, soldOnBy, withoutSale, withSale } from '../../history/car-owners.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import type { Cars } from '../../ports.ts';
import { readDeal } from '../any-kind/read-deal.ts';
import { decideOwner } from './reversals.ts';
import { blankFirstService } from './task.ts';

export interface OwnerServices extends Services {
  readonly cars: Cars;
}

/** A car changed hands, or it turned out that it did not. */
export async function followOwner(
  services: OwnerServices,
  { storeId, dealNumber, use }: VehicleOwnerChanged,
): Promise<string> {
  const known = await readDeal(services, { storeId, dealNumber, use });
  const { sold, unwound, formerVins = [] } = known?.facts ?? {};
  if (!known || !sold) return 'no-such-deal';
  const made = { storeId, dealNumber };
  for (const vin of formerVins) await tellOwners(services, vin, (owners) => withoutSale(owners, made));
  const { vin } = sold.vehicle;
  if (isStandIn(vin)) return 'no-vin';
  const holds = !unwound && isSaleToCustomer(sold);
  return tellOwners(services, vin, (owners) =>
    holds ? withSale(owners, saleOf(known, sold)) : withoutSale(owners, made),
  );
}

const saleOf = ({ subject }: Deal, sold: NonNullable<Deal['facts']['sold']>) => ({
  storeId: sold.storeId,
  dealNumber: subject.dealNumber,
  customerNumber: sold.customer.customerNumber,
  soldAt: sold.deliveryAt ?? sold.occurredAt,
});

/** Everybody whose first service of the car is known, at any store of the group. */
async function tellOwners(
  services: OwnerServices,
  vin: string,
  change: (owners: CarOwners) => CarOwners,
): Promise<string> {
  const owners = await services.cars.change(vin, change);
  const outcomes = ['owner known'];
  for (const owner of owners.firstServices) outcomes.push(await tellOwner(services, vin, owner, owners));
  return outcomes.join(', ');
}

/** Two deals of one car may be followed at the same moment: told again if the owners changed meanwhile. */
async function tellOwner(
  services: OwnerServices,
  vin: string,
  owner: Owner,
  owners: CarOwners,
): Promise<string> {
  const { storeId, customerNumber } = owner;
  const soldOnAt = soldOnBy(owners, owner)?.soldAt;
  const { outcome, changed } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankFirstService(storeId, { vin, customerNumber }, now),
    decide: (task, context) => decideOwner(task, soldOnAt, context),
  });
  if (!changed) return outcome;
  const now = await services.cars.read(vin);
  return soldOnBy(now, owner)?.soldAt === soldOnAt ? outcome : tellOwner(services, vin, owner, now);
}
