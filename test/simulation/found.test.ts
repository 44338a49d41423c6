import { readFileSync } from 'node:fs';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { refusalFromItem } from '../../functions/adapters/readable-item.ts';
import { isStaff } from '../../functions/handoff/outbox-entry.ts';
import { reasonWords } from '../../functions/handoffs/any-kind/reason-words.ts';
import { emailsIn } from '../support/emails-in.ts';
import { standIn } from '../support/stand-in.ts';
import { around } from './around.ts';
import type { Clients, Services } from './cloud.ts';
import { errors } from './edge.ts';
import { redrive } from './play.ts';
import { onlyWith } from './weather.ts';
import { SimulatedWorld } from './world.ts';

/** What the simulation found, each in its shortest form. */
const STARTED_AT = Date.parse('2026-11-20T18:00:00.000Z');
const MINUTE = 60_000;

const readSample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8'));

function tell(world: SimulatedWorld, name: string, change: object = {}): void {
  const sample = readSample(name);
  const happened = Math.min(Date.parse(sample.detail.occurredAt), world.scheduler.now);
  const occurredAt = new Date(happened).toISOString();
  world.bus.put(sample.source, sample['detail-type'], { ...sample.detail, occurredAt, ...change });
}

/** A car that is handed over in twenty minutes: whoever walks the customer over is told at once. */
const sell = (world: SimulatedWorld) =>
  tell(world, 'vehicle-sold', { deliveryAt: new Date(STARTED_AT + 20 * MINUTE).toISOString() });
/** Nobody accepted within two hours of the delivery: the service manager writes to the customer. */
const UNTIL_MANAGER_WROTE = 141 * MINUTE;
/** Their department's list of one o'clock, an hour after the start. */
const UNTIL_LIST = 61 * MINUTE;

/** SES as it is, but for what the test says of single emails; `undefined` lets one through. */
type SesAnswer = Error | undefined | Promise<Error | undefined>;
const withSes = (answer: (to: string, subject: string) => SesAnswer) => (clients: Clients) => ({
  ...clients,
  ses: standIn<Clients['ses'] & { send: unknown }>(async (command) => {
    if (!(command instanceof SendEmailCommand)) throw new Error('expected SendEmail');
    const { Destination, Content } = command.input;
    const error = await answer(Destination?.ToAddresses?.[0] ?? '', Content?.Simple?.Subject?.Data ?? '');
    if (error) throw error;
    return clients.ses.send(command);
  }),
});

const emailsOf = (world: SimulatedWorld) =>
  [...world.watch.tasks].flatMap(emailsIn).map(({ message, to, state, reason }) => ({
    email: `${message} to ${isStaff(to) ? to.staff : to}`,
    state,
    ...(reason === undefined ? {} : { reason, says: reasonWords(reason) }),
  }));

const refused = { reason: { code: 'refused', error: 'MessageRejected' }, says: 'MessageRejected' };

const ADVISOR = 'maya.torres@lakeshore.example';
const SALESPERSON = 'jordan.blake@lakeshore.example';
const CUSTOMER = 'maria.kowalski@example.com';
const MANAGER = 'denise.whitaker@lakeshore.example';

describe('an email to staff that SES refuses for good', () => {
  it('is told to a manager: the handoff is nobody\u2019s until somebody reads of it', async () => {
    const clients = withSes((to) => (to === ADVISOR ? errors['ses refuses']() : undefined));
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
    sell(world);
    await world.runFor(UNTIL_LIST);
    expect(emailsOf(world)).toEqual([
      { email: 'introduction-to-sign to 1042', state: 'given-up', ...refused },
      { email: 'walk-over to 1077', state: 'sent' },
      { email: 'escalation to 1001', state: 'sent' },
    ]);
    const read = world.ses.accepted.filter(({ to }) => to === MANAGER).map(({ text }) => text);
    expect(read).toEqual([expect.stringContaining('Maya Torres didn\u2019t get through')]);
  });

  it('is asked of the next one, where it was the question about an email to the customer', async () => {
    const clients = withSes((to, subject) => {
      if (to.endsWith('@example.com')) return errors['ses refuses']();
      return to === ADVISOR && subject.startsWith('Our email') ? errors['ses refuses']() : undefined;
    });
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
    sell(world);
    await world.runFor(UNTIL_MANAGER_WROTE);
    const about = emailsOf(world).filter(({ email }) => email.includes('customer'));
    expect(about).toEqual([
      { email: 'introduction-to-customer to customer', state: 'given-up', ...refused },
      { email: 'customer-email-problem to 1042', state: 'given-up', ...refused },
      { email: 'customer-email-problem to 1001', state: 'sent' },
    ]);
  });
});

