import { SendingPausedException } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TaskOf } from '../../functions/handoffs/kinds.ts';
import { whyOf } from '../../functions/handoffs/letters.ts';
import quoted from '../../samples/repair-quote-high.json' with { type: 'json' };
import { longTermCustomer } from '../support/customers.ts';
import { DAY, headStartOf, World } from '../support/world.ts';
import { choose, linkTo, offered, open, plain, post } from './answer-visitor.ts';

/** 10:40 in the morning at the store, which opens until six. */
const TODAY = '2026-11-20T17:40:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';
const DANA = 'dana.whitehorse@lakeshore.example';
const OMAR = 'omar.haddad@lakeshore.example';
const EMILY = 'emily.nguyen@lakeshore.example';
const SALES_MANAGER = 'karen.whitfield@lakeshore.example';
const SERVICE_MANAGER = '2001';
const order = { storeId: 'lakeshore-honda', roNumber: '77120' };

let world: World;
let strict: World;
beforeAll(async () => {
  world = await World.open(TODAY);
  strict = await World.open(TODAY, headStartOf('until-answered'));
});
beforeEach(async () => {
  for (const one of [world, strict]) {
    one.showsLists = one === strict;
    await one.reset(TODAY);
    await longTermCustomer(one);
  }
});
afterAll(async () => {
  await world.close();
  await strict.close();
});

const subjects = (to: string, of = world) => of.inbox(to).map(({ subject }) => subject);
const latest = (to: string, of = world) => of.inbox(to).at(-1)?.text ?? '';
const SHEET = /repair or replace/i;
const press = (choice: string, of = world) => choose(of, linkTo(of, ADVISOR, SHEET), choice);
const sheetPage = async (of = world) => plain((await open(of, linkTo(of, ADVISOR, SHEET))).body);
async function theSheet(of = world): Promise<TaskOf<'repair-options'>> {
  const [sheet] = await of.tasks('repair-options');
  if (!sheet) throw new Error('there is no sheet');
  return sheet;
}
const theTalk = async (of = world) => (await of.tasks('upgrade-conversation'))[0];
const quote = (change: object = {}, of = world) => of.putSample('repair-quote-high', change);
const closeOrder = (of = world) => {
  const { customer, vehicle } = quoted.detail;
  return of.putSample('service-visit-completed', {
    ...order,
    customer,
    vehicle,
    closedOn: '2026-11-20',
    occurredAt: of.now,
  });
};

