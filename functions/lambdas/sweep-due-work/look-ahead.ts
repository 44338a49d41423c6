import type { AppointmentAhead } from '../../contracts/appointment-ahead.ts';
import { calendarOf, localDate } from '../../group/business-time.ts';
import { findStore, hasService, type Store } from '../../group/group.ts';
import type { AppointmentNote } from '../../history/appointments-ahead.ts';
import type { AppointmentsAhead } from '../../history/ports.ts';
import { daysAhead } from '../../my-day/look-ahead.ts';
import type { Services } from '../../outbox/decide-and-deliver.ts';
import { putAll } from '../../outbox/put-all.ts';

export interface AheadServices extends Pick<Services, 'group' | 'clock' | 'tasks' | 'bus'> {
  readonly ahead: AppointmentsAhead;
}

/**
 * Once a day, before the last lists are sent: puts each car that is booked up to the next day on which Service is
 * open on the bus as an event. Another function decides about each appointment. The day is marked only when all
 * events are sent; after a crash or a conflict the next sweep sends them again, which changes nothing.
 */
export async function lookAhead(services: AheadServices, storeId: string): Promise<void> {
  const { group, clock, tasks } = services;
  const store = findStore(group, storeId);
  const days = store && looksAhead(store) ? daysAhead(calendarOf(store, 'service'), clock.now()) : [];
  if (!store || days.length === 0) return;
  const today = localDate(store.timeZone, clock.now());
  const schedule = await tasks.readSchedule(storeId);
  if (!schedule || schedule.lookedAheadOn === today) return;
  for (const day of days) await tellOf(services, await services.ahead.on(storeId, day));
  await tasks.writeSchedule({ ...schedule, lookedAheadOn: today });
}

const looksAhead = (store: Store): boolean =>
  store.readyTomorrow && store.mode !== 'off' && hasService(store);

async function tellOf(services: AheadServices, notes: readonly AppointmentNote[]): Promise<void> {
  const occurredAt = services.clock.now();
  await putAll(
    services,
    notes.map((note) => {
      const detail: AppointmentAhead = { version: 1, ...note, occurredAt };
      return { detailType: 'appointment-ahead', detail };
    }),
  );
}
