import type { FactVersion } from '../../contracts/fact-version.ts';
import { type LocalDate, localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/context.ts';
import { isEnded } from '../../handoff/task.ts';
import { logFact } from '../../handoff/task-changes.ts';
import { currentBooking } from '../../history/appointments-ahead.ts';
import type { KnownCar } from '../../history/car-owners.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { expectedOn } from '../../readiness/expected-visit.ts';
import { decideVisitBegun, wasAskedAbout } from './appointment.ts';
import type { Knowledge } from './assess-order.ts';
import { blankAppointment, type RepairOptions } from './task.ts';

interface Visit {
  readonly order: RepairOptions;
  /** The order as it would be if nobody had been asked before the visit. */
  readonly would: RepairOptions;
  /** The write-up, or the first quote. */
  readonly fact: FactVersion;
  readonly knowledge: Pick<Knowledge, 'appointments'>;
}

/**
 * For an order about which the rule would ask: adds the answer that the advisor gave before the visit, because they are not
 * asked twice. The handoff about the appointment ends first, so an event that is delivered again after a crash finds the answer
 * there.
 */
export async function takeOver(
  services: Services,
  { order, would, fact, knowledge: { appointments = [] } }: Visit,
  context: Context,
): Promise<RepairOptions> {
  const isOver = isEnded(would) || would.state === 'history';
  if (order.state !== 'awaited' || isOver || would.assessment?.nudge !== true) return order;
  const on = localDate(context.store.timeZone, fact.occurredAt);
  for (const appointmentNumber of bookedOn(on, appointments, order.storeId, context)) {
    const { task } = await decideAndDeliver(services, {
      storeId: order.storeId,
      blank: (now) => blankAppointment(order.storeId, appointmentNumber, now),
      decide: (one, later) => decideVisitBegun(one, on, later),
    });
    if (wasAskedAbout(task, on, context)) return withAnswer(order, task, context);
  }
  return order;
}

/** The appointments of that day, usually none or one. */
function bookedOn(
  on: LocalDate,
  appointments: KnownCar['appointments'],
  storeId: string,
  { store }: Context,
): readonly string[] {
  const numbers = new Set(appointments.map(({ detail }) => detail.appointmentNumber));
  return [...numbers].filter((appointmentNumber) => {
    const booking = currentBooking(appointments, { storeId, appointmentNumber });
    return booking !== undefined && expectedOn(booking, store.timeZone) === on;
  });
}

function withAnswer(
  order: RepairOptions,
  { advisorSays: said, assignee }: RepairOptions,
  { now }: Context,
): RepairOptions {
  const answered = {
    ...order,
    assignee,
    askedAhead: true as const,
    ...(said === undefined ? {} : { advisorSays: said }),
  };
  const note = { code: 'asked-ahead', ...(said === undefined ? {} : { said }) } as const;
  return logFact(answered, now, 'advisor', note);
}
