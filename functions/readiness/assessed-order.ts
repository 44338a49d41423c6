import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { repairQuoted } from '../contracts/repair-quoted.ts';
import { otherLanguageOf } from '../customers/customer.ts';
import { lookedUp } from '../enrich/looked-up.ts';
import type { LocalDate } from '../group/business-time.ts';
import { historySummary } from '../history/visits.ts';
import { type Routed, route } from '../people/routing.ts';
import type { Roster } from '../people/staff.ts';
import { appraisal, withValue } from './appraisal.ts';
import { assessment } from './assessment.ts';

/** The part of a repair order's item that other rooms read: the quote and its assessment. */
export const assessedOrder = z.object({
  storeId: z.string(),
  subject: z.object({ roNumber: z.string() }),
  facts: z.object({ quote: storedFact(repairQuoted.schema).optional() }),
  /** The assigned advisor. */
  assignee: z.object({ employeeNumber: z.string() }).optional(),
  appraisal: appraisal.pick({ answer: true }).optional(),
  lookedUp: lookedUp.optional(),
  assessment: assessment.optional(),
  history: historySummary.optional(),
  correlationId: z.string().optional(),
});
export type AssessedOrder = z.infer<typeof assessedOrder>;

/** The order with its car's value by the used-car desk while that holds, else by a guide where the quote has none. */
export function appraised(order: AssessedOrder, today: LocalDate): AssessedOrder {
  const { quote } = order.facts;
  return quote ? { ...order, facts: { quote: withValue(quote, order, today) } } : order;
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
