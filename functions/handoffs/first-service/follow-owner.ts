import type { VehicleOwnerChanged } from '../../contracts/vehicle-owner-changed.ts';
import { type Deal, isSaleToCustomer } from '../../customers/deal.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { soldOnBy, withoutSale, withSale } from '../../history/car-owners.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import type { Cars } from '../../ports.ts';
import { readDeal } from '../any-kind/read-deal.ts';
import { decideSoldOn } from './decide.ts';
import { blankFirstService } from './task.ts';

export interface OwnerServices extends Services {
  readonly cars: Cars;
}

/** A car changed hands: the first service of the owner before, at any store of the group, is over. */
export async function followOwner(
  services: OwnerServices,
  { storeId, dealNumber, use }: VehicleOwnerChanged,
): Promise<string> {
  const known = await readDeal(services, { storeId, dealNumber, use });
  const { sold, unwound, formerVins = [] } = known?.facts ?? {};
  if (!known || !sold) return 'no-such-deal';
  for (const vin of formerVins)
    await services.cars.change(vin, (owners) => withoutSale(owners, { storeId, dealNumber }));
  const { vin } = sold.vehicle;
  if (isStandIn(vin)) return 'no-vin';
  if (unwound || !isSaleToCustomer(sold)) {
    await services.cars.change(vin, (owners) => withoutSale(owners, { storeId, dealNumber }));
    return 'taken-back';
  }
  return endFormer(services, vin, saleOf(known, sold));
}

const saleOf = ({ subject }: Deal, sold: NonNullable<Deal['facts']['sold']>) => ({
  storeId: sold.storeId,
  dealNumber: subject.dealNumber,
  customerNumber: sold.customer.customerNumber,
  soldAt: sold.deliveryAt ?? sold.occurredAt,
});

async function endFormer(
  services: OwnerServices,
  vin: string,
  sale: ReturnType<typeof saleOf>,
): Promise<string> {
  const owners = await services.cars.change(vin, (known) => withSale(known, sale));
  const outcomes = ['owner known'];
  for (const owner of owners.firstServices) {
    const soldOn = soldOnBy(owners, owner);
    if (!soldOn) continue;
    const { storeId, customerNumber } = owner;
    const { outcome } = await decideAndDeliver(services, {
      storeId,
      blank: (now) => blankFirstService(storeId, { vin, customerNumber }, now),
      decide: (task, context) => decideSoldOn(task, soldOn.soldAt, context),
    });
    outcomes.push(outcome);
  }
  return outcomes.join(', ');
}