describe('an advisor has a head start', () => {
  it('of half an hour: the customer hears both sides before Sales hears anything', async () => {
    await quote();
    expect(latest(ADVISOR)).toContain('Sales hears of it at 11:10 AM, unless you say so before');
    await world.advance(25);
    expect(subjects(DANA)).toEqual([]);
    expect(await world.tasks('upgrade-conversation')).toEqual([]);
  });

  it('and silence is an answer, too: Sales goes to the advisor first, who hears whom to expect', async () => {
    await quote();
    await world.advance(35);
    expect(subjects(DANA)).toEqual(['Robert Okafor may be ready for another car: see Sam first']);
    expect(latest(DANA)).toContain('Sam Delgado hasn’t said yet whether it’s a good time. Go to Sam');
    expect(subjects(ADVISOR).at(-1)).toBe('Dana Whitehorse comes to you first: Robert Okafor');
    expect(latest(ADVISOR)).toContain('In Sales: Dana Whitehorse, (303) 555-0132');
    expect(await theTalk()).toMatchObject({ state: 'open', facts: { asked: { by: 'silence' } } });
    expect(await theSheet()).toMatchObject({ advisorSilent: { employeeNumber: '2031' } });
    expect(whyOf(await theSheet(), await world.tasks())).toContain(
      'The advisor was asked first, and did not answer in time.',
    );
  });

  it('and the email about who comes leads back to the sheet, where “not now” is one press', async () => {
    await quote();
    await world.advance(35);
    const sheet = linkTo(world, ADVISOR, /comes to you first/);
    expect(sheet).toMatch(/\/sheet$/);
    const seen = await choose(world, sheet, 'not-a-good-time');
    expect(plain(seen.body)).toContain('Done: Not now for Sales.');
    expect(await theSheet()).toMatchObject({ advisorSays: 'not now' });
    expect(subjects(DANA).at(-1)).toBe('Robert Okafor: please hold off');
  });

  it('and nobody else gets to the sheet that way', async () => {
    await quote();
    await world.advance(35);
    const talk = linkTo(world, DANA, /may be ready/);
    expect((await open(world, talk)).status).toBe(200);
    const answer = await post(world, `${talk}/sheet`, { choice: 'never-for-this-customer' });
    expect(answer.status).toBe(404);
    expect((await theSheet()).advisorSays).toBeUndefined();
  });

  it('and managers see how often whose advisors did not answer', async () => {
    await quote();
    await world.advance(DAY);
    const [morning] = world
      .inbox('luis.ortega@lakeshore.example')
      .filter(({ subject }) => subject.includes('today'));
    expect(morning?.text).toContain('Didn’t answer a sheet in time: Sam Delgado 1');
    const [link] = morning?.text.match(/https:\S+\/me\/\w+\/[\w-]+/) ?? [];
    const page = await open(world, link ?? '');
    expect(plain(page.body)).toContain('Didn’t answer a sheet in time Sam Delgado 1');
  });

  it.each(['not-a-good-time', 'never-for-this-customer', 'repair-it', 'not-now'])(
    'and stops it with one press: %s',
    async (choice) => {
      await quote();
      await world.advance(10);
      await press(choice);
      await world.advance(DAY);
      expect(await world.tasks('upgrade-conversation')).toEqual([]);
      expect((await theSheet()).advisorSilent).toBeUndefined();
    },
  );

  it('that ends with a word: Sales hears of a good time in the same second', async () => {
    await quote();
    await world.advance(10);
    await press('good-time');
    expect(world.inbox(DANA).map(({ at }) => at)).toEqual([world.now]);
    await world.advance(60);
    expect((await theSheet()).advisorSilent).toBeUndefined();
  });

  it('that runs on where a word is taken back', async () => {
    await quote();
    await world.advance(10);
    await press('not-a-good-time');
    await world.advance(5);
    await press('undo');
    await world.advance(10);
    expect(subjects(DANA)).toEqual([]);
    await world.advance(10);
    expect(subjects(DANA)).toHaveLength(1);
  });

  it('in the store’s opening minutes: what is quoted at closing waits for the morning', async () => {
    world.now = '2026-11-21T00:50:00.000Z';
    await quote({ occurredAt: world.now, promisedAt: undefined, customerIs: 'dropped-off' });
    await world.advance(60);
    expect(subjects(DANA)).toEqual([]);
    await world.advance(DAY);
    expect(subjects(DANA).filter((subject) => subject.includes('may be ready'))).toHaveLength(1);
  });

  it('never past the promised time', async () => {
    await quote({ promisedAt: '2026-11-20T17:50:00Z' });
    await world.advance(5);
    expect(subjects(DANA)).toEqual([]);
    await world.advance(10);
    expect(subjects(DANA)).toHaveLength(1);
  });

  it('never past the close of the order: then it is worth a call', async () => {
    await quote();
    await world.advance(5);
    await closeOrder();
    expect(await theTalk()).toMatchObject({ state: 'open', facts: { asked: { by: 'silence' } } });
    expect(latest(DANA)).toContain('The car is back with the customer');
    expect(await theSheet()).toMatchObject({ state: 'completed', ended: { outcome: 'order closed' } });
  });

  it('which a nightly file that brings quote and close together does not hold against them', async () => {
    world.now = '2026-11-21T09:00:00.000Z';
    const promised = { promisedAt: undefined, occurredAt: '2026-11-20T21:00:00.000Z' };
    await quote(promised);
    const { customer, vehicle } = quoted.detail;
    const closed = { ...order, customer, vehicle, closedOn: '2026-11-20' };
    await world.putSample('service-visit-completed', { ...closed, occurredAt: '2026-11-20T23:00:00.000Z' });
    await world.advance(DAY);
    expect(subjects(DANA)).toEqual([]);
    expect((await theSheet()).advisorSilent).toBeUndefined();
  });

  it('that a newer quote of the same order does not begin anew', async () => {
    await quote();
    await world.advance(20);
    await quote({ occurredAt: world.now, promisedAt: '2026-11-21T00:30:00Z' });
    await world.advance(15);
    expect(subjects(DANA)).toHaveLength(1);
  });

  it('and none where the store wants Sales to hear at once', async () => {
    const atOnce = await World.open(TODAY, headStartOf(0));
    await longTermCustomer(atOnce);
    await quote({}, atOnce);
    expect(subjects(DANA, atOnce)).toHaveLength(1);
    expect(subjects(ADVISOR, atOnce).at(-1)).toBe('Dana Whitehorse comes to you first: Robert Okafor');
    await atOnce.close();
  });
});

