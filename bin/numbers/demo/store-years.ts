import { addDays, addMonths, type LocalDate } from '../../../functions/group/business-time.ts';
import { defaultNudgePolicy, policyVersion } from '../../../functions/group/nudge-policy.ts';
import type { NamedFact, Outcome, Subject } from '../../../functions/ledger/facts.ts';
import { clock, seasons } from './calendar.ts';
import { Chance } from './chance.ts';
import { type Employee, Staff } from './staff.ts';
import { type About, type Car, householdOf, type Sold } from './subjects.ts';

/** Cars that a store sells in a month, before seasonal changes. */
const SOLD_PER_MONTH = 55;
/** Customer-pay orders in a month by customers who did not buy here recently. */
const ORDERS_PER_MONTH = 130;

const otherWays = ['by phone', 'by video'] as const;

/**
 * The ledger of one believable store over some years: seasons, people who leave, customers who do not come back,
 * deals that unwind, orders that are corrected. Its numbers depend only on the seed.
 */
export class StoreYears {
  readonly facts: NamedFact[] = [];
  readonly staff: Staff;
  readonly #chance: Chance;
  readonly #storeId: string;
  readonly #until: LocalDate;
  #count = 0;

  constructor(
    storeId: string,
    { seed, from, until }: { readonly seed: number; readonly from: LocalDate; readonly until: LocalDate },
  ) {
    this.#chance = new Chance(seed);
    this.#storeId = storeId;
    this.#until = until;
    this.staff = new Staff(this.#chance, storeId.slice(-2).toUpperCase(), from);
  }

  /** @param first the first day of a month */
  month(first: LocalDate): void {
    const season = seasons[Number(first.slice(5, 7)) - 1] ?? 1;
    const sales = Math.round(SOLD_PER_MONTH * season * this.#chance.share(0.85, 1.15));
    for (let sale = 0; sale < sales; sale += 1) this.#sale(this.#dayOf(first));
    for (let order = 0; order < ORDERS_PER_MONTH; order += 1) this.#order(this.#dayOf(first));
    for (let shopper = this.#chance.between(1, 4); shopper > 0; shopper -= 1)
      this.#shopper(this.#dayOf(first));
    this.staff.monthPasses(addMonths(first, 1));
  }

  #dayOf = (first: LocalDate): LocalDate => addDays(first, this.#chance.between(0, 27));

  #sale(on: LocalDate, customer = this.#next('customer')): Sold {
    const seller = this.staff.salesperson();
    const advisor = this.staff.advisor();
    const sold = { customer, car: this.#next('car'), deal: this.#next('deal'), on };
    const dealType = this.#chance.happens(0.25) ? 'lease' : 'retail';
    const says = (salesperson: Employee, at: string) =>
      this.#tell(sold, { what: 'sold', at, dealType, on, salespeople: [salesperson.employeeNumber] });
    says(seller, clock(on, 19));
    // The desk corrects the salesperson.
    if (this.#chance.happens(0.03)) says(this.staff.salesperson(), clock(addDays(on, 1), 15));
    if (this.#chance.happens(0.02)) {
      this.#tell(sold, { what: 'unwound', at: clock(addDays(on, 3), 16) });
      return sold;
    }
    const isIntroduced = this.#introduce(sold, seller, advisor);
    this.#ownership(sold, advisor, isIntroduced);
    return sold;
  }

  #introduce(sold: Sold, seller: Employee, advisor: Employee): boolean {
    const { on } = sold;
    const about = { ...sold, kind: 'service-introduction', handoff: `introduction ${sold.deal}` };
    const by = advisor.employeeNumber;
    this.#tell(about, {
      what: 'handed over',
      at: clock(on, 19, 1),
      from: [seller.employeeNumber],
      to: by,
      why: 'partner',
    });
    this.#accept(about, by, clock(on, 19, 2));
    const isThere = this.#chance.happens(seller.diligence);
    if (isThere) {
      const how = this.#chance.happens(0.85) ? 'in person' : this.#chance.of(otherWays);
      this.#tell(about, { what: 'introduced', at: clock(on, 20), how, by });
      this.#tell(about, {
        what: 'ended',
        at: clock(on, 20),
        as: `introduced-${how.replace(' ', '-')}`,
        by,
        how: 'choice',
      });
    }
    if (this.#chance.happens(0.2))
      this.#tell(about, { what: 'met', at: clock(addDays(on, 1), 12), answer: isThere ? 'yes' : 'no' });
    return isThere;
  }

