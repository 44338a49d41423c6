import * as z from 'zod';
import { storedFact } from '../contracts/fact-version.ts';
import { repairQuoted } from '../contracts/repair-quoted.ts';
import { serviceVisitOpened } from '../contracts/service-visit-opened.ts';
import { otherLanguageOf } from '../customers/customer.ts';
import { lookedUp } from '../enrich/looked-up.ts';
import type { LocalDate } from '../group/business-time.ts';
import { historySummary } from '../history/visits.ts';
import { type Routed, type RoutingQuestion, route } from '../people/routing.ts';
import type { Roster } from '../people/staff.ts';
import { appraisal, withValue } from './appraisal.ts';
import { assessment } from './assessment.ts';
import { type Occasion, occasionOf } from './occasion.ts';

/** The part of a repair order's item that other rooms read: its quote or visit, and the assessment. */
export const assessedOrder = z.object({
  storeId: z.string(),
  subject: z.object({ roNumber: z.string() }),
  facts: z.object({
    quote: storedFact(repairQuoted.schema).optional(),
    visit: storedFact(serviceVisitOpened.schema).optional(),
  }),
  /** The assigned advisor. */
  assignee: z.object({ employeeNumber: z.string() }).optional(),
  appraisal: appraisal.pick({ answer: true }).optional(),
  lookedUp: lookedUp.optional(),
  assessment: assessment.optional(),
  history: historySummary.optional(),
  correlationId: z.string().optional(),
});
export type AssessedOrder = z.infer<typeof assessedOrder>;

/** The order with its car's value: the used-car desk's while that is valid, else a guide's if nobody else gave one. */
export function appraised(order: AssessedOrder, today: LocalDate): AssessedOrder {
  const { quote, visit } = order.facts;
  return {
    ...order,
    facts: {
      ...(quote && { quote: withValue(quote, order, today) }),
      ...(visit && { visit: withValue(visit, order, today) }),
    },
  };
}

/** Routes the conversation: the customer's own salesperson, the advisor's partner, a fair choice, the manager. */
export function routeToSales(
  { storeId, subject, facts, assignee }: AssessedOrder,
  moment: Moment,
  not: readonly string[] = [],
): Routed {
  const occasion = occasionOf(facts);
  const partnerOf = assignee?.employeeNumber;
  return occasion
    ? routeOccasion(occasion, partnerOf, moment, not)
    : routeCustomer({ customer: `${storeId}/${subject.roNumber}`, partnerOf, not }, moment);
}

export const routeOccasion = (
  { storeId, customer, salespersonNumber }: Occasion,
  partnerOf: string | undefined,
  moment: Moment,
  not: readonly string[] = [],
): Routed =>
  routeCustomer(
    {
      customer: `${storeId}/${customer.customerNumber}`,
      ...{ ownNumber: salespersonNumber, language: otherLanguageOf(customer), partnerOf, not },
    },
    moment,
  );

interface Moment {
  readonly roster: Roster;
  readonly today: string;
}

const routeCustomer = (
  of: Pick<RoutingQuestion, 'customer' | 'ownNumber' | 'partnerOf' | 'language' | 'not'>,
  { roster, today }: Moment,
): Routed => route({ department: 'sales', roster, on: today, ...of });
