import { type Contract, type Fact, OWN_SOURCE, parseDetail } from '../../functions/contracts/contract.ts';
import { customerAskedAboutCar } from '../../functions/contracts/customer-asked-about-car.ts';
import { customerChanged } from '../../functions/contracts/customer-changed.ts';
import { customerContacted } from '../../functions/contracts/customer-contacted.ts';
import { type DealUnwound, dealUnwound } from '../../functions/contracts/deal-unwound.ts';
import { compareVersions, type Received, reverses } from '../../functions/contracts/fact-version.ts';
import { shopperNeedsService } from '../../functions/contracts/shopper-needs-service.ts';
import { type VehicleSold, vehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import { isStandIn } from '../../functions/customers/without-placeholders.ts';
import { daysBetween, localDate } from '../../functions/group/business-time.ts';
import type { Group } from '../../functions/group/group.ts';
import { received } from '../../functions/group/received.ts';
import type { AnyTask, TaskOf } from '../../functions/handoffs/kinds.ts';
import type { BusEvent } from './bus.ts';
import { people } from './roster.ts';

/**
 * Credit as docs/decisions/ledger-facts-and-credit.md says it, and nothing of the code: a sale follows from a handoff where
 * it is the same person, the handoff came before the sale and, if Service handed over, before Sales was in contact, and the
 * window of the group had not passed. Everything is judged of the facts that the bus took, whatever their order.
 */

/** What is to be said of one deal for one handoff; `open`: the facts lie too close to each other, or a number came back. */
export type Verdict = 'credited' | 'open' | `not credited: ${string}`;

/** Somebody, as one fact names them. */
interface Somebody {
  readonly storeId: string;
  readonly customerNumber?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** From when to when a handoff may have begun: to the second where it was started, else while it was on its way. */
interface HandedOver {
  readonly from: number;
  readonly to: number;
  readonly who: Somebody;
  readonly byService: boolean;
  readonly voidBecause: string | undefined;
}

type Sold = Received<VehicleSold>;
type Unwound = Received<DealUnwound>;

export interface DealTold {
  readonly storeId: string;
  readonly dealNumber: string;
  readonly versions: readonly Sold[];
  readonly reversals: readonly Unwound[];
}

/** Two clocks that may be wrong by twenty seconds each. */
const SLACK = 60_000;
const DAY = 24 * 3_600_000;

export class CreditModel {
  readonly deals: readonly DealTold[];
  readonly #group: Group;
  readonly #contacts: readonly { readonly at: number; readonly who: Somebody }[];
  readonly #words: readonly { readonly at: number; readonly who: Somebody; readonly isWish: boolean }[];
  readonly #mergers: ReadonlyMap<string, string>;

  constructor(events: readonly BusEvent[], group: Group) {
    this.#group = group;
    this.deals = dealsIn(events);
    this.#contacts = factsIn(events, customerContacted)
      .filter(({ storeId, by }) => !isOfService(storeId, by))
      .map(({ storeId, customer, at, occurredAt }) => ({
        at: Date.parse(at ?? occurredAt),
        who: { storeId, ...customer },
      }));
    this.#words = [
      ...factsIn(events, shopperNeedsService).map((fact) => ({ ...fact, isWish: false })),
      ...factsIn(events, customerAskedAboutCar).map((fact) => ({ ...fact, isWish: true })),
    ].map(({ storeId, customer, occurredAt, isWish }) => ({
      ...{ at: Date.parse(occurredAt), isWish },
      who: { storeId, ...customer },
    }));
    this.#mergers = new Map(
      factsIn(events, customerChanged).flatMap(({ storeId, customer, replaces = [] }) =>
        replaces.map((former) => [`${storeId} ${former}`, `${storeId} ${customer.customerNumber}`] as const),
      ),
    );
  }

  of(task: AnyTask, deal: DealTold, all: readonly AnyTask[]): Verdict {
    const handed = this.#handedOver(task, all);
    const last = deal.versions.toSorted(compareVersions).at(-1);
    if (!handed || !last || new Set(deal.versions.map(({ vehicle }) => vehicle.vin)).size > 1) return 'open';
    const isForDrivers = last.dealType === 'retail' || last.dealType === 'lease';
    if (!isForDrivers) return 'not credited: it is no sale to a driver';
    if (deal.reversals.some((one) => reverses(one, last))) return 'not credited: the deal was unwound';
    if (handed.voidBecause !== undefined) return `not credited: ${handed.voidBecause}`;
    if (!this.#isSamePerson(handed.who, last)) return 'not credited: it is another customer';
    return this.#byTime(handed, deal, last);
  }

  #byTime(handed: HandedOver, { versions }: DealTold, last: Sold): Verdict {
    // A correction says more of a sale, and does not make it another one.
    const soldAt = Math.min(...versions.map(({ occurredAt }) => Date.parse(occurredAt)));
    if (isBetween(soldAt, handed)) return 'open';
    const zone = this.#group.stores.find(({ id }) => id === last.storeId)?.timeZone ?? 'UTC';
    const day = (at: number) => localDate(zone, new Date(at).toISOString());
    const deliveredOn = last.deliveryAt === undefined ? undefined : day(Date.parse(last.deliveryAt));
    const soldOn = deliveredOn ?? last.deliveryOn ?? day(Date.parse(last.occurredAt));
    if (soldAt < handed.from || soldOn < day(handed.from)) return 'not credited: the sale came first';
    if (day(handed.from) !== day(handed.to)) return 'open';
    const days = daysBetween(day(handed.from), soldOn);
    if (days > this.#group.creditWithinDays) return 'not credited: the handoff was too long before';
    return handed.byService ? this.#byContacts(handed, soldAt) : 'credited';
  }

  #byContacts(handed: HandedOver, soldAt: number): Verdict {
    const theirs = this.#contacts.filter(
      ({ who, at }) =>
        at >= soldAt - this.#group.creditWithinDays * DAY && this.#isReachedAs(who, handed.who),
    );
    if (theirs.some(({ at }) => at < handed.from - SLACK)) return 'not credited: Sales was in contact first';
    return theirs.some(({ at }) => isBetween(at, handed)) ? 'open' : 'credited';
  }

  /** The first word of it counts, whichever comes last. */
  #handedOver(task: AnyTask, all: readonly AnyTask[]): HandedOver | undefined {
    const fact = saidOf(task);
    if (!fact) return undefined;
    const who = { storeId: fact.storeId, ...fact.customer };
    const isWish = task.kind === 'upgrade-conversation';
    const isStarted = task.started !== undefined;
    const formerlyOver = all
      .filter((one) => one.kind === task.kind && (one.use ?? 1) < (task.use ?? 1) && isSameSubject(one, task))
      .map(({ ended, updatedAt }) => Date.parse(ended?.at ?? updatedAt));
    const since = Math.max(0, ...formerlyOver);
    const words = this.#words
      .filter((one) => one.isWish === isWish && isStarted && isSameShopper(one.who, who))
      .filter(({ at }) => at > since && at <= Date.parse(fact.occurredAt));
    // A corrected quote makes it no later handoff.
    const { createdAt, started, saidSince = createdAt } = task;
    const said = [fact.occurredAt, started?.at ?? createdAt, saidSince, createdAt].map((at) =>
      Date.parse(at),
    );
    const from = Math.min(...said, ...words.map(({ at }) => at));
    return {
      ...{ from, who },
      to: isStarted ? from : Date.parse(task.createdAt),
      byService: isWish,
      voidBecause: voidBecause(task),
    };
  }

  #isSamePerson(who: Somebody, { storeId, customer, coBuyerNumber }: Sold): boolean {
    return (
      this.#isReachedAs(who, { storeId, ...customer }) ||
      (coBuyerNumber !== undefined && this.#isReachedAs({ storeId, customerNumber: coBuyerNumber }, who))
    );
  }

  #isReachedAs(one: Somebody, other: Somebody): boolean {
    return sameReach(one, other) || this.#isSameNumber(one, other);
  }

  #isSameNumber(one: Somebody, other: Somebody): boolean {
    const known = [one, other].map(({ storeId, customerNumber }) =>
      customerNumber === undefined ? undefined : this.#survivor(`${storeId} ${customerNumber}`),
    );
    return known[0] !== undefined && known[0] === known[1];
  }

  #survivor(number: string): string {
    const into = this.#mergers.get(number);
    return into === undefined || into === number ? number : this.#survivor(into);
  }
}

