import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { letterheadOf } from '../../functions/group/group.ts';
import { defaultNudgePolicy, policyVersion } from '../../functions/group/nudge-policy.ts';
import type { StoreNumbers } from '../../functions/numbers/store-numbers.ts';
import { contentSecurityPolicy } from '../../functions/pages/page.ts';
import { FactsByHand } from '../numbers/facts.ts';
import { numbersOfFacts } from '../numbers/week.ts';
import { DAY, type SentEmail, World } from '../support/world.ts';
import { linksIn, open } from './answer-visitor.ts';
import { Monday } from './monday.ts';

/** Monday, November 23, 4:00 AM in Evanston; Service opens at 7:30, Sales at 9:00. */
const MONDAY = '2026-11-23T10:00:00.000Z';
const STORE = 'lakeshore-subaru';
const DENISE = 'denise.whitaker@lakeshore.example';
const PAUL = 'paul.szymanski@lakeshore.example';
const OWNER = 'owner@lakeshore.example';
const JORDAN = '1077';
const MAYA = '1042';

const nothing = { today: '2026-11-23', since: undefined, cells: new Map() };
const empty = { months: nothing, weeks: nothing };

let world: World;
let monday: Monday;
let numbers: ReadonlyMap<string | undefined, StoreNumbers>;

/** One day of October or last week after the other. */
const day = (month: string, at: number) => `${month}-${String(1 + (at % 28)).padStart(2, '0')}`;

/** So many cars sold by Jordan in a month, of whose buyers so many met Service. */
function sales(facts: FactsByHand, month: string, { sold, met }: { sold: number; met: number }): void {
  for (let at = 0; at < sold; at += 1) {
    const car = `${month} ${at}`;
    facts.sold(car, day(month, at), { by: JORDAN });
    if (at < met)
      facts.tell(
        { car, deal: `deal of ${car}`, kind: 'service-introduction', handoff: `h ${car}` },
        { what: 'introduced', at: `${day(month, at)}T21:00:00Z`, how: 'in person', by: MAYA },
      );
  }
}

/** So many orders that customers paid for, none of which Maya referred. */
function orders(facts: FactsByHand, month: string, count: number): void {
  for (let at = 0; at < count; at += 1) facts.visited(`${month} order ${at}`, day(month, at), { by: MAYA });
}

function factsOfAYear(): FactsByHand {
  const facts = new FactsByHand(STORE);
  sales(facts, '2025-10', { sold: 40, met: 34 });
  for (const month of ['2026-07', '2026-08', '2026-09']) sales(facts, month, { sold: 14, met: 12 });
  sales(facts, '2026-10', { sold: 40, met: 16 });
  orders(facts, '2026-10', 120);
  return facts;
}

beforeAll(async () => {
  world = await World.open(MONDAY, (group) => ({ ...group, reportsTo: [OWNER] }));
  const storeIds = world.group.stores.map(({ id }) => id);
  const gathering = { countedAt: MONDAY, today: '2026-11-23', storeIds };
  const elsewhere = new FactsByHand('lakeshore-honda').sold('elsewhere', '2026-10-05');
  numbers = await numbersOfFacts([...factsOfAYear().facts, ...elsewhere.facts], gathering);
});
beforeEach(async () => {
  await world.reset(MONDAY);
  world.showsLists = true;
  monday = new Monday(world);
  monday.keep(numbers.values());
});
afterAll(() => world.close());

const isReport = ({ subject }: SentEmail) => subject.includes(' this week: ');
const reports = (to?: string) => world.inbox(to).filter(isReport);
const until = (instant: string) => world.advance((Date.parse(instant) - Date.parse(world.now)) / 60_000);
const OPENED = '2026-11-23T16:00:00.000Z';
const inEvanston = ({ at }: SentEmail) =>
  new Date(at).toLocaleString('sv-SE', {
    timeZone: 'America/Chicago',
    dateStyle: 'short',
    timeStyle: 'short',
  });

function linkIn(email: SentEmail | undefined): string {
  const link = /https:\/\/handoff\.example\.com\/s\/\S+/.exec(email?.text ?? '')?.[0];
  if (link === undefined) throw new Error('no link to the numbers');
  return link;
}

async function reportTo(who: string): Promise<SentEmail> {
  await monday.counted(STORE);
  await until(OPENED);
  const [email] = reports(who);
  if (!email) throw new Error(`no report to ${who}`);
  return email;
}