  #accept(about: About, by: string, after: string): void {
    const chance = this.#chance;
    if (chance.happens(0.12)) {
      this.#tell(about, { what: 'escalated', at: `${after.slice(0, 14)}50:00Z`, limit: 'accept' });
      if (chance.happens(0.3)) return;
    }
    this.#tell(about, {
      what: 'accepted',
      at: `${after.slice(0, 14)}55:00Z`,
      by,
      minutes: chance.between(1, 90),
    });
  }

  /** The first service, and how long the customer stays. */
  #ownership(sold: Sold, advisor: Employee, isIntroduced: boolean): void {
    const chance = this.#chance;
    const about = { ...sold, kind: 'first-service-visit', handoff: `first service ${sold.car}` };
    const isBooked = chance.happens(isIntroduced ? 0.55 : 0.15);
    const by = advisor.employeeNumber;
    if (isBooked)
      this.#tell(about, {
        what: 'booked',
        at: clock(sold.on, 21),
        by,
        startsAt: clock(addMonths(sold.on, 6), 14),
      });
    const due = addMonths(sold.on, 6);
    this.#tell(about, {
      what: 'handed over',
      at: clock(addDays(due, -30), 13),
      from: [],
      to: by,
      why: 'introduced',
    });
    this.#accept(about, by, clock(addDays(due, -30), 13, 1));
    this.#tell(about, { what: 'fell due', at: clock(addDays(due, -30), 13), on: due });
    const comes = 0.35 + (isIntroduced ? 0.2 : 0) + (isBooked ? 0.3 : 0);
    if (!chance.happens(comes)) return;
    let on = addDays(due, chance.between(-20, 25));
    this.#tell(about, { what: 'showed', at: clock(on, 17), on });
    const stays = isIntroduced ? 0.86 : 0.72;
    do {
      this.#visit(sold, on);
      on = addDays(on, chance.between(150, 230));
    } while (on <= this.#until && chance.happens(stays));
  }

  #visit({ customer, car }: Car, on: LocalDate): string {
    const order = this.#next('order');
    const paidBy = this.#chance.happens(0.84)
      ? 'customer'
      : this.#chance.of(['warranty', 'dealer', 'nobody']);
    const by = this.staff.advisor().employeeNumber;
    this.#tell({ customer, car, order }, { what: 'visited', at: clock(on, 22), on, paidBy, by });
    return order;
  }

  /** A customer of Service. For some of them there is a quote that is worth notifying Sales. */
  #order(on: LocalDate): void {
    const chance = this.#chance;
    const who = { customer: this.#next('customer'), car: this.#next('car') };
    const order = this.#visit(who, on);
    if (!chance.happens(0.12)) return;
    const about = { ...who, order };
    const why = [
      chance.of(['repair-against-value', 'owned-long', 'lease-ends', 'equity']),
      'spend-against-value',
    ];
    if (chance.happens(0.55)) {
      const suppressions = [
        chance.of([
          'bought-recently',
          'contacted-recently',
          'negative-equity',
          'open-complaint',
          'advisor-said-no',
        ]),
      ];
      this.#tell(about, {
        what: 'silent',
        at: clock(on, 16),
        reasonsFor: why,
        reasonsAgainst: [],
        suppressions,
      });
      return;
    }
    const isWithheld = this.#isWithheld(about, on);
    // Nudges that depend only on what was spent are seldom right.
    const isWeak = chance.happens(0.3);
    this.#tell(about, {
      what: isWithheld ? 'silent' : 'nudged',
      at: clock(on, 16),
      reasonsFor: why,
      reasonsAgainst: [],
      suppressions: isWithheld ? ['holdout'] : [],
      policy: policyVersion(defaultNudgePolicy),
      decidedBy: isWeak && !isWithheld ? ['spend-against-value'] : [],
    });
    if (!isWithheld) this.#conversation(about, on, isWeak ? 0.05 : 0.24);
    // Some customers buy even though nobody talks to them.
    else if (chance.happens(0.05)) this.#householdBuys(about, addDays(on, chance.between(1, 60)));
  }

  /** A fifth of the households are held out. */
  #isWithheld(about: About & { readonly order: string }, on: LocalDate): boolean {
    const isWithheld = this.#chance.happens(0.2);
    const arm = isWithheld ? 'withheld' : 'rule';
    const household = householdOf(about);
    this.#tell({ ...about, household }, { what: 'in holdout', at: clock(on, 16), arm });
    return isWithheld;
  }

  #householdBuys(of: About, on: LocalDate): Sold {
    const sold = this.#sale(on, of.customer);
    const household = householdOf(of);
    this.#tell({ ...sold, household }, { what: 'household bought', at: clock(sold.on, 19) });
    return sold;
  }

  #conversation(of: Car & { readonly order: string }, on: LocalDate, rightness: number): void {
    const chance = this.#chance;
    const about = { ...of, kind: 'upgrade-conversation', handoff: `conversation ${of.order}` };
    const [advisor, seller] = [this.staff.advisor(), this.staff.salesperson()];
    if (!chance.happens(advisor.diligence)) return;
    const to = seller.employeeNumber;
    this.#tell(about, {
      what: 'handed over',
      at: clock(on, 16, 5),
      from: [advisor.employeeNumber],
      to,
      why: 'seller',
    });
    this.#accept(about, to, clock(on, 16, 6));
    const isSold = chance.happens(rightness);
    const as = isSold
      ? 'sold'
      : chance.of(['not-ready', 'not-ready', 'wrong-car', 'already-bought', 'not-now']);
    this.#tell(about, { what: 'ended', at: clock(addDays(on, 1), 15), as, by: to, how: 'choice' });
    if (!isSold) return;
    const sold = this.#householdBuys(of, addDays(on, chance.between(1, 40)));
    if (sold.on > this.#until) return;
    this.#tell(
      { ...about, deal: sold.deal },
      {
        what: 'matched',
        at: clock(sold.on, 20),
        person: 'customer',
        sameCar: 'neither',
        soldOn: sold.on,
        salespeople: [to],
      },
    );
  }

  #shopper(on: LocalDate): void {
    const who = { customer: this.#next('customer'), car: this.#next('car') };
    const about = { ...who, kind: 'repair-instead', handoff: `repair ${who.car}` };
    const [seller, advisor] = [this.staff.salesperson(), this.staff.advisor()];
    const by = advisor.employeeNumber;
    this.#tell(about, {
      what: 'handed over',
      at: clock(on, 18),
      from: [seller.employeeNumber],
      to: by,
      why: 'partner',
    });
    this.#accept(about, by, clock(on, 18, 2));
    this.#tell(about, {
      what: 'ended',
      at: clock(addDays(on, 1), 20),
      as: this.#chance.of(['fixed', 'fixed', 'declined', 'not-worth-it']),
      by,
      how: 'choice',
    });
  }

  #next(what: string): string {
    this.#count += 1;
    return `${what}-${this.#count}`;
  }

  #tell({ customer, car, deal, order, kind, handoff, household }: About, outcome: Outcome): void {
    if (outcome.at.slice(0, 10) > this.#until) return;
    const about: Subject = {
      storeId: this.#storeId,
      ...{ kind, customerNumber: customer, vin: car, dealNumber: deal, roNumber: order },
      taskId: handoff && `${this.#storeId} ${handoff}`,
      household: household && `${this.#storeId} ${household}`,
    };
    this.facts.push({ about, outcome });
  }
}
