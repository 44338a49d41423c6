import type { DealUnwound } from '../../contracts/deal-unwound.ts';
import {
  isNewer,
  isRepeat,
  type Received,
  reverses,
  stillStanding,
  versionOf,
} from '../../contracts/fact-version.ts';
import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { deliveryDate, isSaleToCustomer, purchaseKey, saleKey } from '../../customers/deal.ts';
import { daysBetween } from '../../group/business-time.ts';
import { isMistake } from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, repeated, unchanged } from '../../handoff/draft.ts';
import { FormerUseError, giveUpNumber, isAnotherUse, usedBy } from '../../handoff/number-reuse.ts';
import { restart } from '../../handoff/restart.ts';
import { isEnded, isOpen } from '../../handoff/task.ts';
import { contactOf, customerWasNotified, retryLetter } from './customer-letters.ts';
import { beginsAt, isMoved } from './delivery.ts';
import {
  appointmentsOf,
  formerCustomers,
  isOfEarlierSale,
  soldSince,
  withoutToldAppointments,
} from './facts-that-stay.ts';
import { raiseIfBooked } from './first-visit.ts';
import { moveDelivery } from './moved-delivery.ts';
import { firstServiceOf, planFirstService } from './plan-first-service.ts';
import {
  emailSalespeople,
  introduce,
  introduceAnotherBuyer,
  introduceAnotherCar,
  isAnotherBuyer,
  isAnotherCar,
} from './recipients.ts';
import { sellerNumbers } from './sellers.ts';
import { introductionTraits, type ServiceIntroduction } from './task.ts';
import { tickIntroduction } from './tick.ts';

/**
 * Sold → Service: the selling salesperson walks the customer to a named advisor, who confirms the introduction. The
 * deal is the key of the item, so `vehicle-sold` and `deal-unwound` can arrive in any order.
 */
type Introduction = ServiceIntroduction;

const decide = (task: Introduction, context: Context) => draft(task, introductionTraits, context);

export const decideSold = (
  before: Introduction,
  sold: Received<VehicleSold>,
  context: Context,
): Decision<Introduction> => emitPurchase(before, decideSale(before, sold, context), context);

export const decideUnwound = (
  before: Introduction,
  unwound: Received<DealUnwound>,
  context: Context,
): Decision<Introduction> => emitPurchase(before, decideReversal(before, unwound, context), context);

/**
 * A salesperson introduces a buyer whose deal no DMS has reported yet. It starts only the handoff: for the history, a sale is
 * what the DMS reports. If the deal is already known, nothing changes.
 */
export function decideStarted(
  before: Introduction,
  sold: Received<VehicleSold>,
  context: Context,
): Decision<Introduction> {
  if (before.facts.sold && !isMistake(before)) return unchanged(before, 'already-known');
  const decision = decideSale(before, sold, context);
  const { task } = decision;
  const [by] = sellerNumbers(task);
  const started = { at: context.now, ...(by === undefined ? {} : { by }) };
  return { ...decision, task: { ...task, started, facts: { ...task.facts, typed: true } } };
}

/**
 * The version that the DMS reported. The DMS knows better than the person who typed it, whenever either happened, so a typed
 * sale is not a version of the deal.
 */
const versionKnown = ({ facts: { sold, typed } }: Introduction) => (typed === true ? undefined : sold);

/** Queues an event for what the deal changed: its customer's data, or the owner of the car. */
function emitPurchase(
  before: Introduction,
  decision: Decision<Introduction>,
  context: Context,
): Decision<Introduction> {
  const { task } = decide(decision.task, context)
    .when(purchaseKey(before) !== purchaseKey(decision.task), (draft) => draft.event('customer-bought'))
    .when(saleKey(before) !== saleKey(decision.task) || hasMoved(before, decision.task), (draft) =>
      draft.event('vehicle-owner-changed'),
    )
    .also(raiseIfBooked);
  return { ...decision, task };
}

