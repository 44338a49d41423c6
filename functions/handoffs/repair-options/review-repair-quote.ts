import type { Received } from '../../contracts/fact-version.ts';
import type { RepairQuoteSettled } from '../../contracts/repair-quote-settled.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import { reachedBy } from '../../customers/contact-places.ts';
import { mayBeTalkedTo, wantsNoUpgrades, withRefusals } from '../../customers/may-contact.ts';
import type { CustomerMemory } from '../../customers/ports.ts';
import { lookUpCar } from '../../enrich/look-up-car.ts';
import { localDate } from '../../group/business-time.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision as Decided, unchanged } from '../../handoff/draft.ts';
import { NUMBER_USED_AGAIN, usedBy } from '../../handoff/number-reuse.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { purchasesOf } from '../../history/car-owners.ts';
import type { Cars, HistoryStore } from '../../history/ports.ts';
import { personOf, summarize } from '../../history/visits.ts';
import { decideAndDeliver, type Services } from '../../outbox/decide-and-deliver.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import { findManager } from '../../people/routing.ts';
import { isAtWork, worksFor } from '../../people/staff.ts';
import type { Claims, DecisionStore } from '../../ports.ts';
import { isAppraised } from '../../readiness/appraisal.ts';
import { routeToSales } from '../../readiness/assessed-order.ts';
import type { Decision } from '../../readiness/decision.ts';
import { nudgeCaps } from '../../readiness/nudge-caps.ts';
import { recall } from '../../readiness/recall.ts';
import { appraisedQuote } from './appraisal.ts';
import { decideQuoted, type Knowledge } from './decide.ts';
import { keepBack, type SentAs, sentAsOf, settled } from './line-by-line.ts';
import type { RepairOptions } from './task.ts';
import { blankRepairOptions } from './task.ts';

export interface ReviewServices extends Services {
  readonly history: HistoryStore;
  readonly cars: Cars;
  readonly claims: Claims;
  readonly memory: CustomerMemory;
  readonly decisions: DecisionStore;
}

/**
 * A repair was quoted, high or not. If what is left to decide reaches the policy's minimum, send the advisor the sheet,
 * and notify Sales if the rule finds reasons; below it, keep the decision only.
 */
export const reviewRepairQuote = (services: ReviewServices, quote: Received<RepairQuoted>): Promise<string> =>
  review(services, quote, { policyDecides: true });

/** The sender calls the quote high: the advisor gets the sheet whatever the amount. */
export const reviewHighRepairQuote = (
  services: ReviewServices,
  quote: Received<RepairQuoted>,
): Promise<string> => review(services, quote, {});

async function review(
  services: ReviewServices,
  quote: Received<RepairQuoted>,
  sentAs: SentAs,
): Promise<string> {
  await keepNoContact(services, quote);
  const { outcome } = await decideAndDeliver(services, {
    storeId: quote.storeId,
    blank: (now, use) => blankRepairOptions(quote.storeId, quote.roNumber, now, use),
    concerns: { ...usedBy(quote), occurredAt: quote.occurredAt },
    decide: async (task, context) =>
      keepBack(task, quote, sentAs, context) ??
      actOn(services, { task, quote, sentAs: sentAsOf(task, sentAs) }, context),
  });
  return outcome;
}

/** No more lines came of a quote that is written line by line. What came since the sweep asked counts, too. */
export async function settleQuote(
  services: ReviewServices,
  { storeId, roNumber, use }: RepairQuoteSettled,
): Promise<string> {
  const { outcome } = await decideAndDeliver(services, {
    storeId,
    blank: (now) => blankRepairOptions(storeId, roNumber, now, use),
    decide: async (task, context) => {
      const quote = settled(task, context.now)?.quote;
      if (!quote) return unchanged(task, 'nothing-to-settle');
      return actOn(services, { task, quote, sentAs: sentAsOf(task, { policyDecides: true }) }, context);
    },
  });
  return outcome;
}

interface Quoted {
  readonly task: RepairOptions;
  readonly quote: Received<RepairQuoted>;
  readonly sentAs: SentAs;
}

async function actOn(services: ReviewServices, { task, quote, sentAs }: Quoted, context: Context) {
  const knowledge = await knowledgeOf(services, task, quote, context, sentAs);
  return keepDecision(services, decideQuoted(task, quote, knowledge, context), context);
}

