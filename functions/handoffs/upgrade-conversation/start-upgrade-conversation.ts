import type { Received } from '../../contracts/fact-version.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import type { CustomerMemory } from '../../customers/ports.ts';
import { addDays } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { emailRecords } from '../../handoff/item-bounds.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import type { Routed } from '../../people/routing.ts';
import type { Claims } from '../../ports.ts';
import {
  type AssessedOrder,
  appraised,
  assessedOrder,
  routeToSales,
} from '../../readiness/assessed-order.ts';
import { type Cap, nudgeCaps } from '../../readiness/nudge-caps.ts';
import { type Occasion, occasionOf } from '../../readiness/occasion.ts';
import { isWaiting } from '../../readiness/waiting.ts';
import { isStarting } from './asking.ts';
import { withPurchase } from './bought.ts';
import { decideUpgradeDue } from './decide.ts';
import type { Place } from './nudge.ts';
import { blankUpgrade, type UpgradeConversation } from './task.ts';

export interface UpgradeServices extends Services {
  readonly claims: Claims;
  readonly memory: CustomerMemory;
}

/** Notifies Sales of a customer who may be ready to upgrade, or of a change to an earlier nudge. */
export async function startUpgradeConversation(
  services: UpgradeServices,
  due: Received<UpgradeConversationDue>,
): Promise<string> {
  const { storeId, roNumber, use } = due;
  const item = await services.tasks.read(taskIdOf('repair-options', storeId, [roNumber], use));
  const { data: order } = assessedOrder.safeParse(item);
  if (!order) return 'no-such-order';
  let claimed: readonly Cap[] = [];
  const { outcome, task: decided } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankUpgrade(storeId, roNumber, now, use),
    decide: async (task, context) => {
      const { caps, ...place } = await placeFor(services, task, due, order, context);
      claimed = caps;
      const known = await rememberTalk(services, task, due, order);
      return decideUpgradeDue(known, due, appraised(order, context.today), place, context);
    },
  });
  // Nobody was notified, so it does not count against any cap or start a quiet period.
  if (!isGiven(decided)) await giveBack(services, claimed, decided.taskId);
  return outcome;
}

const isGiven = (task: UpgradeConversation) => emailRecords(task).length > 0 || task.state === 'waiting';

/**
 * Releases the claimed places unless the task uses them: if the same request is processed twice at once, the other invocation
 * may have written a nudge meanwhile, and places belong to the task.
 */
async function giveBack(
  { claims, tasks }: UpgradeServices,
  caps: readonly Cap[],
  taskId: string,
): Promise<void> {
  if (caps.length === 0) return;
  const stored = await tasks.read(taskId);
  if (stored?.kind === 'upgrade-conversation' && isGiven(stored)) return;
  for (const { what } of caps) await claims.release(what, taskId);
}

/**
 * Both a purchase and a conversation are recorded on the customer, so whichever is written second finds the other, in
 * any order.
 */
async function rememberTalk(
  { memory }: UpgradeServices,
  task: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
): Promise<UpgradeConversation> {
  const occasion = occasionOf(order.facts);
  if (!occasion || !isStarting(task, due, order)) return task;
  const { storeId, use } = task;
  const { roNumber } = due;
  const remark = { said: 'talk begun', storeId, roNumber, use, at: due.occurredAt } as const;
  return withPurchase(task, await memory.keep({ storeId, ...occasion.customer }, remark));
}

/** How many days ahead a nudge over today's cap can be scheduled. */
const DAYS_AHEAD = 5;

/** A place together with the caps claimed for it. */
type Claimed = Place & { readonly caps: readonly Cap[] };

/** Claims the caps before the task is written. A claim left unused by a crash is reused by the same task. */
async function placeFor(
  services: UpgradeServices,
  task: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
  context: Context,
): Promise<Claimed> {
  const { claims } = services;
  const occasion = occasionOf(order.facts);
  const { store, group, now, today } = context;
  if (!occasion || !isStarting(task, due, order)) return { on: 'today', caps: [] };
  const policy = nudgePolicyOf(group, store);
  if (due.askedBy === 'customer') return takeFor(claims, task, order, context);
  const customerCaps = nudgeCaps.ofCustomerSince(withHousehold(order, occasion), policy, now);
  const taken = await claimAll(services, customerCaps, task.taskId, now);
  if (taken) return { on: 'never', cap: taken.cap, caps: [] };
  const { employeeNumber } = routeToSales(order, context);
  const person = { storeId: store.id, employeeNumber };
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = addDays(today, ahead);
    const cap = nudgeCaps.ofPerson(person, date, policy);
    if (await claims.claim(cap, task.taskId, now)) {
      const caps = [...customerCaps, cap];
      return ahead === 0 ? { on: 'today', caps } : { on: 'later', date, cap: cap.cap, caps };
    }
    const colleague = ahead === 0 && (await colleagueFor(claims, task, order, employeeNumber, context));
    if (colleague) return { on: 'today', to: colleague.to, caps: [...customerCaps, colleague.cap] };
  }
  return { on: 'never', cap: 'days-ahead', caps: customerCaps };
}

/** A customer in the lounge does not wait for another day: picks a colleague at work who has places left. */
async function colleagueFor(
  claims: Claims,
  { taskId }: UpgradeConversation,
  order: AssessedOrder,
  first: string,
  context: Context,
): Promise<{ readonly to: Routed; readonly cap: Cap } | undefined> {
  const { store, group, now, today } = context;
  const occasion = occasionOf(order.facts);
  if (!occasion || !isWaiting(context, occasion, false)) return undefined;
  const policy = nudgePolicyOf(group, store);
  for (const tried = [first]; ; ) {
    const to = routeToSales(order, context, tried);
    if (to.reason === 'manager') return undefined;
    const cap = nudgeCaps.ofPerson({ storeId: store.id, employeeNumber: to.employeeNumber }, today, policy);
    if (await claims.claim(cap, taskId, now)) return { to, cap };
    tried.push(to.employeeNumber);
  }
}

const withHousehold = ({ history }: AssessedOrder, occasion: Occasion) => ({
  ...occasion,
  coBuyers: history?.coBuyers,
  otherNumbers: history?.otherNumbers,
});

/** A customer's own request is not a nudge, so no cap applies. It still counts, so that no nudge follows right away. */
async function takeFor(
  claims: Claims,
  task: UpgradeConversation,
  order: AssessedOrder,
  context: Context,
): Promise<Claimed> {
  const { store, group, now } = context;
  const occasion = occasionOf(order.facts);
  if (!occasion) return { on: 'today', caps: [] };
  const policy = nudgePolicyOf(group, store);
  const person = { storeId: store.id, employeeNumber: routeToSales(order, context).employeeNumber };
  const personCap = nudgeCaps.ofPerson(person, context.today, policy);
  const caps = [...nudgeCaps.ofCustomerSince(withHousehold(order, occasion), policy, now), personCap];
  for (const cap of caps) await claims.note(cap, task.taskId, now);
  return { on: 'today', caps };
}

/** The first cap that is used up, or undefined if all were claimed. */
async function claimAll(
  services: UpgradeServices,
  caps: readonly Cap[],
  taskId: string,
  now: string,
): Promise<Cap | undefined> {
  for (const [at, cap] of caps.entries()) {
    if (await services.claims.claim(cap, taskId, now)) continue;
    await giveBack(services, caps.slice(0, at), taskId);
    return cap;
  }
  return undefined;
}
