import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepCard } from '../../bin/history/keep-card.ts';
import { readLine } from '../../bin/history/read-line.ts';
import { toItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { campaignIdOf } from '../../functions/leavers/campaign.ts';
import { letterIdOf } from '../../functions/leavers/letter.ts';
import { tallyOf } from '../../functions/leavers/tally.ts';
import { carOf } from '../kinds/deadlines.ts';
import { DAY, World } from '../support/world.ts';
import { offered, open, plain, post } from './answer-visitor.ts';

/** A Friday, 10 in the morning in Evanston. */
const FRIDAY = '2026-11-20T16:00:00.000Z';
const STORE = 'lakeshore-subaru';
const DENISE = 'denise.whitaker@lakeshore.example';
const GREG = 'greg.lindqvist@lakeshore.example';
const CAMPAIGN = campaignIdOf(STORE, '1042');

let world: World;
beforeAll(async () => {
  world = await World.open(FRIDAY);
  world.keepsCustomers = true;
});
beforeEach(() => world.reset(FRIDAY));
afterAll(() => world.close());

const addressOf = (number: string) => `${number.toLowerCase()}@example.com`;

interface Visit {
  readonly advisor?: string;
  readonly on?: string;
  readonly customer?: object;
  readonly storeId?: string;
}

/** A customer's car was serviced. */
async function visited(
  number: string,
  { advisor = '1042', on = FRIDAY, customer = {}, storeId = STORE }: Visit = {},
) {
  await world.put('service-visit-completed', {
    ...{ version: 1, storeId, occurredAt: on, roNumber: `RO-${number}-${on}` },
    ...{ closedOn: on.slice(0, 10), customerPayCents: 8_000, warrantyCents: 0, internalCents: 0 },
    vehicle: carOf(number),
    customer: {
      ...{ customerNumber: number, firstName: `Kim${number}`, lastName: 'Doe', email: addressOf(number) },
      ...customer,
    },
    serviceAdvisorNumber: advisor,
  });
}

const customersOf = async (numbers: readonly string[]) => {
  for (const number of numbers) await visited(number);
};
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `C-${100 + at}`);

/** Maya Torres left yesterday; the sweep finds it and counts her customers. */
async function mayaLeaves() {
  await world.rosterSays(STORE, '1042', { endsOn: '2026-11-19' });
  await world.sweep();
}

/** The service manager's page about the letter, from the email of a morning. */
async function pageOfLetters(): Promise<string> {
  await world.advance(3 * DAY);
  const page = /https:\/\/handoff\.example\.com\/me\/[0-9a-f]{32}\/[\w-]+\/letters\/[0-9a-f]{16}/;
  const link = world.sent
    .filter(({ to }) => to === DENISE)
    .flatMap(({ text, html }) => page.exec(`${html} ${text}`) ?? []);
  const last = link.at(-1);
  if (last === undefined) throw new Error('the manager got no link to the letters');
  return last;
}

async function started(to = '1043') {
  const page = await pageOfLetters();
  const answer = await post(world, page, { choice: 'start', to });
  expect(answer.headers['location']).toContain('done=started');
  return page;
}

/** The letters that left: to whom, once for each time. */
const letters = () => world.sent.filter(({ subject }) => subject.includes('is now your service advisor'));
const written = () => letters().map(({ to }) => to);
const tally = async () => tallyOf(await world.services().campaigns.letters(CAMPAIGN));
const campaign = () => world.services().campaigns.read(CAMPAIGN);
const stepOf = async () => (await campaign())?.step;

