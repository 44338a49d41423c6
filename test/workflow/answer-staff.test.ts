import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../../functions/handoff/task.ts';
import type { AnyTask, TaskKind, TaskOf } from '../../functions/handoffs/kinds.ts';
import quoteSample from '../../samples/repair-quote-high-new-customer.json' with { type: 'json' };
import { DAY, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain, post } from './answer-visitor.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const MAYA = 'maya.torres@lakeshore.example';
const GREG = 'greg.lindqvist@lakeshore.example';
const NICK = 'nick.petrov@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';
const CUSTOMER = 'maria.kowalski@example.com';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(() => world.reset(SOLD_AT));
afterAll(() => world.close());

const minute = () => world.advance(1);
async function theTask(): Promise<AnyTask>;
async function theTask<Name extends TaskKind>(kind: Name): Promise<TaskOf<Name>>;
async function theTask(kind?: TaskKind): Promise<AnyTask> {
  const [task] = await (kind ? world.tasks(kind) : world.tasks());
  if (!task) throw new Error('there is no task');
  return task;
}
const choicesOf = ({ log }: Task) => log.filter((entry) => entry.what === 'choice');
const subjects = (to: string) => world.inbox(to).map(({ subject }) => subject);
const onBus = () =>
  world.ours.map((event) => event['detail-type']).filter((type) => type.startsWith('handoff-task'));

