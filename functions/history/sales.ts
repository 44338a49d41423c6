import * as z from 'zod';
import {
  compareVersions,
  type FactVersion,
  factVersion,
  isNewer,
  type Received,
  reverses,
  versionFields,
  versionOf,
} from '../contracts/fact-version.ts';
import { identifier, localDate, storeId, vin } from '../contracts/fields.ts';
import { type VehicleSold, vehicleSold } from '../contracts/vehicle-sold.ts';
import { deliveryDate, isSaleToCustomer } from '../customers/deal.ts';
import { isAnotherUse } from '../handoff/number-reuse.ts';

/**
 * The history of sales: each deal once, in its latest version. It holds only numbers and dates, no name and no address. It
 * records who bought which car when, and starts no handoff and no email.
 */
const sale = z.object({
  storeId,
  dealNumber: identifier,
  dealType: vehicleSold.schema.shape.dealType,
  vin,
  customerNumber: identifier,
  soldOn: localDate,
  /** Whether the sale itself names the day of delivery. */
  isDated: z.boolean().optional(),
  /** By employee number; the first owns the customer. */
  salespeople: z.array(z.string()).default([]),
  /** A customer number at the same store. */
  coBuyerNumber: identifier.optional(),
  /** VINs of the cars that the customer traded in. */
  tradeIns: z.array(z.string()).optional(),
  ...versionFields,
});
export type Sale = z.infer<typeof sale>;

export function saleFrom(sold: Received<VehicleSold>, timeZone: string): Sale {
  const { coBuyerNumber } = sold;
  const tradeIns = sold.tradeIns?.flatMap(({ vin: given }) => given ?? []) ?? [];
  const isDated = sold.deliveryAt !== undefined || sold.deliveryOn !== undefined;
  return {
    storeId: sold.storeId,
    dealNumber: sold.dealNumber,
    dealType: sold.dealType,
    vin: sold.vehicle.vin,
    customerNumber: sold.customer.customerNumber,
    soldOn: deliveryDate(sold, timeZone),
    ...(isDated ? { isDated } : {}),
    salespeople: sold.salespeople.map(({ employeeNumber }) => employeeNumber),
    ...(coBuyerNumber === undefined ? {} : { coBuyerNumber }),
    ...(tradeIns.length === 0 ? {} : { tradeIns }),
    ...versionOf(sold),
  };
}

const delivery = z.object({ on: localDate, ...versionFields });

/** Everything known about one deal number. */
export const knownDeal = z.object({
  sale: sale.optional(),
  /** The day of delivery, from the latest version that names one. */
  delivery: delivery.optional(),
  /**
   * The day of the oldest version. It is used if no version names a delivery, because a correction may be dated weeks after the
   * sale.
   */
  earliestSoldOn: localDate.optional(),
  unwoundBy: factVersion.optional(),
});
export type KnownDeal = z.infer<typeof knownDeal>;

/** Applies one version of a deal. The result does not depend on the order of the versions. */
export function withSale(known: KnownDeal, reported: Sale): KnownDeal {
  const { sale: before } = known;
  if (before && isAnotherUse(reported, before))
    return isNewer(reported, before) ? withSale({}, reported) : known;
  const dated = reported.isDated === true ? { on: reported.soldOn, ...versionOf(reported) } : undefined;
  return {
    ...known,
    sale: isNewer(reported, before) ? reported : before,
    delivery: dated && isNewer(dated, known.delivery) ? dated : known.delivery,
    earliestSoldOn: [
      reported.soldOn,
      ...(known.earliestSoldOn === undefined ? [] : [known.earliestSoldOn]),
    ].toSorted()[0],
  };
}

/** The sale with the day on which it was made. If the deal was written again after it was unwound, that is the later day. */
export function saleOf({
  sale: latest,
  delivery: by,
  earliestSoldOn,
  unwoundBy,
}: KnownDeal): Sale | undefined {
  if (!latest) return undefined;
  const isWrittenAgain = unwoundBy !== undefined && !reverses(unwoundBy, latest);
  if (isWrittenAgain) return by && !reverses(unwoundBy, by) ? { ...latest, soldOn: by.on } : latest;
  return { ...latest, soldOn: by?.on ?? earliestSoldOn ?? latest.soldOn };
}

export const withUnwinding = (known: KnownDeal, by: FactVersion): KnownDeal =>
  isNewer(by, known.unwoundBy) ? { ...known, unwoundBy: by } : known;

/** Whether the deal made nobody the owner: it was unwound, or is a wholesale, fleet or demo deal. */
export const isTakenBack = ({ sale: made, unwoundBy }: KnownDeal): boolean =>
  made !== undefined && (!isSaleToCustomer(made) || (unwoundBy !== undefined && reverses(unwoundBy, made)));

/** Every car whose owner the deal changes. */
export const carsOf = ({ vin: sold, tradeIns = [] }: Pick<Sale, 'vin' | 'tradeIns'>): readonly string[] => [
  ...new Set([sold, ...tradeIns]),
];

/** A sale as stored with each of its cars and with its customer. */
export const placedSale = sale.extend({
  takenBack: z.boolean().optional(),
  /** Stored with a car that the customer traded in. */
  isTradeIn: z.boolean().optional(),
});
export type PlacedSale = z.infer<typeof placedSale>;

/** Oldest first. */
export function bySale(a: Pick<Sale, 'soldOn'> & FactVersion, b: Pick<Sale, 'soldOn'> & FactVersion): number {
  if (a.soldOn === b.soldOn) return compareVersions(a, b);
  return a.soldOn < b.soldOn ? -1 : 1;
}