describe('the Monday email of a store', () => {
  it('waits for the opening, and goes to both managers where nobody runs the whole store', async () => {
    await monday.counted(STORE);
    await until(OPENED);
    expect(reports().map((email) => [email.to, inEvanston(email)])).toEqual([
      [DENISE, '2026-11-23 07:30'],
      [PAUL, '2026-11-23 09:00'],
    ]);
  });

  it('goes to the general manager alone where there is one', async () => {
    await world.rosterSays(STORE, '1002', { role: 'general manager' });
    await monday.counted(STORE);
    await until(OPENED);
    expect(reports().map(({ to }) => to)).toEqual([PAUL]);
  });

  it('comes once, however often the numbers are counted or told of', async () => {
    await monday.counted(STORE);
    await monday.counted(STORE);
    await until(OPENED);
    await monday.counted(STORE);
    await world.advance(3 * DAY);
    expect(reports().map(({ to }) => to)).toEqual([DENISE, PAUL]);
  });

  it('says what changed only where it is more than chance, with the same month a year ago', async () => {
    const { text } = await reportTo(DENISE);
    expect(text).toContain('Last week: none; October: 40% (16 of 40); October 2025: 85% (34 of 40)');
    expect(text).toContain('Down from 85% a year ago, and that is more than chance.');
    expect(text).toContain('Last week: 0; October: 40; October 2025: 40');
    expect(text).toContain('No real change: it was 40 a year ago.');
  });

  it('names nobody twice: of a month without a referral, and of fewer introductions than before', async () => {
    const { text } = await reportTo(DENISE);
    expect(text).toContain('Maya Torres: no referral to Sales in October, out of 120 customers');
    expect(text.match(/Jordan Blake/g)).toHaveLength(1);
  });

  it('tells each manager of their own department, and in the weeks after it nobody', async () => {
    await monday.counted(STORE);
    await until(OPENED);
    const texts = [DENISE, PAUL].map((who) => reports(who)[0]?.text ?? '');
    expect(texts.map((text) => text.includes('no referral to Sales'))).toEqual([true, false]);
    expect(texts.map((text) => text.includes('Have a word with Maya Torres'))).toEqual([true, false]);
    world.now = '2026-11-30T10:00:00.000Z';
    const week = { ...numbers.get(STORE) };
    if (!week.months || !week.weeks) throw new Error('no numbers');
    const later = { months: { ...week.months, today: '2026-11-30' }, weeks: week.weeks };
    monday.keep([{ storeId: STORE, countedAt: world.now, ...later }]);
    await monday.counted(STORE);
    await until('2026-11-30T16:00:00.000Z');
    expect(reports(DENISE)).toHaveLength(2);
    expect(reports(DENISE)[1]?.text).not.toContain('no referral to Sales');
  });

  it('a service manager hears of an advisor’s missing referrals, also where the report goes to another', async () => {
    await world.rosterSays(STORE, '1002', { role: 'general manager' });
    await monday.counted(STORE);
    await until(OPENED);
    const [email] = world.inbox(DENISE).filter(({ subject }) => subject.startsWith('Worth a word'));
    expect(email?.subject).toBe('Worth a word this month: Maya Torres');
    expect(email?.text).toContain('of 120 customers who paid for a repair');
  });

  it('begins with what is overdue, and each name opens the handoff', async () => {
    await world.reset('2026-11-20T18:00:00.000Z');
    world.showsLists = true;
    await world.putSample('vehicle-sold');
    await until(MONDAY);
    await monday.counted(STORE);
    await until(OPENED);
    const [email] = reports(DENISE);
    expect(email?.subject).toBe('Lakeshore Subaru this week: 1 overdue');
    const [task] = email ? linksIn(email) : [];
    expect((await open(world, task ?? '')).body).toContain('Maria Kowalski');
    // The overdue introduction is the service manager's.
    expect(reports(PAUL)[0]?.text).not.toContain('Maria Kowalski');
  });

  it('comes from a new store, too, and says that nothing is counted yet', async () => {
    monday.keep([{ storeId: STORE, countedAt: MONDAY, ...empty }]);
    await monday.counted(STORE);
    await until(OPENED);
    expect(reports().map(({ to, subject }) => [to, subject])).toEqual([
      [DENISE, 'Lakeshore Subaru this week: no numbers yet'],
      [PAUL, 'Lakeshore Subaru this week: no numbers yet'],
    ]);
  });

  it('does not come from a store that is off and where nothing ever happened', async () => {
    const off = await World.open(MONDAY, (group) => ({
      ...group,
      stores: group.stores.map((one) => (one.id === STORE ? { ...one, mode: 'off' } : one)),
    }));
    const itsMonday = new Monday(off);
    itsMonday.keep([{ storeId: STORE, countedAt: MONDAY, ...empty }]);
    expect(await itsMonday.counted(STORE)).toEqual({ outcome: 'nothing-new' });
    await off.close();
  });

  it('proposes another setting in its first week of a month, with the evidence, and then not again', async () => {
    const ofStore = numbers.get(STORE) ?? expect.fail();
    const version = policyVersion(defaultNudgePolicy);
    const evidence = (part: number, whole: number) => [
      { storeId: STORE, person: undefined, period: '2026-08', breakdown: `${version} equity`, part, whole },
    ];
    const cells = new Map([
      ...ofStore.months.cells,
      ['nudges-that-go', evidence(2, 30)],
      ['nudges-that-stay', evidence(30, 60)],
    ]);
    for (const today of ['2026-11-23', '2026-11-30']) {
      world.now = `${today}T10:00:00.000Z`;
      monday.keep([{ ...ofStore, months: { ...ofStore.months, today, cells } }]);
      await monday.counted(STORE);
      await until(`${today}T16:00:00.000Z`);
    }
    const said = reports(DENISE).map(({ text }) => text.includes('equitySharePercent 10 → 15'));
    expect(said).toEqual([true, false]);
    const page = await monday.open(linkIn(reports(DENISE)[1]));
    expect(page.body).toContain('equitySharePercent 10 → 15');
    const file = await monday.open(`${linkIn(reports(DENISE)[1])}/numbers.csv`);
    expect(file.body).toContain(`Lakeshore Subaru,,2026-08,${version} equity,2,30`);
  });

  it('is not sent late into the next week, whose own report says more', async () => {
    await monday.counted(STORE);
    world.now = '2026-11-30T16:00:00.000Z';
    await world.sweep();
    expect(reports()).toEqual([]);
  });

  it('comes on a manager’s next day at work', async () => {
    await world.rosterSays(STORE, '1001', { daysOff: ['2026-11-23'] });
    await monday.counted(STORE);
    await world.advance(2 * DAY);
    expect(reports(DENISE).map(inEvanston)).toEqual(['2026-11-24 07:30']);
  });
});

