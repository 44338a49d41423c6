import '../simulation/quiet.ts';
import { MessageRejected } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emailRecords, withinBounds } from '../../functions/handoff/item-bounds.ts';
import type { Recipient } from '../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../functions/handoff/task.ts';
import { reasonWords } from '../../functions/handoffs/any-kind/reason-words.ts';
import { errors } from '../simulation/edge.ts';
import { emailsIn } from '../support/emails-in.ts';
import { DAY, World } from '../support/world.ts';
import { Outage } from './outage.ts';

const NOON = '2026-11-20T18:00:00.000Z';
const HOUR = 60;
const MARIA = 'maria.kowalski@example.com';
const rejected = (message: string) => new MessageRejected({ $metadata: {}, message });
const notVerified = (identity: string) =>
  rejected(
    `Email address is not verified. The following identities failed the check in region US-EAST-1: ${identity}`,
  );
const OUR_DOMAIN = notVerified('care@lakeshore.example');

let world: World;
beforeAll(async () => {
  world = await World.open(NOON);
});
afterAll(() => world.close());
beforeEach(() => world.reset(NOON));

const emailsAsked = () => world.calls.made.filter((name) => name === 'SendEmailCommand').length;
const theTask = async () => {
  const [task] = await world.tasks('service-introduction');
  if (!task) throw new Error('there is no introduction');
  return task;
};

describe('before our domain is verified', () => {
  beforeEach(() => {
    world.calls.sesAnswers = [OUR_DOMAIN];
  });

  it('a sold car asks SES three times at once, and once in a sweep from then on', async () => {
    await world.sellAndAccept({ deliveryAt: NOON });
    expect(emailsAsked()).toBe(3);
    await world.advance(HOUR);
    expect(emailsAsked()).toBeLessThanOrEqual(3 + 12);
  });

  it('nothing is given up, and no email about an email is queued', async () => {
    await world.putSample('vehicle-sold');
    await world.advance(DAY);
    const emails = emailRecords(await theTask());
    expect(emails.filter(({ state }) => state === 'given-up')).toEqual([]);
    expect(emails.map(({ message }) => message).toSorted()).toEqual([
      'escalation',
      'introduction-to-customer',
      'introduction-to-sign',
      'reminder',
      'walk-over',
    ]);
  });

  it('everything goes out once it is verified: the customer gets the introduction, once', async () => {
    await world.sellAndAccept();
    await world.advance(5 * HOUR);
    expect(world.sent).toEqual([]);
    world.calls.sesAnswers = [];
    await world.advance(15);
    const customers = world.inbox(MARIA);
    expect(customers.map(({ subject }) => subject)).toHaveLength(1);
    expect(emailRecords(await theTask()).every(({ state }) => ['sent', 'lapsed'].includes(state))).toBe(true);
    await world.advance(DAY);
    expect(world.inbox(MARIA)).toHaveLength(1);
  });
});

describe('before our domain is verified, and a choice is taken back', () => {
  it('the customer still gets the introduction, once: by accepting, by signing, and by taking that back', async () => {
    world.calls.sesAnswers = [OUR_DOMAIN];
    await world.sellAndAccept();
    const { taskId } = await theTask();
    const owedToCustomer = async () =>
      emailsIn(await theTask()).filter(({ to, state }) => to === 'customer' && state === 'owed').length;
    expect(await owedToCustomer()).toBe(1);
    expect(await world.answer(taskId, { choice: 'introduced-in-person' })).toBe('done');
    expect(await owedToCustomer()).toBe(1);
    expect(await world.answer(taskId, { choice: 'undo' })).toBe('done');
    expect(await owedToCustomer()).toBe(1);
    world.calls.sesAnswers = [];
    await world.advance(HOUR);
    expect(world.inbox(MARIA)).toHaveLength(1);
  });
});

describe('in the sandbox of SES', () => {
  it('an email to an unverified recipient waits by itself, five times a day, while others go', async () => {
    await world.putSample('vehicle-sold', { deliveryAt: NOON });
    expect(world.sent).toHaveLength(2);
    world.calls.sesAnswers = [notVerified(MARIA)];
    await world.acceptIntroductions();
    await world.advance(HOUR / 2);
    const before = emailsAsked();
    const task = await theTask();
    const customers = emailsIn(task).filter(({ to }) => to === 'customer');
    expect(customers).toMatchObject([{ state: 'owed', reason: { code: 'recipient-not-verified' } }]);
    expect(customers.map(({ reason }) => reason && reasonWords(reason))).toEqual([
      'the recipient is not verified',
    ]);
    await world.answer(task.taskId, { choice: 'not-yet' });
    await world.advance(DAY);
    expect(emailsAsked() - before).toBeLessThan(60);
  });
});

