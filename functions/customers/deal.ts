import * as z from 'zod';
import type { Customer } from '../contracts/fields.ts';
import { vehicleSold } from '../contracts/vehicle-sold.ts';
import type { Remark } from './statements.ts';

/** What the item of a deal knows, whoever reads it: the sale as its contract has it, and whether it was reversed. */
export const deal = z.object({
  storeId: z.string(),
  subject: z.object({ dealNumber: z.string() }),
  facts: z.object({
    sold: vehicleSold.schema.optional(),
    unwound: z.object({ occurredAt: z.string(), reason: z.string().optional() }).optional(),
  }),
  assignee: z.object({ employeeNumber: z.string() }).optional(),
});
export type Deal = z.infer<typeof deal>;

const SOLD_TO_DRIVERS: ReadonlySet<string> = new Set(['retail', 'lease']);

/** A sale to a customer who drives the car: wholesale, fleet and demo deals are ignored. */
export const isSaleToCustomer = ({ dealType }: { dealType: string }): boolean =>
  SOLD_TO_DRIVERS.has(dealType);

export interface Bought {
  readonly customer: Customer;
  readonly remark: Remark & { readonly dealNumber: string };
}

/**
 * What the deal says of its customer now; nothing before its sale is known. A customer who bought needs no conversation
 * about another car for as long as the policy says.
 */
export function purchaseOf({ storeId, subject, facts }: Deal): Bought | undefined {
  const { sold, unwound } = facts;
  if (!sold) return undefined;
  const holds = isSaleToCustomer(sold) && !unwound;
  const at = [sold.occurredAt, unwound?.occurredAt ?? ''].toSorted().at(-1) ?? sold.occurredAt;
  const { dealNumber } = subject;
  const remark = { said: 'bought', storeId, dealNumber, at, ...(holds ? {} : { takenBack: true }) } as const;
  return { customer: sold.customer, remark };
}

/** Changes when the deal says something else of its customer, and so has to be told again. */
export function purchaseKey(of: Deal): string | undefined {
  const bought = purchaseOf(of);
  if (!bought || bought.remark.takenBack === true) return undefined;
  return JSON.stringify([bought.customer.customerNumber, bought.customer.email]);
}
