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
 * Writes a card for customers who came or bought before the connection to the DMS, and adds them to their advisor's
 * list. Customers whose card an earlier release wrote are added, too: importing a file again completes the list.
 */
export async function keepCard({ advised, ...services }: KeepingCards, past: Past): Promise<void> {
  const keeping = { ...services, appointments: noAppointments, bus: noBus };
  await (past.is === 'visit' ? keepVisitor(keeping, past.fact) : keepBuyer(keeping, past.fact));
  const { storeId, customer } = past.fact;
  const number = await survivorOf(services.customers, storeId, customer.customerNumber);
  const card = await services.customers.read(storeId, number);
  if (card) await advised.place(card);
}

/** The past triggers nothing: an appointment that waits for its car is matched only by a current fact. */
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
