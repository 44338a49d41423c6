import { describe, expect, it } from 'vitest';
import { costsAt, handOver, minutesOfBacklog, morning } from '../../bench/scale.ts';

describe('a group that has used the software for years', () => {
  it('pays for a sale, a click, a sweep and a trace what it paid on the first day', async () => {
    const [young, old] = [await costsAt(500), await costsAt(5_000)];
    expect(old).toEqual(young);
  });
});

describe('a backlog of emails', () => {
  it('leaves at fifty a second where SES allows it: 20,000 are out in 15 minutes', async () => {
    // A tenth of it, which shows the rate: the first email finds out alone that SES accepts any.
    const { minutes, throttled } = await minutesOfBacklog(2_000, 50);
    expect(throttled).toBe(0);
    expect(minutes * 10).toBeLessThan(15);
  });
});

describe('a manager who hands over 300 handoffs at once', () => {
  it('gets the page within its time limit, with none of them left', async () => {
    const { seconds, left } = await handOver(300);
    expect(left).toBe(0);
    expect(seconds).toBeLessThan(20);
  });
});

describe('many stores that open at the same hour', () => {
  it('have their summaries within a quarter of an hour, while the facts of the hour come in', async () => {
    const { events, minutesToLastSummary, throttled } = await morning(20);
    expect(events).toBe(200);
    expect(minutesToLastSummary).toBeLessThan(15);
    expect(throttled).toBe(0);
  });
});
