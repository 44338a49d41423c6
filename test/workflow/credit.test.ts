import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plusDays, plusMinutes } from '../../functions/group/business-time.ts';
import { creditState, standingMatches } from '../../functions/handoff/credit-record.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import shopperSent from '../../samples/shopper-needs-service.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { headStartOf, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain } from './answer-visitor.ts';

const TODAY = '2026-11-20T18:00:00.000Z';
const SAM = 'sam.delgado@lakeshore.example';
const DANA = 'dana.whitehorse@lakeshore.example';
const { customer, vehicle, storeId, roNumber } = quoted.detail;
const NEW_CAR = { vin: '2HKRW2H59MH600001', year: 2027, make: 'Honda', model: 'CR-V' };
const DEAL = '60001';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY, headStartOf(0));
  world.keepsOutcomes = true;
});
beforeEach(async () => {
  await world.reset(TODAY);
  await longTermCustomer(world);
});
afterEach(async () => {
  expect(world.deadLetters).toEqual([]);
  expect(await world.refusals()).toEqual([]);
});
afterAll(() => world.close());

/** The advisor's customer is handed to Sales. */
const handedOver = (change: object = {}) => world.putSample('repair-quote-high', change);
const later = (days: number) => {
  world.now = plusDays(TODAY, days);
};
const sold = (change: object = {}) =>
  world.putSample('vehicle-sold', {
    ...{ storeId, dealNumber: DEAL, customer, vehicle: NEW_CAR, salespeople: [{ employeeNumber: '2051' }] },
    ...{ occurredAt: world.now, deliveryAt: undefined, ...change },
  });
const unwound = () => world.put('deal-unwound', { storeId, dealNumber: DEAL, occurredAt: world.now });
const contacted = (change: object = {}) =>
  world.put('customer-contacted', { storeId, customer, channel: 'phone', occurredAt: world.now, ...change });

