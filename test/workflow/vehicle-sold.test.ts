import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UnknownNumberTable } from '../../functions/adapters/unknown-number-table.ts';
import { vehicleSold } from '../../functions/contracts/vehicle-sold.ts';
import { plusDays } from '../../functions/group/business-time.ts';
import { introduceService } from '../../functions/handoffs/introduction/introduce-service.ts';
import sample from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const MAYA = 'maya.torres@lakeshore.example';
const AISHA = 'aisha.karim@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';
const CUSTOMER = 'maria.kowalski@example.com';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(() => world.reset(SOLD_AT));
afterAll(() => world.close());

const everyone = () =>
  world
    .inbox()
    .map(({ to }) => to)
    .toSorted();

/** Without the summaries of every morning. */
const aboutHandoffs = (to: string) =>
  world.inbox(to).filter(({ subject }) => !/^Your day: | today: /.test(subject));

describe('a car is sold', () => {
  it('introduces the customer to a named advisor, and tells each person their part', async () => {
    await world.putSample('vehicle-sold');

    const [task] = await world.tasks();
    expect(task).toMatchObject({
      kind: 'service-introduction',
      state: 'open',
      assignee: { employeeNumber: '1042', reason: 'partner' },
      firstService: { dueOn: '2027-05-20', dueMiles: 6000 },
    });
    expect(everyone()).toEqual([JORDAN, MAYA].toSorted());
    await choose(world, linkTo(world, MAYA), 'accept');
    // The salesperson reads in the next list that it was accepted.
    expect(everyone()).toEqual([JORDAN, JORDAN, CUSTOMER, MAYA].toSorted());
    const [toCustomer] = world.inbox(CUSTOMER);
    expect(toCustomer?.replyTo).toBe(MAYA);
    expect(toCustomer?.attachments).toEqual([expect.stringMatching(/\.vcf$/)]);
    expect(toCustomer?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(world.ours.map((event) => event['detail-type'])).toEqual([
      'handoff-task-created',
      'customer-bought',
      'vehicle-owner-changed',
      'handoff-task-accepted',
    ]);
  });

  it('goes to an advisor who speaks the customer’s language, and everybody’s email says so', async () => {
    await world.putSample('vehicle-sold-spanish', { deliveryAt: SOLD_AT });
    const [task] = await world.tasks();
    expect(task?.assignee).toEqual(
      expect.objectContaining({ employeeNumber: '3022', reason: 'fair choice' }),
    );
    expect(world.inbox('alma.reyes@lakeshore.example')[0]?.text).toContain('Speaks: Spanish, and so do you');
    const toSeller = world.inbox().find(({ subject }) => subject.startsWith('Walk '));
    expect(toSeller?.text).toContain('Speaks: Spanish, and so does Alma Reyes');
  });

  it('takes six calls to AWS where the roster is known', async () => {
    await introduceService(world.services(), vehicleSold.schema.parse(sample.detail));
    expect(world.calls.made).toEqual([
      'QueryCommand',
      'BatchGetItemCommand',
      'PutItemCommand',
      'SendEmailCommand',
      'SendEmailCommand',
      'PutEventsCommand',
      'PutItemCommand',
    ]);
  });

  it('makes one task and one set of emails of the same fact five times, under whatever envelope', async () => {
    for (let copy = 0; copy < 5; copy += 1) await world.putSample('vehicle-sold');
    expect(await world.tasks()).toHaveLength(1);
    expect(world.inbox()).toHaveLength(2);
  });

  it('tells the second and third salesperson, who have nothing to do', async () => {
    await world.putSample('vehicle-sold', {
      salespeople: [{ employeeNumber: '1077' }, { employeeNumber: '1078' }, { employeeNumber: '1079' }],
    });
    expect(everyone()).toHaveLength(4);
  });

  it('is owned by the first salesperson of the deal who is still here', async () => {
    await world.putSample('vehicle-sold', {
      salespeople: [{ employeeNumber: '1081' }, { employeeNumber: '1078' }, { employeeNumber: '1079' }],
    });
    const subjects = (to: string) => world.inbox(to).map(({ subject }) => subject);
    expect(subjects('priya.natarajan@lakeshore.example')).toEqual([expect.stringMatching(/^Walk .* over/)]);
    expect(subjects('tomas.herrera@lakeshore.example')).toEqual([expect.stringMatching(/^FYI: /)]);
    expect(world.inbox('greg.lindqvist@lakeshore.example')[0]?.text).toContain(
      'Priya Natarajan is bringing Maria over',
    );
    expect(subjects('paul.szymanski@lakeshore.example')).toEqual([]);
  });

  it('goes to the same people by the numbers that another system has for them', async () => {
    await world.rosterSays('lakeshore-subaru', '1077', { otherNumbers: ['01077'] });
    await world.rosterSays('lakeshore-subaru', '1044', { otherNumbers: ['AKARIM'] });
    await world.putSample('vehicle-sold', {
      salespeople: [{ employeeNumber: '01077' }, { employeeNumber: '1077' }],
      serviceAdvisorNumber: 'AKARIM',
    });
    expect(everyone()).toEqual([JORDAN, AISHA].toSorted());
    expect((await world.tasks())[0]?.assignee).toMatchObject({ employeeNumber: '1044', reason: 'own' });
  });

  it('is a concern where the DMS names somebody whom the roster does not have', async () => {
    await world.sellAndAccept({ salespeople: [{ employeeNumber: '01077' }], serviceAdvisorNumber: '0000' });
    const [task] = await world.tasks();
    expect(task?.log.filter(({ what }) => what === 'unknown employee')).toMatchObject([
      { by: 'dms', role: 'salesperson', number: '01077' },
      { by: 'dms', role: 'service advisor', number: '0000' },
    ]);
    const [toManager] = world.inbox('paul.szymanski@lakeshore.example');
    expect(toManager?.text).toContain(
      'The DMS named salesperson 01077, whom the roster does not have. Please have the number added',
    );
    expect(world.inbox(MAYA)[0]?.text).toContain(
      'The DMS named service advisor 0000, whom the roster does not have.',
    );
    expect(world.inbox(CUSTOMER)[0]?.text).not.toContain('roster');
  });

  it('lists an unknown number once a deal, with the last deal as an example', async () => {
    const salespeople = [{ employeeNumber: '01077' }];
    await world.putSample('vehicle-sold', { salespeople });
    await world.putSample('vehicle-sold', { salespeople, occurredAt: '2026-11-20T22:39:00Z' });
    await world.putSample('vehicle-sold', { salespeople, dealNumber: '48212' });
    const { dynamodb, tableName } = world.target();
    const numbers = new UnknownNumberTable(dynamodb, tableName);
    expect(await numbers.read('lakeshore-subaru')).toMatchObject([
      { number: '01077', role: 'salesperson', times: 2, example: 'deal 48212', seenAt: SOLD_AT },
    ]);
    expect(await numbers.read('lakeshore-honda')).toEqual([]);
  });

  it('is no concern where the number is only of a leaver, or the deal is history', async () => {
    await world.putSample('vehicle-sold', { salespeople: [{ employeeNumber: '1081' }] });
    await world.putSample('vehicle-sold', {
      dealNumber: '1',
      salespeople: [{ employeeNumber: '9' }],
      deliveryAt: '2026-01-05T18:00:00Z',
      occurredAt: '2026-01-05T18:00:00Z',
    });
    const logged = (await world.tasks()).flatMap(({ log }) => log.map(({ what }) => what));
    expect(logged).not.toContain('unknown employee');
  });

  it("gives a leaver's customer to the sales manager, and names no leaver", async () => {
    await world.putSample('vehicle-sold', { salespeople: [{ employeeNumber: '1081' }] });
    expect(everyone()).toContain('paul.szymanski@lakeshore.example');
    expect(
      world
        .inbox()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('Kyle');
  });

  it.each(['wholesale', 'fleet', 'demo'])('makes nothing of a %s deal', async (dealType) => {
    await world.putSample('vehicle-sold', { dealType });
    expect((await world.tasks()).map(({ state }) => state)).toEqual(['awaited']);
    expect(world.inbox()).toEqual([]);
  });

  it('waits for the day of a delivery to come, and begins when Sales opens', async () => {
    await world.putSample('vehicle-sold', { deliveryAt: '2026-11-24T15:00:00-06:00' });
    expect(world.inbox()).toEqual([]);
    await world.advance(3 * DAY + 17 * 60);
    expect(everyone()).toEqual([MAYA]);
    expect(world.inbox()[0]?.at).toMatch(/^2026-11-24T15:0/);
  });

  it('keeps a sale of last year for the history, and writes to nobody', async () => {
    await world.putSample('vehicle-sold', {
      occurredAt: '2025-11-01T12:00:00Z',
      deliveryAt: '2025-11-01T12:00:00Z',
    });
    expect(await world.tasks()).toMatchObject([{ state: 'history' }]);
    expect(world.inbox()).toEqual([]);
  });

  it('asks staff for a missing email address, and introduces once a correction brings it', async () => {
    await world.sellAndAccept({}, 'vehicle-sold-no-email');
    const staffOnly = world.inbox().length;
    expect(world.inbox().every(({ to }) => to.endsWith('@lakeshore.example'))).toBe(true);
    await world.putSample('vehicle-sold-email-added');
    await world.putSample('vehicle-sold-email-added');
    const toCustomer = world.inbox().filter(({ to }) => !to.endsWith('@lakeshore.example'));
    expect(toCustomer).toHaveLength(1);
    expect(world.inbox()).toHaveLength(staffOnly + 1);
  });

  it('changes nothing for an older version that comes late', async () => {
    await world.putSample('vehicle-sold');
    await world.putSample('vehicle-sold', {
      occurredAt: '2026-11-20T12:00:00Z',
      salespeople: [{ employeeNumber: '1078' }],
    });
    expect(world.inbox()).toHaveLength(2);
  });

  it('raises the first service itself when no DMS does, and invites the customer thirty days before', async () => {
    await world.putSample('vehicle-sold');
    await world.advance(160 * DAY);
    const [visit] = await world.tasks('first-service-visit');
    expect(visit).toMatchObject({ state: 'open', assignee: { employeeNumber: '1042', reason: 'own' } });
    const invitation = world.inbox(CUSTOMER).at(-1);
    expect(invitation?.at).toMatch(/^2027-04-20T1[123]:/);
  });

  it('reminds the advisor once, then tells the service manager once, in opening hours', async () => {
    await world.putSample('vehicle-sold');
    await world.advance(14 * DAY);
    const toMaya = aboutHandoffs(MAYA).slice(1);
    const toManager = aboutHandoffs('denise.whitaker@lakeshore.example');
    expect(toMaya).toHaveLength(1);
    expect(toManager).toHaveLength(1);
    expect(world.ours.map((event) => event['detail-type'])).toContain('handoff-task-escalated');
  });

  it('is closed a month later where nobody signed, told once, and still brings the first service', async () => {
    await world.putSample('vehicle-sold');
    await world.advance(40 * DAY);
    const [task] = await world.tasks('service-introduction');
    expect(task).toMatchObject({
      state: 'cancelled',
      ended: { outcome: 'nobody signed the introduction', by: 'clock' },
    });
    const last = aboutHandoffs(JORDAN).at(-1);
    expect(last?.text).toContain('nobody signed the introduction in time');
    world.now = plusDays(world.now, 100);
    await world.advance(30 * DAY);
    expect(world.inbox(CUSTOMER)).toHaveLength(2);
  });

  it('escalates past a manager who is the one who is late', async () => {
    await world.putSample('vehicle-sold');
    for (const address of [MAYA, 'greg.lindqvist@lakeshore.example', AISHA]) {
      await choose(world, linkTo(world, address), 'decline', { reason: 'Fully booked' });
    }
    expect(await world.tasks()).toMatchObject([{ assignee: { employeeNumber: '1001', reason: 'manager' } }]);
    await world.advance(2 * DAY);
    expect(aboutHandoffs('paul.szymanski@lakeshore.example').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/overdue/i),
    ]);
  });

  it("gives the part of a salesperson whose mail bounces to the manager, as a leaver's", async () => {
    await world.putSample('vehicle-sold');
    const [walkOver] = world.inbox(JORDAN);
    if (walkOver) await world.report(walkOver, 'Bounce', 'Permanent');
    await world.putSample('vehicle-sold', { dealNumber: '48212' });
    expect(world.inbox(JORDAN)).toHaveLength(1);
    expect(world.inbox('paul.szymanski@lakeshore.example')).toHaveLength(1);
  });

  it('invites nobody to the first service of a deal that turned out wholesale after it was signed', async () => {
    await world.putSample('vehicle-sold');
    await choose(world, linkTo(world, MAYA), 'introduced-in-person');
    await world.putSample('vehicle-sold', { dealType: 'wholesale', occurredAt: world.now });
    world.now = plusDays(world.now, 140);
    await world.advance(30 * DAY);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });

  it('is refused where it is dated ahead by mistake, and the right date that comes after it counts', async () => {
    await world.putSample('vehicle-sold', { occurredAt: '2027-09-01T17:00:00-05:00' });
    expect(world.inbox()).toEqual([]);
    expect(await world.refusals()).toMatchObject([
      {
        reason: expect.stringContaining(
          'occurredAt: lies too far ahead: expected at most 1 day ahead of now',
        ),
      },
    ]);
    await world.putSample('vehicle-sold');
    expect(world.inbox()).toHaveLength(2);
  });

  const stores = 'expected one of lakeshore-subaru, lakeshore-honda, lakeshore-ford, lakeshore-used';

  it('says which stores there are when an id is none', async () => {
    await world.putSample('vehicle-sold', { storeId: 'Lakeshore Subaru' });
    expect(await world.refusals()).toMatchObject([
      { reason: `storeId: expected a store id of the group's file, such as 'north'; ${stores}` },
    ]);
  });

  it('keeps what it cannot work on: a store that nobody knows', async () => {
    await world.putSample('vehicle-sold', { storeId: 'nowhere' });
    expect(await world.refusals()).toMatchObject([
      {
        queue: 'refused',
        reason: `storeId: expected a store of the group 'lakeshore', got 'nowhere'; ${stores}`,
      },
    ]);
    expect(world.ours.map((event) => event['detail-type'])).toEqual(['handoff-event-refused']);
  });
});

