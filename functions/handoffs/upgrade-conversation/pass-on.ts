import { addBusinessMinutes } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { mayHaveLeft } from '../../handoff/item-bounds.ts';
import type { Kind } from '../../handoff/kind.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { notifyFormerAssignee, reassign } from '../../handoff/reassign.ts';
import type { Task } from '../../handoff/task.ts';
import { setDeadline } from '../../handoff/task-changes.ts';
import { findManager, lastSeenOnTheFloor, type Routed } from '../../people/routing.ts';
import { occasionOf } from '../../readiness/occasion.ts';
import { isWaiting } from '../../readiness/waiting.ts';
import { isOrderOver } from './order-ends.ts';
import { type UpgradeConversation, upgradeTraits } from './task.ts';

/**
 * A customer in the lounge is not kept waiting: if the nudge is not accepted within minutes, it goes to the next person on the
 * floor, and after two people to the sales manager.
 */
const PEOPLE_BEFORE_THE_MANAGER = 2;

export function passOnWhileWaiting(task: UpgradeConversation, context: Context): UpgradeConversation {
  const isWithManager = task.assignee?.reason === 'manager';
  if (task.state !== 'open' || isWithManager || !isCustomerHere(task, context)) return task;
  const { group, store, now, calendar } = context;
  const minutes = nudgePolicyOf(group, store).acceptWhileWaitingMinutes;
  return setDeadline(task, 'pass-on', addBusinessMinutes(calendar('sales'), now, minutes));
}

const isCustomerHere = ({ facts }: UpgradeConversation, moment: Pick<Context, 'store' | 'now'>): boolean => {
  const occasion = occasionOf(facts);
  return occasion !== undefined && isWaiting(moment, occasion, isOrderOver(facts));
};

/**
 * Running late is harmless: a person who accepted meanwhile keeps it, and a customer who has left is not waiting. If the
 * assignee's email has not been sent yet, as during an outage of SES, their minutes start again.
 */
export function passOn(task: UpgradeConversation, kind: Kind, context: Context): Task {
  const at = task.deadlines['pass-on'];
  if (at === undefined || at > context.now) return task;
  const due = setDeadline(task, 'pass-on', undefined);
  const from = task.assignee?.employeeNumber;
  if (from === undefined || task.state !== 'open' || !isCustomerHere(task, context)) return due;
  if (!emailsOf(due, 'upgrade-nudge', { staff: from }).some(mayHaveLeft))
    return passOnWhileWaiting(due, context);
  const asked = [...new Set([...(task.declinedBy ?? []), from])];
  const to = nextOf(due, asked, kind, context);
  if (!to || asked.includes(to.employeeNumber)) return due;
  const moving = { why: { code: 'customer-waits' }, by: 'clock' } as const;
  const moved = reassign({ ...due, declinedBy: asked }, kind, to, moving, context);
  return notifyFormerAssignee(moved, from, moving, context);
}

function nextOf(
  task: UpgradeConversation,
  asked: readonly string[],
  kind: Kind,
  context: Context,
): Routed | undefined {
  const { roster, today, lastSeen } = context;
  const question = { department: upgradeTraits.department, roster, on: today, not: asked };
  if (asked.length < PEOPLE_BEFORE_THE_MANAGER)
    return lastSeenOnTheFloor(question, lastSeen) ?? kind.routeOn(task, asked, context);
  const manager = findManager(question);
  return manager && { employeeNumber: manager.employeeNumber, reason: 'manager' };
}