describe('a checklist that SES refuses in its sandbox', () => {
  it('is tried for days again where the delivery is moved, although it was refused days before', async () => {
    const DELIVERY = STARTED_AT + 5 * 24 * 60 * MINUTE;
    let isVerified = false;
    const clients = withSes((to) =>
      to === SALESPERSON && !isVerified ? errors['ses is in the sandbox']() : undefined,
    );
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
    sell(world);
    await world.runFor(10 * MINUTE);
    const occurredAt = new Date(world.scheduler.now).toISOString();
    tell(world, 'vehicle-sold', { occurredAt, deliveryAt: new Date(DELIVERY).toISOString() });
    await world.runFor(DELIVERY - 20 * MINUTE - world.scheduler.now);
    expect(emailsOf(world)).toContainEqual(
      expect.objectContaining({ email: 'walk-over to 1077', state: 'owed' }),
    );
    isVerified = true;
    await world.runFor(24 * 60 * MINUTE);
    expect(emailsOf(world)).toContainEqual({ email: 'walk-over to 1077', state: 'sent' });
  });
});

describe('a deal that is written again after its emails were refused', () => {
  it('tells a manager of the emails that it sent itself, not of those before it was unwound', async () => {
    const clients = withSes((to) => (to === ADVISOR ? errors['ses refuses']() : undefined));
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
    const later = () => ({ occurredAt: new Date(world.scheduler.now).toISOString() });
    sell(world);
    await world.runFor(10 * MINUTE);
    tell(world, 'deal-unwound', { storeId: 'lakeshore-subaru', dealNumber: '48211', ...later() });
    await world.runFor(10 * MINUTE);
    tell(world, 'vehicle-sold', { ...later(), deliveryAt: new Date(STARTED_AT + 40 * MINUTE).toISOString() });
    await world.runFor(UNTIL_LIST);
    expect(emailsOf(world).filter(({ email }) => email.startsWith('escalation'))).toEqual([
      expect.objectContaining({ email: 'escalation to 1001', state: 'lapsed' }),
      { email: 'escalation to 1001', state: 'sent' },
    ]);
  });
});

describe('a store whose mailboxes are all dead', () => {
  it('gets a few emails and then none: no handoff goes round among people who read nothing', async () => {
    const weather = onlyWith({ 'staff address bounces': 1 });
    const world = new SimulatedWorld({ seed: 3, start: STARTED_AT, weather });
    sell(world);
    await world.runFor(UNTIL_MANAGER_WROTE);
    const toStaff = world.ses.accepted.filter(({ to }) => to.endsWith('@lakeshore.example'));
    expect(toStaff.length).toBeLessThan(6);
  });
});

describe('what was on its way while its task ended', () => {
  it('has lost its moment: it is not sent any more, and says why', async () => {
    const clients = withSes((to) => (to === SALESPERSON ? errors.timeout() : undefined));
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
    sell(world);
    await world.runFor(MINUTE);
    tell(world, 'deal-unwound', { storeId: 'lakeshore-subaru', dealNumber: '48211' });
    await world.runFor(40 * MINUTE);
    expect(emailsOf(world)[1]).toEqual({
      email: 'walk-over to 1077',
      state: 'lapsed',
      reason: { code: 'ended', outcome: 'deal unwound' },
      says: 'the task ended: deal unwound',
    });
  });

  it.each(['ses paused', 'ses throttles'] as const)(
    'does not reach the customer of a deal that is no more: %s',
    async (answer) => {
      const unwound = { storeId: 'lakeshore-subaru', dealNumber: '48211' };
      let isFirst = true;
      const clients = withSes(async (to) => {
        if (!to.endsWith('@example.com') || !isFirst) return undefined;
        isFirst = false;
        tell(world, 'deal-unwound', unwound);
        await world.scheduler.sleep(5_000);
        return errors[answer]();
      });
      const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
      sell(world);
      await world.runFor(UNTIL_MANAGER_WROTE + 40 * MINUTE);
      expect(isFirst).toBe(false);
      expect(world.ses.accepted.filter(({ to }) => to.endsWith('@example.com'))).toEqual([]);
    },
  );
});

describe('a letter that asks the customer to book', () => {
  it.each(['ses paused', 'ses throttles'] as const)(
    'is not tried again once they booked: %s',
    async (answer) => {
      let isFirst = true;
      const clients = withSes(async (to) => {
        if (to !== CUSTOMER || !isFirst) return undefined;
        isFirst = false;
        tell(world, 'service-appointment-booked', { startsAt: '2026-12-01T15:00:00.000Z' });
        await world.scheduler.sleep(5_000);
        return errors[answer]();
      });
      const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
      tell(world, 'first-service-due', { dueOn: '2026-12-10' });
      await world.runFor(60 * MINUTE);
      expect(isFirst).toBe(false);
      expect(emailsOf(world).filter(({ email }) => email.endsWith('to customer'))).toEqual([
        expect.objectContaining({ email: 'first-service-invitation to customer', state: 'lapsed' }),
        { email: 'first-service-confirmation to customer', state: 'sent' },
      ]);
    },
  );
});

