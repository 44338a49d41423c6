import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Group } from '../../functions/group/group.ts';
import type { Task } from '../../functions/handoff/task.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { DAY, type SentEmail, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain, post, visit } from './answer-visitor.ts';

/** A Friday, 4:40 PM in Evanston, where Service opens at 7:30, and on Saturdays at 8:00. */
const SOLD_AT = '2026-11-20T22:40:00.000Z';
const STORE = 'lakeshore-subaru';
const MAYA = 'maya.torres@lakeshore.example';
const GREG = 'greg.lindqvist@lakeshore.example';
const JORDAN = 'jordan.blake@lakeshore.example';
const DENISE = 'denise.whitaker@lakeshore.example';
const PAUL = 'paul.szymanski@lakeshore.example';
const PAULS_NUMBER = '1002';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(async () => {
  await world.reset(SOLD_AT);
  await world.sweep();
});
afterAll(() => world.close());

const isSummary = ({ subject }: SentEmail) => /^Your day: | today: /.test(subject);
const summaries = (to?: string) => world.inbox(to).filter(isSummary);
/** On the clock of a store. */
const moments = (to: string, timeZone: string) =>
  summaries(to).map(({ at }) =>
    new Date(at).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
  );
const inEvanston = (to: string) => moments(to, 'America/Chicago');
const until = (instant: string) => world.advance((Date.parse(instant) - Date.parse(world.now)) / 60_000);
const theTask = async (): Promise<Task> => {
  const [task] = await world.tasks();
  if (!task) throw new Error('there is no task');
  return task;
};

/** The person's own link, from their latest summary. */
function ownLink(to: string): string {
  const all = summaries(to).map(
    ({ text }) => /https:\/\/handoff\.example\.com\/me\/\w+\/[\w-]+/.exec(text)?.[0],
  );
  const link = all.at(-1);
  if (!link) throw new Error(`${to} has no summary with a link`);
  return link;
}

/** One more car is sold, to a customer of the given number. */
const sell = (dealNumber: string, customerNumber: string, change: object = {}) =>
  world.putSample('vehicle-sold', {
    dealNumber,
    customer: { customerNumber, firstName: 'Kim', lastName: `No ${customerNumber}` },
    ...change,
  });

const rosterSays = (employeeNumber: string, change: Partial<StaffMember>) =>
  world.rosterSays(STORE, employeeNumber, change);

/** A delivery after Service has closed: accepting it is due the next morning. */
const IN_THE_EVENING = { deliveryAt: '2026-11-20T18:50:00-06:00' };