const isBetween = (at: number, { from, to }: HandedOver): boolean => at >= from - SLACK && at <= to + SLACK;

function factsIn<C extends Contract>(events: readonly BusEvent[], contract: C): Received<Fact<C>>[] {
  return events.flatMap(({ source, time, detail, ...event }) => {
    if (source === OWN_SOURCE || event['detail-type'] !== contract.detailType) return [];
    const parsed = parseDetail<C['schema']>(contract, detail);
    return parsed.ok ? [received(parsed.fact, time)] : [];
  });
}

function dealsIn(events: readonly BusEvent[]): DealTold[] {
  const reversals = factsIn(events, dealUnwound);
  const byNumber = Map.groupBy(
    factsIn(events, vehicleSold),
    ({ storeId, dealNumber }) => `${storeId} ${dealNumber}`,
  );
  return [...byNumber.values()].flatMap((versions) => {
    const [first] = versions;
    if (!first) return [];
    const { storeId, dealNumber } = first;
    const ofDeal = reversals.filter((one) => one.storeId === storeId && one.dealNumber === dealNumber);
    return [{ storeId, dealNumber, versions, reversals: ofDeal }];
  });
}

const isOfService = (storeId: string, by: string | undefined): boolean =>
  people.some(
    (one) => one.storeId === storeId && one.employeeNumber === by && one.role.startsWith('service'),
  );

