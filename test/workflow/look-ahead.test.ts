import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appointmentAhead } from '../../functions/contracts/appointment-ahead.ts';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import type { Group, Store } from '../../functions/group/group.ts';
import { sweepDueWork } from '../../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import { vinOf } from '../kinds/deadlines.ts';
import { World } from '../support/world.ts';

const STORE = 'lakeshore-subaru';
/** Noon in Evanston, where Service works from 7:30 to 6, so that its last list leaves at 5. */
const WEDNESDAY = '2026-11-18T18:00:00.000Z';
const LOOKS_AT = '2026-11-18T22:30:00.000Z';
const LAST_LIST = '2026-11-18T23:00:00.000Z';
/** Sales works until 8: its last list leaves at 7. */
const SALES_WOULD_LOOK_AT = '2026-11-19T00:30:00.000Z';
/** On Saturday Service works from 8 to 3: its last list leaves at 2. */
const SATURDAY_LOOKS_AT = '2026-11-21T19:30:00.000Z';
const nextDay = (hour: string) => `2026-11-19T${hour}:00.000Z`;

let world: World;
beforeAll(async () => {
  world = await World.open(WEDNESDAY);
});
beforeEach(() => world.reset(WEDNESDAY));
afterAll(() => world.close());

const CUSTOMER = { customerNumber: 'C-7', firstName: 'Ana', lastName: 'Ruiz', phone: '(847) 555-0190' };

const booked = (appointmentNumber: string, startsAt: string, change: object = {}, on = world) =>
  on.put('service-appointment-booked', {
    ...{ storeId: STORE, occurredAt: on.now, appointmentNumber, startsAt },
    ...{ vin: vinOf(appointmentNumber), customerNumber: `C-${appointmentNumber}` },
    ...change,
  });
const sweepAt = async (at: string, on = world) => {
  on.now = at;
  await on.sweep();
};
const told = (on = world) =>
  on.ours.flatMap((event) =>
    event['detail-type'] === appointmentAhead.detailType ? [appointmentAhead.schema.parse(event.detail)] : [],
  );
const numbersTold = (on = world) => told(on).map(({ appointmentNumber }) => appointmentNumber);
const notes = () => world.items('appointment ahead');

describe('half an hour before the last list of the day', () => {
  it('the sweep tells of each car that is booked for tomorrow, with the time and the customer’s number', async () => {
    await booked('A-1', nextDay('15:00'));
    await sweepAt(LOOKS_AT);
    expect(told()).toEqual([
      {
        ...{ version: 1, storeId: STORE, occurredAt: LOOKS_AT, appointmentNumber: 'A-1' },
        ...{ vin: vinOf('A-1'), customerNumber: 'C-A-1', on: '2026-11-19', startsAt: nextDay('15:00') },
      },
    ]);
  });

  it.each([
    ['is too early for it', plusMinutes(LOOKS_AT, -5), []],
    ['may come late', plusMinutes(LAST_LIST, -5), ['A-1']],
    ['is too late once the list has left', LAST_LIST, []],
  ])('a first sweep %s', async (_what, at, expected) => {
    await booked('A-1', nextDay('15:00'));
    await sweepAt(at);
    expect(numbersTold()).toEqual(expected);
  });

  it('the next sweeps say nothing again, and tomorrow’s tells of the day after', async () => {
    await booked('A-1', nextDay('15:00'));
    await booked('A-2', plusDays(nextDay('15:00'), 1));
    for (const minutes of [0, 5, 10]) await sweepAt(plusMinutes(LOOKS_AT, minutes));
    expect(numbersTold()).toEqual(['A-1']);
    await sweepAt(plusDays(LOOKS_AT, 1));
    expect(numbersTold()).toEqual(['A-1', 'A-2']);
  });

  it('who books later than that for tomorrow is told of no more: the list has been looked ahead for', async () => {
    await sweepAt(LOOKS_AT);
    await booked('A-1', nextDay('15:00'));
    await sweepAt(plusMinutes(LOOKS_AT, 5));
    await sweepAt(plusDays(LOOKS_AT, 1));
    expect(numbersTold()).toEqual([]);
  });

  it('a bus that does not answer is told again of all of them by the next sweep', async () => {
    const numbers = Array.from({ length: 12 }, (_, at) => `A-${10 + at}`);
    for (const number of numbers) await booked(number, nextDay('15:00'));
    world.now = LOOKS_AT;
    const services = world.services('sweep-due-work');
    const noAnswer = { result: 'unknown', reason: { code: 'no-answer', error: 'TimeoutError' } } as const;
    const silent = { put: async (events: readonly object[]) => events.map(() => noAnswer) };
    expect((await sweepDueWork({ ...services, bus: silent }, () => false)).failed).toMatchObject([
      { id: STORE },
    ]);
    expect(numbersTold()).toEqual([]);
    await sweepAt(plusMinutes(LOOKS_AT, 5));
    expect(numbersTold()).toEqual(numbers);
  });
});

