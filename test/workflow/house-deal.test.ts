import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, World } from '../support/world.ts';

const SOLD_AT = '2026-11-20T22:40:00.000Z';
const PAUL = 'paul.szymanski@lakeshore.example';
const MAYA = 'maya.torres@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(SOLD_AT);
});
beforeEach(() => world.reset(SOLD_AT));
afterAll(() => world.close());

describe.each([
  ['without salespeople', { salespeople: [] }],
  ['that leaves them out', { salespeople: undefined }],
  ['whose salesperson has no number', { salespeople: [{ name: 'HOUSE' }] }],
])('a house deal %s', (_name, change) => {
  it('is walked over by the sales manager, who is asked to be there at the first service', async () => {
    await world.putSample('vehicle-sold', change);
    expect(world.inbox(PAUL)[0]?.text).toContain('House deal: there is no salesperson on it');
    expect(world.inbox(MAYA)[0]?.text).toContain('House deal, with: Paul Szymanski');
    world.now = '2027-04-18T12:00:00.000Z';
    await world.advance(5 * DAY);
    expect(world.inbox(PAUL).map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/^Coming up: the first service of/),
    );
  });
});

describe('a deal whose salesperson is corrected', () => {
  const JORDAN = 'jordan.blake@lakeshore.example';
  const PRIYA = 'priya.natarajan@lakeshore.example';
  it.each([
    ['was written on somebody else', [{ employeeNumber: '1078' }], PRIYA],
    ['was a house deal first', [], PAUL],
  ])(
    'tells who was asked to walk the customer over that they are not: it %s',
    async (_name, salespeople, was) => {
      await world.putSample('vehicle-sold', { salespeople });
      await world.advance(10);
      await world.putSample('vehicle-sold', { occurredAt: world.now });
      expect(world.inbox(JORDAN)).toHaveLength(1);
      expect(world.inbox(was)).toHaveLength(2);
      expect(world.inbox(was)[1]?.text).toMatch(
        /Jordan Blake is introducing Maria to (?:Maya Torres|Greg Lindqvist), not you: the deal was corrected\./,
      );
    },
  );
});

it('belongs to the salesperson, not to the BDC agent who booked the appointment and stands first on the deal', async () => {
  await world.rosterSays('lakeshore-subaru', '1079', { role: 'BDC agent' });
  await world.putSample('vehicle-sold', {
    salespeople: [{ employeeNumber: '1079' }, { employeeNumber: '1077' }],
  });
  const [walkOver] = world.inbox('jordan.blake@lakeshore.example');
  expect(walkOver?.subject).toContain('Maya Torres');
  expect(world.inbox('jordan.blake@lakeshore.example')).toHaveLength(1);
  expect(world.inbox('tomas.herrera@lakeshore.example')).toEqual([]);
});

it('has a salesperson where the DMS sends the number alone', async () => {
  await world.putSample('vehicle-sold', { salespeople: ['1077'] });
  expect((await world.tasks('service-introduction'))[0]?.soldBy).toBe('1077');
});

describe('the condition of a sold car', () => {
  it.each([
    ['new', 1_400, 6_000],
    ['used', 400, 6_400],
    ['certified', 31_450, 37_450],
    ['CPO', 400, 6_400],
    ['U', 400, 6_400],
    ['N', 1_400, 6_000],
    [undefined, 400, 6_000],
    [undefined, 31_450, 37_450],
  ])('%s at %i miles puts the first service at %i miles', async (condition, odometerMiles, dueMiles) => {
    const vehicle = { vin: '4S4BTGND8V3104872', make: 'Subaru', odometerMiles };
    await world.putSample('vehicle-sold', { condition, vehicle });
    expect((await world.tasks('service-introduction'))[0]?.firstService?.dueMiles).toBe(dueMiles);
  });
});