describe('when SES refuses every email for another reason', () => {
  beforeEach(() => {
    world.calls.sesAnswers = [rejected('The message contains a virus.')];
  });

  it('a sold car makes a dozen calls at once and no more: an email about a lost email ends there', async () => {
    await world.putSample('vehicle-sold');
    const atOnce = emailsAsked();
    expect(atOnce).toBeLessThanOrEqual(12);
    await world.advance(HOUR);
    expect(emailsAsked()).toBeLessThanOrEqual(atOnce + 8);
  });

  it('the handoff can still be written after days, and its page still opens', async () => {
    await world.putSample('vehicle-sold');
    await world.advance(4 * DAY);
    const task = await theTask();
    expect(emailRecords(task).length).toBeLessThan(60);
    expect(JSON.stringify(task).length).toBeLessThan(60_000);
    world.calls.sesAnswers = [];
    expect(await world.answer(task.taskId, { choice: 'introduced-in-person' })).toBe('done');
    expect(await theTask()).toMatchObject({ state: 'completed' });
  });
});

describe('an email that left the outbox for want of room', () => {
  const sentBy = (to: Recipient, at: number) => ({
    type: 'email' as const,
    id: `e${at}`,
    state: 'sent' as const,
    owedAt: NOON,
    sentAt: NOON,
    attempts: 1,
    message: to === 'customer' ? 'introduction-to-customer' : 'reminder',
    to,
  });

  /** The first ten entries are gone: one line stands for those to staff, one for those to the customer. */
  async function withLongStory(): Promise<Task> {
    await world.putSample('vehicle-sold');
    const services = world.services();
    const task = await theTask();
    const outbox = Array.from({ length: 40 }, (_one, at) =>
      sentBy(at % 2 === 0 ? 'customer' : { staff: '1042' }, at + 1),
    );
    await services.tasks.write(withinBounds({ ...task, outbox, entriesMade: 40 }, NOON));
    return theTask();
  }

  const reportOn = (to: string, entry: string, task: string, eventType: string) =>
    world.report(
      {
        to,
        subject: '',
        text: '',
        html: '',
        headers: {},
        attachments: [],
        files: [],
        at: NOON,
        tags: { task, entry },
      },
      eventType,
      eventType === 'Bounce' ? 'Permanent' : undefined,
    );

  it('still stops emails to the customer when it bounces, by the address in the report', async () => {
    const { taskId, settled } = await withLongStory();
    expect(settled?.map(({ id }) => id)).not.toContain('e1');
    await reportOn(MARIA, 'e1', taskId, 'Bounce');
    expect(await world.services().addresses.read(MARIA)).toMatchObject({ bouncedAt: NOON });
  });

  it('is still an opt-out of everything when the customer complains about it', async () => {
    const { taskId } = await withLongStory();
    await reportOn(MARIA, 'e1', taskId, 'Complaint');
    expect(await world.services().addresses.read(MARIA)).toMatchObject({
      optOuts: [{ kind: 'all', storeId: 'group' }],
    });
  });

  it('still flags the mailbox of a member of staff, and is noted on its line', async () => {
    const task = await withLongStory();
    const reader = (await world.services().roster.read(task.storeId)).find(
      ({ employeeNumber }) => employeeNumber === '1042',
    );
    const line = task.settled?.find(({ to }) => to !== 'customer');
    await reportOn(reader?.email ?? '', line?.id ?? '', task.taskId, 'Bounce');
    const roster = await world.services().roster.read(task.storeId);
    expect(roster.find(({ employeeNumber }) => employeeNumber === '1042')?.emailBouncedAt).toBe(NOON);
    expect((await theTask()).settled?.find(({ to }) => to !== 'customer')?.reported).toBe('bounced');
  });
});

describe('a day on which our domain is not verified, for a whole group', () => {
  const day = new Outage({ hours: 24 });
  beforeAll(async () => {
    await day.passes({ service: 'ses', error: errors['ses does not know our domain'] });
    await day.recovers(15 * 60_000);
  });

  it('gives nothing up, and asks SES with one email in a sweep', () => {
    const sweeps = (24 * 60) / 5;
    // An event about a handoff tries again, too, what that handoff still owes.
    expect(day.ses.askedWhileOut).toBeLessThan(day.ses.triedWhileOut.size + 1.5 * sweeps);
    expect(day.inState('given-up')).toEqual([]);
  });

  it('is made up for within 15 minutes, nobody gets an email twice, and no promise is broken', () => {
    expect(day.owedAtRecovery.length).toBeGreaterThan(200);
    expect(day.inState('owed', 'sending', 'unknown', 'asked', 'given-up')).toEqual([]);
    expect(day.sentTwice).toEqual([]);
    expect(day.brokenPromises()).toEqual([]);
  });
});