function decideSale(
  before: Introduction,
  sold: Received<VehicleSold>,
  context: Context,
): Decision<Introduction> {
  const { sold: known, unwound } = before.facts;
  if (known && isAnotherUse(usedBy(sold), usedBy(known))) return useAgain(before, sold, context);
  refuseFormerUse(before, sold);
  const version = versionKnown(before);
  if (!isNewer(sold, version)) return olderVersion(before, sold);
  if (version && isRepeat(sold, version)) return repeated({ ...before, facts: { ...before.facts, sold } });
  const task: Introduction = {
    ...before,
    updatedAt: context.now,
    facts: {
      sold,
      unwound: stillStanding(unwound, sold),
      ...formerCustomers(before, sold),
      ...soldSince(before, sold),
      ...appointmentsOf(before, sold),
    },
    firstService: firstServiceOf(sold, context),
    ...(sold.correlationId === undefined ? {} : { correlationId: sold.correlationId }),
  };
  if (!isSaleToCustomer(sold))
    return notASale({ ...task, facts: withoutToldAppointments(task.facts) }, sold, context);
  if (isMistake(before)) return begin(restart(task, 'reinstated', context.now), sold, context);
  if (isReinstated(before, task)) return reinstate(task, sold, context);
  return known && before.state !== 'awaited'
    ? correct(task, known, sold, context)
    : begin(task, sold, context);
}

/** An older version loses, but may still show that the deal is older than was known. */
const olderVersion = (before: Introduction, sold: VehicleSold): Decision<Introduction> =>
  isOfEarlierSale(before, sold)
    ? repeated({ ...before, facts: { ...before.facts, soldSince: sold.occurredAt } })
    : unchanged(before, 'already-known');

/**
 * The known reversal names another customer and car: it belongs to the number's next use and arrived first, so it does not
 * unwind this deal.
 */
function refuseFormerUse({ facts }: Introduction, sold: Received<VehicleSold>): void {
  const unwound = facts.sold ? undefined : stillStanding(facts.unwound, sold);
  if (unwound && isAnotherUse(usedBy(sold), unwound)) throw new FormerUseError('dealNumber', sold.dealNumber);
}

/** The DMS reused the number for another customer and another car: that sale gets a task of its own. */
function useAgain(
  before: Introduction,
  fact: VehicleSold | DealUnwound,
  context: Context,
): Decision<Introduction> {
  if (!isNewer(fact, versionKnown(before))) throw new FormerUseError('dealNumber', fact.dealNumber);
  const ending = { trigger: 'closing fact', outcome: 'number used again', by: 'dms' } as const;
  return giveUpNumber(decide(before, context), fact.occurredAt, ending);
}

/** Whether the deal was written again under its number after it was unwound, or is a sale to a customer after all. */
const isReinstated = (before: Introduction, { facts }: Introduction): boolean => {
  const { sold, unwound } = before.facts;
  if (sold === undefined || before.state === 'awaited' || facts.unwound !== undefined) return false;
  return unwound !== undefined || !isSaleToCustomer(sold) || hasLeft(before);
};

/** The deal was corrected to another store's Service: the assignee here gives up the handoff, and it starts anew there. */
export function leaveStore(
  before: Introduction,
  sold: Received<VehicleSold>,
  context: Context,
): Decision<Introduction> {
  const { sold: known } = before.facts;
  const isCorrection =
    known !== undefined && isNewer(sold, known) && !isAnotherUse(usedBy(sold), usedBy(known));
  if (!isCorrection || !isSaleToCustomer(sold)) return unchanged(before, 'already-known');
  const advisor = contactOf(before);
  // With number and store, because the other store has employee numbers of its own.
  const introducedTo =
    customerWasNotified(before) && advisor !== undefined ? `${advisor}@${before.storeId}` : undefined;
  // Appointments at the other store are reported again once the deal is there.
  const { appointments: _here, ...facts } = before.facts;
  return decide({ ...before, updatedAt: context.now, introducedTo, facts }, context)
    .end({ trigger: 'closing fact', outcome: 'serviced elsewhere', by: 'dms' })
    .done('left-for-another-store');
}

export const hasLeft = ({ ended }: Introduction) => ended?.outcome === 'serviced elsewhere';
const hasMoved = (before: Introduction, after: Introduction) => hasLeft(before) && !hasLeft(after);

/** Signatures from before the deal was unwound stay valid; the first service is planned again. */
function reinstate(task: Introduction, sold: VehicleSold, context: Context): Decision<Introduction> {
  if (task.state === 'cancelled') return begin(writtenAgain(task, context), sold, context);
  return decide(task, context).also(planFirstService).note({ code: 'sale-corrected' }).done('reinstated');
}

