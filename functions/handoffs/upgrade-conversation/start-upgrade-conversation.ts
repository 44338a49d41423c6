import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { addDays } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { emailRecords } from '../../handoff/item-bounds.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import type { Claims, CustomerMemory } from '../../ports.ts';
import { type AssessedOrder, assessedOrder, routeToSales } from '../../readiness/assessed-order.ts';
import { type Cap, nudgeCaps } from '../../readiness/nudge-caps.ts';
import { withPurchase } from './bought.ts';
import { decideUpgradeDue, isStarting, type Place } from './decide.ts';
import { blankUpgrade, type UpgradeConversation } from './task.ts';

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
  const item = await services.tasks.read(taskIdOf('repair-options', storeId, [roNumber]));
  const { data: order } = assessedOrder.safeParse(item);
  if (!order) return 'no-such-order';
  let claimed: readonly Cap[] = [];
  const { outcome, task: decided } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankUpgrade(storeId, roNumber, now),
    decide: async (task, context) => {
      const { caps, ...place } = await placeFor(services, task, due, order, context);
      claimed = caps;
      const known = await rememberTalk(services, task, due, order);
      return decideUpgradeDue(known, due, order, place, context);
    },
  });
  // Nobody was told: a talk that never began counts against nobody's cap, and no silence follows from it.
  if (!isGiven(decided)) await giveBack(services.claims, claimed, decided.taskId);
  return outcome;
}

const isGiven = (task: UpgradeConversation) => emailRecords(task).length > 0 || task.state === 'waiting';

async function giveBack(claims: Claims, caps: readonly Cap[], taskId: string): Promise<void> {
  for (const { what } of caps) await claims.release(what, taskId);
}

/**
 * A purchase finds the conversation by what is remembered of the customer, and the conversation a purchase that came
 * before it: whichever of the two is written second sees the other.
 */
async function rememberTalk(
  { memory }: UpgradeServices,
  task: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
): Promise<UpgradeConversation> {
  const { quote } = order.facts;
  if (!quote || !isStarting(task, due, order)) return task;
  const { storeId, subject } = task;
  const remark = { said: 'talk begun', storeId, roNumber: subject.roNumber, at: due.occurredAt } as const;
  return withPurchase(task, await memory.keep({ storeId, ...quote.customer }, remark));
}

/** Days ahead on which a person may get what is over today's cap. */
const DAYS_AHEAD = 5;

/** With the caps that were claimed for it. */
type Claimed = Place & { readonly caps: readonly Cap[] };

/** The caps are claimed before the task is written: a claim that was made and not used is this task's own again. */
async function placeFor(
  { claims }: UpgradeServices,
  task: UpgradeConversation,
  due: UpgradeConversationDue,
  order: AssessedOrder,
  context: Context,
): Promise<Claimed> {
  const { quote } = order.facts;
  const { store, group, now, today } = context;
  if (!quote || !isStarting(task, due, order)) return { on: 'today', caps: [] };
  const policy = nudgePolicyOf(group, store);
  if (due.askedBy === 'customer') return takeFor(claims, task, order, context);
  const ofCustomer = nudgeCaps.ofCustomerSince(quote, policy, now);
  const taken = await claimAll(claims, ofCustomer, task.taskId, now);
  if (taken) return { on: 'never', cap: taken.cap, caps: [] };
  const person = { storeId: store.id, employeeNumber: routeToSales(order, context).employeeNumber };
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const date = addDays(today, ahead);
    const cap = nudgeCaps.ofPerson(person, date, policy);
    if (await claims.claim(cap, task.taskId, now)) {
      const caps = [...ofCustomer, cap];
      return ahead === 0 ? { on: 'today', caps } : { on: 'later', date, cap: cap.cap, caps };
    }
  }
  return { on: 'never', cap: 'days-ahead', caps: ofCustomer };
}

/** A customer who asks is no nudge: no cap keeps them waiting. But it is counted, so that no nudge follows at once. */
async function takeFor(
  claims: Claims,
  task: UpgradeConversation,
  order: AssessedOrder,
  context: Context,
): Promise<Claimed> {
  const { store, group, now } = context;
  const { quote } = order.facts;
  if (!quote) return { on: 'today', caps: [] };
  const policy = nudgePolicyOf(group, store);
  const person = { storeId: store.id, employeeNumber: routeToSales(order, context).employeeNumber };
  const ofPerson = nudgeCaps.ofPerson(person, context.today, policy);
  const caps = [...nudgeCaps.ofCustomerSince(quote, policy, now), ofPerson];
  for (const cap of caps) await claims.note(cap, task.taskId, now);
  return { on: 'today', caps };
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
    await giveBack(claims, caps.slice(0, at), taskId);
    return cap;
  }
  return undefined;
}
