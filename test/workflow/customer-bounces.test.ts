import { TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withBounce } from '../../functions/customers/opt-outs.ts';
import sale from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';

const SOLD_AT = '2026-11-20T18:00:00.000Z';
const WRONG = 'maria@exmaple.com';
const RIGHT = 'maria@example.com';
const MAYA = 'maya.torres@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(() => world.reset(SOLD_AT));
afterEach(() => expect(world.deadLetters).toEqual([]));
afterAll(() => world.close());

const customer = (email: string) => ({
  customerNumber: 'C-20417',
  firstName: 'Maria',
  lastName: 'Kowalski',
  email,
});
const first = (address: string) => {
  const [email] = world.inbox(address);
  if (!email) throw new Error(`nothing was sent to ${address}`);
  return email;
};
const asked = () =>
  world.inbox(MAYA).filter(({ subject }) => /^(Our e|E)mail to Maria|: our email /.test(subject));

const HANDOFFS: Record<string, { begins: string; corrected: object }> = {
  'the introduction': { begins: 'vehicle-sold', corrected: {} },
  'the first service': { begins: 'first-service-due', corrected: { dueOn: '2026-12-12' } },
};

describe('a wrong address of a customer that the DMS corrects', () => {
  for (const [name, { begins, corrected }] of Object.entries(HANDOFFS)) {
    const say = (email: string, change: object = {}) =>
      world.putSample(begins, {
        occurredAt: world.now,
        dueOn: '2026-12-10',
        customer: customer(email),
        ...change,
      });
    const begin = async (email: string) => {
      await say(email);
      await world.acceptIntroductions();
    };
    const correct = async () => {
      world.now = '2026-11-20T18:10:00.000Z';
      await say(RIGHT, corrected);
    };

    it(`gets ${name} once at the right address when the bounce comes first`, async () => {
      await begin(WRONG);
      await world.report(first(WRONG), 'Bounce', 'Permanent');
      await correct();
      await world.report(first(WRONG), 'Bounce', 'Permanent');
      expect(world.inbox(RIGHT)).toHaveLength(1);
    });

    it(`gets ${name} once at the right address when the correction comes first, and nobody is asked`, async () => {
      await begin(WRONG);
      await correct();
      expect(world.inbox(RIGHT)).toHaveLength(0);
      await world.report(first(WRONG), 'Bounce', 'Permanent');
      await world.report(first(WRONG), 'Bounce', 'Permanent');
      await world.advance(DAY);
      expect(world.inbox(RIGHT)).toHaveLength(1);
      expect(world.inbox(WRONG)).toHaveLength(1);
      expect(asked()).toEqual([]);
    });

    it(`asks for another address when ${name} comes back from the corrected one, too`, async () => {
      await begin(WRONG);
      await correct();
      await world.report(first(WRONG), 'Bounce', 'Permanent');
      await world.report(first(RIGHT), 'Bounce', 'Permanent');
      expect(asked()).toHaveLength(1);
      expect(asked()[0]?.text).toContain(RIGHT);
      expect(world.inbox(RIGHT)).toHaveLength(1);
    });
  }
});

describe('a letter that is not sent, because its mailbox bounced before', () => {
  it('is asked about, and written once, however many mailboxes of the staff are dead as well', async () => {
    await world.services().addresses.change(RIGHT, (known) => withBounce(known, SOLD_AT));
    await world.putSample('vehicle-sold', { occurredAt: world.now, customer: customer(RIGHT) });
    await world.acceptIntroductions();
    expect(asked()).toHaveLength(1);
    const reported = new Set<object>();
    for (let round = 1; round <= 4; round += 1) {
      for (const email of world.inbox().filter((one) => !reported.has(one))) {
        reported.add(email);
        await world.report(email, 'Bounce', 'Permanent');
      }
    }
    const [introduction] = await world.tasks('service-introduction');
    const letters = introduction?.outbox.filter((entry) => entry.type === 'email' && entry.to === 'customer');
    expect(letters).toMatchObject([{ state: 'withheld', reason: { code: 'bounced-before' } }]);
    expect(world.inbox().filter((one) => !reported.has(one))).toEqual([]);
  });
});

describe('a deal that is unwound and written again with the right address', () => {
  it('introduces the customer, whose first letter came back', async () => {
    await world.putSample('vehicle-sold', { occurredAt: world.now, customer: customer(WRONG) });
    await world.acceptIntroductions();
    await world.report(first(WRONG), 'Bounce', 'Permanent');
    world.now = '2026-11-20T18:10:00.000Z';
    const { storeId, dealNumber } = sale.detail;
    await world.put('deal-unwound', { storeId, dealNumber, occurredAt: world.now });
    world.now = '2026-11-20T18:20:00.000Z';
    await world.putSample('vehicle-sold', { occurredAt: world.now, customer: customer(RIGHT) });
    await choose(world, linkTo(world, MAYA, /Meet/), 'accept');
    expect(world.inbox(RIGHT)).toHaveLength(1);
  });
});

