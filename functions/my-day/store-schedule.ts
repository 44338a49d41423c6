import * as z from 'zod';
import { addDays, isOpen, nextOpen, openingOn, startOfDay } from '../group/business-time.ts';
import type { Department } from '../group/group.ts';
import type { Context } from '../handoff/context.ts';
import { earliest } from '../handoff/outbox.ts';

/**
 * A store's schedule: when each department next opens, which is when its people get their summary, which leavers the sweep
 * has handled, and whether it has looked ahead today. The sweep creates it, so a new store needs no setup.
 */
export const storeSchedule = z.object({
  schema: z.literal(1),
  storeId: z.string(),
  version: z.number().int(),
  /** The opening whose summaries are sent next. */
  mornings: z.object({ service: z.string(), sales: z.string() }),
  leavers: z.object({ known: z.string(), since: z.string() }),
  /** The store's date on which upcoming appointments were last looked at. */
  lookedAheadOn: z.string().optional(),
});
export type StoreSchedule = z.infer<typeof storeSchedule>;

const departments = ['service', 'sales'] as const satisfies readonly Department[];

/** The first summaries of a new store are sent at its next opening. */
export const newSchedule = (context: Context): StoreSchedule => ({
  schema: 1,
  storeId: context.store.id,
  version: 0,
  mornings: { service: nextMorning('service', context), sales: nextMorning('sales', context) },
  leavers: { known: '', since: context.now },
});

export const scheduleDueAt = ({ mornings }: StoreSchedule): string | undefined =>
  earliest(Object.values(mornings));

/** The departments to notify now: those that have opened and have not closed again since. */
export const departmentsToNotify = ({ mornings }: StoreSchedule, { now, calendar }: Context): Department[] =>
  departments.filter((department) => mornings[department] <= now && isOpen(calendar(department), now));

/** Advances to the next opening. If the sweep ran late and the store has closed, today's summary is skipped. */
export function advance(schedule: StoreSchedule, context: Context): StoreSchedule {
  const next = (department: Department) =>
    schedule.mornings[department] <= context.now
      ? nextMorning(department, context)
      : schedule.mornings[department];
  return { ...schedule, mornings: { service: next('service'), sales: next('sales') } };
}

/** The next opening, which is today's if that is still ahead. */
function nextMorning(department: Department, context: Context): string {
  const { store, now, today } = context;
  const calendar = context.calendar(department);
  const opening = openingOn(calendar, today);
  if (opening !== undefined && opening > now) return opening;
  return nextOpen(calendar, startOfDay(store.timeZone, addDays(today, 1)));
}
