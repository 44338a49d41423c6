import type { Context } from '../../handoff/context.ts';
import { askedFor, blankDay, dayIdOf } from '../../my-day/my-day.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { freshLinkPage } from '../../pages/plain-pages.ts';
import type { StaffMember } from '../../people/staff.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import { openDay } from './open-link.ts';
import { type Answer, pageReply } from './reply.ts';
import type { Request } from './request.ts';

/** A button of its own name: the choices of a task stay what is said about the task. */
export const wantsMyDay = (form: ReadonlyMap<string, string>): boolean => form.get('send') === 'my-day';

/** Sends a person their open tasks, with a link of their own, to the address in the roster and nowhere else. */
export function sendMyDay(services: Services, person: StaffMember, context: Context): Promise<boolean> {
  const dayId = dayIdOf(person.storeId, person.employeeNumber);
  return untilWritten(`The day of a person at ${person.storeId}`, async () => {
    const known = (await services.tasks.readDay(dayId)) ?? blankDay(person, context.now);
    const next = askedFor(known, person, context.now);
    if (!next) return false;
    return (await writeAndDeliver(services, next, context)) ? true : CONFLICT;
  });
}

/** An expired link of a person's own is answered by an email; whoever asks sees the same page. */
export async function sendFreshDay(services: Services, request: Request): Promise<Answer> {
  const reply = pageReply(200, freshLinkPage());
  const opened = await openDay(services, request);
  if (!opened?.isExpired) return { reply, outcome: 'not found' };
  const { storeId, employeeNumber } = opened.day;
  const context = await contextOf(services, storeId);
  const person = context.employed(employeeNumber);
  const isSent = person !== undefined && (await sendMyDay(services, person, context));
  return { reply, outcome: isSent ? 'fresh link' : 'no fresh link' };
}
