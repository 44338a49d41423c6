import { afterEach, expect, it, vi } from 'vitest';
import { countingBounces } from '../../../functions/runtime/counted-bounces.ts';
import { STAFF_BOUNCES_METRIC } from '../../../functions/runtime/environment.ts';
import { telemetry } from '../../../functions/runtime/telemetry.ts';

const bounce = {
  storeId: 'lakeshore-subaru',
  employeeNumber: '1042',
  address: 'maya.torres@lakeshore.example',
  at: '2026-11-26T15:00:00Z',
};

afterEach(() => vi.restoreAllMocks());

it('counts a bounce once the address is flagged', async () => {
  const measure = vi.spyOn(telemetry, 'measure').mockReturnValue(undefined);
  const flagBounced = vi.fn(async () => undefined);
  await countingBounces({ flagBounced }).flagBounced(bounce);
  expect(flagBounced).toHaveBeenCalledWith(bounce);
  expect(measure.mock.calls).toEqual([[STAFF_BOUNCES_METRIC, 1]]);
});

it('counts nothing where the flag could not be written: the report comes again', async () => {
  const measure = vi.spyOn(telemetry, 'measure').mockReturnValue(undefined);
  const failing = { flagBounced: () => Promise.reject(new Error('DynamoDB is out')) };
  await expect(countingBounces(failing).flagBounced(bounce)).rejects.toThrow('DynamoDB is out');
  expect(measure).not.toHaveBeenCalled();
});
