import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { openDynamoDBServer } from '../support/dynamodb-server.ts';
import { World } from '../support/world.ts';
import { choose, linkTo } from './answer-visitor.ts';
import { begin, booked, evening, STORE, THURSDAY } from './expected-customer.ts';

const ADVISOR = 'sam.delgado@lakeshore.example';

let world: World;
beforeAll(async () => {
  world = await World.open(THURSDAY, undefined, await openDynamoDBServer());
});
beforeEach(() => begin(world));
afterAll(() => world.close());

async function why(...more: string[]) {
  const { output } = await command(world, 'why', '--appointment', 'A-1', '--store', STORE, ...more);
  return output;
}

describe('why the advisor was asked before a visit, or not', () => {
  it('answers for an appointment that was asked about, and what was said', async () => {
    await booked(world);
    await evening(world);
    expect(await why()).toContain('The advisor was asked before the visit.\nThey have not said.');
    await choose(world, linkTo(world, ADVISOR, /^Your list/), 'not-this-visit');
    expect(await why()).toContain('They said: not now.');
    expect(JSON.parse(await why('--json'))).toMatchObject({
      appointment: { appointmentNumber: 'A-1' },
      decisions: [{ assessment: { nudge: true } }],
    });
  });

  it('answers for one that nobody was asked about', async () => {
    await booked(world, { circumstances: { openComplaint: true } });
    await evening(world);
    const output = await why();
    expect(output).toMatch(/^No nudge: a complaint is open\./);
    expect(output).toContain('Nobody was asked, and Sales was not told.');
  });
});