describe('the morning', () => {
  it('begins with one email to who has something open, when their department opens', async () => {
    await rosterSays(PAULS_NUMBER, { role: 'general manager' });
    await world.putSample('vehicle-sold', IN_THE_EVENING);
    await until('2026-11-21T14:05:00.000Z');
    expect(inEvanston(MAYA)).toEqual(['2026-11-21 08:00']);
    expect(inEvanston(DENISE)).toEqual(['2026-11-21 08:00']);
    expect(inEvanston(PAUL)).toEqual([]);
    await until('2026-11-21T16:00:00.000Z');
    expect(inEvanston(PAUL)).toEqual(['2026-11-21 09:00']);
    const [email] = summaries(MAYA);
    expect(email?.subject).toBe('Your day: 1 to do');
    expect(email?.text).toMatch(
      /Maria Kowalski, 2027 Subaru .*: accept the introduction\. By .*; yours since Fri, Nov 20/,
    );
  });

  it('is silent for who has nothing, and in a store that has nothing', async () => {
    await world.advance(3 * DAY);
    expect(summaries()).toEqual([]);
    await world.putSample('vehicle-sold');
    await world.advance(DAY);
    expect(
      summaries()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual([DENISE, MAYA]);
    expect(summaries(JORDAN)).toEqual([]);
  });

  it('comes once a day, also when sweeps overlap, and never for what is closed', async () => {
    await world.putSample('vehicle-sold');
    world.now = '2026-11-21T14:00:00.000Z';
    await Promise.all([world.sweep(), world.sweep(), world.sweep()]);
    await world.sweep();
    expect(inEvanston(MAYA)).toEqual(['2026-11-21 08:00']);
    await choose(world, linkTo(world, MAYA), 'introduced-in-person');
    await world.advance(4 * DAY);
    expect(summaries(MAYA)).toHaveLength(1);
  });

  it('skips Sundays and holidays, and goes by the hours of the day', async () => {
    await world.putSample('vehicle-sold');
    await until('2026-11-28T20:00:00.000Z');
    expect(inEvanston(MAYA)).toEqual([
      '2026-11-21 08:00',
      '2026-11-23 07:30',
      '2026-11-24 07:30',
      '2026-11-25 07:30',
      // Thanksgiving is November 26.
      '2026-11-27 07:30',
      '2026-11-28 08:00',
    ]);
  });

  it('lets a person have their day off', async () => {
    await rosterSays('1042', { daysOff: [] });
    await world.putSample('vehicle-sold');
    await rosterSays('1042', { daysOff: ['2026-11-21'] });
    await until('2026-11-23T16:00:00.000Z');
    expect(inEvanston(MAYA)).toEqual(['2026-11-23 07:30']);
  });

  it('waits for the morning after when everything stood still until the evening', async () => {
    await world.putSample('vehicle-sold');
    world.now = '2026-11-22T01:00:00.000Z';
    await world.sweep();
    expect(summaries()).toEqual([]);
    await until('2026-11-23T14:00:00.000Z');
    expect(inEvanston(MAYA)).toEqual(['2026-11-23 07:30']);
  });

  it('comes when a sweep that was stopped is followed by another', async () => {
    await world.putSample('vehicle-sold');
    for (let call = 0; call < 60; call += 1) {
      await world.reset(SOLD_AT);
      await world.sweep();
      await world.putSample('vehicle-sold');
      world.now = '2026-11-21T14:00:00.000Z';
      const stopped = world.calls.stopAt(call, 'before');
      await world.sweep();
      // SES tells what it accepted before the sweep stopped: nothing of that is sent again.
      await world.reportSent();
      await world.advance(30);
      if (!stopped()) break;
      expect(summaries(MAYA).length, `stopped before call ${call}`).toBe(1);
      expect(summaries(DENISE).length, `stopped before call ${call}`).toBe(1);
    }
  });
});

describe('the clocks change', () => {
  const spring = (group: Group): Group => ({
    ...group,
    stores: group.stores.map((store) => ({
      ...store,
      holidays: [],
      hours: {
        ...store.hours,
        service: { ...store.hours.service, sunday: { opens: '09:00', closes: '15:00' } },
      },
    })),
  });

  it('on a Sunday in March, and each of three stores still hears at its own opening, once', async () => {
    const open = await World.open('2027-03-12T20:00:00.000Z', spring);
    try {
      await open.sweep();
      for (const [storeId, seller] of [
        ['lakeshore-subaru', '1077'],
        ['lakeshore-honda', '2051'],
        ['lakeshore-ford', '3041'],
      ]) {
        await open.putSample('vehicle-sold', {
          storeId,
          occurredAt: '2027-03-12T18:00:00.000Z',
          deliveryAt: '2027-03-12T18:30:00.000Z',
          salespeople: [{ employeeNumber: seller }],
        });
      }
      await open.advance(3 * DAY);
      const told = open.inbox().filter(({ subject }) => subject.startsWith('Your day: '));
      const by = (timeZone: string, store: string) =>
        told
          .filter(({ text }) => text.includes(`-- \n${store}`))
          .map(({ at }) =>
            new Date(at).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
          );
      expect(by('America/Chicago', 'Lakeshore Subaru')).toEqual([
        '2027-03-13 08:00',
        '2027-03-14 09:00',
        '2027-03-15 07:30',
      ]);
      expect(by('America/Denver', 'Lakeshore Honda')).toEqual([
        '2027-03-13 08:00',
        '2027-03-14 09:00',
        '2027-03-15 07:00',
      ]);
      expect(by('America/New_York', 'Lakeshore Ford')).toEqual([
        '2027-03-13 07:30',
        '2027-03-14 09:00',
        '2027-03-15 07:00',
      ]);
    } finally {
      await open.close();
    }
  });
});

describe('my open tasks', () => {
  beforeEach(async () => {
    await world.putSample('vehicle-sold', IN_THE_EVENING);
    await until('2026-11-21T14:05:00.000Z');
  });

  it('lists what is open, and opens each by the same link', async () => {
    const link = ownLink(MAYA);
    const list = await open(world, link);
    expect(list.status).toBe(200);
    expect(plain(list.body)).toMatch(
      /My open tasks 1 open, none overdue\. .*Introduce Maria Kowalski to Service/,
    );
    expect(plain(list.body)).not.toContain('My store today');
    const { taskId } = await theTask();
    const page = await open(world, `${link}/${taskId}`);
    expect(offered(page.body)).toContain('introduced-in-person');
    const after = await choose(world, `${link}/${taskId}`, 'introduced-in-person');
    expect(plain(after.body)).toContain('Done: Introduced in person.');
    expect((await theTask()).state).toBe('completed');
    expect(plain((await open(world, link)).body)).toContain('Nothing is open with you.');
    await choose(world, `${link}/${taskId}`, 'undo');
    expect((await theTask()).state).toBe('open');
  });

  it('changes nothing when a scanner reads it, or posts its forms without choosing', async () => {
    const link = ownLink(MAYA);
    const { taskId } = await theTask();
    const before = JSON.stringify(await world.tasks());
    const sent = world.sent.length;
    for (const url of [link, `${link}/${taskId}`, ownLink(DENISE), `${ownLink(DENISE)}/${taskId}`]) {
      for (const method of ['GET', 'HEAD', 'POST']) await visit(world, method, url);
      await post(world, url, { seen: world.now });
      await post(world, url, { seen: world.now, from: '1042', department: 'service', what: '', to: '' });
    }
    expect(JSON.stringify(await world.tasks())).toBe(before);
    expect(world.sent).toHaveLength(sent);
  });

  it("opens only what concerns its person, and is one of the closed doors for everybody else's link", async () => {
    const { taskId } = await theTask();
    await rosterSays('1043', { daysOff: [] });
    await sell('D-2', 'C-2', { serviceAdvisorNumber: '1043' });
    const other = (await world.tasks()).find((task) => task.assignee?.employeeNumber === '1043');
    const link = ownLink(MAYA);
    const nowhere = await open(world, `${link.slice(0, -4)}AAAA`);
    expect(nowhere.status).toBe(404);
    for (const url of [
      `${link}/${other?.taskId}`,
      `${link}/${'0'.repeat(32)}`,
      link.replace('/me/', '/t/'),
      link.replace(/\/me\/[0-9a-f]{32}/, `/t/${taskId}`),
      linkTo(world, MAYA, /^Meet /).replace(/\/t\/[0-9a-f]{32}/, /\/me\/[0-9a-f]{32}/.exec(link)?.[0] ?? ''),
    ]) {
      expect(await open(world, url), url).toMatchObject({ status: 404, body: nowhere.body });
    }
  });

  it('is sent again from any task page, to the address on the roster, once in a quarter of an hour', async () => {
    const link = linkTo(world, JORDAN);
    expect((await open(world, link)).body).toContain('Send me my open tasks');
    const answer = await post(world, link, { send: 'my-day' });
    expect(answer.status).toBe(303);
    expect(plain((await open(world, answer.headers['location'] ?? '')).body)).toContain('on their way');
    await post(world, link, { send: 'my-day' });
    expect(summaries(JORDAN).map(({ subject }) => subject)).toEqual(['Your day: nothing to do']);
    expect(summaries(JORDAN)[0]?.text).toContain('You asked for this list.');
    await world.advance(15);
    await post(world, link, { send: 'my-day' });
    expect(summaries(JORDAN)).toHaveLength(2);
  });

  it('works for two weeks; then it asks for a fresh one, and ends with its person', async () => {
    const link = ownLink(MAYA);
    await until('2026-12-04T13:00:00.000Z');
    expect((await open(world, link)).status).toBe(200);
    await until('2026-12-05T22:00:00.000Z');
    expect((await open(world, link)).status).toBe(404);
    const before = summaries(MAYA).length;
    expect((await post(world, link, { choice: 'fresh-link' })).status).toBe(200);
    expect(summaries(MAYA)).toHaveLength(before + 1);
    expect((await open(world, ownLink(MAYA))).status).toBe(200);
    await rosterSays('1042', { endsOn: '2026-12-04' });
    expect((await open(world, ownLink(MAYA))).status).toBe(404);
    expect((await post(world, link, { choice: 'fresh-link' })).status).toBe(200);
    expect(summaries(MAYA)).toHaveLength(before + 1);
  });

  it('keeps its item small, however many mornings there were', async () => {
    await world.advance(60 * DAY);
    const day = await world.services().tasks.readDay(/me\/([0-9a-f]{32})/.exec(ownLink(MAYA))?.[1] ?? '');
    expect(JSON.stringify(day).length).toBeLessThan(6_000);
  });
});

describe('a manager’s list', () => {
  const talkIn = (text: string | undefined) => /conversation/i.test(text ?? '');
  const introductionIn = (text: string | undefined) => /Maria Kowalski/.test(text ?? '');
  /** One introduction and one upgrade conversation, both late the next day. */
  beforeEach(async () => {
    await world.reset('2026-11-20T17:40:00.000Z');
    await world.putSample('repair-quote-high', { storeId: STORE, serviceAdvisorNumber: '1042' });
    await choose(world, linkTo(world, MAYA, /repair or replace/i), 'open-to-looking');
    await world.putSample('vehicle-sold');
    await world.advance(60);
  });

  it('holds the work of their own department, late or not, and not the other’s', async () => {
    await until('2026-11-21T16:05:00.000Z');
    const [ofDenise, ofPaul] = [DENISE, PAUL].map((to) => summaries(to)[0]?.text);
    expect([introductionIn(ofDenise), talkIn(ofDenise)]).toEqual([true, false]);
    expect([introductionIn(ofPaul), talkIn(ofPaul)]).toEqual([false, true]);
    const page = plain((await open(world, ownLink(PAUL))).body);
    expect([introductionIn(page), talkIn(page)]).toEqual([false, true]);
  });

  it('of who manages the whole store holds both', async () => {
    await rosterSays(PAULS_NUMBER, { role: 'general manager' });
    await until('2026-11-21T16:05:00.000Z');
    const text = summaries(PAUL)[0]?.text;
    expect([introductionIn(text), talkIn(text)]).toEqual([true, true]);
  });

  it('holds the other department’s, too, once nobody manages that', async () => {
    await rosterSays('1001', { endsOn: '2026-11-20' });
    await until('2026-11-21T16:05:00.000Z');
    const text = summaries(PAUL)[0]?.text;
    expect([introductionIn(text), talkIn(text)]).toEqual([true, true]);
  });
});

describe('my store today', () => {
  /** Two customers of Maya's, and one of Greg's. */
  beforeEach(async () => {
    await sell('D-1', 'C-1', { serviceAdvisorNumber: '1042' });
    await sell('D-2', 'C-2', { serviceAdvisorNumber: '1042' });
    await sell('D-3', 'C-3', { serviceAdvisorNumber: '1043' });
    await until('2026-11-23T13:35:00.000Z');
  });
  const numbersOf = async (deal: string) =>
    (await world.tasks()).find((task) => 'dealNumber' in task.subject && task.subject.dealNumber === deal)
      ?.assignee?.employeeNumber;

  it('tells the manager what is open, overdue, escalated and done', async () => {
    const [greg] = (await world.tasks()).filter((task) => task.assignee?.employeeNumber === '1043');
    await choose(world, `${ownLink(GREG)}/${greg?.taskId}`, 'introduced-in-person');
    await world.advance(DAY);
    const page = plain((await open(world, ownLink(DENISE))).body);
    expect(page).toContain('My store today Open 2 Overdue 2 Escalated 2');
    expect(page).toContain('Done 1 since Monday, November 23, 2026');
    expect(page).toContain('Maya Torres: 2 open');
    expect(page).toMatch(/Introduce Kim No C-3 to Service: Done by Greg Lindqvist/);
    const email = summaries(DENISE).at(-1);
    expect(email?.subject).toBe('Lakeshore Subaru today: 2 open, 2 overdue');
    expect(email?.text).toMatch(/Kim No C-1, .*with Maya Torres\. Escalated, not accepted/);
  });

  it('hands all that a person has to a colleague: sick today', async () => {
    const link = ownLink(DENISE);
    const seen = world.now;
    await world.advance(1);
    const all = { choice: 'hand-over', from: '1042', department: 'service', what: 'all', seen };
    const sent = world.sent.length;
    const answer = await post(world, link, { ...all, to: '1043' });
    expect(answer.status).toBe(303);
    const page = plain((await open(world, answer.headers['location'] ?? '')).body);
    expect(page).toContain('Done: nothing is open with Maya Torres any more.');
    expect(await Promise.all(['D-1', 'D-2', 'D-3'].map(numbersOf))).toEqual(['1043', '1043', '1043']);
    const told = world.sent.slice(sent);
    expect(told.filter(({ to }) => to === GREG)).toHaveLength(2);
    expect(told.filter(({ to }) => to === GREG)[0]?.text).toContain('Handed over by Denise Whitaker.');
    expect(told.filter(({ to }) => to === MAYA)).toHaveLength(2);
    await post(world, link, { ...all, to: '1043' });
    await post(world, link, { ...all, to: '1044' });
    expect(world.sent).toHaveLength(sent + told.length);
    expect(await numbersOf('D-1')).toBe('1043');
  });

  it('hands one task back to the routing rules, and leaves the other', async () => {
    const link = ownLink(DENISE);
    const one = (await world.tasks()).find(
      (task) => 'dealNumber' in task.subject && task.subject.dealNumber === 'D-2',
    );
    const fields = { from: '1042', department: 'service', what: one?.taskId ?? '', to: 'by the rules' };
    await post(world, link, { choice: 'hand-over', ...fields, seen: world.now });
    expect(await numbersOf('D-1')).toBe('1042');
    expect(await numbersOf('D-2')).toBe('1043');
    expect(world.inbox(MAYA).at(-1)?.subject).toBe('Greg Lindqvist has Kim No C-2 now');
  });

  it('tells the second of two managers that one had moved on, and a double click that it is done', async () => {
    await rosterSays(PAULS_NUMBER, { role: 'general manager' });
    const [one] = (await world.tasks()).filter((task) => task.assignee?.employeeNumber === '1042');
    const what = one?.taskId ?? '';
    const fields = { choice: 'hand-over', from: '1042', department: 'service', what, seen: world.now };
    const [denise, seen] = [ownLink(DENISE), world.now];
    await until('2026-11-23T15:05:00.000Z');
    await post(world, denise, { ...fields, to: '1043' });
    const again = await post(world, denise, { ...fields, to: '1043' });
    expect([again.status, again.headers['location']]).toEqual([
      303,
      expect.stringContaining('done=hand-over'),
    ]);
    const late = await post(world, ownLink(PAUL), { ...fields, seen, to: '1044' });
    expect(late.status).toBe(409);
    expect(plain(late.body)).toContain('Nothing was changed: that handoff had moved on.');
    expect((await world.services().tasks.read(what))?.assignee?.employeeNumber).toBe('1043');
  });

  it('says what is missing, and takes no colleague of another department', async () => {
    const link = ownLink(DENISE);
    const base = { choice: 'hand-over', from: '1042', department: 'service', seen: world.now };
    const nobody = await post(world, link, { ...base, what: 'all', to: '' });
    expect(nobody.status).toBe(422);
    expect(plain(nobody.body)).toContain('Please choose to whom.');
    const seller = await post(world, link, { ...base, what: 'all', to: '1077' });
    expect(seller.status).toBe(422);
    expect(plain(seller.body)).toContain('Please choose a colleague who works here now.');
    expect(await numbersOf('D-1')).toBe('1042');
  });

  it('is for managers: anybody else hands over what is their own, on its page', async () => {
    const fields = { from: '1043', department: 'service', what: 'all', to: '1042', seen: world.now };
    const answer = await post(world, ownLink(MAYA), { choice: 'hand-over', ...fields });
    expect(answer.status).toBe(422);
    expect(await numbersOf('D-3')).toBe('1043');
  });

  it('opens every task of the store for the manager, who may hand it over there', async () => {
    const { taskId } = await theTask();
    const page = await open(world, `${ownLink(DENISE)}/${taskId}`);
    expect(offered(page.body)).toEqual(['customer-email', 'hand-over', 'note']);
    expect(page.body).toContain('All my open tasks');
  });
});
