import type { Context } from '../../handoff/context.ts';
import { establishedBy, type Routed, route } from '../../people/routing.ts';

/** Assigns a customer to their own advisor, else evenly among advisors, established ones first. */
export const routeToService = (
  customerNumber: string,
  ownNumber: string | undefined,
  { today, store, roster, group }: Context,
  not?: readonly string[],
): Routed =>
  route({
    department: 'service',
    roster,
    on: today,
    ownNumber,
    customer: `${store.id}/${customerNumber}`,
    establishedBy: establishedBy(today, group.establishedAfterDays),
    not,
  });
