import type { Customer } from '../../contracts/fields.ts';
import { otherLanguageOf } from '../../customers/customer.ts';
import type { Context } from '../../handoff/context.ts';
import { establishedBy, type Routed, route } from '../../people/routing.ts';

/** Assigns a customer to their own advisor, else evenly among advisors, by language and established ones first. */
export const routeToService = (
  customer: Pick<Customer, 'customerNumber' | 'preferredLanguage'>,
  ownNumber: string | undefined,
  { today, store, roster, group }: Context,
  not?: readonly string[],
): Routed =>
  route({
    department: 'service',
    roster,
    on: today,
    ownNumber,
    customer: `${store.id}/${customer.customerNumber}`,
    language: otherLanguageOf(customer),
    establishedBy: establishedBy(today, group.establishedAfterDays),
    not,
  });
