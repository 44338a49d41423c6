import { describe, expect, it } from 'vitest';
import { shiftSample } from '../../local/shift-sample.ts';

const now = Date.parse('2027-03-02T20:00:00Z');
const sample = (detail: unknown) => ({ source: 'dms.x', 'detail-type': 'vehicle-sold', detail });
const shifted = (detail: unknown): unknown => shiftSample(sample(detail), now).detail;

describe('a sample moved to today', () => {
  it('moves every date by the same number of days', () => {
    expect(
      shifted({
        occurredAt: '2026-11-20T16:05:00-06:00',
        dueOn: '2027-05-20',
        visits: [{ at: '2026-11-19T09:00:00.500Z' }, '2026-11-21'],
        nested: { on: '2026-12-01T08:00' },
      }),
    ).toEqual({
      occurredAt: '2027-03-02T16:05:00-06:00',
      dueOn: '2027-08-30',
      visits: [{ at: '2027-03-01T09:00:00.500Z' }, '2027-03-03'],
      nested: { on: '2027-03-13T08:00' },
    });
  });

  it('takes today where the sample was written', () => {
    const late = Date.parse('2027-03-03T02:00:00Z');
    const detail = { occurredAt: '2026-11-20T16:05:00-06:00' };
    expect(shiftSample(sample(detail), late).detail).toEqual({ occurredAt: '2027-03-02T16:05:00-06:00' });
  });

  it('leaves alone what is no date', () => {
    const detail = {
      occurredAt: '2026-11-20',
      vin: '4S4BTGND8V3104872',
      phone: '555-0188',
      odd: '2026-02-30',
      n: 1,
    };
    expect(shifted(detail)).toEqual({ ...detail, occurredAt: '2027-03-02' });
  });

  it.each([
    { dueOn: '2026-11-20' },
    'text',
    { occurredAt: 'yesterday' },
    { occurredAt: '2026-13-45' },
    undefined,
  ])('leaves a sample without its day as it is: %j', (detail) => {
    expect(shifted(detail)).toEqual(detail);
  });
});
