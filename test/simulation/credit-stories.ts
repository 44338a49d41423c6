import type { Chance } from './chance.ts';
import { people } from './roster.ts';
import type { Days } from './side-stories.ts';
import type { Told } from './stories.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Fields = Readonly<Record<string, string>>;

/** Somebody whom one department hands to the other, by an event or on a page, and who buys a car before or after. */
export interface Shopper {
  readonly storeId: string;
  readonly customer: Fields;
  readonly vin: string;
}

/** How long after a handoff that is told of a sale may come: the stories need that much more time. */
export const LATEST_SALE = 10 * HOUR;

/**
 * Shoppers whose car is merely broken are walked to Service, customers of Service ask for another car, and they buy: under
 * their number or another, before or after, within the window or not. Deals are unwound, written again and corrected; numbers
 * are merged. Each fact comes in any order, now and then twice.
 */
export function creditStories(chance: Chance, days: Days): readonly Told[] {
  const shoppers = shoppersIn(chance, days);
  return [
    ...shoppers.flatMap((shopper, at) => story(chance, days, shopper, at + 1)),
    ...(chance.happens(0.5) ? opener(chance, days) : []),
  ];
}

/** Drawn first, so that whoever has the chance of the stories knows whom they are about. */
export const shoppersIn = (chance: Chance, days: Days): readonly Shopper[] =>
  Array.from({ length: chance.whole(1, 2) }, (_one, at) => shopperOf(chance, days, at + 1));

const shopperOf = (chance: Chance, { storeIds }: Days, number: number): Shopper => ({
  storeId: chance.oneOf(storeIds) ?? 'lakeshore-subaru',
  customer: {
    ...{ firstName: 'Walter', lastName: `Novak ${number}`, phone: `(847) 555-02${number}7` },
    ...(chance.happens(0.5) ? { customerNumber: `WALK-${number}` } : {}),
    ...(chance.happens(0.8) ? { email: `walter-${number}@example.com` } : {}),
  },
  vin: `4S4BTGND8V5${String(chance.whole(100_000, 999_999))}`,
});

interface Teller {
  readonly chance: Chance;
  readonly shopper: Shopper;
  /** At which instant the customer was handed over, if it is told. */
  readonly handed: number;
  readonly fact: (happened: number, detailType: string, detail: object, storeId?: string) => Told;
}

function story(chance: Chance, days: Days, shopper: Shopper, number: number): Told[] {
  const teller: Teller = {
    ...{ chance, shopper, handed: days.start + chance.skewed(0, days.span) },
    fact: (happened, detailType, detail, at = shopper.storeId) => ({
      // Live, or with a file of some hours later.
      at: happened + chance.pick([SECOND, SECOND, chance.skewed(SECOND, 3 * HOUR)]),
      source: 'dms.simulated',
      detailType,
      detail: { version: 1, storeId: at, occurredAt: instantOf(happened), ...detail },
    }),
  };
  const facts = [
    ...handedOver(teller),
    ...visited(teller),
    ...contacted(teller),
    ...sold(teller, number, days),
  ];
  return facts.flatMap((one) =>
    chance.happens(0.2) ? [one, { ...one, at: one.at + chance.skewed(SECOND, 2 * HOUR) }] : [one],
  );
}

/** By a CRM: once, twice by two people, or not at all, where somebody may do it on their page. */
function handedOver({ chance, shopper, handed, fact }: Teller): Told[] {
  const { customer, vin, storeId } = shopper;
  const by = (role: string) =>
    chance.oneOf(people.filter((one) => one.storeId === storeId && one.role === role))?.employeeNumber;
  const vehicle = { vin, year: 2019, make: 'Subaru', model: 'Legacy' };
  const walk = (at: number) =>
    fact(at, 'shopper-needs-service', {
      ...{ customer, vehicle, salespersonNumber: by('salesperson') },
      needs: chance.pick(['It shakes', 'It squeals']),
    });
  const wish = (at: number) =>
    fact(at, 'customer-asked-about-car', {
      ...{ customer, vehicle, serviceAdvisorNumber: by('service advisor') },
      asked: chance.pick(['Are there hybrids?', 'What is the new one?']),
    });
  const send = chance.pick([walk, walk, wish]);
  const again = handed + chance.skewed(SECOND, HOUR);
  return chance.pick<() => Told[]>([
    () => [send(handed)],
    () => [send(handed)],
    () => [send(handed), send(again)],
    () => (customer['customerNumber'] === undefined ? [] : [send(handed)]),
  ])();
}

/** The order of the car, or of the customer, is closed; some were entered wrong. */
function visited({ chance, shopper: { customer, vin }, handed, fact }: Teller): Told[] {
  if (customer['customerNumber'] === undefined || !chance.happens(0.4)) return [];
  const closed = handed + chance.between(HOUR, 3 * HOUR);
  const roNumber = `RO-${customer['customerNumber']}`;
  return [
    fact(closed, 'service-visit-completed', {
      ...{ customer, roNumber, closedOn: instantOf(closed).slice(0, 10), customerPayCents: 40_000 },
      vehicle: { vin, odometerMiles: 61_200 },
    }),
    ...(chance.happens(0.3) ? [fact(closed + HOUR, 'repair-order-voided', { roNumber })] : []),
  ];
}