describe('the page of an introduction', () => {
  beforeEach(() => world.putSample('vehicle-sold'));

  it('says what it is, who has it and why, by when, and what can be chosen', async () => {
    const page = await open(world, linkTo(world, MAYA));
    const said = plain(page.body);
    expect(page.status).toBe(200);
    expect(said).toContain('Introduce Maria Kowalski to Service');
    expect(said).toMatch(/Please accept by \w{3}, Nov \d+/);
    expect(said).toContain('Who has it You');
    expect(said).toContain('The salesperson’s partner in Service');
    expect(offered(page.body)).toEqual([
      'accept',
      'introduced-in-person',
      'introduced-by-video',
      'introduced-by-phone',
      'not-yet',
      'first-visit-booked',
      'customer-declined',
      'hand-over',
      'decline',
      'note',
    ]);
    expect(page.body).not.toMatch(/ checked| selected/);
  });

  it('gives the salesperson, who does not have it, the facts and their own part, and no more', async () => {
    const page = await open(world, linkTo(world, JORDAN));
    expect(offered(page.body)).toEqual(['walked-over', 'met-somebody-else', 'first-visit-booked', 'note']);
    expect(plain(page.body)).toContain('Maya Torres was asked and has not accepted yet');
  });

  it('takes an acceptance, and shows the same after a second press, a reload and the back button', async () => {
    const link = linkTo(world, MAYA);
    await minute();
    const seen = world.now;
    await minute();
    const first = await post(world, link, { choice: 'accept', seen });
    expect(first.status).toBe(303);
    const { version } = await theTask();
    const again = await post(world, link, { choice: 'accept', seen });
    expect(again.headers['location']).toBe(first.headers['location']);
    expect(await theTask()).toMatchObject({ state: 'accepted', version });
    const page = await open(world, first.headers['location'] ?? '');
    expect(plain(page.body)).toContain('Done: Accept: I’ve got this.');
    expect(offered(page.body)).toContain('undo');
    expect(onBus()).toEqual(['handoff-task-created', 'handoff-task-accepted']);
    expect(plain((await open(world, link)).body)).toContain('It’s yours. Please finish by');
  });

  it('is signed by one press, and everybody who was told hears of it once', async () => {
    const link = linkTo(world, MAYA);
    await choose(world, link, 'introduced-in-person');
    expect(await theTask()).toMatchObject({
      state: 'completed',
      ended: { by: '1042', outcome: 'introduced-in-person' },
    });
    expect(subjects(JORDAN)).toHaveLength(2);
    expect(onBus()).toEqual(['handoff-task-created', 'handoff-task-completed']);
    const page = await open(world, link);
    expect(plain(page.body)).toMatch(/Done by Maya Torres, .*: Introduced in person\./);
  });

  it('takes back what was signed: the clock runs as before, and nobody whose list had not left hears of it', async () => {
    const link = linkTo(world, MAYA);
    const before = await theTask();
    await minute();
    await choose(world, link, 'introduced-in-person');
    await minute();
    const page = await choose(world, link, 'undo');
    expect(plain(page.body)).toContain('Taken back: Introduced in person.');
    const after = await theTask();
    expect(after.state).toBe('open');
    expect(after.ended).toBeUndefined();
    expect(after.deadlines).toEqual(before.deadlines);
    expect(subjects(JORDAN)).toHaveLength(1);
    expect(onBus()).toEqual(['handoff-task-created', 'handoff-task-completed', 'handoff-task-reopened']);
    expect(world.ours.at(-1)?.detail).toMatchObject({
      state: 'open',
      reason: 'taken back: introduced-in-person',
    });
    const { version } = after;
    await post(world, link, { choice: 'undo' });
    expect((await theTask()).version).toBe(version);
    await minute();
    await choose(world, link, 'introduced-by-video');
    expect(subjects(JORDAN)).toHaveLength(2);
  });

  it('offers to take a choice back for two hours, and to nobody else', async () => {
    const link = linkTo(world, MAYA);
    await choose(world, link, 'accept');
    await world.advance(119);
    expect(offered((await open(world, link)).body)).toContain('undo');
    expect(offered((await open(world, linkTo(world, JORDAN))).body)).not.toContain('undo');
    await world.advance(2);
    expect(offered((await open(world, link)).body)).not.toContain('undo');
    expect((await post(world, link, { choice: 'undo' })).status).toBe(409);
  });

  it('is declined with a reason: it routes on, the sender hears why, the page says who has it', async () => {
    const link = linkTo(world, MAYA);
    const empty = await post(world, link, { choice: 'decline', reason: '  ' });
    expect(empty.status).toBe(422);
    expect(plain(empty.body)).toContain('Please say why');
    await minute();
    const page = await choose(world, link, 'decline', { reason: 'With <another> customer' });
    const task = await theTask();
    expect(task).toMatchObject({ state: 'open', declinedBy: ['1042'] });
    expect(task.assignee?.employeeNumber).not.toBe('1042');
    expect(page.body).toContain('With &lt;another&gt; customer');
    expect(plain(page.body)).toContain('Greg Lindqvist was asked and has not accepted yet');
    expect(onBus()).toContain('handoff-task-declined');
    expect(offered(page.body)).toEqual(['undo', 'note']);
  });

  it('comes back when a decline is taken back, as long as nobody accepted it', async () => {
    const link = linkTo(world, MAYA);
    await minute();
    await choose(world, link, 'decline', { reason: 'busy' });
    await minute();
    await choose(world, link, 'undo');
    const back = await theTask();
    expect(back).toMatchObject({ state: 'open', assignee: { employeeNumber: '1042' }, declinedBy: [] });
    expect(offered((await open(world, linkTo(world, GREG, /introduc/i))).body)).toEqual(['note']);
    await minute();
    await choose(world, link, 'decline', { reason: 'busy again' });
    await minute();
    await choose(world, linkTo(world, GREG, /introduc/i), 'accept');
    expect((await post(world, link, { choice: 'undo' })).status).toBe(409);
    expect(await theTask()).toMatchObject({ state: 'accepted', assignee: { employeeNumber: '1043' } });
  });

  it('is handed to a colleague of the same department, by name', async () => {
    const link = linkTo(world, MAYA);
    const page = await open(world, link);
    expect(page.body).toContain('<option value="1043">Greg Lindqvist, service advisor</option>');
    expect(page.body).not.toMatch(/<option value="10(42|77|81)"/);
    expect((await post(world, link, { choice: 'hand-over', colleague: '1077' })).status).toBe(422);
    expect((await post(world, link, { choice: 'hand-over', colleague: '1042' })).status).toBe(422);
    await choose(world, link, 'hand-over', { colleague: '1043' });
    expect(await theTask()).toMatchObject({
      state: 'open',
      assignee: { employeeNumber: '1043', reason: 'handed over' },
    });
    expect(world.inbox(GREG)).toHaveLength(1);
  });

  it('is never handed to a BDC agent, who only calls', async () => {
    await world.rosterSays('lakeshore-subaru', '1043', { role: 'BDC agent' });
    const link = linkTo(world, MAYA);
    expect((await open(world, link)).body).not.toContain('<option value="1043"');
    expect((await post(world, link, { choice: 'hand-over', colleague: '1043' })).status).toBe(422);
  });

  it('keeps notes, each once, and says a second call anew', async () => {
    const link = linkTo(world, JORDAN);
    await choose(world, link, 'note', { note: 'Called, no answer' });
    await world.advance(DAY);
    const page = await choose(world, link, 'note', { note: 'Called, no answer' });
    const notes = choicesOf(await theTask()).filter(({ choice }) => choice === 'note');
    expect(notes.map(({ value }) => value)).toEqual(['Called, no answer', 'Called, no answer']);
    expect(plain(page.body).match(/Jordan Blake: Add a note, Called, no answer/g)).toHaveLength(2);
  });

  it('moved on before the second of two people pressed: said, and nothing changed', async () => {
    const [maya, seen] = [linkTo(world, MAYA), world.now];
    await minute();
    await choose(world, maya, 'hand-over', { colleague: '1043' });
    const { version } = await theTask();
    const late = await post(world, maya, { choice: 'introduced-in-person', seen });
    expect(late.status).toBe(409);
    expect(plain(late.body)).toContain('“Introduced in person” does not fit any more');
    expect((await theTask()).version).toBe(version);
  });

  it('decides anew on what stands when two press at the same moment', async () => {
    const [maya, jordan] = [linkTo(world, MAYA), linkTo(world, JORDAN)];
    const [one, other] = await Promise.all([
      post(world, maya, { choice: 'accept' }),
      post(world, jordan, { choice: 'note', note: 'On my way' }),
    ]);
    expect([one?.status, other?.status]).toEqual([303, 303]);
    const task = await theTask();
    expect(task.state).toBe('accepted');
    expect(choicesOf(task).map(({ choice }) => choice)).toEqual(expect.arrayContaining(['accept', 'note']));
  });

  it('says what the dealer system did since', async () => {
    const link = linkTo(world, MAYA);
    await minute();
    await world.putSample('deal-unwound');
    const page = await open(world, link);
    expect(plain(page.body)).toMatch(
      /Closed, .*: the deal was unwound: Financing was not approved; the car came back\./,
    );
    expect(offered(page.body)).toEqual(['note']);
  });

  it('does not offer to take back what somebody else ended', async () => {
    const link = linkTo(world, MAYA);
    await choose(world, link, 'accept');
    await minute();
    await world.putSample('deal-unwound');
    expect(offered((await open(world, link)).body)).not.toContain('undo');
  });
});

