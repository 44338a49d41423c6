import { localDate } from '../../group/business-time.ts';
import type { Context } from '../../handoff/draft.ts';
import type { Task } from '../../handoff/task.ts';
import { mayOpen } from '../../my-day/my-day.ts';
import { contextOf, type Services } from '../../outbox/decide-and-deliver.ts';
import { findPerson, isActive, type StaffMember } from '../../people/staff.ts';
import { openDay, openLink, staffOf } from './open-link.ts';
import type { Request } from './request.ts';

/** Somebody who works here today, looking at one task: by the link in its email, or from their own page. */
export interface Visit {
  readonly task: Task;
  readonly reader: StaffMember;
  readonly context: Context;
  /** The address of this page: what follows a choice is shown under the same link. */
  readonly path: string;
  /** The list that they came from. */
  readonly dayPath?: string;
}

export const visitOf = (services: Services, request: Request): Promise<Visit | undefined> =>
  request.door === 'me' ? visitFromDay(services, request) : visitByLink(services, request);

async function visitByLink(services: Services, request: Request): Promise<Visit | undefined> {
  const opened = await openLink(services, request);
  const staff = opened && staffOf(opened.link);
  if (!opened || staff === undefined || opened.isExpired) return undefined;
  const { task } = opened;
  const known = await readerAt(services, task.storeId, staff);
  return known && { task, ...known, path: `/t/${task.taskId}/${request.secret}` };
}

/** Their own link opens what concerns them, and nothing else of the store. */
async function visitFromDay(services: Services, request: Request): Promise<Visit | undefined> {
  const owner = await ownerOf(services, request);
  const task = owner && (await services.tasks.read(request.taskId));
  if (!owner || !task || !mayOpen(task, owner.reader)) return undefined;
  const { reader, context, path: dayPath } = owner;
  return { task, reader, context, path: `${dayPath}/${task.taskId}`, dayPath };
}

/** A person at the door of their own page. */
export interface Owner {
  readonly reader: StaffMember;
  readonly context: Context;
  readonly path: string;
}

export async function ownerOf(services: Services, request: Request): Promise<Owner | undefined> {
  const opened = await openDay(services, request);
  if (!opened || opened.isExpired) return undefined;
  const { dayId, storeId, employeeNumber } = opened.day;
  const known = await readerAt(services, storeId, employeeNumber);
  return known && { ...known, path: `/me/${dayId}/${request.secret}` };
}

/** A leaver's links end with them. */
async function readerAt(
  services: Services,
  storeId: string,
  staff: string,
): Promise<{ readonly reader: StaffMember; readonly context: Context } | undefined> {
  const context = await contextOf(services, storeId);
  const reader = findPerson(context.roster, staff);
  const isHere = reader && isActive(reader, localDate(context.store.timeZone, context.now));
  return isHere ? { reader, context } : undefined;
}
