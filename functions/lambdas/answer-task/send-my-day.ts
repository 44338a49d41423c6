import { localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/draft.ts';
import { dayIdOf } from '../../handoff/keys.ts';
import { askedFor, blankDay } from '../../my-day/my-day.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../outbox/deliver.ts';
import { freshLinkPage } from '../../pages/plain-pages.ts';
import { findPerson, isActive, type StaffMember } from '../../people/staff.ts';
import type { Answer } from './answer-request.ts';
import { openDay } from './open-link.ts';
import { pageReply } from './reply.ts';
import type { Request } from './request.ts';

const ATTEMPTS = 20;

/** A button of its own name: the choices of a task stay what is said about the task. */
export const wantsMyDay = (form: ReadonlyMap<string, string>): boolean => form.get('send') === 'my-day';

/** Sends a person their open tasks, with a link of their own, to the address on the roster and nowhere else. */
export async function sendMyDay(services: Services, person: StaffMember, context: Context): Promise<boolean> {
  const dayId = dayIdOf(person.storeId, person.employeeNumber);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = (await services.tasks.readDay(dayId)) ?? blankDay(person, context.now);
    const next = askedFor(known, person, context.now);
    if (!next) return false;
    if (await writeAndDeliver(services, next, context)) return true;
  }
  throw new Error(
    `The day of a person at ${person.storeId} was written by others ${ATTEMPTS} times in a row`,
  );
}

/** An expired link of a person's own is answered by an email; whoever asks sees the same page. */
export async function sendFreshDay(services: Services, request: Request): Promise<Answer> {
  const reply = pageReply(200, freshLinkPage());
  const opened = await openDay(services, request);
  if (!opened?.isExpired) return { reply, outcome: 'not found' };
  const { storeId, employeeNumber } = opened.day;
  const context = await contextOf(services, storeId);
  const person = findPerson(context.roster, employeeNumber);
  const isHere = person && isActive(person, localDate(context.store.timeZone, context.now));
  const isSent = isHere && (await sendMyDay(services, person, context));
  return { reply, outcome: isSent ? 'fresh link' : 'no fresh link' };
}