/** Stored before acting on it, so that every email can be traced to its reasons. */
export async function keepDecision(
  { decisions }: Pick<ReviewServices, 'decisions'>,
  decided: Decided<RepairOptions>,
  context: Context,
): Promise<Decided<RepairOptions>> {
  const kept = decisionOf(decided, context);
  if (kept) await decisions.keep(kept);
  return decided;
}

function decisionOf(
  { task, changed, isRepeat, outcome }: Decided<RepairOptions>,
  context: Context,
): Decision | undefined {
  const quote = appraisedQuote(task, context);
  if (
    outcome === NUMBER_USED_AGAIN ||
    !changed ||
    isRepeat ||
    !quote ||
    !task.assessment ||
    !task.circumstances
  )
    return undefined;
  return {
    at: context.now,
    today: task.assessment.on,
    timeZone: context.store.timeZone,
    quote,
    history: task.history,
    circumstances: task.circumstances,
    household: nudgeCaps.ofCustomer({ ...quote, ...householdOf(task) }).map(({ what }) => what),
    ...(task.circumstances.nobodyToReceive ? {} : { person: routeToSales(task, context).employeeNumber }),
    assessment: task.assessment,
  };
}

const householdOf = ({ history }: RepairOptions) => ({
  coBuyers: history?.coBuyers,
  otherNumbers: history?.otherNumbers,
});

/** Inputs besides the quote: the service history, and reasons against a nudge from elsewhere in the group. */
async function knowledgeOf(
  services: ReviewServices,
  task: RepairOptions,
  quote: RepairQuoted,
  context: Context,
  sentAs: SentAs,
): Promise<Knowledge> {
  const today = localDate(context.store.timeZone, context.now);
  const { storeId, customer } = quote;
  const contact = await services.contacts.read(reachedBy(storeId, customer));
  const otherNumbers = contact.numbers.filter((number) => number !== customer.customerNumber);
  const person = { ...personOf(quote), otherNumbers };
  const [{ visits, sales, customerSince }, car, remarks] = await Promise.all([
    services.history.read(person, today),
    services.cars.read(person.vin),
    services.memory.read({ storeId, ...customer, otherNumbers }),
  ]);
  const purchases = purchasesOf(car, sales, person);
  const household = [...contact.numbers, ...(purchases.coBuyers ?? [])];
  const lastNudgedOn = await lastNudge(services, { ...quote, use: task.use }, household, context);
  const lookedUp = lookUpCar({
    ...{ quote, knownValue: car.value, isAppraised: isAppraised(task, today), today, now: context.now },
    factMaxAgeDays: nudgePolicyOf(context.group, context.store).factMaxAgeDays,
  });
  return {
    lookedUp,
    history: {
      ...summarize({ visits, person, customerSince, today }),
      ...purchases,
      ...(otherNumbers.length === 0 ? {} : { otherNumbers }),
    },
    circumstances: {
      ...sentAs,
      ...recall(remarks, quote, context.store.timeZone),
      ...(wantsNoUpgrades(contact, storeId) ? { optedOut: true } : {}),
      ...(mayBeTalkedTo(withRefusals(customer, contact.refused)) ? {} : { noChannelLeft: true }),
      ...(lastNudgedOn === undefined ? {} : { lastNudgedOn }),
      ...(somebodyInSales(context, today) ? {} : { nobodyToReceive: true }),
    },
  };
}

/** The last nudge about this customer or household at any store, not counting this order's own. */
async function lastNudge(
  { claims }: ReviewServices,
  quote: RepairQuoted & { readonly use: number | undefined },
  numbers: readonly string[],
  { store }: Context,
): Promise<string | undefined> {
  const caps = numbers.flatMap((customerNumber) =>
    nudgeCaps.ofCustomer({ ...quote, customer: { ...quote.customer, customerNumber } }),
  );
  const held = await Promise.all(
    [...new Set(caps.map(({ what }) => what))].map((what) => claims.holders(what)),
  );
  const ownTask = taskIdOf('upgrade-conversation', quote.storeId, [quote.roNumber], quote.use);
  const others = held.flat().filter((holder) => holder.taskId !== ownTask);
  const last = others
    .map((holder) => holder.at)
    .toSorted()
    .at(-1);
  return last && localDate(store.timeZone, last);
}

function somebodyInSales({ roster }: Context, today: string): boolean {
  const salesperson = roster.some((person) => person.role === 'salesperson' && isAtWork(person, today));
  const manager = findManager({ department: 'sales', roster, on: today });
  return salesperson || (manager !== undefined && worksFor(manager, 'sales'));
}
