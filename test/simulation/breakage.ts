import type { Task } from '../../functions/handoff/task.ts';
import { isTask } from '../../functions/my-day/outbox-owner.ts';
import { around } from './around.ts';
import type { Services } from './cloud.ts';
import { type FaultKind, onlyWith, type Weather } from './weather.ts';
import type { Breakage, Broken } from './world.ts';

/**
 * Deliberate breakages: one guard taken away each. The simulation has to find every one of them, in weather that has
 * what the guard is there for; otherwise it proves nothing when it finds nothing.
 */
export interface DeliberateBreakage {
  readonly name: string;
  /** What the violation must say, so that it is this guard that was missed. */
  readonly says: RegExp;
  readonly weather: Weather;
  /** Where a run that finds it is rare, the seeds begin near the first of them. */
  readonly firstSeed?: number;
  readonly breakage: Breakage;
}

/** Of the calls that a kind can hit: far worse than any weather of a common run. */
const OFTEN = 0.4;
export const weather = (...kinds: readonly FaultKind[]) =>
  onlyWith(Object.fromEntries(kinds.map((kind) => [kind, OFTEN])));

export function readingTasks(change: <T extends Task>(task: T, about: Broken, now: string) => T) {
  return (services: Services, about: Broken): Services => ({
    ...services,
    tasks: around(services.tasks, {
      read: async (id) => {
        const task = await services.tasks.read(id);
        return task && change(task, about, services.clock.now());
      },
    }),
  });
}

export function writingTasks(change: (task: Task, now: string) => Task) {
  return (services: Services): Services => ({
    ...services,
    tasks: around(services.tasks, {
      write: (item) => services.tasks.write(isTask(item) ? change(item, services.clock.now()) : item),
    }),
  });
}
