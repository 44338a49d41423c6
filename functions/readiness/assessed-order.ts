import * as z from 'zod';
import { repairQuoted } from '../contracts/repair-quoted.ts';
import { historySummary } from '../history/visits.ts';
import { type Routed, route } from '../people/routing.ts';
import type { Roster } from '../people/staff.ts';
import { assessment } from './assessment.ts';

/** What the item of a repair order knows of an upgrade, whoever reads it: the quote, and what was decided of it. */
export const assessedOrder = z.object({
  storeId: z.string(),
  subject: z.object({ roNumber: z.string() }),
  facts: z.object({ quote: repairQuoted.schema.optional() }),
  /** The advisor who has it. */
  assignee: z.object({ employeeNumber: z.string() }).optional(),
  assessment: assessment.optional(),
  history: historySummary.optional(),
  correlationId: z.string().optional(),
});
export type AssessedOrder = z.infer<typeof assessedOrder>;

/** Who would talk to the customer: their own salesperson, the advisor's partner, a fair choice, the manager. */
export function routeToSales(
  { storeId, subject, facts: { quote }, assignee }: AssessedOrder,
  { roster, today }: { readonly roster: Roster; readonly today: string },
): Routed {
  const customer = quote?.customer.customerNumber ?? subject.roNumber;
  return route({
    department: 'sales',
    roster,
    on: today,
    ownNumber: quote?.salespersonNumber,
    advisorNumber: assignee?.employeeNumber,
    customer: `${storeId}/${customer}`,
  });
}
