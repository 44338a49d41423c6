import '../simulation/quiet.ts';
import '../simulation/speed.ts';
import { SendingPausedException } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmailEntry } from '../../functions/handoff/outbox-entry.ts';
import { reasonWords } from '../../functions/handoffs/any-kind/reason-words.ts';
import { findDayMessage } from '../../functions/handoffs/letters.ts';
import { dayIdOf } from '../../functions/my-day/my-day.ts';
import { errors } from '../simulation/edge.ts';
import { emailsIn } from '../support/emails-in.ts';
import { World } from '../support/world.ts';
import { Outage, sending } from './outage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** At four emails a second two handoffs are worked on at once, with up to three emails each. */
const SENT_AT_ONCE = 6;

const isList = ({ entry }: { readonly entry: EmailEntry }) => findDayMessage(entry.message) !== undefined;

describe('a day without SES', () => {
  const day = new Outage({ hours: 24, group: sending(4), sesTakesPerSecond: 5 });
  beforeAll(async () => {
    await day.passes({ service: 'ses', error: errors['ses paused'] });
    await day.recovers(15 * MINUTE);
  });

  it('is made up for within 15 minutes: everything that is owed is out', () => {
    expect(day.owedAtRecovery.length).toBeGreaterThan(200);
    expect(day.inState('owed', 'sending', 'unknown', 'asked', 'given-up')).toEqual([]);
  });

  it('says of what was sent in the end that it was sent, and no more why not before', () => {
    expect(Object.values(day.reasonsOf('sent')).flat()).toEqual(
      Object.keys(day.reasonsOf('sent')).map(() => undefined),
    );
  });

  it('is made up for in the order in which it came, but for the few that are sent at once: the oldest first', () => {
    const order = day.madeUpFor.filter((one) => !isList(one)).map(({ taskSince }) => taskSince);
    expect(order.length).toBeGreaterThan(200);
    const sorted = order.toSorted();
    const early = order.filter((since, at) => since > (sorted[at + SENT_AT_ONCE] ?? since));
    const late = order.filter((since, at) => since < (sorted[at - SENT_AT_ONCE] ?? since));
    expect({ early, late }).toEqual({ early: [], late: [] });
  });

  it('is made up for by people’s lists at the end, so that they tell of all that came before', () => {
    const firstList = day.madeUpFor.findIndex(isList);
    expect(firstList).toBeGreaterThan(200);
    expect(day.madeUpFor.slice(firstList).filter((one) => !isList(one))).toEqual([]);
  });

  it('is made up for no faster than the account may send', () => {
    expect(day.ses.tooFast).toBe(0);
  });

  it('does not send what has lost its moment, but records it', () => {
    const unwound = { code: 'ended', outcome: 'deal unwound' };
    const tooLate = { code: 'too-late' };
    expect(day.reasonsOf('lapsed')).toEqual({
      'upgrade-nudge': [{ code: 'ended', outcome: 'the car left before Sales was told' }],
      'sales-has-it': [{ code: 'ended', outcome: 'the car left before Sales was told' }],
      'repair-options-sheet': [{ code: 'ended', outcome: 'order closed' }],
      'introduction-to-sign': [unwound],
      'introduction-to-customer': [unwound],
      'walk-over': [unwound],
      'visit-tomorrow': [tooLate],
      'morning-summary': [tooLate],
      'store-today': [tooLate],
      'next-list': [{ code: 'superseded' }],
      // The list that leaves with it says what is late, too.
      overdue: [{ code: 'superseded' }],
      reminder: expect.anything(),
      escalation: expect.anything(),
    });
  });

  it('says in words why it was not sent', () => {
    const { reminder: _late, escalation: _told, ...reasons } = day.reasonsOf('lapsed');
    const said = Object.values(reasons).flatMap((all) => all.map((reason) => reason && reasonWords(reason)));
    expect(new Set(said)).toEqual(
      new Set([
        'the task ended: the car left before Sales was told',
        'the task ended: order closed',
        'the task ended: deal unwound',
        'lost its moment before it could be sent',
        'a newer email says the same',
      ]),
    );
  });

  it('loses nothing, and emails nobody twice', () => {
    expect(day.sentTwice).toEqual([]);
    expect(day.brokenPromises()).toEqual([]);
  });

  it('asks SES with one email at a time whether it is back, not with all that are owed', () => {
    const sweeps = (24 * HOUR) / (5 * MINUTE);
    // An event about a handoff tries again, too, what that handoff still owes.
    expect(day.ses.askedWhileOut).toBeLessThan(day.ses.triedWhileOut.size + 1.5 * sweeps);
  });
});

describe('an hour without SES, and a file that says more than SES allows', () => {
  const hour = new Outage({ hours: 2, group: sending(10), sesTakesPerSecond: 3 });
  beforeAll(async () => {
    await hour.passes({ service: 'ses', error: errors['ses quota'] });
    await hour.recovers(15 * MINUTE);
  });

  it('is made up for all the same, as fast as SES takes it', () => {
    expect(hour.ses.tooFast).toBeGreaterThan(0);
    expect(hour.inState('owed', 'sending', 'unknown', 'asked', 'given-up')).toEqual([]);
    expect(hour.brokenPromises()).toEqual([]);
  });
});

