import { afterEach, expect, it, vi } from 'vitest';
import { LoggedBus } from '../../../functions/runtime/logged-bus.ts';
import { telemetry } from '../../../functions/runtime/telemetry.ts';

const detail = {
  version: 1,
  taskId: 'a-task',
  storeId: 'lakeshore-subaru',
  kind: 'service-introduction',
  state: 'accepted',
  occurredAt: '2026-11-26T15:00:00Z',
};

afterEach(() => vi.restoreAllMocks());

it('logs an event about a task that the bus took, with the instant under the name of its step', async () => {
  const info = vi.spyOn(telemetry, 'info').mockReturnValue(undefined);
  const bus = new LoggedBus({
    put: async () => [
      { result: 'sent' },
      { result: 'unknown', reason: { code: 'no-answer', error: 'TimeoutError' } },
      { result: 'sent' },
    ],
  });
  await bus.put([
    { detailType: 'handoff-task-accepted', detail },
    { detailType: 'handoff-task-completed', detail },
    { detailType: 'customer-answered', detail },
  ]);
  expect(info.mock.calls).toEqual([
    [
      'Handoff',
      {
        taskId: 'a-task',
        kind: 'service-introduction',
        step: 'accepted',
        acceptedAt: Date.parse('2026-11-26T15:00:00Z'),
      },
    ],
  ]);
});
