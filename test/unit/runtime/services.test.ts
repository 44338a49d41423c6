import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sendingServices } from '../../../functions/runtime/services.ts';

/** AWS takes every request, and never answers. */
let silence: Server;
const names = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const before = names.map((name) => process.env[name]);

beforeAll(async () => {
  silence = createServer();
  await new Promise<void>((resolve) => silence.listen(0, '127.0.0.1', resolve));
  const address = silence.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const values = [`http://127.0.0.1:${port}`, 'us-east-1', 'local', 'local'];
  names.forEach((name, at) => {
    process.env[name] = values[at];
  });
});
afterAll(() => {
  names.forEach((name, at) => {
    if (before[at] === undefined) delete process.env[name];
    else process.env[name] = before[at];
  });
  vi.useRealTimers();
  silence.closeAllConnections();
  silence.close();
});

it('gives up on an email that SES does not answer, well within the time of the function', async () => {
  const { mailer } = sendingServices({
    TABLE_NAME: 'handoffs',
    BUS_NAME: 'handoff',
    CONFIGURATION_SET: 'handoff',
    LINK_ORIGIN: 'https://handoff.example.com',
    CUSTOMER_KEY: 'secret',
  });
  // The SDK's own timers, played: the test takes no time, and does not depend on the machine.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const began = Date.now();
  const received = new Promise((resolve) => silence.once('request', resolve));
  const sending = mailer.send({
    fromName: 'Lakeshore Subaru',
    to: 'maria.kowalski@example.com',
    subject: 'Your advisor',
    html: '<p>Maya Torres</p>',
    text: 'Maya Torres',
    headers: {},
    attachments: [],
    tags: { task: 'a', entry: 'e1' },
  });
  await received;
  await vi.advanceTimersByTimeAsync(14_000);
  expect(await sending).toEqual({ result: 'unknown', reason: { code: 'no-answer', error: 'TimeoutError' } });
  expect(Date.now() - began).toBeLessThan(15_000);
});
