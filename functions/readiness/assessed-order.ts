import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { repairQuoted } from '../contracts/repair-quoted.ts';
import { otherLanguageOf } from '../customers/customer.ts';
import type { LocalDate } from '../group/business-time.ts';
import { historySummary } from '../history/visits.ts';
import { type Routed, route } from '../people/routing.ts';
import type { Roster } from '../people/staff.ts';
import { appraisal, withAppraisal } from './appraisal.ts';
import { assessment } from './assessment.ts';

/** The part of a repair order's item that other rooms read: the quote and its assessment. */
export const assessedOrder = z.object({
  storeId: z.string(),
  subject: z.object({ roNumber: z.string() }),
  facts: z.object({ quote: storedFact(repairQuoted.schema).optional() }),
  /** The assigned advisor. */
  assignee: z.object({ employeeNumber: z.string() }).optional(),
  appraisal: appraisal.pick({ answer: true }).optional(),
  assessment: assessment.optional(),
  history: historySummary.optional(),
  correlationId: z.string().optional(),
});
export type AssessedOrder = z.infer<typeof assessedOrder>;

/** The order with the used-car desk's number as its car's value, while that holds. */
export function appraised(order: AssessedOrder, today: LocalDate): AssessedOrder {
  const { quote } = order.facts;
  return quote ? { ...order, facts: { quote: withAppraisal(quote, order.appraisal, today) } } : order;
}

/** Routes the conversation: the customer's own salesperson, the advisor's partner, a fair choice, the manager. */
export function routeToSales(
  { storeId, subject, facts: { quote }, assignee }: AssessedOrder,
  { roster, today }: { readonly roster: Roster; readonly today: string },
  not: readonly string[] = [],
): Routed {
  const customer = quote?.customer.customerNumber ?? subject.roNumber;
  return route({
    department: 'sales',
    roster,
    on: today,
    ownNumber: quote?.salespersonNumber,
    partnerOf: assignee?.employeeNumber,
    customer: `${storeId}/${customer}`,
    language: otherLanguageOf(quote?.customer),
    not,
  });
}
