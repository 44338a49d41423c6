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

/** Not a choice of the task, so the button has a name of its own. */
export const wantsMyDay = (form: ReadonlyMap<string, string>): boolean => form.get('send') === 'my-day';

/** Emails a person their open tasks and a personal link, only to the address in the roster. */
export function sendMyDay(services: Services, person: StaffMember, context: Context): Promise<boolean> {
  const dayId = dayIdOf(person.storeId, person.employeeNumber);
  return untilWritten(`The day of a person at ${person.storeId}`, async () => {
    const known = (await services.tasks.readDay(dayId)) ?? blankDay(person, context.now);
    const next = askedFor(known, person, context.now);
    if (!next) return false;
    return (await writeAndDeliver(services, next, context)) ? true : CONFLICT;
  });
}

/** Answers an expired personal link with an email; everybody sees the same page. */
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