describe('an advisor with customers leaves', () => {
  it('offers the service manager the letter in the morning, with the number of customers', async () => {
    await customersOf(['C-1', 'C-2', 'C-3']);
    await mayaLeaves();
    await world.advance(3 * DAY);
    const morning = world.sent.findLast(({ to }) => to === DENISE);
    expect(morning?.text).toContain(
      'The customers of Maya Torres: 3 customers can get a hello from their new advisor.',
    );
    expect(letters()).toEqual([]);
  });

  it('shows the letter in both languages, who gets it, and whom it leaves out and why', async () => {
    await visited('C-1');
    await visited('C-2', { on: '2025-05-19T16:00:00.000Z' });
    await visited('C-3', { customer: { email: undefined } });
    await visited('C-4', { customer: { email: 'none@none.com' } });
    await visited('C-5', { customer: { mayContact: { email: false } } });
    await visited('C-6', { advisor: '1043' });
    await mayaLeaves();
    const body = plain((await open(world, await pageOfLetters())).body);
    expect(body).toContain('Nothing has been sent. 1 customer would get the letter.');
    expect(body).toContain('Not here in 18 months 1 left out');
    expect(body).toContain('No email address 2 left out');
    expect(body).toContain('Said no to such emails 1 left out');
    expect(body).toContain('Greg Lindqvist is now your service advisor');
    expect(body).toContain('Ahora le atiende Greg Lindqvist');
    expect(body).toContain('Send it to 1 customer, from Greg Lindqvist');
  });

  it('sends nothing before a manager presses the button: opening the page, twice, is no yes', async () => {
    await customersOf(['C-1']);
    await mayaLeaves();
    const page = await pageOfLetters();
    await open(world, page);
    await open(world, `${page}?choice=start&to=1043&done=started`);
    await world.advance(DAY);
    expect(letters()).toEqual([]);
    expect(await stepOf()).toEqual({ is: 'offered' });
  });

  it('is no matter of a sales manager, an advisor, or somebody of another store', async () => {
    await customersOf(['C-1']);
    await mayaLeaves();
    const page = await pageOfLetters();
    const others = world.sent.filter(({ to }) => to !== DENISE);
    expect(others.map(({ text }) => text).join()).not.toContain('customers of Maya Torres');
    await world.rosterSays(STORE, '1001', { role: 'sales manager' });
    expect((await open(world, page)).status).toBe(404);
    expect((await post(world, page, { choice: 'start', to: '1043' })).status).toBe(404);
  });

  it('offers nothing of a suspended one: neither customers nor colleagues may learn of it', async () => {
    await customersOf(['C-1']);
    await world.rosterSays(STORE, '1042', { suspendedFrom: '2026-11-19' });
    await world.sweep();
    expect(await campaign()).toBeUndefined();
  });
});

describe('customers of before the connection', () => {
  const past = (advisor: string) => {
    const line = JSON.stringify({
      ...{ version: 1, storeId: STORE, roNumber: 'R-7', occurredAt: '2026-05-04T15:00:00Z' },
      ...{ closedOn: '2026-05-04', customerPayCents: 8_000, warrantyCents: 0, internalCents: 0 },
      vehicle: carOf('C-7'),
      customer: { customerNumber: 'C-7', firstName: 'Kim', lastName: 'Doe', email: addressOf('C-7') },
      serviceAdvisorNumber: advisor,
    });
    const read = readLine(line, { group: world.group, writtenAt: FRIDAY });
    if (!('past' in read)) throw new Error(read.reason);
    return read.past;
  };

  it('get the letter once their visits are imported, and nobody hears of the import', async () => {
    await keepCard(world.services(), past('1042'));
    expect([...world.ours, ...world.sent]).toEqual([]);
    await mayaLeaves();
    await started();
    await world.sweep();
    expect(written()).toEqual([addressOf('C-7')]);
  });

  it('are put on the list of their advisor by another import, where an earlier release wrote their card', async () => {
    await keepCard(world.services(), past('1042'));
    const { dynamodb, tableName: TableName } = world.target();
    const Key = toItem(keys.advised(STORE, '1042', 'C-7'));
    await dynamodb.send(new DeleteItemCommand({ TableName, Key }));
    await keepCard(world.services(), past('1042'));
    const listed = await world.services().advised.of(STORE, ['1042'], { after: undefined, most: 10 });
    expect(listed).toEqual({ customerNumbers: ['C-7'], after: undefined });
  });
});

describe('the list of an advisor', () => {
  it('is read page by page, under each of the advisor’s numbers, and names nobody twice', async () => {
    await customersOf(numbered(5));
    await visited('C-8', { advisor: 'MTORRES' });
    const { advised } = world.services();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await advised.of(STORE, ['1042', 'MTORRES'], { after, most: 2 });
      expect(page.customerNumbers.length).toBeLessThanOrEqual(2);
      seen.push(...page.customerNumbers);
      after = page.after;
    } while (after !== undefined);
    expect(seen).toEqual([...numbered(5), 'C-8']);
  });
});