describe('a deal is unwound', () => {
  const unwound = { storeId: 'lakeshore-subaru', dealNumber: '48211', occurredAt: '2026-11-20T22:50:00Z' };

  it('cancels the handoff and tells each person who was told, once', async () => {
    await world.sellAndAccept();
    await world.put('deal-unwound', unwound);
    await world.put('deal-unwound', unwound);
    expect(await world.tasks('service-introduction')).toMatchObject([{ state: 'cancelled' }]);
    expect(everyone()).toEqual([JORDAN, JORDAN, CUSTOMER, MAYA, MAYA].toSorted());
  });

  it('keeps the sale quiet where it came first', async () => {
    await world.put('deal-unwound', unwound);
    await world.putSample('vehicle-sold');
    expect(await world.tasks('service-introduction')).toMatchObject([{ state: 'cancelled' }]);
    expect(world.inbox()).toEqual([]);
  });

  it('invites nobody to the first service of a car that went back', async () => {
    await world.sellAndAccept();
    await world.put('deal-unwound', unwound);
    await world.advance(200 * DAY);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });
});

describe('a deal that was entered for the wrong customer', () => {
  const omar = { customerNumber: 'C-77', firstName: 'Omar', lastName: 'Haddad', email: 'omar@example.com' };
  const corrected = (customer: object) =>
    world.putSample('vehicle-sold', { occurredAt: world.now, deliveryAt: undefined, customer });
  const named = (to: string) => world.inbox(to).filter(({ subject }) => subject.includes('Omar Haddad'));

  it('introduces the right buyer, and tells the advisor and the salesperson who it is', async () => {
    await world.sellAndAccept();
    await world.advance(10);
    await corrected(omar);
    expect(world.inbox(omar.email)).toHaveLength(1);
    for (const person of ['maya.torres@lakeshore.example', 'jordan.blake@lakeshore.example']) {
      expect(named(person)).toHaveLength(1);
    }
    await world.redeliver(1);
    expect(world.inbox(omar.email)).toHaveLength(1);
  });

  it.each([
    ['a number that was merged', { ...sample.detail.customer, customerNumber: 'C-77' }],
    ['a name that was spelled wrong', { ...sample.detail.customer, lastName: 'Kowalska' }],
  ])('is not the same as %s: nobody is told again', async (_name, customer) => {
    await world.putSample('vehicle-sold');
    const before = world.inbox().length;
    await world.advance(10);
    await corrected(customer);
    expect(world.inbox()).toHaveLength(before);
  });
});
