import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Chance } from './chance.ts';
import { customerFacts } from './customer-stories.ts';
import { people } from './roster.ts';

/** An event as a DMS puts it on the bus: when it comes is another matter than when it happened. */
export interface Told {
  readonly at: number;
  readonly source: string;
  readonly detailType: string;
  readonly detail: Detail;
}
type Detail = Readonly<Record<string, unknown>>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const event = z.object({
  source: z.string().default('dms.test'),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});
const readSample = (name: string) =>
  event.parse(JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8')));

const samples = {
  sold: readSample('vehicle-sold').detail,
  due: readSample('first-service-due').detail,
  visited: readSample('service-visit-completed').detail,
  quoted: readSample('repair-quote-high').detail,
  revised: readSample('repair-quote-high-revised').detail,
} as const;
const bad = [
  'bad-deal-type',
  'missing-deal-number',
  'mistyped-detail-type',
  'nameless-customer',
  'unknown-detail-type',
  'unknown-store',
  'version-2',
].map((name) => readSample(`bad/${name}`));

const history = readFileSync(new URL('../../samples/history.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));

/** A customer of one store, with one car. */
interface Customer {
  readonly storeId: string;
  readonly customer: Detail & { readonly customerNumber: string };
  readonly vin: string;
}

/** What happens to each customer of a run in which a guard is taken away that is there for it. */
interface Everybody {
  /** A car is quoted, and another one bought. */
  readonly buy?: boolean | undefined;
  readonly areSold?: boolean | undefined;
  readonly areQuoted?: boolean | undefined;
}

/** Stories of one run: who the customers are, and what their DMS tells, each at its time. */
export class Stories {
  readonly #chance: Chance;
  readonly #start: number;
  readonly #storeIds: readonly string[];
  readonly #told: Told[] = [];
  #numbers = 100;

  /** Of its own, so that the other stories of a seed stay what they are. */
  readonly #aboutCustomers: Chance;

  constructor(
    { chance, aboutCustomers }: { readonly chance: Chance; readonly aboutCustomers: Chance },
    start: number,
    storeIds: readonly string[],
  ) {
    this.#chance = chance;
    this.#aboutCustomers = aboutCustomers;
    this.#storeIds = storeIds;
    this.#start = start;
  }

  /** Everything that is told within this many milliseconds, or a little later. */
  tell(span: number, all: Everybody = {}): readonly Told[] {
    const chance = this.#chance;
    const customers = Array.from({ length: chance.pick([1, 1, 2, 3]) }, () => this.#customer());
    for (const one of customers) {
      const at = this.#start + chance.skewed(0, span);
      if (all.buy) {
        this.#quote(one, at);
        this.#sale(one, at + chance.between(HOUR, 3 * HOUR));
        continue;
      }
      if (all.areSold) {
        this.#sale(one, at);
        continue;
      }
      if (all.areQuoted) {
        this.#manyQuotes(one, at);
        continue;
      }
      if (this.#aboutCustomers.happens(0.5)) this.#told.push(...customerFacts(this.#aboutCustomers, one, at));
      chance.pick([
        () => this.#sale(one, at),
        () => this.#saleThenNumberAgain(one, at),
        () => this.#firstService(one, at),
        () => this.#quote(one, at),
        () => this.#quoteThenNumberAgain(one, at),
        () => this.#manyQuotes(one, at),
        () => this.#manyQuotes(one, at),
        () => {
          this.#sale(one, at);
          this.#firstService(one, at + chance.skewed(MINUTE, span));
        },
        () => {
          this.#quote(one, at);
          this.#sale(one, at + chance.skewed(-HOUR, span));
        },
      ])();
    }
    if (chance.happens(0.25)) this.#tellBad(this.#start + chance.between(0, span));
    return this.#told;
  }

  #customer(): Customer {
    const chance = this.#chance;
    const number = this.#number();
    const store = chance.oneOf(this.#storeIds) ?? 'lakeshore-subaru';
    // A household now and then: two customers, one address.
    const email = chance.happens(0.1) ? undefined : `customer-${chance.whole(1, 9)}@example.com`;
    return {
      storeId: store,
      customer: {
        customerNumber: `C-${number}`,
        firstName: 'Maria',
        lastName: `Kowalski ${number}`,
        ...(email === undefined ? {} : { email }),
        preferredLanguage: chance.pick(['en-US', 'es-US']),
      },
      vin: `4S4BTGND8V3${String(chance.whole(100_000, 999_999))}`,
    };
  }

  /** As after a change of systems: the number is another customer's, who buys another car. */
  #saleThenNumberAgain(one: Customer, at: number): void {
    const dealNumber = this.#sale(one, at);
    if (this.#chance.happens(0.5))
      this.#sale(this.#another(one), this.#afterAllOf({ dealNumber }), dealNumber);
  }

  #quoteThenNumberAgain(one: Customer, at: number): void {
    const roNumber = this.#quote(one, at);
    if (this.#chance.happens(0.5)) {
      this.#quote(this.#another(one), this.#afterAllOf({ roNumber }), { roNumber });
    }
  }

  #another = ({ storeId }: Customer): Customer => ({ ...this.#customer(), storeId });

  /** A number comes back when the facts of its former use are over, whenever they are told. */
  #afterAllOf(numbers: Readonly<Record<string, string>>): number {
    const [[name, number]] = [...Object.entries(numbers), ['', '']];
    const happened = this.#told
      .filter(({ detail }) => detail[name ?? ''] === number)
      .map(({ detail }) => Date.parse(String(detail['occurredAt'])));
    return Math.max(this.#start, ...happened) + this.#chance.skewed(MINUTE, 6 * HOUR);
  }

  /** A number that is used again is not unwound here: a reversal that overtakes its sale can't be told from the former's. */
  #sale({ storeId, customer, vin }: Customer, at: number, usedBefore?: string): string {
    const chance = this.#chance;
    const dealNumber = usedBefore ?? `D-${this.#number()}`;
    const sellers = people.filter((one) => one.storeId === storeId && one.role === 'salesperson');
    const salespeople = () =>
      Array.from({ length: chance.whole(1, 2) }, () => ({
        employeeNumber: chance.oneOf(sellers)?.employeeNumber ?? '1077',
      }));
    const dueOn = dayOf(at + chance.pick([20, 40, 180]) * DAY);
    const detail = {
      ...samples.sold,
      ...this.#fact(storeId, at),
      dealNumber,
      dealType: chance.pick(['retail', 'retail', 'retail', 'lease', 'wholesale']),
      deliveryAt: instantOf(at + chance.pick([0, 0, 0, HOUR, 3 * DAY])),
      customer,
      vehicle: { vin, year: 2027, make: 'Subaru', model: 'Outback' },
      salespeople: salespeople(),
      ...(chance.happens(0.5) ? { firstService: { dueOn } } : {}),
    };
    this.#tell(at, 'vehicle-sold', detail);
    for (let times = chance.pick([0, 0, 1, 2]); times > 0; times -= 1) {
      const later = at + chance.skewed(MINUTE, 8 * HOUR);
      const change = chance.pick<object>([
        { customer: { ...customer, email: `customer-${chance.whole(1, 9)}@example.com` } },
        { salespeople: salespeople() },
        { deliveryAt: instantOf(later + chance.pick([-DAY, 0, 2 * DAY])) },
        { dealType: 'wholesale' },
      ]);
      this.#tell(later, 'vehicle-sold', { ...detail, ...this.#version(detail, storeId, later), ...change });
    }
    if (usedBefore === undefined && chance.happens(0.25)) {
      const later = at + chance.skewed(-HOUR, DAY);
      const customerNumber = customer.customerNumber;
      const unwound = { ...this.#fact(storeId, later), dealNumber, vin, customerNumber };
      this.#tell(
        later,
        'deal-unwound',
        chance.happens(0.5) ? unwound : { ...this.#fact(storeId, later), dealNumber },
      );
      const again = later + chance.skewed(MINUTE, 6 * HOUR);
      if (chance.happens(0.4)) {
        this.#tell(again, 'vehicle-sold', { ...detail, ...this.#version(unwound, storeId, again) });
      }
    }
    return dealNumber;
  }

  #firstService({ storeId, customer, vin }: Customer, at: number): void {
    const chance = this.#chance;
    const due = (when: number) => ({
      ...samples.due,
      ...this.#fact(storeId, when),
      customer,
      vehicle: { vin, year: 2027, make: 'Subaru', model: 'Outback' },
      dueOn: dayOf(when + chance.pick([1, 10, 31, 60]) * DAY),
      salespersonNumber: chance.oneOf(people.filter((one) => one.storeId === storeId))?.employeeNumber,
      serviceAdvisorNumber: undefined,
    });
    this.#tell(at, 'first-service-due', due(at));
    if (chance.happens(0.3)) {
      const later = at + chance.skewed(MINUTE, 5 * HOUR);
      this.#tell(later, 'first-service-due', due(later));
    }
    this.#appointments({ storeId, customer, vin }, at);
    if (chance.happens(0.3)) this.#visit({ storeId, customer, vin }, at + chance.skewed(-HOUR, 2 * DAY));
  }

  #appointments({ storeId, customer, vin }: Customer, at: number): void {
    const chance = this.#chance;
    const appointmentNumber = `A-${this.#number()}`;
    const about = { appointmentNumber, vin, customerNumber: customer.customerNumber };
    for (let times = chance.pick([0, 1, 2, 4]); times > 0; times -= 1) {
      const when = at + chance.skewed(-HOUR, 10 * HOUR);
      const fact = { ...this.#fact(storeId, when), ...about };
      if (chance.happens(0.3)) {
        const reason = chance.pick(['cancelled', 'no-show']);
        this.#tell(when, 'service-appointment-cancelled', { ...fact, reason });
      } else {
        // Often over when it is cancelled or missed: both are then told late.
        const startsAt = instantOf(when + chance.skewed(10 * MINUTE, 9 * DAY));
        this.#tell(when, 'service-appointment-booked', { ...fact, startsAt, durationMinutes: 60 });
        if (chance.happens(0.4)) {
          const after = Date.parse(startsAt) + chance.skewed(MINUTE, 3 * HOUR);
          const reason = chance.pick(['cancelled', 'no-show']);
          this.#tell(after, 'service-appointment-cancelled', {
            ...this.#fact(storeId, after),
            ...about,
            reason,
          });
        }
      }
    }
  }

  #visit({ storeId, customer, vin }: Customer, at: number, roNumber = `R-${this.#number()}`): void {
    this.#tell(at, 'service-visit-completed', {
      ...samples.visited,
      ...this.#fact(storeId, at),
      roNumber,
      customer,
      vehicle: { vin, odometerMiles: 5120 },
      closedOn: dayOf(at),
      customerPayCents: this.#chance.pick([0, 20_000]),
    });
  }

  /** Long-term customers of long-term cars: the kind about which Sales is told. */
  #quote(
    { storeId, customer, vin }: Customer,
    at: number,
    { seller, roNumber: usedBefore }: { seller?: string | undefined; roNumber?: string } = {},
  ): string {
    const chance = this.#chance;
    const number = this.#number();
    const roNumber = usedBefore ?? `R-${number}`;
    // Every second order comes from a DMS that sends every quote, and every fourth begins with a small one.
    const detailType = number % 2 === 0 ? 'repair-quoted' : 'repair-quote-high';
    const { quote: first } = number % 4 === 0 ? samples.revised : samples.quoted;
    // Those who are a rush for one salesperson are all of the kind that Sales is told about.
    if (seller !== undefined || chance.happens(0.7)) this.#pastVisits({ storeId, customer, vin }, at);
    const { customer: _who, vehicle: _car, ...quoted } = samples.quoted;
    const detail = (when: number) => ({
      ...quoted,
      ...this.#fact(storeId, when),
      roNumber,
      customer,
      vehicle: { vin, year: 2015, make: 'Honda', model: 'CR-V', odometerMiles: 131_420 },
      openedAt: instantOf(at - HOUR),
      promisedAt: instantOf(at + 6 * HOUR),
      salespersonNumber: seller ?? chance.oneOf(people)?.employeeNumber,
      serviceAdvisorNumber: chance.oneOf(people)?.employeeNumber,
      value: { cents: 920_000, source: 'Black Book', asOf: dayOf(at) },
      equity: { lowCents: 780_000, highCents: 920_000, originalPriceCents: 2_745_000, asOf: dayOf(at) },
    });
    this.#tell(at, detailType, { ...detail(at), quote: first });
    for (let times = chance.pick([0, 1, 2]); times > 0; times -= 1) {
      const later = at + chance.skewed(MINUTE, 4 * HOUR);
      const { quote } = chance.pick([samples.revised, samples.quoted]);
      this.#tell(later, detailType, {
        ...detail(later),
        ...this.#version(detail(at), storeId, later),
        quote,
      });
    }
    const closing = at + chance.skewed(-HOUR, 10 * HOUR);
    const reopened = closing + chance.skewed(MINUTE, 3 * HOUR);
    if (chance.happens(0.15)) this.#tell(reopened, detailType, { ...detail(reopened), quote: first });
    if (usedBefore === undefined && chance.happens(0.2)) {
      this.#tell(closing, 'repair-order-voided', { ...this.#fact(storeId, closing), roNumber });
    }
    if (chance.happens(0.4)) this.#visit({ storeId, customer, vin }, closing + HOUR, roNumber);
    return roNumber;
  }

  /** What makes somebody a long-term customer: told at night, before the day's story. */
  #pastVisits({ storeId, customer, vin }: Customer, at: number): void {
    for (const days of [1_200, 200, 120, 60]) {
      const then = at - days * DAY;
      const detail = {
        ...samples.visited,
        ...this.#fact(storeId, then),
        roNumber: `R-${this.#number()}`,
        customer,
        vehicle: { vin, odometerMiles: 120_000 },
        closedOn: dayOf(then),
        customerPayCents: 45_000,
      };
      this.#told.push({
        at: at - HOUR,
        source: 'dms.simulated',
        detailType: 'service-visit-completed',
        detail,
      });
    }
  }

  /** More than one person may get in a day, and one customer with two orders. */
  #manyQuotes(one: Customer, at: number): void {
    const chance = this.#chance;
    const sellers = people.filter(({ storeId, role }) => storeId === one.storeId && role === 'salesperson');
    const seller = chance.oneOf(sellers)?.employeeNumber;
    if (chance.happens(0.3) && one.storeId === 'lakeshore-honda')
      for (const visit of history) this.#tell(at - HOUR, 'service-visit-completed', visit);
    const atOnce = chance.happens(0.5);
    for (let times = chance.whole(3, 7); times > 0; times -= 1) {
      const customer = chance.happens(0.3) ? one : { ...this.#customer(), storeId: one.storeId };
      this.#quote(customer, at + chance.skewed(0, atOnce ? SECOND : 30 * MINUTE), { seller });
    }
  }

  #tellBad(at: number): void {
    const one = this.#chance.oneOf(bad);
    if (one) this.#told.push({ at, source: one.source, detailType: one['detail-type'], detail: one.detail });
  }

  /** Live, and perhaps once more, at night from a file: in whatever order. */
  #tell(at: number, detailType: string, detail: Detail): void {
    const chance = this.#chance;
    const told = { source: 'dms.simulated', detailType, detail };
    this.#told.push({ at, ...told });
    if (chance.happens(0.15)) this.#told.push({ at: at + chance.skewed(10, 5 * SECOND), ...told });
    if (chance.happens(0.1)) this.#told.push({ at: at + chance.between(HOUR, 12 * HOUR), ...told });
  }

  /** A correction: dated later, or like what it corrects, with a revision or without. */
  #version(before: Detail, storeId: string, at: number): Detail {
    const { occurredAt } = before;
    return this.#chance.pick<() => Detail>([
      () => this.#fact(storeId, at),
      () => ({ occurredAt }),
      () => ({ occurredAt, revision: this.#chance.whole(0, 2) }),
    ])();
  }

  #fact(storeId: string, at: number): Detail {
    return { version: 1, storeId, occurredAt: instantOf(at) };
  }

  #number(): number {
    this.#numbers += 1;
    return this.#numbers;
  }
}

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();
const dayOf = (at: number) => instantOf(at).slice(0, 10);