describe('a customer who wants to think it over', () => {
  const STILL = 'Robert Okafor is still deciding: see Sam first';
  const LATER = 'Robert Okafor will decide later: not today';
  const talking = async () => {
    await quote();
    await world.advance(35);
    await choose(world, linkTo(world, DANA), 'accept');
    await world.advance(1);
    await press('not-now');
  };

  it('is left alone today by the salesperson who was told of them', async () => {
    await talking();
    expect(subjects(DANA).at(-1)).toBe(LATER);
    expect(latest(DANA)).toContain('Leave it for today, ask Sam when to call, and set a reminder');
    expect(await theTalk()).toMatchObject({ state: 'accepted' });
  });

  it('stays so where the used-car desk answers after that, and not where the advisor took it back', async () => {
    await quote();
    await press('ask-for-appraisal');
    await world.advance(35);
    await press('not-now');
    await world.advance(1);
    await choose(world, linkTo(world, 'victor.reyes@lakeshore.example'), 'appraised', { amount: '9,250' });
    expect(await theTalk()).toMatchObject({ facts: { asked: { decidesLater: true } } });
    expect(subjects(DANA)).not.toContain(STILL);
    await world.advance(1);
    await press('undo');
    expect(subjects(DANA)).toContain(STILL);
  });

  const { quote: work } = quoted.detail;
  const answered = (answer: string) => work.lines.map((line) => ({ ...line, answer }));
  const firstIs = (change: object) => [{ ...work.lines[0], ...change }, ...work.lines.slice(1)];
  const dearer = { ...work, totalCents: 438_000, lines: firstIs({ amountCents: 244_000 }) };
  const cheap = { ...work, totalCents: 50_000, lines: [{ description: 'Gasket', amountCents: 50_000 }] };
  it.each<[string, object, string]>([
    ['is dearer', { quote: dearer }, 'changed from $2,890 to $3,090'],
    ['has a line approved', { quote: { ...work, lines: firstIs({ answer: 'approved' }) } }, 'is approved or'],
    [
      'is declined as a whole',
      { quote: { ...work, lines: answered('declined') } },
      'Everything that was quoted',
    ],
    ['promises the car for another time', { promisedAt: '2026-11-20T16:00:00-07:00' }, 'another time'],
  ])('keeps their salesperson where a corrected quote %s', async (_what, change, says) => {
    await talking();
    await world.advance(1);
    await quote({ ...change, occurredAt: world.now });
    expect(await theTalk()).toMatchObject({ state: 'accepted', facts: { asked: { decidesLater: true } } });
    expect(latest(DANA)).toContain(says);
    expect(latest(DANA)).toContain('Robert still decides later. Leave it for today, and ask Sam Delgado');
  });

  it.each<[string, object, string]>([
    ['leaves no reason', cheap, 'Robert Okafor: the new estimate changed the picture'],
    [
      'says that all of it is approved',
      { ...work, lines: answered('approved') },
      'Robert Okafor is fixing the CR-V EX-L: nothing to do',
    ],
  ])('is no more for Sales where a corrected quote %s', async (_what, change, says) => {
    await talking();
    await world.advance(1);
    await quote({ quote: change, occurredAt: world.now });
    expect(await theTalk()).toMatchObject({ state: 'cancelled' });
    expect(subjects(DANA).at(-1)).toBe(says);
  });

  it('decided for the repair where the first quote says that all of it is approved: Sales hears nothing', async () => {
    await quote({ quote: { ...work, lines: answered('approved') } });
    await world.advance(DAY);
    expect(await theSheet()).toMatchObject({
      assessment: { suppressions: [{ name: 'repair-approved' }] },
    });
    expect(await world.tasks('upgrade-conversation')).toEqual([]);
  });

  it('is no news to Sales where Sales was never told', async () => {
    await quote();
    await press('not-now');
    await world.advance(DAY);
    expect(await world.tasks('upgrade-conversation')).toEqual([]);
  });
});

