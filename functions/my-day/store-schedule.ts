import * as z from 'zod';
import {
  addDays,
  calendarOf,
  isOpen,
  localDate,
  nextOpen,
  openingOn,
  startOfDay,
} from '../group/business-time.ts';
import type { Department } from '../group/group.ts';
import type { Context } from '../handoff/draft.ts';
import { earliest } from '../handoff/outbox.ts';

/**
 * A store's alarm clock: when each department next opens, which is when its people get their summary; and which
 * leavers the sweep has looked after. The sweep itself makes it, so that a new store needs no step of an operator.
 */
export const storeWatch = z.object({
  schema: z.literal(1),
  storeId: z.string(),
  version: z.number().int(),
  /** The opening whose summaries are sent next. */
  mornings: z.object({ service: z.string(), sales: z.string() }),
  leavers: z.object({ known: z.string(), since: z.string() }),
});
export type StoreWatch = z.infer<typeof storeWatch>;

const departments = ['service', 'sales'] as const satisfies readonly Department[];

/** A store that is seen for the first time: its first summaries go out at the next opening. */
export const newWatch = (context: Context): StoreWatch => ({
  schema: 1,
  storeId: context.store.id,
  version: 0,
  mornings: { service: nextMorning('service', context), sales: nextMorning('sales', context) },
  leavers: { known: '', since: context.now },
});

export const watchDueAt = ({ mornings }: StoreWatch): string | undefined => earliest(Object.values(mornings));

/** Which departments are to be told now: their opening has come, and they have not closed again since. */
export function toBeTold({ mornings }: StoreWatch, { store, now }: Context): Department[] {
  return departments.filter(
    (department) => mornings[department] <= now && isOpen(calendarOf(store, department), now),
  );
}

/** What has rung is set to the next opening; found closed, nobody is told in the evening what the morning missed. */
export function setMornings(watch: StoreWatch, context: Context): StoreWatch {
  const next = (department: Department) =>
    watch.mornings[department] <= context.now ? nextMorning(department, context) : watch.mornings[department];
  return { ...watch, mornings: { service: next('service'), sales: next('sales') } };
}

/** The next time that the doors open: today's if it is still to come. */
function nextMorning(department: Department, { store, now }: Context): string {
  const calendar = calendarOf(store, department);
  const today = localDate(store.timeZone, now);
  const opening = openingOn(calendar, today);
  if (opening !== undefined && opening > now) return opening;
  return nextOpen(calendar, startOfDay(store.timeZone, addDays(today, 1)));
}
