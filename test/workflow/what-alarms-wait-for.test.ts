import '../simulation/quiet.ts';
import { MessageRejected } from '@aws-sdk/client-sesv2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { emailRecords } from '../../functions/handoff/item-bounds.ts';
import { dayIdOf } from '../../functions/my-day/my-day.ts';
import { type AlarmMetric, EMAILS_GIVEN_UP_METRIC } from '../../functions/runtime/environment.ts';
import { telemetry } from '../../functions/runtime/telemetry.ts';
import quoted from '../../samples/repair-quoted.json' with { type: 'json' };
import sold from '../../samples/vehicle-sold.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';

const NOON = '2026-11-20T18:00:00.000Z';
const refused = new MessageRejected({ $metadata: {}, message: 'The address is malformed' });

const unverified = new MessageRejected({
  $metadata: {},
  message:
    'Email address is not verified. The following identities failed the check in region US-EAST-1: maria.kowalski@example.com',
});
const ADVISOR = '1042';
const isGivenUp = ({ state }: { readonly state: string }) => state === 'given-up';

let world: World;
let measured: [AlarmMetric, number][] = [];
beforeAll(async () => {
  world = await World.open(NOON);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset(NOON);
  measured = [];
  vi.spyOn(telemetry, 'measure').mockImplementation((...one) => {
    measured.push(one);
  });
});
afterEach(() => vi.restoreAllMocks());

const sumOf = (name: string) =>
  measured.filter(([metric]) => metric.name === name).reduce((sum, [, value]) => sum + value, 0);
const givenUp = () => sumOf('EmailsGivenUp');
const nearBound = () => sumOf('ItemsNearBound');

describe('emails that are given up', () => {
  it('count once, when SES refuses one for good, and no write after that counts them again', async () => {
    world.calls.sesAnswers = [refused, undefined];
    await world.putSample('vehicle-sold');
    expect(measured.filter(([metric]) => metric === EMAILS_GIVEN_UP_METRIC)).toEqual([
      [EMAILS_GIVEN_UP_METRIC, 1],
    ]);
    const [task] = await world.tasks();
    await world.answer(task?.taskId ?? '', { choice: 'note', note: 'Called, no answer' });
    await world.advance(DAY);
    expect(givenUp()).toBe(1);
  });

  it('count when SES takes one and rejects it afterwards', async () => {
    await world.putSample('vehicle-sold');
    expect(givenUp()).toBe(0);
    const [email] = world.sent;
    if (!email) throw new Error('nothing was sent');
    await world.report(email, 'Reject');
    await world.report(email, 'Reject');
    expect(givenUp()).toBe(1);
  });

  it('count when SES took none for days, and not before', async () => {
    world.calls.sesAnswers = [unverified];
    await world.putSample('vehicle-sold');
    await world.advance(2 * DAY);
    expect(givenUp()).toBe(0);
    await world.advance(2 * DAY);
    expect(givenUp()).toBeGreaterThan(0);
  });

  it('count when they are a person’s own, such as the summary of the morning', async () => {
    await world.putSample('vehicle-sold');
    world.calls.sesAnswers = [refused];
    await world.advance(3 * DAY);
    const ofTasks = (await world.tasks()).flatMap(emailRecords).filter(isGivenUp);
    const day = await world.services().tasks.readDay(dayIdOf('lakeshore-subaru', ADVISOR));
    const ofDay = (day?.outbox ?? []).filter(isGivenUp);
    expect(ofDay.length).toBeGreaterThan(0);
    expect(givenUp()).toBeGreaterThanOrEqual(ofTasks.length + ofDay.length);
  });
});

describe('quotes whose amounts look wrong', () => {
  const suspicious = () => sumOf('EventsSuspicious');
  const { quote } = quoted.detail;

  it.each([
    ['dollars for cents', { quote: { ...quote, totalCents: quote.totalCents / 100 } }],
    ['lines that do not add up', { quote: { ...quote, totalCents: quote.totalCents + 100_000 } }],
  ])('count, as the sender is warned: %s', async (_says, change) => {
    await world.putSample('repair-quoted', change);
    expect(suspicious()).toBe(1);
  });

  it('are none where the amounts are right, whatever else is odd', async () => {
    await world.putSample('repair-quoted');
    await world.putSample('vehicle-sold', { customer: { ...sold.detail.customer, email: 'NONE' } });
    expect(world.ours.map((event) => event['detail-type'])).toContain('handoff-event-warned');
    expect(suspicious()).toBe(0);
  });
});

describe('items near their bound', () => {
  const note = async (at: number) => {
    const [task] = await world.tasks();
    await world.answer(task?.taskId ?? '', { choice: 'note', note: `Called ${at} times, no answer` });
  };

  it('are told at three quarters of what a task may hold, with the id of the task, and not before', async () => {
    const warn = vi.spyOn(telemetry, 'warn').mockReturnValue(undefined);
    await world.putSample('vehicle-sold');
    for (let at = 1; at < 15; at += 1) await note(at);
    expect(nearBound()).toBe(0);
    await note(15);
    expect(nearBound()).toBeGreaterThan(0);
    const [task] = await world.tasks();
    expect(warn).toHaveBeenCalledWith('An item is near its bound', {
      taskId: task?.taskId,
      bounds: ['choices'],
    });
  });

  it('are none in a month in which nobody answers anything', async () => {
    for (const sample of ['vehicle-sold', 'first-service-due', 'repair-quote-high']) {
      await world.putSample(sample);
    }
    await world.advance(30 * DAY);
    expect(nearBound()).toBe(0);
  });
});
