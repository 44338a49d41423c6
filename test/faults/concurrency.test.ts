import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { onlyWith } from '../simulation/weather.ts';
import { SimulatedWorld } from '../simulation/world.ts';

const STARTED_AT = Date.parse('2026-11-20T22:40:00.000Z');
const HOUR = 3_600_000;

const sold = JSON.parse(readFileSync(new URL('../../samples/vehicle-sold.json', import.meta.url), 'utf8'));
const tell = (world: SimulatedWorld, change: object = {}) =>
  world.bus.put(sold.source, sold['detail-type'], { ...sold.detail, ...change });

describe('200 copies of one event at once', () => {
  it.each([1, 2, 3])(
    'make one task and one email to each, in whatever order they run (seed %i)',
    async (seed) => {
      const world = new SimulatedWorld({ seed, start: STARTED_AT, weather: onlyWith({ 'slow call': 0.1 }) });
      for (let copy = 0; copy < 200; copy += 1) tell(world);
      await world.runFor(HOUR / 4);
      const [task, ...others] = world.watch.tasks;
      expect(others).toEqual([]);
      expect(task?.state).toBe('open');
      expect(world.ses.accepted.map(({ to }) => to).toSorted()).toEqual([
        'jordan.blake@lakeshore.example',
        'maya.torres@lakeshore.example',
      ]);
      expect(world.watch.violations).toEqual([]);
    },
  );
});

describe('a fact about something that is known', () => {
  it('is not taken for new: a sale that turns out to be wholesale ends its handoff', async () => {
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT });
    tell(world);
    await world.runFor(HOUR / 4);
    tell(world, { dealType: 'wholesale', occurredAt: '2026-11-20T16:20:00-06:00' });
    await world.runFor(HOUR / 4);
    expect([...world.watch.tasks].map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('is not undone by an older one that comes later: a sale known as wholesale introduces nobody', async () => {
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT });
    tell(world, { dealType: 'wholesale', occurredAt: '2026-11-20T16:20:00-06:00' });
    await world.runFor(HOUR / 4);
    tell(world);
    await world.runFor(HOUR / 4);
    expect(world.ses.accepted).toEqual([]);
  });

  it('is heard when it is newer: what was wholesale and is sold to a customer is introduced', async () => {
    const world = new SimulatedWorld({ seed: 1, start: STARTED_AT });
    tell(world, { dealType: 'wholesale' });
    await world.runFor(HOUR / 4);
    tell(world, { occurredAt: '2026-11-20T16:20:00-06:00' });
    await world.runFor(HOUR / 4);
    expect(world.ses.accepted).toHaveLength(2);
  });
});