const talk = async () => {
  const [task] = await world.tasks('upgrade-conversation');
  if (!task) throw new Error('no conversation');
  return task;
};
const matches = async () => standingMatches(await talk());
const credited = async () => (await matches()).map(({ deal }) => deal.dealNumber);
const creditNews = (address: string) =>
  world
    .inbox(address)
    .map(({ text }) => text)
    .filter((text) => /bought \(deal|count for this handoff/.test(text));
const page = () => linkTo(world, SAM, /bought after your handoff|credit/i);

describe('a sale that comes after a handoff', () => {
  it('finds it by itself, and the advisor and the salesperson both read it in their next list', async () => {
    await handedOver();
    later(8);
    await sold();
    expect(await matches()).toMatchObject([
      { deal: { storeId, dealNumber: DEAL }, person: 'customer', sameCar: 'neither', salespeople: ['2051'] },
    ]);
    await world.untilListsLeft();
    expect(world.now < plusDays(TODAY, 9)).toBe(true);
    for (const reader of [SAM, DANA]) {
      expect(creditNews(reader).join()).toContain('deal 60001 on Nov 28, 8 days after the handoff');
    }
  });

  it('says so if the car of the handoff was traded in, or was bought itself', async () => {
    await handedOver();
    later(8);
    await sold({ tradeIns: [{ vin: vehicle.vin }] });
    expect(await matches()).toMatchObject([{ sameCar: 'traded in' }]);
    await sold({ dealNumber: '60002', vehicle, dealType: 'retail' });
    expect(await matches()).toMatchObject([{ sameCar: 'traded in' }, { sameCar: 'bought' }]);
  });

  const same = { firstName: customer.firstName, lastName: customer.lastName };
  it.each([
    [
      'the co-buyer is the customer',
      'co-buyer',
      { customer: { customerNumber: '9', lastName: 'Reyes' }, coBuyerNumber: customer.customerNumber },
    ],
    [
      'the address is the same',
      'household',
      { customer: { customerNumber: '9', lastName: 'Reyes', email: customer.email.toUpperCase() } },
    ],
    [
      'the phone is the same',
      'household',
      { customer: { customerNumber: '9', lastName: 'Reyes', phone: '1-303-555-0134' } },
    ],
    [
      'the phone is the same, at another store of the group',
      'household',
      {
        storeId: 'lakeshore-subaru',
        salespeople: [{ employeeNumber: '1077' }],
        customer: { customerNumber: customer.customerNumber, lastName: 'Reyes', phone: customer.phone },
      },
    ],
  ])('follows from it where %s', async (_, person, change) => {
    await handedOver();
    later(8);
    await sold(change);
    expect(await matches()).toMatchObject([{ person }]);
  });

  it.each([
    [
      'somebody else has the same name',
      { customer: { customerNumber: '9', ...same, email: 'other@example.com' } },
    ],
    [
      'it is another customer of another store with the same number',
      {
        storeId: 'lakeshore-subaru',
        salespeople: [{ employeeNumber: '1077' }],
        customer: { ...same, customerNumber: customer.customerNumber },
      },
    ],
    ['it is a wholesale deal', { dealType: 'wholesale' }],
    ['it was made before the handoff', { occurredAt: plusMinutes(TODAY, -60), deliveryOn: '2026-11-20' }],
  ])('does not follow from it where %s', async (_, change) => {
    await handedOver();
    later(8);
    await sold(change);
    expect(await credited()).toEqual([]);
  });

  it('follows from it for as many days as the group says, and no longer', async () => {
    await handedOver();
    later(180);
    await sold();
    expect(await credited()).toEqual([DEAL]);
    later(181);
    await sold({ dealNumber: '60002' });
    expect(await credited()).toEqual([DEAL]);
  });

  it('does not follow from it where Sales was in contact with the customer first, also where that is told later', async () => {
    await contacted({ occurredAt: plusDays(TODAY, -30) });
    await handedOver();
    later(8);
    await sold();
    expect(await credited()).toEqual([]);

    await world.reset(TODAY);
    await longTermCustomer(world);
    await handedOver();
    later(8);
    await sold();
    expect(await credited()).toEqual([DEAL]);
    await contacted({ occurredAt: plusDays(TODAY, -30) });
    expect(await credited()).toEqual([]);
  });

  it('still follows from it where the contact came after, was long before, or was by Service', async () => {
    await contacted({ occurredAt: plusDays(TODAY, -190) });
    await contacted({ occurredAt: plusDays(TODAY, -30), by: '2031' });
    await handedOver();
    later(4);
    await contacted({ by: '2051' });
    later(8);
    await sold();
    expect(await credited()).toEqual([DEAL]);
  });

  it('does not follow from it any more once the deal is unwound, and does again once it is written again', async () => {
    await handedOver();
    later(8);
    await sold();
    later(10);
    await unwound();
    expect(await credited()).toEqual([]);
    await world.untilListsLeft();
    for (const reader of [SAM, DANA]) {
      expect(creditNews(reader).join()).toContain(
        'doesn’t count for this handoff any more: the deal was unwound',
      );
    }
    later(12);
    await sold();
    expect(await credited()).toEqual([DEAL]);
    expect((await talk()).credit?.matches).toHaveLength(2);
  });

  it('is found where only the buyer’s phone is corrected', async () => {
    await handedOver();
    later(8);
    const reyes = { customerNumber: '9', lastName: 'Reyes', phone: '+1-303-555-0199' };
    await sold({ customer: reyes });
    expect(await credited()).toEqual([]);
    later(9);
    await sold({ customer: { ...reyes, phone: customer.phone } });
    expect(await matches()).toMatchObject([{ person: 'household' }]);
  });

  it('is one line in the list of the day, not one for the sale and one for the end of the conversation', async () => {
    await handedOver();
    await world.untilListsLeft();
    later(8);
    world.showsLists = true;
    await sold();
    await world.untilListsLeft();
    for (const reader of [SAM, DANA]) {
      const list = world.inbox(reader).at(-1)?.text ?? '';
      expect(list.match(/Robert Okafor[^\n]* bought/g), list).toHaveLength(1);
    }
  });

  it('moves to whoever bought where the deal is corrected to another customer', async () => {
    await handedOver();
    later(8);
    await sold();
    later(9);
    await sold({ customer: { customerNumber: '9', lastName: 'Reyes', email: 'reyes@example.com' } });
    expect(await credited()).toEqual([]);
    expect((await talk()).credit?.matches).toMatchObject([{ lapsed: { why: 'it is another customer' } }]);
  });

  describe('of somebody who has only a phone or a co-buyer in common with the customer', () => {
    const spouse = { customerNumber: '9', lastName: 'Reyes' };
    const stranger = { customerNumber: '8', lastName: 'Berg' };
    it.each<[string, object, object]>([
      ['another buyer', { customer: { ...spouse, phone: customer.phone } }, { customer: stranger }],
      ['another phone', { customer: { ...spouse, phone: customer.phone } }, { customer: spouse }],
      [
        'no co-buyer',
        { customer: spouse, coBuyerNumber: customer.customerNumber },
        { customer: spouse, coBuyerNumber: undefined },
      ],
      [
        'another buyer and no co-buyer',
        { customer: spouse, coBuyerNumber: customer.customerNumber },
        { customer: stranger, coBuyerNumber: undefined },
      ],
      [
        'another buyer, where the first had no number',
        { customer: { ...spouse, customerNumber: 'CASH', phone: customer.phone } },
        { customer: stranger },
      ],
      [
        'another phone of somebody without a number',
        { customer: { ...spouse, customerNumber: 'CASH', phone: customer.phone } },
        { customer: { ...spouse, customerNumber: 'CASH', phone: undefined } },
      ],
    ])('follows from it no longer where the deal is corrected to %s', async (_to, entered, corrected) => {
      await handedOver();
      later(8);
      await sold(entered);
      expect(await credited()).toEqual([DEAL]);
      later(9);
      await sold(corrected);
      expect(await credited()).toEqual([]);
    });
  });

  it('follows from the quote before it, also where that is corrected after the sale', async () => {
    const quotedAt = plusMinutes(TODAY, -60);
    await handedOver({ occurredAt: quotedAt });
    const { createdAt } = await talk();
    const soldAt = plusMinutes(quotedAt, 30);
    expect(soldAt < createdAt).toBe(true);
    await sold({ customer: { ...customer, customerNumber: '9' }, occurredAt: soldAt });
    expect(await credited()).toEqual([DEAL]);
    later(1);
    await handedOver({ occurredAt: world.now });
    await sold({ customer: { ...customer, customerNumber: '7' }, occurredAt: world.now });
    expect(await credited()).toEqual([DEAL]);
  });

  it('does not follow from a handoff that came after it, however often the deal is corrected, and in whatever order that is told', async () => {
    const buyer = { customer: { customerNumber: '9', lastName: 'Reyes', phone: customer.phone } };
    const made = { ...buyer, occurredAt: plusMinutes(TODAY, -60), deliveryOn: '2026-11-24' };
    const corrected = { ...buyer, deliveryOn: '2026-11-25' };
    await sold(made);
    await handedOver();
    later(1);
    await sold(corrected);
    expect(await credited()).toEqual([]);

    await world.reset(TODAY);
    await longTermCustomer(world);
    await handedOver();
    later(1);
    await sold(corrected);
    expect(await credited()).toEqual([DEAL]);
    await sold(made);
    expect(await credited()).toEqual([]);
  });

  it('does not follow from a handoff whose order was voided, whichever comes first', async () => {
    const voided = () => world.put('repair-order-voided', { storeId, roNumber, occurredAt: world.now });
    await handedOver();
    later(1);
    await voided();
    later(8);
    await sold();
    expect(await credited()).toEqual([]);

    await world.reset(TODAY);
    await longTermCustomer(world);
    await handedOver();
    later(8);
    await sold({ customer: { ...customer, customerNumber: '9' } });
    expect(await credited()).toEqual([DEAL]);
    await voided();
    expect(await credited()).toEqual([]);
  });

  it('follows from it where the two numbers became one customer since', async () => {
    await handedOver();
    later(8);
    await sold({ customer: { customerNumber: 'K-9', lastName: 'Okafor' } });
    expect(await credited()).toEqual([]);
    await world.put('customer-changed', {
      ...{ storeId, occurredAt: world.now, customer: { customerNumber: 'K-9', lastName: 'Okafor' } },
      replaces: [customer.customerNumber],
    });
    expect(await credited()).toEqual([DEAL]);
  });

  it('does not follow from it where Sales’ first contact was under a number that became the customer’s since', async () => {
    const former = { customerNumber: 'K-9', lastName: 'Okafor' };
    const spouse = { customerNumber: '9', lastName: 'Reyes', phone: customer.phone };
    await contacted({ customer: former, occurredAt: plusDays(TODAY, -30) });
    await handedOver();
    later(8);
    await sold({ customer: spouse });
    expect(await credited()).toEqual([DEAL]);
    await world.put('customer-changed', {
      ...{ storeId, occurredAt: world.now, customer },
      replaces: [former.customerNumber],
    });
    expect(await credited()).toEqual([]);
  });

  it('keeps the credit of somebody who left, and tells whoever is still here', async () => {
    await handedOver();
    later(8);
    await world.rosterSays(storeId, '2031', { endsOn: '2026-11-25' });
    await sold();
    await world.untilListsLeft();
    expect(creditNews(SAM)).toEqual([]);
    expect(creditNews(DANA)).toHaveLength(1);
    expect(await credited()).toEqual([DEAL]);
  });
});

describe('a sale that comes after a shopper was sent to Service', () => {
  const sent = () => world.putSample('shopper-needs-service');
  const repair = async () => {
    const [task] = await world.tasks('repair-instead');
    if (!task) throw new Error('no repair');
    return task;
  };
  const { storeId: at, customer: shopper } = shopperSent.detail;
  const buys = (change: object = {}) =>
    sold({ storeId: at, customer: { ...shopper, customerNumber: 'C-77', lastName: 'Novak' }, ...change });

  it('is credited to the salesperson who sent them, though Sales knew the customer before', async () => {
    await contacted({
      storeId: at,
      customer: { ...shopper, customerNumber: 'C-77' },
      occurredAt: plusDays(TODAY, -3),
    });
    await sent();
    later(60);
    await buys();
    expect(standingMatches(await repair())).toMatchObject([{ deal: { dealNumber: DEAL } }]);
  });

  it('is credited although they were sent again after it, whichever of the two is told first', async () => {
    const again = () => world.putSample('shopper-needs-service', { occurredAt: plusMinutes(TODAY, 60) });
    const first = () => world.putSample('shopper-needs-service', { occurredAt: TODAY });
    const buysBetween = () => buys({ occurredAt: plusMinutes(TODAY, 30) });
    later(1);
    await first();
    await buysBetween();
    await again();
    await buys({ occurredAt: plusMinutes(TODAY, 90) });
    expect(standingMatches(await repair())).toHaveLength(1);

    await world.reset(plusDays(TODAY, 1));
    await longTermCustomer(world);
    await again();
    await buysBetween();
    expect(standingMatches(await repair())).toEqual([]);
    await first();
    expect(standingMatches(await repair())).toHaveLength(1);
  });

  it('is nobody’s where the handoff was started by mistake', async () => {
    await sent();
    const { taskId, facts } = await repair();
    const mistaken = await world.answer(
      taskId,
      { choice: 'started-by-mistake' },
      facts.asked?.salespersonNumber,
    );
    expect(mistaken).toBe('done');
    later(60);
    await buys();
    expect(standingMatches(await repair())).toEqual([]);
  });
});

describe('a credit that somebody disputes', () => {
  const found = async () => {
    await handedOver();
    later(8);
    await sold();
    await world.untilListsLeft();
  };
  const MANAGER = 'karen.whitfield@lakeshore.example';
  const manager = () => linkTo(world, MANAGER, /Credit to decide/);
  const dispute = () => choose(world, page(), 'credit-not-right', { reason: 'I met them on the lot myself' });
  const decisions = (address: string) =>
    world.inbox(address).filter(({ subject }) => /^The credit (?:stands|doesn’t stand)/.test(subject));

  it('is asked of a manager with the reason, who decides; everything is kept, and both read it', async () => {
    await found();
    expect(plain((await dispute()).body)).toContain('Done: This credit isn’t right');
    expect(creditState(await talk())).toBe('disputed');
    await world.untilListsLeft();
    const asked = await open(world, manager());
    expect(plain(asked.body)).toContain(
      'Sam Delgado says that it isn’t right: “I met them on the lot myself”',
    );
    await choose(world, manager(), 'credit-does-not-stand');
    expect(creditState(await talk())).toBe('corrected');
    expect((await talk()).credit).toMatchObject({
      matches: [{ deal: { dealNumber: DEAL } }],
      disputes: [{ by: '2031', because: 'I met them on the lot myself', decided: { stands: false } }],
    });
    await world.untilListsLeft();
    for (const reader of [SAM, DANA]) expect(decisions(reader)).toHaveLength(1);
  });

  it('stands where the manager says so, and may be disputed again', async () => {
    await found();
    await dispute();
    await world.untilListsLeft();
    await choose(world, manager(), 'credit-stands');
    expect(creditState(await talk())).toBe('found');
    expect(offered((await open(world, page())).body)).toContain('credit-not-right');
  });

  it('is decided by a manager alone, and once: a second press changes nothing', async () => {
    await found();
    await dispute();
    await world.untilListsLeft();
    expect(offered((await open(world, page())).body)).not.toContain('credit-stands');
    await choose(world, page(), 'credit-stands');
    expect(creditState(await talk())).toBe('disputed');
    await choose(world, manager(), 'credit-does-not-stand');
    await choose(world, manager(), 'credit-stands');
    expect(creditState(await talk())).toBe('corrected');
  });

  it('is no question before there is a later sale', async () => {
    await handedOver();
    expect(offered((await open(world, linkTo(world, DANA))).body)).not.toContain('credit-not-right');
  });
});