describe('an email that lost its moment', () => {
  it('is news to nobody where SES tells late that it had come and was rejected', async () => {
    world.calls.sesAnswers = ['accept, then time out'];
    await world.putSample('vehicle-sold', { occurredAt: world.now, customer: customer(RIGHT) });
    world.calls.sesAnswers = [];
    world.now = '2026-11-20T18:02:00.000Z';
    const [introduction] = await world.tasks('service-introduction');
    await world.answer(introduction?.taskId ?? '', { choice: 'introduced-in-person' });
    await world.advance(30);
    const before = world.inbox().length;
    await world.report(first(MAYA), 'Reject');
    await world.advance(DAY);
    const [after] = await world.tasks('service-introduction');
    expect(after?.outbox[0]).toMatchObject({
      state: 'lapsed',
      reported: 'rejected',
      reason: { code: 'ended' },
    });
    expect(world.inbox().slice(before)).toEqual([]);
  });
});

describe('an email to a customer that SES gave up', () => {
  const bounce = (type: string, subType?: string) => world.report(first(RIGHT), 'Bounce', type, subType);
  beforeEach(() => world.sellAndAccept({ customer: customer(RIGHT) }));

  for (const [type, subType] of [
    ['Transient', 'MailboxFull'],
    ['Transient', 'General'],
    ['Transient', 'ContentRejected'],
    ['Undetermined', 'Undetermined'],
  ]) {
    it(`is a question to the advisor, once, and the address stays in use: ${type} ${subType}`, async () => {
      await bounce(type ?? '', subType);
      await bounce(type ?? '', subType);
      expect(asked().map(({ subject }) => subject)).toEqual([
        'Call Maria Kowalski: our email wasn’t delivered',
      ]);
      expect(asked()[0]?.text).not.toContain('doesn’t exist');
      await world.sellAndAccept({ dealNumber: '48212', customer: customer(RIGHT) });
      expect(world.inbox(RIGHT)).toHaveLength(2);
    });
  }

  it('is a question to the advisor, and to nobody else, who completed the handoff before it could leave', async () => {
    const before = world.inbox().length;
    world.calls.sesAnswers = [new TooManyRequestsException({ message: 'slow down', $metadata: {} })];
    await bounce('Transient', 'MailboxFull');
    const [introduction] = await world.tasks('service-introduction');
    await world.answer(introduction?.taskId ?? '', { choice: 'introduced-in-person' });
    world.calls.sesAnswers = [];
    await world.advance(DAY);
    expect(asked()).toHaveLength(1);
    const told = world.inbox().slice(before);
    expect(told.filter(({ subject }) => subject === asked()[0]?.subject).map(({ to }) => to)).toEqual([MAYA]);
  });

  it('goes out again when the advisor enters the same address once more', async () => {
    await bounce('Transient', 'MailboxFull');
    await choose(world, linkTo(world, MAYA, /wasn’t delivered/), 'customer-email', { email: RIGHT });
    expect(world.inbox(RIGHT)).toHaveLength(2);
  });

  it('is no question after it was delivered: the customer is out of office', async () => {
    await world.report(first(RIGHT), 'Delivery');
    await bounce('Transient', 'General');
    expect(asked()).toEqual([]);
  });

  it('is told as stopped, not as an address that does not exist, when SES suppresses the address', async () => {
    await bounce('Permanent', 'OnAccountSuppressionList');
    expect(asked().map(({ subject }) => subject)).toEqual([
      'Email to Maria Kowalski is blocked: get another address',
    ]);
    expect(asked()[0]?.text).not.toContain('doesn’t exist');
  });

  it('is told as an address that does not exist when it came back for good', async () => {
    await bounce('Permanent', 'NoEmail');
    expect(asked()[0]?.text).toContain('doesn’t exist');
  });
});

describe('a mailbox that is mended', () => {
  beforeEach(async () => {
    await world.sellAndAccept({ customer: customer(RIGHT) });
    await world.report(first(RIGHT), 'Bounce', 'Permanent', 'General');
  });

  it('gets the email, and those of later handoffs, once the advisor enters its address again', async () => {
    await choose(world, linkTo(world, MAYA, /bounced/), 'customer-email', { email: RIGHT });
    expect(world.inbox(RIGHT)).toHaveLength(2);
    await world.sellAndAccept({ dealNumber: '48212', customer: customer(RIGHT) });
    expect(world.inbox(RIGHT)).toHaveLength(3);
  });

  it('is asked about anew when it bounces again', async () => {
    await choose(world, linkTo(world, MAYA, /bounced/), 'customer-email', { email: RIGHT });
    await world.report(world.inbox(RIGHT).at(-1) ?? first(RIGHT), 'Bounce', 'Permanent', 'General');
    expect(asked()).toHaveLength(2);
    await world.sellAndAccept({ dealNumber: '48212', customer: customer(RIGHT) });
    expect(world.inbox(RIGHT)).toHaveLength(2);
  });
});

describe('an email to an advisor that SES gave up', () => {
  const MANAGER = 'denise.whitaker@lakeshore.example';
  const bounce = (subType?: string) => world.report(first(MAYA), 'Bounce', 'Transient', subType);
  beforeEach(() => world.sellAndAccept());

  it('is told to the manager when the mailbox is full, and the advisor keeps the handoff', async () => {
    await bounce('MailboxFull');
    await bounce('MailboxFull');
    expect(world.inbox(MANAGER)).toHaveLength(1);
    expect(await world.tasks()).toMatchObject([{ assignee: { employeeNumber: '1042' } }]);
  });

  it('is no news when the advisor is out of office', async () => {
    await bounce('General');
    expect(world.inbox(MANAGER)).toEqual([]);
  });
});