describe('days on which Service is closed', () => {
  const days = [21, 22, 23, 24].map((day) => [`A-${day}`, `2026-11-${day}T21:30:00.000Z`] as const);

  it('Saturday’s last list is that of Sunday and Monday, and Sunday has none', async () => {
    for (const [number, startsAt] of days) await booked(number, startsAt);
    await sweepAt(SATURDAY_LOOKS_AT);
    expect(numbersTold()).toEqual(['A-22', 'A-23']);
    await sweepAt(plusDays(LOOKS_AT, 4));
    expect(numbersTold()).toEqual(['A-22', 'A-23']);
    await sweepAt(plusDays(LOOKS_AT, 5));
    expect(numbersTold()).toEqual(['A-22', 'A-23', 'A-24']);
  });

  it('the day before Thanksgiving is that of Friday', async () => {
    await booked('A-1', '2026-11-27T15:00:00.000Z');
    await sweepAt(plusDays(LOOKS_AT, 7));
    expect(numbersTold()).toEqual(['A-1']);
  });
});

describe('what is noted of a booking', () => {
  it('is its latest version, in whatever order the versions come', async () => {
    const versions = [
      { occurredAt: plusMinutes(WEDNESDAY, -30), startsAt: nextDay('15:00') },
      { occurredAt: plusMinutes(WEDNESDAY, -20), startsAt: nextDay('17:00') },
      { occurredAt: plusMinutes(WEDNESDAY, -10), startsAt: nextDay('20:00') },
    ];
    const order = fc.shuffledSubarray(versions, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(order, async (sent) => {
        await world.reset(WEDNESDAY);
        for (const one of sent) await booked('A-1', one.startsAt, one);
        await sweepAt(LOOKS_AT);
        expect(told()).toMatchObject([{ appointmentNumber: 'A-1', startsAt: nextDay('20:00') }]);
      }),
      { numRuns: 6 },
    );
  });

  it('is not written again by a booking that a cancellation has overtaken', async () => {
    await world.put('service-appointment-cancelled', {
      ...{ storeId: STORE, occurredAt: WEDNESDAY, appointmentNumber: 'A-1', vin: vinOf('A-1') },
    });
    await booked('A-1', nextDay('15:00'), { occurredAt: plusMinutes(WEDNESDAY, -30) });
    expect(await notes()).toEqual([]);
  });

  it('says the car that was found for a booking by phone', async () => {
    world.keepsCustomers = true;
    await world.put('service-visit-completed', {
      ...{ storeId: STORE, occurredAt: WEDNESDAY, roNumber: 'R-7', closedOn: '2026-11-17' },
      ...{ customer: CUSTOMER, vehicle: { vin: vinOf('C-7') }, customerPayCents: 9_900 },
    });
    const named = { vin: undefined, customerNumber: undefined, phone: '+1 847.555.0190' };
    await booked('A-1', nextDay('15:00'), named);
    world.keepsCustomers = false;
    await sweepAt(LOOKS_AT);
    expect(told()).toMatchObject([{ vin: vinOf('C-7'), customerNumber: 'C-7' }]);
  });

  it('names no phone and no address, and is gone two days after its day', async () => {
    await booked('A-1', nextDay('15:00'), { phone: CUSTOMER.phone, email: 'ana@example.com' });
    const [note = {}] = await notes();
    expect(Object.keys(note).toSorted()).toEqual(
      [
        ...['appointmentNumber', 'customerNumber', 'expiresAt', 'on', 'pk'],
        ...['sk', 'startsAt', 'storeId', 'type', 'vin'],
      ].toSorted(),
    );
    expect(note['expiresAt']).toBe(Date.parse(plusDays(nextDay('15:00'), 2)) / 1000);
  });

  it.each([
    ['a car that the dealer system has no VIN of', { vin: '11111111111111111' }],
    ['a customer who comes today', { startsAt: plusMinutes(WEDNESDAY, 60) }],
  ])('is nothing of %s', async (_what, change) => {
    await booked('A-1', nextDay('15:00'), change);
    expect(await notes()).toEqual([]);
  });
});

describe('a store that does not look ahead', () => {
  const storeWith =
    (change: (store: Store) => Partial<Store>) =>
    (group: Group): Group => ({
      ...group,
      stores: group.stores.map((store) => (store.id === STORE ? { ...store, ...change(store) } : store)),
    });

  it.each<readonly [string, (store: Store) => Partial<Store>]>([
    ['has turned it off', () => ({ readyTomorrow: false })],
    ['does nothing yet', () => ({ mode: 'off' })],
    ['has no service department', ({ hours }) => ({ hours: { sales: hours.sales } })],
  ])('because it %s tells of nobody', async (_what, change) => {
    const other = await World.open(WEDNESDAY, storeWith(change));
    await booked('A-1', nextDay('15:00'), {}, other);
    for (const at of [LOOKS_AT, SALES_WOULD_LOOK_AT]) await sweepAt(at, other);
    expect(numbersTold(other)).toEqual([]);
    await other.close();
  });
});
