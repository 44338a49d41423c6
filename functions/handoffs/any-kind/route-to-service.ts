import type { Customer } from '../../contracts/fields.ts';
import { otherLanguageOf } from '../../customers/customer.ts';
import type { Context } from '../../handoff/context.ts';
import { establishedBy, type Routed, type RoutingQuestion, route } from '../../people/routing.ts';

/**
 * Assigns a customer to their own advisor, else a partner of their salesperson, else evenly. Advisors who speak the customer's
 * language and established ones come first.
 */
export const routeToService = (
  customer: Pick<Customer, 'customerNumber' | 'preferredLanguage'>,
  by: Pick<RoutingQuestion, 'ownNumber' | 'partnerOf' | 'not'>,
  { today, store, roster, group }: Context,
): Routed =>
  route({
    ...by,
    department: 'service',
    roster,
    on: today,
    customer: `${store.id}/${customer.customerNumber}`,
    language: otherLanguageOf(customer),
    establishedBy: establishedBy(today, group.establishedAfterDays),
  });