describe('a choice that a fact of the DMS overtook', () => {
  const sold = () => world.putSample('vehicle-sold');
  const due = () => world.putSample('first-service-due', { occurredAt: world.now, dueOn: '2026-12-01' });
  const quoted = () => world.putSample('repair-quote-high-new-customer');
  const order = { storeId: 'lakeshore-ford', roNumber: 'R-40412' };

  it.each<[string, string, () => Promise<void>, () => Promise<void>]>([
    ['a reversed sale', 'introduced-in-person', sold, () => world.putSample('deal-unwound')],
    [
      'a sale that is wholesale after all',
      'introduced-in-person',
      sold,
      () => world.putSample('vehicle-sold', { dealType: 'wholesale', occurredAt: world.now }),
    ],
    [
      'a first visit',
      'customer-declined',
      due,
      () => world.putSample('service-visit-completed', { occurredAt: world.now, closedOn: '2026-11-20' }),
    ],
    [
      'a voided order',
      'repair-it',
      quoted,
      () => world.putSample('repair-order-voided', { ...order, occurredAt: world.now }),
    ],
  ])('can be taken back before the DMS tells of %s, and not after', async (_fact, choice, begin, tell) => {
    await begin();
    const { taskId, assignee } = await theTask();
    const link = linkTo(world, assignee?.employeeNumber === '1042' ? MAYA : NICK);
    await choose(world, link, choice);
    expect(offered((await open(world, link)).body)).toContain('undo');
    await minute();
    await tell();
    expect(offered((await open(world, link)).body)).not.toContain('undo');
    expect((await post(world, link, { choice: 'undo' })).status).toBe(409);
    expect((await world.tasks()).find((task) => task.taskId === taskId)).toMatchObject({
      state: 'completed',
      ended: { outcome: choice },
    });
  });

  it('is unlearned at Sales though the car has left, and nothing is open about it', async () => {
    await world.putSample('repair-quote-high-new-customer');
    const { assignee } = await theTask('repair-options');
    const advisor = world.inbox()[0]?.to ?? '';
    const link = linkTo(world, advisor);
    await choose(world, link, 'open-to-looking');
    await minute();
    const { customer, vehicle } = quoteSample.detail;
    const visit = { ...order, customer, vehicle, occurredAt: world.now, closedOn: '2026-11-20' };
    await world.putSample('service-visit-completed', visit);
    await choose(world, link, 'undo');
    expect(await theTask('repair-options')).toMatchObject({
      state: 'completed',
      assignee: { employeeNumber: assignee?.employeeNumber },
      ended: { outcome: 'order closed' },
    });
    expect(await theTask('upgrade-conversation')).toMatchObject({ state: 'cancelled' });
  });
});