describe('the page of the numbers', () => {
  it('opens by its link alone, with a table behind each picture and nothing from elsewhere', async () => {
    const page = await monday.open(linkIn(await reportTo(DENISE)));
    expect(page.status).toBe(200);
    expect(page.body).toContain('Lakeshore Subaru');
    expect(page.body).not.toMatch(/<script|src="http|href="http/);
    const pictures = page.body.match(/<svg/g)?.length ?? 0;
    expect(pictures).toBeGreaterThan(4);
    expect(page.body.match(/<details class="figures">/g)).toHaveLength(pictures);
  });

  it('is in the color of its store, and its policy allows that style sheet', async () => {
    const page = await monday.open(linkIn(await reportTo(DENISE)));
    const { group } = world;
    const store = group.stores.find(({ id }) => id === STORE) ?? expect.fail();
    const { color } = letterheadOf(group, store);
    expect(color).toBeDefined();
    expect(page.body).toContain(color);
    expect(page.headers['content-security-policy']).toBe(contentSecurityPolicy({ group, store }));
  });

  it('gives the same as a file, with names in place of numbers and no formula', async () => {
    const page = linkIn(await reportTo(DENISE));
    const file = await monday.open(`${page}/numbers.csv`);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.body).toContain('Introduced to Service,Lakeshore Subaru,Jordan Blake,2026-10,,16,40');
  });

  it('ends with the last day of its reader, with their role, and after two weeks', async () => {
    const link = linkIn(await reportTo(DENISE));
    await world.rosterSays(STORE, '1001', { endsOn: '2026-11-22' });
    expect((await monday.open(link)).status).toBe(404);
    await world.rosterSays(STORE, '1001', { endsOn: undefined, role: 'service advisor' });
    expect((await monday.open(link)).status).toBe(404);
    await world.rosterSays(STORE, '1001', { role: 'service manager' });
    expect((await monday.open(link)).status).toBe(200);
    world.now = '2026-12-08T14:00:00.000Z';
    expect((await monday.open(link)).status).toBe(404);
  });

  it('is only read', async () => {
    expect((await monday.open(linkIn(await reportTo(DENISE)), 'POST')).status).toBe(405);
  });
});

describe('the report of the group', () => {
  it('goes to the addresses of the group’s file, and names stores and no people', async () => {
    await monday.counted();
    await until(OPENED);
    const [email] = world.inbox(OWNER);
    expect(email?.subject).toBe('Lakeshore Auto Group this week: 1 number down');
    expect(email?.text).not.toContain('Jordan');
    const page = await monday.open(linkIn(email));
    expect(page.body).toContain('Stores side by side');
    expect(page.body).not.toContain('Jordan');
  });
});