/** Sales, or Service, had them on the phone: before the handoff or after. */
function contacted({ chance, shopper: { customer, storeId }, handed, fact }: Teller): Told[] {
  if (customer['customerNumber'] === undefined || !chance.happens(0.4)) return [];
  const by = chance.oneOf(people.filter((one) => one.storeId === storeId))?.employeeNumber;
  const at = handed + chance.pick([-2 * DAY, -HOUR, HOUR]);
  return [
    fact(at, 'customer-contacted', {
      ...{ customer, channel: 'phone' },
      ...(chance.happens(0.5) && by !== undefined ? { by } : {}),
    }),
  ];
}

function sold(teller: Teller, number: number, { storeIds }: Days): Told[] {
  const { chance, shopper, handed, fact } = teller;
  if (chance.happens(0.1)) return [];
  const storeId = chance.happens(0.8) ? shopper.storeId : (chance.oneOf(storeIds) ?? shopper.storeId);
  const dealNumber = `BUY-${number}`;
  const bought = handed + chance.pick([1, 1, 1, 1, -1]) * chance.between(20 * MINUTE, 3 * HOUR);
  const car = chance.happens(0.15) ? shopper.vin : `4S4BTGND8V6${String(chance.whole(100_000, 999_999))}`;
  const sellers = people.filter((one) => one.storeId === storeId && one.role === 'salesperson');
  const isMerged = shopper.customer['customerNumber'] !== undefined && chance.happens(0.3);
  const buyer = isMerged ? { customer: survivorOf(number) } : buyerOf(teller, number);
  const sale = (at: number, change: object = {}) =>
    fact(
      at,
      'vehicle-sold',
      {
        ...{ dealNumber, dealType: chance.happens(0.95) ? 'retail' : 'wholesale' },
        ...{ vehicle: { vin: car, year: 2027, make: 'Subaru', model: 'Outback' }, ...buyer },
        // With a window of a day, three days later is too late.
        deliveryAt: instantOf(at + chance.pick([0, 0, 0, 0, 3 * DAY])),
        salespeople: [{ employeeNumber: chance.oneOf(sellers)?.employeeNumber ?? '1077' }],
        ...(chance.happens(0.2) ? { tradeIns: [{ vin: shopper.vin }] } : {}),
        ...change,
      },
      storeId,
    );
  const unwound = bought + chance.between(30 * MINUTE, 2 * HOUR);
  const again = unwound + chance.between(30 * MINUTE, 2 * HOUR);
  const stranger = { customerNumber: `ELSE-${number}`, firstName: 'Ann', lastName: 'Berg' };
  const reversal = () => fact(unwound, 'deal-unwound', { dealNumber }, storeId);
  return [
    sale(bought),
    ...chance.pick<() => Told[]>([
      () => [],
      () => [],
      () => [],
      () => [reversal()],
      () => [reversal(), sale(again)],
      // A sale that came before the handoff is corrected after it.
      () => [sale(Math.max(unwound, handed + 10 * MINUTE))],
      () => [sale(unwound, { customer: stranger, coBuyerNumber: undefined })],
    ])(),
    ...(isMerged ? [merged(teller, number, bought)] : []),
  ];
}

/** As whom the shopper signs: themselves, or somebody who shares a number, a phone or an address with them, or only a name. */
function buyerOf({ chance, shopper: { customer } }: Teller, number: number): object {
  const { customerNumber = `WALK-${number}`, email = `walter-${number}@example.com` } = customer;
  const other = { customerNumber: `SPOUSE-${number}`, firstName: 'Ola', lastName: `Novak ${number}` };
  return chance.pick<() => object>([
    () => ({ customer: { ...customer, customerNumber } }),
    () => ({ customer: { ...customer, customerNumber } }),
    () => ({ customer: { ...customer, customerNumber } }),
    () => ({ customer: other, coBuyerNumber: customerNumber }),
    () => ({ customer: { ...other, phone: `1-847-555-02${number}7` } }),
    () => ({ customer: { ...other, email: email.toUpperCase() } }),
    () => ({ customer: { ...other, customerNumber: `NAMESAKE-${number}`, firstName: 'Walter' } }),
  ])();
}

const survivorOf = (number: number): Fields => ({
  ...{ customerNumber: `WALKED-${number}`, firstName: 'Walter', lastName: `Novak ${number}` },
});

/** The shopper had two numbers at the store: one record takes the other's place. */
const merged = ({ chance, shopper: { customer }, fact }: Teller, number: number, bought: number): Told =>
  fact(bought + chance.between(-HOUR, 2 * HOUR), 'customer-changed', {
    customer: survivorOf(number),
    replaces: [customer['customerNumber']],
  });

/** An ordinary sale of the morning: the salespeople have an email, and so a page of their own. */
function opener(chance: Chance, { start, span, storeIds }: Days): Told[] {
  const storeId = chance.oneOf(storeIds) ?? 'lakeshore-subaru';
  const sellers = people.filter((one) => one.storeId === storeId && one.role === 'salesperson').slice(0, 2);
  const at = start + chance.skewed(0, span);
  const detail = {
    ...{ version: 1, storeId, occurredAt: instantOf(at), dealNumber: 'OPENER', dealType: 'retail' },
    customer: { customerNumber: 'OPENER', firstName: 'Nadia', lastName: 'Lind', email: 'nadia@example.com' },
    vehicle: {
      vin: `4S4BTGND8V6${String(chance.whole(100_000, 999_999))}`,
      make: 'Subaru',
      model: 'Outback',
    },
    ...{ deliveryAt: instantOf(at), salespeople: sellers.map(({ employeeNumber }) => ({ employeeNumber })) },
  };
  return [{ at, source: 'dms.simulated', detailType: 'vehicle-sold', detail }];
}

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();
