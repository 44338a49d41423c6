import type { AdvisedTable } from '../../functions/adapters/advised-table.ts';
import type { AppointmentBook } from '../../functions/customers/ports.ts';
import {
  type KeepingCustomers,
  keepBuyer,
  keepVisitor,
} from '../../functions/lambdas/keep-customers/keep-customer.ts';
import { survivorOf } from '../../functions/outbox/cards-named.ts';
import type { EventBus } from '../../functions/ports.ts';
import type { Past } from './read-line.ts';

export interface KeepingCards
  extends Pick<KeepingCustomers, 'customers' | 'group' | 'customerKey' | 'clock'> {
  readonly advised: Pick<AdvisedTable, 'place'>;
}

/**
 * Customers who came and bought before the connection have a card, too, and are on the list of their advisor. So is a customer whose card an
 * earlier release wrote: importing a file again makes up for the list.
 */
export async function keepCard({ advised, ...services }: KeepingCards, past: Past): Promise<void> {
  const keeping = { ...services, appointments: noAppointments, bus: noBus };
  await (past.is === 'visit' ? keepVisitor(keeping, past.fact) : keepBuyer(keeping, past.fact));
  const { storeId, customer } = past.fact;
  const number = await survivorOf(services.customers, storeId, customer.customerNumber);
  const card = await services.customers.read(storeId, number);
  if (card) await advised.place(card);
}

/** Nobody hears anything of the past: an appointment that waits for its car waits for a fact of today. */
const noAppointments: AppointmentBook = {
  of: async () => [],
  change: async () => {
    throw new Error('The past changes no appointment');
  },
};

const noBus: EventBus = {
  put: async () => {
    throw new Error('The past is told to nobody');
  },
};
