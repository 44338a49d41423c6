import { isOpen } from '../../functions/handoff/task.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import type { Chance } from './chance.ts';
import type { Told } from './stories.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Days {
  readonly start: number;
  readonly span: number;
  readonly storeIds: readonly string[];
}

/**
 * A car whose first service comes due changes hands at another store or the same, as the DMS tells of both: in any order,
 * and perhaps twice. The fact about the former owner is days older than the sale.
 */
export function secondOwnerStories(chance: Chance, { start, span, storeIds }: Days): Told[] {
  const number = chance.whole(100, 999);
  const vin = `4S4BTGND8V3${String(chance.whole(100_000, 999_999))}`;
  const fact = (detailType: string, happenedAt: number, detail: object): Told => ({
    ...{ at: start + chance.skewed(0, span), source: 'dms.simulated', detailType },
    detail: {
      ...{ version: 1, storeId: chance.oneOf(storeIds), occurredAt: instantOf(happenedAt) },
      vehicle: { vin, year: 2026, make: 'Subaru', model: 'Outback' },
      ...detail,
    },
  });
  const due = fact('first-service-due', start - chance.between(3 * DAY, 5 * DAY), {
    customer: person(`${FORMER}${number}`, 'Owner'),
    dueOn: instantOf(start + chance.whole(10, 40) * DAY).slice(0, 10),
  });
  const soldAt = start - chance.between(0, 12 * HOUR);
  const sold = fact('vehicle-sold', soldAt, {
    ...{ dealNumber: `D-${number}`, dealType: 'retail', deliveryAt: instantOf(soldAt) },
    customer: person(`BUYS-${number}`, 'Buyer'),
    salespeople: [],
  });
  return [due, sold].flatMap((told) =>
    chance.happens(0.3) ? [told, { ...told, at: told.at + chance.skewed(SECOND, 3 * HOUR) }] : [told],
  );
}

const person = (customerNumber: string, lastName: string) => ({
  ...{ customerNumber, firstName: 'Nadia', lastName },
  email: `${customerNumber.toLowerCase()}@example.com`,
});

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();

/** Nobody is invited to the first service of a car that they sold. */
export function brokenOwners(tasks: Iterable<AnyTask>): string[] {
  const all = [...tasks];
  const sold = new Set(all.flatMap(carSold));
  return all
    .filter((task) => task.kind === 'first-service-visit' && isFormer(task.subject.customerNumber))
    .filter((task) => isOpen(task) && task.kind === 'first-service-visit' && sold.has(task.subject.vin))
    .map(({ taskId }) => `the car of ${taskId} was sold, and its former owner is still invited`);
}

/** The car of a sale that is known. */
const carSold = (task: AnyTask): string[] =>
  task.kind === 'service-introduction' && task.facts.sold ? [task.facts.sold.vehicle.vin] : [];

const FORMER = 'OWNED-';
const isFormer = (customerNumber: string) => customerNumber.startsWith(FORMER);