describe('a reminder of the visit tomorrow', () => {
  it('is not tried again once the visit is called off', async () => {
    let isFirst = true;
    const clients = withSes(async (_to, subject) => {
      if (!subject.startsWith('See you') || !isFirst) return undefined;
      isFirst = false;
      tell(world, 'service-appointment-cancelled', {
        occurredAt: new Date(world.scheduler.now).toISOString(),
      });
      await world.scheduler.sleep(5_000);
      return errors['ses throttles']();
    });
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
    tell(world, 'first-service-due', { dueOn: '2026-12-10' });
    tell(world, 'service-appointment-booked', { startsAt: '2026-11-23T20:00:00.000Z' });
    await world.runFor(26 * 60 * MINUTE);
    expect(isFirst).toBe(false);
    expect(
      emailsOf(world)
        .filter(({ email }) => email.endsWith('to customer'))
        .at(-2),
    ).toMatchObject({
      ...{ email: 'first-service-tomorrow to customer', state: 'lapsed' },
    });
  });
});

describe('a write that the client made twice by itself', () => {
  it('is still ours: what it leased is sent at once, and the customer is no question', async () => {
    const clients = (real: Clients): Clients => ({
      ...real,
      dynamodb: standIn<Clients['dynamodb'] & { send: unknown }>(async (command) => {
        if (command instanceof PutItemCommand) await real.dynamodb.send(command).catch(() => undefined);
        return Reflect.apply(real.dynamodb.send, real.dynamodb, [command]);
      }),
    });
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { clients } });
    sell(world);
    await world.runFor(MINUTE);
    expect(world.ses.accepted.map(({ to }) => to)).toEqual([ADVISOR, SALESPERSON]);
    await world.runFor(UNTIL_MANAGER_WROTE - MINUTE);
    expect(world.ses.accepted.filter(({ to }) => to === CUSTOMER)).toHaveLength(1);
    const toCustomer = emailsOf(world).filter(({ email }) => email.includes('customer'));
    expect(toCustomer).toEqual([{ email: 'introduction-to-customer to customer', state: 'sent' }]);
  });
});

describe('a line of a list whose handoff could not be written after it', () => {
  it('is put again at once: by Monday, the list has forgotten what left on Friday', async () => {
    let failedAt: number | undefined;
    const services = (real: Services): Services => ({
      ...real,
      tasks: around(real.tasks, {
        write: async (item) => {
          const isTold = emailsIn(item).some(
            ({ message, state }) => message === 'escalation' && state === 'sent',
          );
          if (isTold && failedAt === undefined) {
            failedAt = world.scheduler.now;
            throw new Error('ProvisionedThroughputExceededException');
          }
          return real.tasks.write(item);
        },
      }),
    });
    const world: SimulatedWorld = new SimulatedWorld({ seed: 1, start: STARTED_AT, breakage: { services } });
    sell(world);
    while (failedAt === undefined) await world.runFor(60 * MINUTE);
    await world.runFor(30 * MINUTE);
    expect(emailsOf(world)).toContainEqual({ email: 'escalation to 1001', state: 'sent' });
  });
});

describe('an order that is voided while the table is out', () => {
  it('is given to each function that failed on it, so that a replay of the archive is no news', async () => {
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT, keepsOutcomes: true });
    tell(world, 'repair-quote-high');
    await world.runFor(MINUTE);
    const { now } = world.scheduler;
    world.edge.outages.push({
      ...{ service: 'dynamodb', from: now, until: now + 30 * MINUTE },
      error: errors['dynamodb fails'],
    });
    tell(world, 'repair-order-voided', { occurredAt: new Date(now).toISOString() });
    await world.runFor(60 * MINUTE);
    expect(failedIn(world)).toEqual(['handoff-follow-dms', 'handoff-keep-outcomes']);
    redrive(world);
    await world.runFor(10 * MINUTE);
    expect([failedIn(world), world.bus.unhandled(world.scheduler.now)]).toEqual([[], []]);
    world.replayArchive();
    await world.runFor(10 * MINUTE);
    expect(world.watch.violations).toEqual([]);
  });
});

/** The functions that an event is kept for. */
const failedIn = (world: SimulatedWorld) =>
  [...world.table.partitionsOf(keys.refused)]
    .map((item) => refusalFromItem(fromItem(item)).functionName)
    .toSorted();
