import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import type { KnownCar } from '../../history/car-owners.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { numbersAmong } from '../../outbox/numbers-among.ts';
import { everyKind } from '../kinds.ts';

/**
 * Gives a car's appointment to the introduction of its sale, which shows a booked first visit. An appointment is stored with
 * the car before the car's sales are read, and a sale is stored before the appointments are read: whichever comes second finds
 * the other.
 */
export async function followFirstVisit(
  services: Services,
  reported: ReportedAppointment,
  { sales }: Pick<KnownCar, 'sales'>,
): Promise<string[]> {
  const { storeId, customerNumber, vin } = reported.detail;
  const numbers =
    customerNumber === undefined ? [] : await numbersAmong(services, sales, { storeId, customerNumber });
  const sale = sales.findLast((made) => made.isTradeIn !== true);
  const isOfOthers =
    customerNumber !== undefined && sale?.storeId === storeId && !numbers.includes(sale.customerNumber);
  if (!sale || isOfOthers) return [];
  const ofSale = { dealNumber: sale.dealNumber, customerNumber: sale.customerNumber, vin };
  const fact = {
    ...reported,
    storeId: sale.storeId,
    vin: undefined,
    customerNumber: undefined,
    sale: ofSale,
  };
  const outcomes: string[] = [];
  for (const kind of everyKind) {
    const followed = kind.follow(fact);
    if (followed)
      outcomes.push((await decideAndDeliver(services, { storeId: sale.storeId, ...followed })).outcome);
  }
  return outcomes;
}
