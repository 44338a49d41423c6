import type { UpgradeConversationDue } from '../contracts/upgrade-conversation-due.ts';
import { addDays, localDate } from '../domain/business-time.ts';
import type { Context } from '../domain/draft.ts';
import { nudgePolicyOf } from '../domain/group.ts';
import { taskIdOf } from '../domain/keys.ts';
import { type Cap, nudgeCaps } from '../domain/nudge-caps.ts';
import type { Claims, CustomerMemory } from '../domain/ports.ts';
import { withPurchase } from '../domain/purchase.ts';
import type { RepairOptions, UpgradeConversation } from '../domain/task.ts';
import { blankUpgrade, decideUpgradeDue, isStarting, type Place, routeUpgrade } from '../domain/upgrade.ts';
import { decideAndDeliver, type Services } from '../outbox/decide-and-deliver.ts';

export interface UpgradeServices extends Services {
  readonly claims: Claims;
  readonly memory: CustomerMemory;
}

/** Sales is told of a customer who may be ready to upgrade, or of what changed about it. */
export async function startUpgradeConversation(
  services: UpgradeServices,
  due: UpgradeConversationDue,
): Promise<string> {
  const { storeId, roNumber } = due;
  const order = await services.tasks.read(taskIdOf({ kind: 'repair-options', storeId, roNumber }));
  if (order?.kind !== 'repair-options') return 'no-such-order';
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankUpgrade(storeId, roNumber, now),
    decide: async (task, context) => {
      const place = await placeFor(services, task, due, order, context);
      const known = await rememberTalk(services, task, due, order);
      return decideUpgradeDue(known, due, order, place, context);
    },
  });
  return outcome;
}

/**
 * A purchase finds the conversation by what is remembered of the customer, and the conversation a purchase that came
 * before it: whichever of the two is written second sees the other.
 */
async function rememberTalk(
  { memory }: UpgradeServices,
  task: UpgradeConversation,
  due: UpgradeConversationDue,
  order: RepairOptions,
): Promise<UpgradeConversation> {
  const { quote } = order.facts;
  if (!quote || !isStarting(task, due, order)) return task;
  const { storeId, subject } = task;
  const remark = { said: 'talk begun', storeId, roNumber: subject.roNumber, at: due.occurredAt } as const;
  return withPurchase(task, await memory.keep({ storeId, ...quote.customer }, remark));
}

/** Days ahead on which a person may get what is over today's cap. */
const DAYS_AHEAD = 5;

/** The caps are claimed before the task is written: a claim that was made and not used is this task's own again. */
async function placeFor(
  { claims }: UpgradeServices,
  task: UpgradeConversation,
  due: UpgradeConversationDue,
  order: RepairOptions,
  context: Context,
): Promise<Place> {
  const { quote } = order.facts;
  const { store, group, now } = context;
  if (!quote || !isStarting(task, due, order)) return { on: 'today' };
  const policy = nudgePolicyOf(group, store);
  if (due.askedBy === 'customer') return takeFor(claims, task, order, context);
  const taken = await claimAll(claims, nudgeCaps.ofCustomerSince(quote, policy, now), task.taskId, now);
  if (taken) return { on: 'never', of: 'customer', why: taken.text };
  const person = { storeId: store.id, employeeNumber: routeUpgrade(order, context).employeeNumber };
  const today = localDate(store.timeZone, now);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = addDays(today, ahead);
    const cap = nudgeCaps.ofPerson(person, date, policy);
    if (await claims.claim(cap, task.taskId, now)) {
      return ahead === 0 ? { on: 'today' } : { on: 'later', date, why: cap.text };
    }
  }
  return { on: 'never', of: 'person', why: 'the person has more nudges than days to come' };
}

/** A customer who asks is no nudge: no cap keeps them waiting. But it is counted, so that no nudge follows at once. */
async function takeFor(
  claims: Claims,
  task: UpgradeConversation,
  order: RepairOptions,
  context: Context,
): Promise<Place> {
  const { store, group, now } = context;
  const { quote } = order.facts;
  if (!quote) return { on: 'today' };
  const policy = nudgePolicyOf(group, store);
  const person = { storeId: store.id, employeeNumber: routeUpgrade(order, context).employeeNumber };
  const ofPerson = nudgeCaps.ofPerson(person, localDate(store.timeZone, now), policy);
  for (const cap of [...nudgeCaps.ofCustomerSince(quote, policy, now), ofPerson]) {
    await claims.claim({ ...cap, places: Number.POSITIVE_INFINITY }, task.taskId, now);
  }
  return { on: 'today' };
}

/** The first cap that is used up, or nothing where all were claimed. */
async function claimAll(
  claims: Claims,
  caps: readonly Cap[],
  taskId: string,
  now: string,
): Promise<Cap | undefined> {
  for (const [at, cap] of caps.entries()) {
    if (await claims.claim(cap, taskId, now)) continue;
    for (const { what } of caps.slice(0, at)) await claims.release(what, taskId);
    return cap;
  }
  return undefined;
}