describe('a customer who is open to looking', () => {
  it('is told to a named salesperson in the same second, also where Sales knew already', async () => {
    await quote();
    await world.advance(35);
    await choose(world, linkTo(world, DANA), 'accept');
    await world.advance(5);
    await press('open-to-looking');
    const last = world.inbox(DANA).at(-1);
    expect(last).toMatchObject({
      subject: 'Robert Okafor is open to looking: see Sam first',
      at: world.now,
    });
    expect(await theTalk()).toMatchObject({ facts: { asked: { by: 'customer' } } });
  });

  it('gets a name from the advisor: who it is, their number, and when they accepted', async () => {
    await quote();
    await world.advance(35);
    await choose(world, linkTo(world, DANA), 'accept');
    await world.advance(5);
    await press('open-to-looking');
    expect(latest(ADVISOR)).toContain('You said that Robert is open to looking. Dana Whitehorse was told');
    expect(latest(ADVISOR)).toMatch(/Accepted: .*11:15 AM/);
    expect(await sheetPage()).toMatch(/In Sales Dana Whitehorse, .*555-0132.*Accepted .*11:15 AM/);
  });

  it('is told where Sales had put it by for another day, or had closed it as not ready', async () => {
    await quote();
    await world.advance(35);
    await choose(world, linkTo(world, DANA), 'snooze', { date: '2026-11-24' });
    await world.advance(1);
    await press('open-to-looking');
    expect(await theTalk()).toMatchObject({ state: 'open', assignee: { employeeNumber: '2051' } });
    await choose(world, linkTo(world, DANA), 'not-ready');
    await world.advance(1);
    await press('undo');
    await world.advance(1);
    await press('open-to-looking');
    expect(await theTalk()).toMatchObject({ state: 'open', assignee: { employeeNumber: '2051' } });
    expect(subjects(DANA).at(-1)).toBe('Robert Okafor is open to looking: see Sam first');
  });

  it('is told to somebody who is here, where the one who had it is off today', async () => {
    await quote({ promisedAt: '2026-11-21T23:00:00Z', customerIs: 'dropped-off' });
    await world.advance(35);
    await choose(world, linkTo(world, DANA), 'accept');
    await world.advance(DAY);
    await world.rosterSays('lakeshore-honda', '2051', { daysOff: ['2026-11-21'] });
    await press('open-to-looking');
    const talk = await theTalk();
    expect(talk).toMatchObject({
      state: 'open',
      assignee: { employeeNumber: expect.stringMatching(/205[23]/) },
    });
    const told = talk?.assignee?.employeeNumber === '2052' ? OMAR : EMILY;
    expect(subjects(told).at(-1)).toBe('Robert Okafor is open to looking: see Sam first');
  });

  it('is the first fact on the sheet wherever Sales was told', async () => {
    await quote();
    expect(await sheetPage()).not.toContain('In Sales');
    await world.advance(35);
    expect(await sheetPage()).toMatch(/In Sales Dana Whitehorse, .* has not accepted yet .*Customer Robert/);
    await quote({ occurredAt: world.now, promisedAt: '2026-11-21T00:30:00Z' });
    const corrected = world.inbox(ADVISOR).findLast(({ subject }) => SHEET.test(subject));
    expect(corrected?.text.indexOf('In Sales: Dana Whitehorse')).toBeLessThan(
      corrected?.text.indexOf('Customer: Robert') ?? 0,
    );
  });

  it('brings the advisor a line in their next list of what follows: accepted, talked, an appointment', async () => {
    world.showsLists = true;
    await quote();
    await press('open-to-looking');
    const news = async (choice: string, fields: Record<string, string> = {}) => {
      await choose(world, linkTo(world, DANA, /Robert Okafor/), choice, fields);
      await world.advance(DAY);
      return world.inbox(ADVISOR).findLast(({ text }) => text.includes('From Sales'))?.text ?? '';
    };
    expect(await news('accept')).toContain('Dana Whitehorse has accepted Robert Okafor.');
    expect(await news('contacted')).toContain('Dana Whitehorse talked to Robert Okafor.');
    expect(await news('appointment-set', { startsAt: '2026-11-28T10:00' })).toContain(
      'Dana Whitehorse and Robert Okafor: Sat, Nov 28, 10:00 AM.',
    );
  });

  it('is sold with the advisor’s name on it, who hears so', async () => {
    await quote();
    await press('open-to-looking');
    await choose(world, linkTo(world, DANA), 'sold', { dealNumber: 'H-9001' });
    expect(subjects(ADVISOR).at(-1)).toBe('Sold: Robert Okafor, and your name is on it');
    expect(latest(ADVISOR)).toContain('deal H-9001');
  });
});

