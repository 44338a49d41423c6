import { dueAtOf } from '../handoff/deadlines.ts';
import { isOpen, type Task } from '../handoff/task.ts';
import { type AnyTask, isLost, parseTask, UnreadableTaskError } from '../handoffs/kinds.ts';
import { upgraded } from '../handoffs/schema-1.ts';
import { type Campaign, campaignDueAt } from '../leavers/campaign.ts';
import { type Letter, letterDueAt } from '../leavers/letter.ts';
import { dayDueAt, type MyDay, myDay } from '../my-day/my-day.ts';
import { type StoreSchedule, scheduleDueAt } from '../my-day/store-schedule.ts';
import { personNamed } from '../people/across-stores.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import { placeInDue } from './due-index.ts';
import { doneAt, lostWith, openFor } from './keys.ts';

/** A task as an item, with its keys in the sparse indexes and its expiry. */
export function taskToItem(task: Task, disposeAt: DisposeAt = lawfulDisposal): Record<string, unknown> {
  return {
    type: 'task',
    ...task,
    ...placeInDue(dueAtOf(task)),
    ...placesByPerson(task),
    expiresAt: disposeAt(task.updatedAt),
  };
}

/** Open and snoozed tasks are indexed by person and by store; completed ones, and lost customers, by when they ended. */
function placesByPerson(task: Task) {
  const { state, storeId, assignee, createdAt, ended } = task;
  if (state === 'completed' && ended) return { openAt: doneAt(storeId), openSince: ended.at };
  if (ended && assignee && isLost(task)) {
    const person = personNamed(storeId, assignee.employeeNumber);
    return { openAt: doneAt(storeId), openSince: ended.at, openFor: lostWith(person) };
  }
  if (!isOpen({ state }) && !(state === 'waiting' && assignee)) return {};
  const person = assignee ? { openFor: openFor(personNamed(storeId, assignee.employeeNumber)) } : {};
  return { openAt: storeId, openSince: createdAt, ...person };
}

export const dayToItem = (day: MyDay, disposeAt: DisposeAt = lawfulDisposal): Record<string, unknown> => ({
  type: 'day',
  ...day,
  ...placeInDue(dayDueAt(day)),
  expiresAt: disposeAt(day.updatedAt),
});

export const letterToItem = (
  letter: Letter,
  disposeAt: DisposeAt = lawfulDisposal,
): Record<string, unknown> => ({
  type: 'letter',
  ...letter,
  ...placeInDue(letterDueAt(letter)),
  expiresAt: disposeAt(letter.updatedAt),
});

export const campaignToItem = (campaign: Campaign): Record<string, unknown> => ({
  type: 'campaign',
  ...campaign,
  ...placeInDue(campaignDueAt(campaign)),
});

/** Contains no personal data, so it never expires. */
export const scheduleToItem = (schedule: StoreSchedule): Record<string, unknown> => ({
  type: 'store watch',
  ...schedule,
  ...placeInDue(scheduleDueAt(schedule)),
});

/** Throws on an item that this release cannot read as a task: a visible failure is safer than misreading it. */
export function taskFromItem(item: Record<string, unknown>): AnyTask {
  try {
    return parseTask(upgraded(item));
  } catch (cause) {
    throw new UnreadableTaskError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

export const dayFromItem = (item: Record<string, unknown>): MyDay => myDay.parse(upgraded(item));
