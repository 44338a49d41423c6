import { otherLanguageOf } from '../../customers/customer.ts';
import type { Draft } from '../../handoff/draft.ts';
import { route } from '../../people/routing.ts';
import type { Occasion } from '../../readiness/occasion.ts';
import type { RepairOptions } from './task.ts';

/** The advisor who wrote the order; one who is away has somebody at work. */
export const assignAdvisor =
  ({ serviceAdvisorNumber, customer }: Pick<Occasion, 'serviceAdvisorNumber' | 'customer'>) =>
  (draft: Draft<RepairOptions>): Draft<RepairOptions> => {
    const { store, roster, today } = draft.context;
    return draft.assign(
      route({
        department: 'service',
        roster,
        on: today,
        ownNumber: serviceAdvisorNumber,
        customer: `${store.id}/${customer.customerNumber}`,
        language: otherLanguageOf(customer),
      }),
    );
  };