describe('a customer who waits in the lounge', () => {
  it('is not kept waiting: after ten minutes the next one on the floor has it, then the sales manager', async () => {
    await quote();
    await press('open-to-looking');
    expect(latest(DANA)).toContain('Accept by: 10:50 AM, or it goes to a colleague');
    await world.advance(15);
    const second = (await theTalk())?.assignee?.employeeNumber;
    expect(['2052', '2053']).toContain(second);
    const [email] = [OMAR, EMILY].filter((one) => subjects(one).length > 0);
    expect(subjects(email ?? '')).toEqual(['Robert Okafor is open to looking: see Sam first']);
    expect(latest(email ?? '')).toContain('The customer is waiting, so it went to the next person.');
    expect(subjects(ADVISOR).at(-1)).toMatch(/comes to you now about Robert Okafor$/);
    expect(latest(DANA)).toContain('has Robert Okafor now');
    await world.advance(15);
    expect(await theTalk()).toMatchObject({ assignee: { employeeNumber: '2002', reason: 'manager' } });
    expect(subjects(SALES_MANAGER)).toEqual(['Robert Okafor is open to looking: see Sam first']);
    await world.advance(30);
    expect(await theTalk()).toMatchObject({ assignee: { employeeNumber: '2002' } });
  });

  it.each([
    ['2052', OMAR],
    ['2053', EMILY],
  ])('goes first to whoever answered something lately: %s', async (employeeNumber, email) => {
    await world.putSample('repair-quote-high-new-customer', {
      ...order,
      roNumber: '88000',
      salespersonNumber: employeeNumber,
      serviceAdvisorNumber: '2031',
    });
    const sheet = (await world.tasks('repair-options'))[0];
    await world.answer(sheet?.taskId ?? '', { choice: 'open-to-looking' });
    await choose(world, linkTo(world, email), 'accept');
    await world.advance(30);
    await quote();
    await choose(world, linkTo(world, ADVISOR, /both options for Robert Okafor/), 'open-to-looking');
    await world.advance(15);
    const talks = await world.tasks('upgrade-conversation');
    expect(talks.find(({ facts }) => facts.quote?.roNumber === order.roNumber)).toMatchObject({
      assignee: { employeeNumber },
    });
  });

  it('stays with whoever accepted in time', async () => {
    await quote();
    await press('open-to-looking');
    await world.advance(5);
    await choose(world, linkTo(world, DANA), 'accept');
    await world.advance(30);
    expect(await theTalk()).toMatchObject({ state: 'accepted', assignee: { employeeNumber: '2051' } });
    expect(subjects(OMAR)).toEqual([]);
    expect(subjects(EMILY)).toEqual([]);
  });

  it('passes nobody by whose email has not left yet', async () => {
    await quote();
    const paused = new SendingPausedException({ $metadata: {}, message: 'Sending is paused.' });
    world.calls.sesAnswers = [paused];
    await press('open-to-looking');
    await world.advance(30);
    expect(await theTalk()).toMatchObject({ assignee: { employeeNumber: '2051' } });
    world.calls.sesAnswers = [];
    await world.advance(5);
    expect(subjects(DANA)).toEqual(['Robert Okafor is open to looking: see Sam first']);
    await world.advance(15);
    expect(await theTalk()).not.toMatchObject({ assignee: { employeeNumber: '2051' } });
  });

  it('hurries nobody once the car is gone, or where the customer is not here', async () => {
    await quote({ customerIs: 'dropped-off' });
    await press('open-to-looking');
    await world.advance(30);
    expect(await theTalk()).toMatchObject({ assignee: { employeeNumber: '2051' } });
  });
});