describe('an address that was missing', () => {
  it('sends the introduction at once, and is asked for no more', async () => {
    await world.putSample('vehicle-sold-no-email');
    const link = linkTo(world, 'ruth.abramson@lakeshore.example');
    expect(offered((await open(world, link)).body)).toContain('customer-email');
    const wrong = await post(world, link, { choice: 'customer-email', email: 'maria at home' });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('value="maria at home"');
    await choose(world, link, 'accept');
    await choose(world, link, 'customer-email', { email: 'Maria@Example.com' });
    expect(world.inbox('maria@example.com')).toHaveLength(1);
    expect(offered((await open(world, link)).body)).not.toContain('customer-email');
  });

  it('is kept for the letter of whoever accepts, where nobody has yet', async () => {
    await world.putSample('vehicle-sold-no-email');
    const link = linkTo(world, 'ruth.abramson@lakeshore.example');
    await choose(world, link, 'customer-email', { email: 'maria@example.com' });
    expect(world.inbox('maria@example.com')).toEqual([]);
    await choose(world, link, 'accept');
    expect(world.inbox('maria@example.com')).toHaveLength(1);
  });

  it('is asked for when ours bounced, and again only when the new one bounces too', async () => {
    await world.sellAndAccept();
    const [email] = world.inbox(CUSTOMER);
    if (!email) throw new Error('no email to the customer');
    await world.report(email, 'Bounce', 'Permanent');
    const link = linkTo(world, MAYA);
    await choose(world, link, 'customer-email', { email: 'new@example.com' });
    expect(world.inbox('new@example.com')).toHaveLength(1);
    expect((await post(world, link, { choice: 'customer-email', email: 'third@example.com' })).status).toBe(
      409,
    );
    expect(world.inbox('third@example.com')).toEqual([]);
  });
});

describe('an email of which nobody can say whether it was sent', () => {
  const asked = async () => {
    await world.putSample('vehicle-sold');
    world.calls.sesAnswers = ['accept, then time out', undefined];
    await world.acceptIntroductions();
    world.calls.sesAnswers = [];
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
    await world.advance(30);
    const [email] = (await theTask()).outbox.filter(
      (entry) => entry.type === 'email' && entry.to === 'customer',
    );
    expect(email?.state).toBe('asked');
    return linkTo(world, MAYA, /not sure/);
  };

  it('is sent again when a person says so, once', async () => {
    const link = await asked();
    const page = await open(world, link);
    expect(plain(page.body)).toContain('We’re not sure it was sent: please decide');
    expect(offered(page.body)).toEqual(expect.arrayContaining(['send-again', 'leave-it']));
    const seen = world.now;
    await post(world, link, { choice: 'send-again', seen });
    await post(world, link, { choice: 'send-again', seen });
    expect(world.inbox(CUSTOMER)).toHaveLength(2);
    expect((await post(world, link, { choice: 'leave-it', seen })).status).toBe(409);
  });

  it('is left when a person says so', async () => {
    const link = await asked();
    const page = await choose(world, link, 'leave-it');
    expect(plain(page.body)).toContain('Not sent: left, as a person decided');
    expect(offered(page.body)).not.toContain('send-again');
    await world.advance(DAY);
    expect(world.inbox(CUSTOMER)).toHaveLength(1);
  });
});

