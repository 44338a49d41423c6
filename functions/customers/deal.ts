import * as z from 'zod';
import { storedFact, versionFields } from '../contracts/fact-version.ts';
import type { Customer } from '../contracts/fields.ts';
import { type VehicleSold, vehicleSold } from '../contracts/vehicle-sold.ts';
import { type LocalDate, localDate } from '../group/business-time.ts';
import { personNamed } from '../people/across-stores.ts';
import type { Remark } from './statements.ts';

/** The part of a deal's item that other rooms read: the sale, and whether it was reversed. */
export const deal = z.object({
  storeId: z.string(),
  version: z.number().int(),
  subject: z.object({ dealNumber: z.string() }),
  facts: z.object({
    sold: storedFact(vehicleSold.schema).optional(),
    /** Typed by a salesperson: it counts as a sale in the history only after the DMS reports it. */
    typed: z.boolean().optional(),
    unwound: z.object({ ...versionFields, reason: z.string().optional() }).optional(),
    /** When the deal was first reported, if the sale that stands is a later version of it. */
    soldSince: z.string().optional(),
    /** Numbers of customers for whom the deal was entered before it was corrected: they did not buy. */
    formerCustomers: z.array(z.string()).optional(),
  }),
  use: z.number().int().optional(),
  usedAgainSince: z.string().optional(),
  assignee: z.object({ employeeNumber: z.string() }).optional(),
  soldBy: z.string().optional(),
});
export type Deal = z.infer<typeof deal>;

/** A person's employee number if they belong to this store; undefined for somebody of another store. */
export function numberOf(
  { storeId }: Pick<Deal, 'storeId'>,
  named: string | undefined,
  at: string,
): string | undefined {
  const person = named === undefined ? undefined : personNamed(storeId, named);
  return person?.storeId === at ? person.employeeNumber : undefined;
}

const SOLD_TO_DRIVERS: ReadonlySet<string> = new Set(['retail', 'lease']);

/** A sale to a driver: wholesale, fleet and demo deals are ignored. */
export const isSaleToCustomer = ({ dealType }: { dealType: string }): boolean =>
  SOLD_TO_DRIVERS.has(dealType);

/** The day on which the customer takes delivery, in the time zone of the store that sold the car. */
export const deliveryDate = (
  { deliveryAt, deliveryOn, occurredAt }: Pick<VehicleSold, 'deliveryAt' | 'deliveryOn' | 'occurredAt'>,
  timeZone: string,
): LocalDate =>
  deliveryAt === undefined && deliveryOn !== undefined
    ? deliveryOn
    : localDate(timeZone, deliveryAt ?? occurredAt);

type PurchaseParts = 'subject' | 'facts' | 'use' | 'version';

export interface Bought {
  readonly customer: Customer;
  readonly remark: Remark & { readonly dealNumber: string };
}

/**
 * The purchase that a deal records for its customer; undefined until its sale is known. A customer who bought needs no
 * conversation about another car for as long as the policy sets.
 */
export function purchaseOf({ subject, facts, use, version }: Pick<Deal, PurchaseParts>): Bought | undefined {
  const { sold, unwound, typed } = facts;
  if (!sold || typed === true) return undefined;
  const holds = isSaleToCustomer(sold) && !unwound;
  const at = [sold.occurredAt, unwound?.occurredAt ?? ''].toSorted().at(-1) ?? sold.occurredAt;
  const { storeId } = sold;
  const { dealNumber } = subject;
  const about = { storeId, dealNumber, use, dealVersion: version };
  const remark = { said: 'bought', ...about, at, ...(holds ? {} : { takenBack: true }) } as const;
  return { customer: sold.customer, remark };
}

/** A key that changes when the sale must be published again: by its car, owner, date, trade-ins or sellers. */
export function saleKey({ facts: { sold, soldSince, unwound, typed } }: Deal): string | undefined {
  if (!sold || typed === true || unwound || !isSaleToCustomer(sold)) return undefined;
  const { vehicle, customer, deliveryAt, deliveryOn, dealType, salespeople, coBuyerNumber, tradeIns } = sold;
  const sellers = salespeople.map(({ employeeNumber }) => employeeNumber);
  const when = [deliveryAt, deliveryOn, dealType, soldSince ?? sold.occurredAt];
  return JSON.stringify([vehicle.vin, customer.customerNumber, coBuyerNumber, tradeIns, when, sellers]);
}

/** A key that changes when the purchase must be published again because its customer can be found by something else. */
export function purchaseKey(of: Pick<Deal, PurchaseParts>): string | undefined {
  const bought = purchaseOf(of);
  if (!bought || bought.remark.takenBack === true) return undefined;
  const { customerNumber, email, phone } = bought.customer;
  return JSON.stringify([customerNumber, email, phone]);
}
