import type { Chance } from './chance.ts';
import { people } from './roster.ts';
import type { Told } from './stories.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

interface Days {
  readonly start: number;
  readonly span: number;
  readonly storeIds: readonly string[];
}

/**
 * Shoppers whose car is merely broken: sent by one salesperson or by two, told once more, corrected, back in the afternoon
 * after their order was closed.
 */
export function shopperStories(chance: Chance, { start, span, storeIds }: Days): Told[] {
  return Array.from({ length: chance.whole(1, 3) }, (_one, at) => at).flatMap((number) => {
    const storeId = chance.oneOf(storeIds) ?? 'lakeshore-subaru';
    const sellers = people.filter((one) => one.storeId === storeId && one.role === 'salesperson');
    const shopper = {
      customer: {
        ...(chance.happens(0.3) ? { customerNumber: `S-${number}` } : {}),
        ...{ firstName: 'Walter', lastName: `Nowak ${number}`, phone: `(847) 555-01${number}7` },
        ...(chance.happens(0.8) ? { email: `shopper-${number}@example.com` } : {}),
      },
      vehicle: { vin: `4S4BTGND8V7${String(chance.whole(100_000, 999_999))}`, model: 'Outback' },
    };
    const told = (at: number, detailType: string, detail: object): Told => ({
      ...{ at, source: 'dms.simulated', detailType },
      detail: { version: 1, storeId, occurredAt: instantOf(at), ...shopper, ...detail },
    });
    const sent = (at: number) =>
      told(at, 'shopper-needs-service', {
        salespersonNumber: chance.oneOf(sellers)?.employeeNumber,
        needs: chance.pick(['It shakes', 'It squeals']),
      });
    const first = start + chance.skewed(0, span);
    const closed = first + chance.between(HOUR, 5 * HOUR);
    const customer = { customerNumber: `S-${number}`, ...shopper.customer };
    return [
      sent(first),
      ...(chance.happens(0.6) ? [sent(first + chance.skewed(SECOND, 20 * MINUTE))] : []),
      ...(chance.happens(0.5)
        ? [
            told(closed, 'service-visit-completed', {
              ...{ customer, roNumber: `S-${number}`, closedOn: dayOf(closed), customerPayCents: 40_000 },
            }),
          ]
        : []),
      ...(chance.happens(0.4) ? [sent(closed + chance.between(HOUR, 3 * HOUR))] : []),
    ];
  });
}

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();
const dayOf = (at: number) => instantOf(at).slice(0, 10);