describe('the other kinds', () => {
  it('books the first visit by the store’s clock, tells the salesperson, and takes it back', async () => {
    await world.putSample('first-service-due', { dueOn: '2026-12-10' });
    const task = await theTask('first-service-visit');
    const named = (await world.services().roster.read(task.storeId)).find(
      ({ employeeNumber }) => employeeNumber === task.assignee?.employeeNumber,
    );
    const link = linkTo(world, named?.email ?? '');
    const past = await post(world, link, { choice: 'visit-booked', startsAt: '2026-11-01T09:00' });
    expect(plain(past.body)).toContain('That time has passed');
    await minute();
    const page = await choose(world, link, 'visit-booked', { startsAt: '2026-12-02T09:00' });
    const booked = await theTask('first-service-visit');
    const startsAt = booked.facts.appointments.at(0)?.startsAt;
    expect(new Date(String(startsAt)).toLocaleString('en-US', { timeZone: 'America/Chicago' })).toContain(
      '9:00:00',
    );
    expect(booked.state).toBe('accepted');
    expect(plain(page.body)).toContain('Booked for Wed, Dec 2, 9:00 AM');
    await minute();
    await choose(world, link, 'undo');
    const back = await theTask('first-service-visit');
    expect(back).toMatchObject({ state: 'open', facts: { appointments: [{ status: 'cancelled' }] } });
  });

  it('tells Sales when the customer is open to looking, and takes that back there, too', async () => {
    await world.putSample('repair-quote-high-new-customer');
    const order = await theTask('repair-options');
    const advisor = world.inbox().find(({ tags }) => tags.task === order.taskId)?.to ?? '';
    const page = await open(world, linkTo(world, advisor));
    expect(page.body).toContain('<caption class="caption">');
    expect(offered(page.body)).toEqual([
      'accept',
      'ask-for-appraisal',
      'open-to-looking',
      'repair-it',
      'not-now',
      'never-for-this-customer',
      'hand-over',
      'decline',
      'note',
    ]);
    await minute();
    await choose(world, linkTo(world, advisor), 'open-to-looking');
    expect(await theTask('upgrade-conversation')).toMatchObject({ state: 'open' });
    await minute();
    await choose(world, linkTo(world, advisor, /repair or replace/i), 'undo');
    expect(await theTask('repair-options')).toMatchObject({ state: 'open' });
    expect(await theTask('upgrade-conversation')).toMatchObject({ state: 'cancelled' });
  });

  it('works an upgrade conversation to a sale', async () => {
    await world.putSample('repair-quote-high-new-customer');
    await choose(world, linkTo(world, world.inbox()[0]?.to ?? ''), 'open-to-looking');
    const talk = await theTask('upgrade-conversation');
    const link = linkTo(world, world.inbox().find(({ tags }) => tags.task === talk.taskId)?.to ?? '');
    expect(offered((await open(world, link)).body)).toEqual(
      expect.arrayContaining([
        'contacted',
        'appointment-set',
        'sold',
        'not-ready',
        'wrong-car',
        'already-bought',
        'snooze',
      ]),
    );
    await minute();
    await choose(world, link, 'contacted');
    expect((await theTask('upgrade-conversation')).state).toBe('accepted');
    await minute();
    await choose(world, link, 'appointment-set', { startsAt: '2026-11-21T10:00' });
    await minute();
    const page = await choose(world, link, 'sold', { dealNumber: '48-211' });
    expect(await theTask('upgrade-conversation')).toMatchObject({
      state: 'completed',
      ended: { outcome: 'sold' },
    });
    expect(plain(page.body)).toContain('Done: Sold, 48-211.');
  });

  it('rests until the morning that was chosen, then comes back by email, once', async () => {
    await world.putSample('repair-quote-high-new-customer');
    await choose(world, linkTo(world, world.inbox()[0]?.to ?? ''), 'open-to-looking');
    const talk = await theTask('upgrade-conversation');
    const to = world.inbox().find(({ tags }) => tags.task === talk.taskId)?.to ?? '';
    const link = linkTo(world, to);
    expect((await post(world, link, { choice: 'snooze', date: '2026-11-20' })).status).toBe(422);
    expect((await post(world, link, { choice: 'snooze', date: '2027-11-20' })).status).toBe(422);
    await minute();
    const page = await choose(world, link, 'snooze', { date: '2026-11-24' });
    expect(plain(page.body)).toContain('Snoozed until Tuesday, November 24, 2026.');
    const before = world.inbox(to).length;
    await world.advance(3 * DAY);
    expect(world.inbox(to)).toHaveLength(before);
    await world.advance(DAY);
    expect(await theTask('upgrade-conversation')).toMatchObject({ state: 'open' });
    expect(world.inbox(to).filter(({ html }) => html.includes('You asked to be reminded'))).toHaveLength(1);
  });
});

describe('a manager', () => {
  it('sees from the escalation who has it, and hands it over; both are told', async () => {
    await world.putSample('vehicle-sold');
    await world.advance(2 * DAY);
    const link = linkTo(world, 'denise.whitaker@lakeshore.example');
    const page = await open(world, link);
    expect(plain(page.body)).toContain('Overdue 1 day');
    expect(offered(page.body)).toEqual(['hand-over', 'note']);
    await choose(world, link, 'hand-over', { colleague: '1043' });
    const task = await theTask();
    expect(task).toMatchObject({ state: 'open', assignee: { employeeNumber: '1043' } });
    const moved = task.outbox.filter((entry) => entry.type === 'email' && entry.message === 'handoff-moved');
    expect(moved.map((entry) => entry.type === 'email' && entry.to)).toEqual(
      expect.arrayContaining([{ staff: '1042' }]),
    );
  });
});