/** The customer's existing introduction stays valid: they get a letter only if the advisor is a different one. */
function writtenAgain(before: Introduction, { now }: Context): Introduction {
  const contact = hasLeft(before) ? before.introducedTo : contactOf(before);
  const introducedTo = customerWasNotified(before) ? (contact ?? before.introducedTo) : undefined;
  return { ...restart(before, 'reinstated', now), introducedTo, contact: undefined };
}

/** The deal is stored anyway, so that an older event arriving late is recognized as stale. */
function notASale(task: Introduction, sold: VehicleSold, context: Context): Decision<Introduction> {
  if (task.state === 'awaited') {
    return decide(task, context)
      .note({ code: 'not-a-retail-sale' })
      .done(`not-introduced: ${sold.dealType} deal`);
  }
  return decide(task, context)
    .end({ trigger: 'closing fact', outcome: 'not a retail sale', by: 'dms' })
    .clearDeadlines()
    .done('cancelled');
}

function decideReversal(
  before: Introduction,
  fact: Received<DealUnwound>,
  context: Context,
): Decision<Introduction> {
  const { sold, unwound: known } = before.facts;
  if (sold && isAnotherUse(fact, usedBy(sold))) return useAgain(before, fact, context);
  if (!isNewer(fact, known)) return unchanged(before, 'already-known');
  if (!reverses(fact, versionKnown(before))) return unchanged(before, 'already-known: written again since');
  const { reason, customerNumber, vin } = fact;
  const unwound = {
    ...versionOf(fact),
    ...(reason === undefined ? {} : { reason }),
    ...(customerNumber === undefined ? {} : { customerNumber }),
    ...(vin === undefined ? {} : { vin }),
  };
  const facts = { ...withoutToldAppointments(before.facts), unwound };
  if (known) return repeated({ ...before, facts });
  const task: Introduction = { ...before, updatedAt: context.now, facts, deadlines: {} };
  const reversed = decide(task, context);
  if (isEnded(task)) return reversed.lockUndo().note({ code: 'deal-unwound' }).done('already-ended');
  if (!task.facts.sold) return reversed.note({ code: 'deal-unwound' }).done('kept-for-later');
  return reversed.end(unwinding).done('cancelled');
}

const unwinding = { trigger: 'closing fact', outcome: 'deal unwound', by: 'dms' } as const;

function begin(task: Introduction, sold: VehicleSold, context: Context): Decision<Introduction> {
  const { now, group, store, soldAt, today } = context;
  if (task.facts.unwound) {
    return decide(task, context).end(unwinding).done('cancelled: unwound before it came');
  }
  const planned = decide(task, context).also(planFirstService);
  const delivery = deliveryDate(sold, soldAt.timeZone);
  if ([store, soldAt].some(({ mode }) => mode === 'off'))
    return planned.step('old fact', { own: { code: 'store-off' } }).done('store-off');
  if (sold.forHistory || daysBetween(delivery, today) > group.actOnFactsOfDays) {
    return planned.step('old fact', { own: { code: 'sold-too-long-ago' } }).done('kept-for-history');
  }
  const begins = beginsAt(sold, context);
  if (begins > now) {
    return planned
      .step('early fact', { own: { code: 'delivery-on', date: delivery } })
      .deadline('release', begins)
      .done('waiting-for-delivery');
  }
  return planned.step('opening fact').also(introduce(sold)).done('created');
}

/** Handles a newer version of a known sale: notifies people only of what changes for them. */
function correct(
  task: Introduction,
  known: VehicleSold,
  sold: VehicleSold,
  context: Context,
): Decision<Introduction> {
  const corrected = { code: 'sale-corrected' } as const;
  if (isEnded(task)) return decide(task, context).note(corrected).done('already-ended');
  const planned = decide(task, context).also(planFirstService).note(corrected);
  if (planned.task.state === 'waiting') {
    return planned
      .deadline('release', beginsAt(sold, context))
      .change((current) => tickIntroduction(current, context))
      .done('corrected');
  }
  if (!isOpen(planned.task)) return planned.done('corrected');
  if (isAnotherBuyer(known, sold)) {
    return planned.also(introduceAnotherBuyer(sold)).done('corrected: another buyer');
  }
  const introduce = isAnotherCar(known, sold) ? introduceAnotherCar(known, sold) : emailSalespeople();
  return planned
    .when(isMoved(known, sold), moveDelivery(known, sold))
    .also(introduce)
    .also(retryLetter(known.customer.email, sold.customer.email))
    .done('corrected');
}