describe('a day in which SES gives no answer', () => {
  const day = new Outage({ hours: 24 });
  beforeAll(async () => {
    await day.passes({ service: 'ses', error: errors.timeout });
    await day.recovers(15 * MINUTE);
  });

  it('is made up for within 15 minutes: staff have their emails', () => {
    expect(day.owedAtRecovery.length).toBeGreaterThan(150);
    expect(day.inState('owed', 'sending', 'unknown', 'given-up')).toEqual([]);
  });

  it('leaves each email to a customer as a question that somebody has, and sends none twice', () => {
    // What was due to customers at night waits for the morning.
    expect(day.inState('asked').length).toBeGreaterThan(10);
    expect(day.sentTwice).toEqual([]);
    expect(day.brokenPromises()).toEqual([]);
  });
});

describe('a day without DynamoDB', () => {
  const day = new Outage({ hours: 24 });
  beforeAll(async () => {
    await day.passes({ service: 'dynamodb', error: errors['dynamodb fails'] });
    await day.recovers(15 * MINUTE);
  });

  it('makes a dead letter that can be seen of every event that could not be worked on', () => {
    expect(day.toldWhileOut.length).toBeGreaterThan(80);
    expect(day.deadLetters()).toEqual(day.toldWhileOut);
  });

  it('sends what had been owed or due before it, and is made up for 15 minutes after the letters are put back', async () => {
    await day.redriven(15 * MINUTE);
    expect(day.deadLetters()).toEqual([]);
    expect(day.inState('owed', 'sending', 'unknown', 'asked', 'given-up')).toEqual([]);
    expect(day.sentTwice).toEqual([]);
    expect(day.brokenPromises()).toEqual([]);
  });
});

describe('a sweep that stands still for a day', () => {
  const STOPPED_AT = '2026-11-17T16:00:30.000Z';
  const day = new Outage({ hours: 24, from: STOPPED_AT });
  beforeAll(async () => {
    await day.passes('the sweep');
    await day.recovers(15 * MINUTE);
  });

  it('holds up no event, and what fell due is made up for within 15 minutes, each reminder once', () => {
    // Only what waited for its time, which the sweep tells: to customers for the morning, to staff for a list.
    const toStaff = day.owedAtRecovery.filter(({ entry }) => entry.to !== 'customer');
    const byItsTime = toStaff.filter(({ entry }) => entry.notBefore !== undefined);
    expect(new Set(byItsTime.map(({ entry }) => entry.message))).toEqual(
      new Set(['first-service-to-prepare', 'be-there']),
    );
    const others = toStaff.filter((one) => !byItsTime.includes(one));
    expect(new Set(others.map(({ entry }) => entry.message))).toEqual(new Set(['next-list']));
    expect(day.madeUpForMessages()).toMatchObject({
      // The email of the morning has what is overdue, for each person and for the managers of a store.
      'morning-summary': expect.any(Number),
      'store-today': expect.any(Number),
    });
    for (const message of ['reminder', 'escalation', 'overdue', 'store-today']) {
      const told = day.owedSinceRecovery(message);
      expect(told.length).toBeGreaterThan(3);
      expect(new Set(told).size).toBe(told.length);
    }
    expect(day.inState('owed', 'sending', 'unknown', 'asked', 'given-up')).toEqual([]);
    expect(day.sentTwice).toEqual([]);
    expect(day.brokenPromises()).toEqual([]);
  });

  it('has no summary of a morning that is past: each person hears of today, once', () => {
    const summaries = day
      .inState('sent')
      .filter(({ entry }) => entry.message === 'morning-summary' && entry.owedAt > STOPPED_AT);
    expect(summaries.length).toBeGreaterThan(0);
    expect(summaries.map(({ entry }) => entry.owedAt.slice(0, 10))).toEqual(
      summaries.map(() => '2026-11-18'),
    );
  });
});

describe('while nothing can be sent', () => {
  const NOON = '2026-11-20T18:00:00.000Z';
  let world: World;
  beforeAll(async () => {
    world = await World.open(NOON);
    world.showsLists = true;
    world.calls.sesAnswers = [new SendingPausedException({ $metadata: {}, message: 'Sending is paused.' })];
    await world.putSample('vehicle-sold', { deliveryAt: NOON });
    await world.advance(3 * 60);
  });
  afterAll(() => world.close());

  it('a handoff that is taken up is reminded of by nobody afterwards: the reminder lost its moment', async () => {
    const [task] = await world.tasks();
    if (!task) throw new Error('there is no task');
    expect(emailsIn(task).map(({ message }) => message)).toContain('reminder');
    await world.answer(task.taskId, { choice: 'accept' });
    world.calls.sesAnswers = [];
    await world.advance(15);
    const [now] = await world.tasks();
    const escalation = now && emailsIn(now).find(({ message }) => message === 'escalation');
    expect(escalation).toMatchObject({
      state: 'lapsed',
      reason: { code: 'not-late-any-more', deadline: 'accept' },
    });
    expect(escalation?.reason && reasonWords(escalation.reason)).toBe('nobody is late to accept any more');
    // The reminder is a line of the one that tells a person of all that is late, and nothing is.
    const late = await world
      .services()
      .tasks.readDay(dayIdOf(task.storeId, task.assignee?.employeeNumber ?? ''));
    expect(late && emailsIn(late)).toMatchObject([
      { message: 'overdue', state: 'withheld', reason: { code: 'nothing-open' } },
    ]);
    expect(world.inbox().map(({ subject }) => subject)).not.toContainEqual(
      expect.stringMatching(/^Reminder/),
    );
  });
});