describe('a store that waits for a yes', () => {
  const unanswered = async () => {
    await quote({ promisedAt: undefined }, strict);
    await strict.advance(DAY);
  };
  const decide = async (choice: string) =>
    strict.answer((await theSheet(strict)).taskId, { choice }, SERVICE_MANAGER);

  it('tells Sales nothing all day, and leaves the decision to the service manager when it ends', async () => {
    await unanswered();
    expect(subjects(DANA, strict)).toEqual([]);
    expect(await theSheet(strict)).toMatchObject({ advisorSilent: { employeeNumber: '2031' } });
    await decide('tell-sales');
    expect(subjects(DANA, strict)).toEqual(['Robert Okafor may be ready for another car: see Sam first']);
    expect(latest(DANA, strict)).toContain('The service manager asks you to talk to Robert.');
  });

  it('asks in the service manager’s next list, and counts who did not answer', async () => {
    await unanswered();
    const lists = strict.inbox('luis.ortega@lakeshore.example').map(({ text }) => text);
    expect(lists.at(-1)).toContain('Your call: tell Sales, or leave it?');
    expect(lists.at(-1)).toContain('Robert Okafor, repair order 77120: Sam Delgado didn’t answer.');
    expect(lists.join('\n')).toContain('Didn’t answer a sheet in time: Sam Delgado 1');
  });

  it('asks the manager nothing where the advisor answers before the list leaves', async () => {
    await quote({ promisedAt: undefined }, strict);
    await strict.advance(7 * 60 + 30);
    expect(await theSheet(strict)).toMatchObject({ advisorSilent: { employeeNumber: '2031' } });
    await press('not-a-good-time', strict);
    await strict.advance(DAY);
    const lists = strict.inbox('luis.ortega@lakeshore.example').map(({ text }) => text);
    expect(lists.join('\n')).not.toContain('Your call');
  });

  it('leaves it where the manager says so, and asks nobody again', async () => {
    await unanswered();
    await decide('leave-sales-out');
    await strict.advance(DAY);
    expect(subjects(DANA, strict)).toEqual([]);
    const page = await open(strict, linkTo(strict, ADVISOR, SHEET));
    expect(offered(page.body)).not.toContain('tell-sales');
  });

  it('asks the manager of an order that closes without an answer', async () => {
    await quote({}, strict);
    await strict.advance(20);
    await closeOrder(strict);
    expect(subjects(DANA, strict)).toEqual([]);
    await strict.advance(DAY);
    expect(subjects('luis.ortega@lakeshore.example', strict)).toEqual([
      'Your call: tell Sales about Robert Okafor?',
    ]);
    await decide('tell-sales');
    expect(latest(DANA, strict)).toContain('The car is back with the customer');
  });

  it('asks the manager still, and once, where the order closes while the question waits for a list', async () => {
    await quote({ promisedAt: undefined }, strict);
    await strict.advance(7 * 60 + 30);
    expect(await theSheet(strict)).toMatchObject({ advisorSilent: { employeeNumber: '2031' } });
    await closeOrder(strict);
    await strict.advance(DAY);
    const asked = subjects('luis.ortega@lakeshore.example', strict).filter((one) =>
      one.startsWith('Your call'),
    );
    expect(asked).toEqual(['Your call: tell Sales about Robert Okafor?']);
  });

  it('takes “Tell Sales” back where it was a mistake', async () => {
    await unanswered();
    await decide('tell-sales');
    await strict.advance(1);
    await decide('undo');
    expect(await theTalk(strict)).toMatchObject({ state: 'cancelled' });
    expect((await theSheet(strict)).salesAskedBy).toBeUndefined();
  });

  it('hears the advisor, too, as long as nobody decided', async () => {
    await unanswered();
    await press('good-time', strict);
    expect(await theTalk(strict)).toMatchObject({ facts: { asked: { by: 'advisor' } } });
  });
});
