import type { Received } from '../../contracts/fact-version.ts';
import type { RepairQuoteSettled } from '../../contracts/repair-quote-settled.ts';
import type { RepairQuoted } from '../../contracts/repair-quoted.ts';
import { askAbout, type LookUpServices, lookUpCar } from '../../enrich/look-up-car.ts';
import { nudgePolicyOf } from '../../group/group.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision as Decided, unchanged } from '../../handoff/draft.ts';
import { NUMBER_USED_AGAIN, usedBy } from '../../handoff/number-reuse.ts';
import { decideAndDeliver } from '../../outbox/decide-and-deliver.ts';
import type { DrawingServices } from '../../outbox/draw-holdout.ts';
import { keepNoContact } from '../../outbox/keep-no-contact.ts';
import type { DecisionStore } from '../../ports.ts';
import { routeOccasion } from '../../readiness/assessed-order.ts';
import type { Decision } from '../../readiness/decision.ts';
import { nudgeCaps } from '../../readiness/nudge-caps.ts';
import { amountsOf } from '../../readiness/quote-amounts.ts';
import { valuedOccasion } from './appraisal.ts';
import { decideQuoted } from './decide.ts';
import { decideByArm } from './decide-by-arm.ts';
import { type KnowingServices, knowledgeOf, type LookUp } from './knowledge.ts';
import { keepBack, type SentAs, sentAsOf, settled } from './line-by-line.ts';
import { takeOver } from './take-over.ts';
import { blankRepairOptions, type RepairOptions } from './task.ts';

export interface ReviewServices extends KnowingServices, DrawingServices, LookUpServices {
  readonly decisions: DecisionStore;
}

/**
 * A repair was quoted, high or not. If what is left to decide reaches the policy's minimum, sends the advisor the sheet, and
 * notifies Sales if the rule finds reasons; below it, only stores the decision.
 */
export const reviewRepairQuote = (services: ReviewServices, quote: Received<RepairQuoted>): Promise<string> =>
  review(services, quote, { policyDecides: true });

/** The sender says that the quote is high, so the advisor gets the sheet whatever the amount. */
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

/** No more lines came for a quote that is written line by line. Facts that arrived after the sweep's request count, too. */
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
  const lookUp: LookUp = isForSheet(quote, sentAs, context)
    ? (car) => askAbout(services, car, quote)
    : lookUpCar;
  const found = await knowledgeOf(services, { task, occasion: quote, lookUp }, context);
  const knowledge = { ...found, circumstances: { ...sentAs, ...found.circumstances } };
  const decide = (one: RepairOptions) => decideQuoted(one, quote, knowledge, context);
  const asked = await takeOver(
    services,
    { order: task, would: decide(task).task, fact: quote, knowledge },
    context,
  );
  return keepDecision(services, await decideByArm(services, asked, decide), context);
}

/** Vendors are asked about a car only if somebody may read the answer, because each question costs money. */
const isForSheet = (quote: RepairQuoted, { policyDecides }: SentAs, { group, store }: Context): boolean =>
  store.mode !== 'off' &&
  (policyDecides !== true ||
    amountsOf(quote.quote).leftCents >= Math.max(1, nudgePolicyOf(group, store).repairMinimumCents));

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
  if (outcome === NUMBER_USED_AGAIN || !changed || isRepeat) return undefined;
  return madeOf(task, context);
}

/** A decision with its inputs, as the handoff has it. */
export function madeOf(task: RepairOptions, context: Context): Decision | undefined {
  const { assessment, circumstances, history } = task;
  const quote = valuedOccasion(task, context);
  if (!quote || !assessment || !circumstances) return undefined;
  return {
    ...{ at: context.now, today: assessment.on, timeZone: context.store.timeZone },
    ...{ quote, history, circumstances, assessment },
    household: nudgeCaps.ofCustomer({ ...quote, ...householdOf(task) }).map(({ what }) => what),
    ...(circumstances.nobodyToReceive
      ? {}
      : { person: routeOccasion(quote, task.assignee?.employeeNumber, context).employeeNumber }),
  };
}

const householdOf = ({ history }: RepairOptions) => ({
  coBuyers: history?.coBuyers,
  otherNumbers: history?.otherNumbers,
});