describe('a manager sends the letter', () => {
  it('to each customer once, from the new advisor, who gets the answers', async () => {
    await customersOf(['C-1', 'C-2']);
    await mayaLeaves();
    await started();
    await world.advance(60);
    expect(written()).toEqual([addressOf('C-1'), addressOf('C-2')]);
    const [letter] = letters();
    expect(letter).toMatchObject({ replyTo: GREG, attachments: ['Greg-Lindqvist.vcf'] });
    expect(letter?.text).toContain('Hello KimC-1,');
    expect(letter?.text).toContain('your 2027 Subaru Outback');
    expect(`${letter?.subject} ${letter?.text} ${letter?.html}`).not.toMatch(/Maya|Torres/);
    expect(letter?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(await stepOf()).toMatchObject({ is: 'done', to: '1043', by: '1001' });
    await world.advance(7 * DAY);
    expect(written()).toHaveLength(2);
  });

  it('in Spanish to who prefers it', async () => {
    await visited('C-1', { customer: { preferredLanguage: 'es-MX' } });
    await mayaLeaves();
    await started();
    await world.advance(60);
    const [letter] = world.sent.filter(({ to }) => to === addressOf('C-1'));
    expect(letter?.subject).toBe('Ahora le atiende Greg Lindqvist');
  });

  it('twenty in five minutes, so that a complaint can stop the rest', async () => {
    await customersOf(numbered(45));
    await mayaLeaves();
    await started();
    await world.sweep();
    expect(written()).toHaveLength(20);
    await world.advance(5);
    expect(written()).toHaveLength(40);
    await world.advance(5);
    expect(new Set(written()).size).toBe(45);
    expect(written()).toHaveLength(45);
  });

  it('only in the hours in which customers may get email', async () => {
    await customersOf(['C-1']);
    await mayaLeaves();
    const page = await pageOfLetters();
    await world.advance(12 * 60);
    await post(world, page, { choice: 'start', to: '1043' });
    await world.advance(60);
    expect(letters()).toEqual([]);
    await world.advance(12 * 60);
    expect(written()).toHaveLength(1);
    expect(letters()[0]?.at.slice(11, 16)).toBe('14:00');
  });

  it('not to who said no, bounced or changed advisors between the preview and the letter', async () => {
    await customersOf(['C-1', 'C-2', 'C-3', 'C-4']);
    await mayaLeaves();
    const page = await pageOfLetters();
    await world.put('customer-preferences-changed', {
      ...{ version: 1, storeId: STORE, occurredAt: world.now },
      ...{ customerNumber: 'C-1', email: addressOf('C-1'), mayContact: { email: false } },
    });
    await visited('C-2', { advisor: '1043', on: world.now });
    await visited('C-4', { on: world.now, customer: { email: addressOf('C-3') } });
    await post(world, page, { choice: 'start', to: '1043' });
    await world.advance(60);
    expect(written()).toEqual([addressOf('C-3')]);
    const body = plain((await open(world, page)).body);
    expect(body).toContain('Same address as another 1 left out');
  });

  it('once to a customer whose two numbers were merged, before or after one of them got it', async () => {
    await customersOf(numbered(30));
    const merge = (kept: string, gone: string) =>
      world.put('customer-changed', {
        ...{ version: 1, storeId: STORE, occurredAt: world.now },
        customer: { customerNumber: kept, lastName: 'Doe', email: addressOf(kept) },
        replaces: [gone],
      });
    await merge('C-101', 'C-102');
    await mayaLeaves();
    await started();
    await world.sweep();
    expect(await world.refusals()).toEqual([]);
    expect(written()).toContain(addressOf('C-103'));
    await merge('C-129', 'C-103');
    await world.advance(60);
    const expected = numbered(30).filter((number) => !['C-102', 'C-129'].includes(number));
    expect(written().toSorted()).toEqual(expected.map(addressOf));
  });

  it('a day later to who has a handoff open or got another letter that day, and not at all after two weeks', async () => {
    await customersOf(['C-1', 'C-20417']);
    await mayaLeaves();
    const page = await pageOfLetters();
    await world.putSample('vehicle-sold', { deliveryAt: world.now });
    await post(world, page, { choice: 'start', to: '1043' });
    await world.advance(60);
    expect(written()).toEqual([addressOf('C-1')]);
    expect(await tally()).toMatchObject({ sent: 1, waiting: 1 });
    await world.advance(15 * DAY);
    expect(written()).toEqual([addressOf('C-1')]);
    expect(await tally()).toMatchObject({ sent: 1, withdrawn: 1 });
  });
});

describe('the letter is stopped', () => {
  it('by a manager, and started again from somebody else: nobody gets it twice', async () => {
    await customersOf(numbered(30));
    await mayaLeaves();
    const page = await started();
    await world.sweep();
    const stopped = await post(world, page, { choice: 'stop' });
    expect(stopped.headers['location']).toContain('done=stopped');
    await world.advance(DAY);
    expect(written()).toHaveLength(20);
    expect(offered((await open(world, page)).body)).toEqual(['start']);
    await post(world, page, { choice: 'start', to: '1044' });
    await world.advance(60);
    expect(new Set(written()).size).toBe(30);
    expect(written()).toHaveLength(30);
    const last = letters().at(-1);
    expect(last?.replyTo).toBe('aisha.karim@lakeshore.example');
  });

  it('by the first complaint in a small one, for good; the manager reads why, and who complained is not written to again', async () => {
    await customersOf(numbered(30));
    await mayaLeaves();
    const page = await started();
    await world.sweep();
    const [first] = letters();
    if (!first) throw new Error('no letter left');
    await world.report(first, 'Complaint');
    await world.advance(4 * DAY);
    expect(written()).toHaveLength(20);
    expect(await stepOf()).toMatchObject({ is: 'stopped', why: 'complaints' });
    const morning = world.sent.findLast(({ to }) => to === DENISE);
    expect(morning?.text).toContain('the letter was stopped: a customer reported it as spam.');
    const again = await post(world, page, { choice: 'start', to: '1043' });
    expect(again.status).toBe(409);
    await world.advance(DAY);
    expect(written()).toHaveLength(20);
    expect((await world.services().addresses.read(first.to)).optOuts).toMatchObject([{ kind: 'all' }]);
  });

  it('when the advisor comes back', async () => {
    await customersOf(numbered(30));
    await mayaLeaves();
    await started();
    await world.sweep();
    await world.rosterSays(STORE, '1042', { endsOn: undefined });
    await world.advance(60);
    expect(await stepOf()).toMatchObject({ is: 'stopped', why: 'came back' });
    expect(written()).toHaveLength(20);
  });

  it('when the new advisor leaves, too, until a manager starts it from somebody else', async () => {
    await customersOf(numbered(30));
    await mayaLeaves();
    await started();
    await world.sweep();
    await world.rosterSays(STORE, '1043', { endsOn: '2026-11-20' });
    await world.advance(60);
    expect(await stepOf()).toMatchObject({ is: 'stopped', why: 'new advisor left' });
    expect(written()).toHaveLength(20);
  });
});

describe('whatever goes wrong on the way', () => {
  it('a sweep that is killed at any call and started again writes to nobody twice, and leaves out nobody', async () => {
    const all = ['C-1', 'C-2'];
    for (let call = 1; call <= 80; call += 3) {
      await world.reset(FRIDAY);
      await customersOf(all);
      await mayaLeaves();
      await started();
      world.calls.reset();
      world.calls.stopAt(call, call % 2 === 0 ? 'before' : 'after');
      await world.sweep();
      await world.reportSent();
      await world.advance(2 * 60);
      await world.reportSent();
      await world.advance(2 * 60);
      const sent = written();
      expect(new Set(sent).size, `stopped at call ${call}`).toBe(sent.length);
      const { unclear } = await tally();
      expect(sent.length + unclear, `stopped at call ${call}`).toBeGreaterThanOrEqual(2);
    }
  });

  it('two sweeps at the same time write each letter once', async () => {
    await customersOf(numbered(10));
    await mayaLeaves();
    await started();
    await Promise.all([world.sweep(), world.sweep(), world.sweep()]);
    await world.advance(60);
    expect(written()).toHaveLength(10);
  });

  it('a letter says whose it is, so that it is exported and erased with its customer', async () => {
    await customersOf(['C-1']);
    await mayaLeaves();
    await started();
    await world.sweep();
    const letter = await world.services().tasks.readLetter(letterIdOf(CAMPAIGN, 'C-1'));
    expect(letter).toMatchObject({ storeId: STORE, customerNumber: 'C-1' });
  });
});

describe('the links in the letter', () => {
  const linkIn = (text = '') =>
    /https:\/\/handoff\.example\.com\/u\/[0-9a-f]{32}\/[\w-]+/.exec(text)?.[0] ?? '';

  it('let the customer say no, as in every other email', async () => {
    await customersOf(['C-1']);
    await mayaLeaves();
    await started();
    await world.sweep();
    const [letter] = letters();
    const page = await open(world, linkIn(letter?.text));
    expect(page.status).toBe(200);
    await post(world, linkIn(letter?.text), { choice: 'stop-store' });
    const known = await world.services().addresses.read(addressOf('C-1'));
    expect(known.optOuts).toMatchObject([{ kind: 'all', storeId: STORE }]);
    expect((await open(world, `${linkIn(letter?.text)}/visit`)).status).toBe(404);
  });

  it('unsubscribe by one click from introductions', async () => {
    await customersOf(['C-1']);
    await mayaLeaves();
    await started();
    await world.sweep();
    const url = letters()[0]?.headers['List-Unsubscribe']?.slice(1, -1) ?? '';
    expect((await open(world, url)).body).toContain('Unsubscribe');
    await post(world, url, { 'List-Unsubscribe': 'One-Click' });
    const known = await world.services().addresses.read(addressOf('C-1'));
    expect(known.optOuts).toMatchObject([{ kind: 'introduction', storeId: STORE }]);
  });

  it('take a bounce as elsewhere: the address is not written to again', async () => {
    await customersOf(['C-1']);
    await mayaLeaves();
    await started();
    await world.sweep();
    const [letter] = letters();
    if (!letter) throw new Error('no letter left');
    await world.report(letter, 'Bounce', 'Permanent');
    expect((await world.services().addresses.read(addressOf('C-1'))).bouncedAt).toBeDefined();
    expect(await tally()).toMatchObject({ bounced: 1, sent: 0 });
  });
});
