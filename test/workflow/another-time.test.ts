import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, World } from '../support/world.ts';
import { choose, linksIn, linkTo, offered, open, plain, post } from './answer-visitor.ts';
import { appointment, CUSTOMER, due, MAYA, TODAY } from './first-service-facts.ts';

let world: World;
beforeAll(async () => {
  world = await World.open(TODAY);
});
beforeEach(async () => {
  await world.reset(TODAY);
  await world.put('first-service-due', due);
  await booked();
});
afterAll(() => world.close());

const booked = (change: object = {}) => world.put('service-appointment-booked', appointment(change));
const to = (address: string) => world.inbox(address).map(({ subject }) => subject);
/** The page behind the customer's latest letter. */
function pageLink(): string {
  const link = world
    .inbox(CUSTOMER)
    .flatMap(linksIn)
    .findLast((one) => one.endsWith('/visit'));
  if (!link) throw new Error('the customer has no link to the visit');
  return link;
}
const ask = (fields: Record<string, string> = { part: 'any', day: '' }) =>
  choose(world, pageLink(), 'another-time', fields);
const visit = async () => (await world.tasks('first-service-visit'))[0];
const wanted = async () => (await visit())?.facts.timeWanted;

describe('a customer who needs another time', () => {
  it('sees the time that is booked, and changes nothing by looking', async () => {
    const before = await world.tasks();
    const page = await open(world, pageLink());
    expect(plain(page.body)).toContain('Tuesday, December 1, 2026 at 9:00 AM');
    expect(offered(page.body)).toEqual(['another-time']);
    expect(await world.tasks()).toEqual(before);
  });

  it('asks with one press: the advisor is told at once what would suit, and the appointment stands', async () => {
    const page = await ask({ part: 'morning', day: '2026-12-08' });
    expect(plain(page.body)).toContain('Your appointment stands until then');
    // At once, while what the advisor was told before still waits for the next list.
    expect(world.sent.at(-1)).toMatchObject({
      ...{ to: MAYA, subject: 'Maria Kowalski asks for another time' },
      text: expect.stringContaining('Tuesday, December 8, 2026, in the morning'),
    });
    expect((await visit())?.facts.appointments).toMatchObject([{ status: 'booked' }]);
  });

  it('is told to the advisor once, however often the button is pressed', async () => {
    await ask();
    const before = world.inbox().length;
    await ask();
    await ask();
    expect(world.inbox()).toHaveLength(before);
  });

  it('is answered by the time that the advisor enters', async () => {
    await ask();
    await world.advance(30);
    await choose(world, linkTo(world, MAYA), 'visit-booked', { startsAt: '2026-12-08T09:00' });
    expect(await wanted()).toBeUndefined();
    expect(to(CUSTOMER).at(-1)).toMatch(/^New time for your first service: Tue, Dec 8/);
  });

  it.each([
    ['a day that is past', { part: 'any', day: '2026-11-01' }],
    ['no day at all', { part: 'any', day: 'soon' }],
    ['a part of the day that is none', { part: '<b>', day: '' }],
  ])('is asked again where the form says %s', async (_what, fields) => {
    const answer = await post(world, pageLink(), { choice: 'another-time', ...fields });
    expect(answer.status).toBe(422);
    expect(await wanted()).toBeUndefined();
  });

  it('changes nothing by a post without the button', async () => {
    const before = await world.tasks();
    expect((await post(world, pageLink(), {})).status).toBe(422);
    expect(await world.tasks()).toEqual(before);
  });

  it('finds a page that says so once nothing is booked any more', async () => {
    const link = pageLink();
    await world.put('service-appointment-cancelled', appointment({ occurredAt: '2026-11-20T19:00:00Z' }));
    const page = await open(world, link);
    expect(plain(page.body)).toContain('No appointment is booked at the moment');
    expect(offered(page.body)).toEqual([]);
  });

  it('reads the page in Spanish where the letter was in Spanish', async () => {
    await world.reset(TODAY);
    await world.put('first-service-due', { ...due, customer: { ...due.customer, preferredLanguage: 'es' } });
    await booked();
    const page = await ask();
    expect(page.body).toContain('<html lang="es"');
    expect(plain(page.body)).toContain('Recibimos su solicitud de otra hora');
  });
});

describe('a customer whose visit is months away', () => {
  it('is answered by an advisor now, who is reminded of it in opening hours', async () => {
    await world.reset(TODAY);
    await world.put('first-service-due', { ...due, dueOn: '2027-05-20' });
    await booked({ startsAt: '2027-05-12T15:00:00Z' });
    expect(await visit()).toMatchObject({ state: 'waiting' });
    await ask();
    expect(await visit()).toMatchObject({ state: 'open', assignee: { employeeNumber: '1042' } });
    expect(to(MAYA)).toContain('Maria Kowalski asks for another time');
    await world.advance(5 * DAY);
    expect((await visit())?.passed?.['accept-reminder']).toBeDefined();
  });
});

describe('the button that adds a visit to the calendar', () => {
  const file = () => open(world, `${pageLink()}.ics`);

  it('gives the time that is booked as a calendar file, and changes nothing', async () => {
    const before = await world.tasks();
    const { status, headers, body } = await file();
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/calendar/);
    expect(body).toContain('DTSTART:20261201T150000Z');
    expect(body).not.toMatch(/Kowalski|maria\.kowalski/i);
    expect(await world.tasks()).toEqual(before);
  });

  it('gives the new time where the visit was moved since the letter, and nothing where it was cancelled', async () => {
    const letter = pageLink();
    await booked({ startsAt: '2026-12-02T15:00:00.000Z', occurredAt: '2026-11-20T18:00:01Z' });
    expect((await open(world, `${letter}.ics`)).body).toContain('DTSTART:20261202T150000Z');
    await world.put('service-appointment-cancelled', appointment({ occurredAt: '2026-11-20T18:00:02Z' }));
    expect((await open(world, `${letter}.ics`)).status).toBe(404);
  });

  it('opens nothing for a forged link, or for that of somebody in the store', async () => {
    expect((await open(world, `${pageLink().replace('/visit', 'x/visit')}.ics`)).status).toBe(404);
    expect((await open(world, `${linkTo(world, MAYA).replace('/t/', '/u/')}/visit.ics`)).status).toBe(404);
  });
});