/** What a handoff was begun by, as it stands. */
const saidOf = (task: AnyTask) => {
  if (task.kind === 'repair-instead') return task.facts.asked;
  if (task.kind !== 'upgrade-conversation') return undefined;
  return task.facts.quote ?? task.facts.visit ?? task.facts.wish;
};

const isSameSubject = (one: AnyTask, other: AnyTask): boolean =>
  one.storeId === other.storeId && JSON.stringify(one.subject) === JSON.stringify(other.subject);

/** An end that says there was nothing to hand over. */
const NOTHING: ReadonlySet<string> = new Set([
  'started-by-mistake',
  'wrong-car',
  'the car left before Sales was told',
  'the newer quote gives no reason any more',
  'the advisor took it back',
]);

function voidBecause(task: AnyTask): string | undefined {
  if (task.state === 'awaited' || task.state === 'history' || task.assignee === undefined)
    return 'nobody was given it';
  if (task.kind === 'upgrade-conversation' && isVoided(task)) return 'its order was voided';
  return task.ended !== undefined && NOTHING.has(task.ended.outcome) ? task.ended.outcome : undefined;
}

/** A word of after it opened the order again. */
const isVoided = ({ facts: { voided, quote, visit } }: TaskOf<'upgrade-conversation'>): boolean =>
  voided !== undefined && [quote, visit].every((word) => (word?.occurredAt ?? '') <= voided.occurredAt);

/** By their number, where the word had one; else by how they are reached. */
const isSameShopper = (said: Somebody, who: Somebody): boolean =>
  said.storeId === who.storeId &&
  (said.customerNumber === undefined
    ? isStandIn(who.customerNumber ?? '') && sameReach(said, who)
    : said.customerNumber === who.customerNumber);

/** Whoever answers at the same address or phone: never by a name, nor by where they live. */
const sameReach = (one: Somebody, other: Somebody): boolean =>
  isSame(one.email?.toLowerCase(), other.email?.toLowerCase()) ||
  isSame(digitsOf(one.phone), digitsOf(other.phone));

const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one === other;

const digitsOf = (phone: string | undefined): string | undefined => phone?.replace(/\D/g, '').slice(-10);
