import { otherLanguageOf } from '../../customers/customer.ts';
import type { LocalDate } from '../../group/business-time.ts';
import type { Draft } from '../../handoff/draft.ts';
import { route } from '../../people/routing.ts';
import type { Occasion } from '../../readiness/occasion.ts';
import type { RepairOptions } from './task.ts';

/**
 * Assigns the advisor who wrote the order, or will write it, else the one who was asked before the visit. If they are away that
 * day, somebody at work.
 */
export const assignAdvisor =
  ({ serviceAdvisorNumber, customer }: Pick<Occasion, 'serviceAdvisorNumber' | 'customer'>, on?: LocalDate) =>
  (draft: Draft<RepairOptions>): Draft<RepairOptions> => {
    const { store, roster, today } = draft.context;
    const { assignee } = draft.task;
    return draft.assign(
      route({
        department: 'service',
        roster,
        on: on ?? today,
        ownNumber: serviceAdvisorNumber ?? assignee?.employeeNumber,
        customer: `${store.id}/${customer.customerNumber}`,
        language: otherLanguageOf(customer),
      }),
    );
  };
