import type { AppointmentAhead } from '../../contracts/appointment-ahead.ts';
import { contextOf } from '../../outbox/decide-and-deliver.ts';
import type { ReviewServices } from './review-repair-quote.ts';

/** A customer is expected tomorrow: the store is known, and nobody is asked of them. */
export async function reviewAppointment(
  services: ReviewServices,
  { storeId }: AppointmentAhead,
): Promise<string> {
  await contextOf(services, storeId);
  return 'silent';
}
