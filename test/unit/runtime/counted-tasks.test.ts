import { afterEach, expect, it, vi } from 'vitest';
import type { EmailEntry } from '../../../functions/handoff/outbox-entry.ts';
import { blankIntroduction } from '../../../functions/handoffs/introduction/task.ts';
import type { TaskStore } from '../../../functions/ports.ts';
import { CountedTasks } from '../../../functions/runtime/counted-tasks.ts';
import { EMAILS_GIVEN_UP_METRIC } from '../../../functions/runtime/environment.ts';
import { telemetry } from '../../../functions/runtime/telemetry.ts';

const NOW = '2026-11-26T15:00:00.000Z';
const email: EmailEntry = {
  type: 'email',
  id: 'e1',
  state: 'given-up',
  owedAt: NOW,
  attempts: 1,
  message: 'introduction-to-customer',
  to: 'customer',
};
const blank = blankIntroduction('lakeshore-subaru', '48211', NOW);
const task = { ...blank, outbox: [email] };

const nobody = async () => [];
const storeThat = (answers: boolean[]): TaskStore => ({
  read: async () => undefined,
  write: async () => answers.shift() ?? true,
  readDay: async () => undefined,
  readReport: async () => undefined,
  readLetter: async () => undefined,
  readSchedule: async () => undefined,
  writeSchedule: async () => true,
  findDue: async () => ({ found: [] }),
  findOfPerson: nobody,
  findOfStore: nobody,
  findLost: nobody,
  findDone: nobody,
});

afterEach(() => vi.restoreAllMocks());

it('counts nothing where somebody else wrote first, and once where the second attempt is written', async () => {
  const measure = vi.spyOn(telemetry, 'measure').mockReturnValue(undefined);
  const tasks = new CountedTasks(storeThat([false, true, true]));
  expect(await tasks.write(task)).toBe(false);
  expect(measure).not.toHaveBeenCalled();
  await tasks.write(task);
  await tasks.write({ ...task, version: 1 });
  expect(measure.mock.calls).toEqual([[EMAILS_GIVEN_UP_METRIC, 1]]);
});

it('counts an email that was sent again and given up again', async () => {
  const measure = vi.spyOn(telemetry, 'measure').mockReturnValue(undefined);
  const tasks = new CountedTasks(storeThat([]));
  await tasks.write(task);
  await tasks.write({ ...task, version: 1, outbox: [{ ...email, state: 'owed' }] });
  await tasks.write({ ...task, version: 2 });
  expect(measure.mock.calls).toEqual([
    [EMAILS_GIVEN_UP_METRIC, 1],
    [EMAILS_GIVEN_UP_METRIC, 1],
  ]);
});
