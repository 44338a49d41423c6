import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../functions/group/business-time.ts';
import sale from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';
import { appointment, CUSTOMER, MAYA, SELLER, TODAY } from './first-service-facts.ts';

const VISIT = '2027-05-12T15:00:00.000Z';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(() => world.reset(TODAY));
afterAll(() => world.close());

const sell = (change: object = {}) =>
  world.putSample('vehicle-sold', { occurredAt: TODAY, deliveryAt: undefined, ...change });
const { vin } = sale.detail.vehicle;
const { customerNumber } = sale.detail.customer;
const booked = (change: object = {}) =>
  world.put('service-appointment-booked', appointment({ vin, customerNumber, startsAt: VISIT, ...change }));
const onPage = (startsAt: string) => choose(world, linkTo(world, MAYA), 'first-visit-booked', { startsAt });
const to = (address: string) => world.inbox(address).map(({ subject }) => subject);
const visits = () => world.tasks('first-service-visit');

describe('a first visit that is booked at the sale', () => {
  const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
    'by the DMS, after the sale': async () => {
      await sell();
      await booked();
    },
    'by the DMS, before the sale': async () => {
      await booked();
      await sell();
    },
    'by phone, without a customer number': async () => {
      await sell();
      await booked({ customerNumber: undefined });
    },
    'by the advisor on the page': async () => {
      await sell();
      await onPage('2027-05-12T10:00');
    },
  };

  it.each(Object.entries(WAYS))(
    '%s, is confirmed to the customer at once, with a calendar file',
    async (_how, book) => {
      await book();
      const letters = world
        .inbox(CUSTOMER)
        .filter(({ subject }) => /first service: Wed, May 12/.test(subject));
      expect(letters).toHaveLength(1);
      expect(letters[0]?.attachments).toEqual([expect.stringMatching(/\.ics$/)]);
      expect(to(SELLER).filter((subject) => /^Be there: .*May 12/.test(subject))).toHaveLength(1);
      expect(await visits()).toMatchObject([{ state: 'waiting' }]);
    },
  );

  it.each(Object.entries(WAYS))(
    '%s, is kept until Service gets it, and nobody is asked to book it',
    async (_how, book) => {
      await book();
      const before = world.inbox().length;
      world.now = plusMinutes(TODAY, 150 * DAY);
      await world.advance(25 * DAY);
      const later = world.inbox().slice(before);
      // Three weeks before the visit nobody is late, although nobody has accepted it.
      const wrong = later.filter(
        ({ at, subject }) => at < '2027-05-12' && /book|the first service of/i.test(subject),
      );
      expect(wrong).toEqual([]);
      expect(later.map(({ subject }) => subject)).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^Get ready: Maria .*, first service Wed, May 12/),
          expect.stringMatching(/^Tomorrow at 10:00 AM: first service of Maria/),
          expect.stringMatching(/^Tomorrow at 10:00 AM: be there for Maria/),
          expect.stringMatching(/^See you Wed, May 12/),
        ]),
      );
    },
  );
});
