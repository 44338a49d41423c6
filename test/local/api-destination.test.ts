import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { callApi } from '../../local/emulator/eventbridge/call-api.ts';
import { ApiServer } from '../support/api-server.ts';
import { type Fixture, startFixture } from './support.ts';

let api: ApiServer;
let fixture: Fixture;

beforeAll(async () => {
  api = await ApiServer.start();
  fixture = await startFixture(
    new Map([
      ['fixture-followed', api.url],
      ['values.example', api.url],
    ]),
  );
});
beforeEach(() => {
  api.calls.length = 0;
  api.answers = [200];
});
afterAll(async () => {
  await fixture?.stop();
  await api?.stop();
});

afterEach(() => {
  api.isHanging = false;
  vi.restoreAllMocks();
});

const advance = (duration: string) => fixture.post('/clock', { advance: duration });
const logged = z.array(
  z.object({
    event: z.looseObject({ id: z.string() }),
    deliveries: z.array(
      z.object({ destination: z.string(), state: z.string(), attempts: z.number(), note: z.string() }),
    ),
  }),
);
async function deliveryOf(id: string) {
  const events = logged.parse(await fixture.get('/events.json'));
  return events.find(({ event }) => event.id === id)?.deliveries[0];
}

describe('an API destination', () => {
  it('gets the whole event as EventBridge posts it, with the key of its connection', async () => {
    const id = await fixture.put('followed', { number: 1 });
    await advance('PT0S');
    expect(api.calls).toHaveLength(1);
    const [call] = api.calls;
    expect(call).toMatchObject({
      method: 'POST',
      headers: {
        'x-api-key': 'open sesame',
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Amazon/EventBridge/ApiDestinations',
      },
    });
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      id,
      'detail-type': 'followed',
      detail: { number: 1 },
    });
    expect(await deliveryOf(id)).toMatchObject({
      destination: 'fixture-followed',
      state: 'done',
      attempts: 1,
    });
  });

  it('is asked again where it has trouble, or too much to do, until it takes the event', async () => {
    api.answers = [500, 429, 204];
    const id = await fixture.put('followed', { number: 2 });
    await advance('PT1M');
    expect(api.calls).toHaveLength(3);
    expect(new Set(api.calls.map(({ body }) => body)).size).toBe(1);
    expect(await deliveryOf(id)).toMatchObject({ state: 'done', attempts: 3 });
  });

  it('that refuses an event is not asked again: the event is a dead letter with the reason', async () => {
    api.answers = [400];
    const id = await fixture.put('followed', { number: 3 });
    await advance('PT10M');
    expect(api.calls).toHaveLength(1);
    expect(await deliveryOf(id)).toMatchObject({ state: 'dead', note: 'the API answered 400' });
  });

  it('that answers nothing but errors is given up after its retries', async () => {
    api.answers = [503];
    const id = await fixture.put('followed', { number: 4 });
    await advance('PT1H');
    expect(api.calls).toHaveLength(4);
    expect(await deliveryOf(id)).toMatchObject({ state: 'dead', note: 'the API answered 503' });
  });

  it('that does not answer within five seconds is asked again', async () => {
    const destination = {
      ...{ id: 'Hanging', name: 'hanging', arn: 'arn:hanging', url: api.url, method: 'POST' },
      header: { name: 'x-api-key', value: 'open sesame' },
    };
    const fiveSeconds = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(fiveSeconds.signal);
    api.isHanging = true;
    const called = callApi(destination, api.url, {});
    await api.nextCall();
    fiveSeconds.abort(new Error('five seconds are over'));
    expect(await called).toEqual({ is: 'again', why: 'the API did not answer: five seconds are over' });
    expect(timeout).toHaveBeenCalledExactlyOnceWith(5000);
  });

  it('that nobody plays on this machine is not called at all', async () => {
    const id = await fixture.put('followed-elsewhere', { number: 5 });
    await advance('PT1M');
    expect(await deliveryOf(id)).toMatchObject({
      state: 'dropped',
      note: 'an API elsewhere: nobody plays it here',
    });
    expect(api.calls).toEqual([]);
  });
});

describe('a host that a function asks', () => {
  const asked = async (asks: string) => {
    const id = await fixture.put('recorded', { asks });
    await advance('PT0S');
    const rows = await fixture.rows('recorded');
    const row = rows.find(({ pk }) => pk === id);
    return z.object({ answered: z.unknown() }).parse(row?.value).answered;
  };

  it('is answered by who plays it, with the path and the query that were asked', async () => {
    api.answers = [203];
    expect(await asked('https://values.example/v1/value?vin=1FMCU9MZ7RUA73415')).toBe(203);
    expect(api.calls.map(({ url }) => url)).toEqual(['/v1/value?vin=1FMCU9MZ7RUA73415']);
  });

  it('is never called where nobody on this machine plays it', async () => {
    expect(await asked('https://example.com/')).toBe(
      'TypeError: fetch failed: nobody plays example.com here',
    );
  });
});
