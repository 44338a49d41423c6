import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../functions/feeds/post.ts';
import { verifyPost } from '../../functions/feeds/verify-post.ts';
import { type Verify, webhook } from '../../functions/feeds/webhook.ts';
import { proofOf } from '../../local/sign-post.ts';

const NOW = '2026-11-26T18:00:00.000Z';
const SECONDS = String(Date.parse(NOW) / 1000);

const checkOf = (verify: unknown): Exclude<Verify, { by: 'token' }> => {
  const check = webhook.parse({ verify, setUp: ['Enter the address.'] }).verify;
  if (check.by === 'token') throw new Error('a token is checked elsewhere');
  return check;
};

const post = (body: string, headers: Record<string, string> = {}, query = ''): Post => ({
  headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  parameters: new Map(new URLSearchParams(query)),
  body: Buffer.from(body),
});

const plain = checkOf({ by: 'signature', header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' });
const standard = checkOf({
  by: 'signature',
  header: 'webhook-signature',
  encoding: 'base64',
  prefix: 'v1,',
  separator: ' ',
  over: ['id', 'time', 'body'],
  key: { encoding: 'base64', prefix: 'whsec_' },
  time: { header: 'webhook-timestamp', as: 'seconds' },
  id: { header: 'webhook-id' },
});

describe('a signature over the body', () => {
  it('is that of the example that GitHub publishes', () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const signed = post('Hello, World!', { 'X-Hub-Signature-256': signature });
    expect(verifyPost(signed, plain, ["It's a Secret to Everybody"], NOW)).toEqual({ ok: true });
    expect(verifyPost(signed, plain, ['another key'], NOW)).toEqual({ ok: false, because: 'wrong' });
  });

  it('fits while the vendor still signs with the old key, and no longer once that is gone', () => {
    const signed = post('{}', { 'X-Hub-Signature-256': `sha256=${hex('old', '{}')}` });
    expect(verifyPost(signed, plain, ['new', 'old'], NOW).ok).toBe(true);
    expect(verifyPost(signed, plain, ['new'], NOW).ok).toBe(false);
  });

  it('fits no body that differs in one byte, and no signature cut or changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (bytes, at) => {
        const body = Buffer.from(bytes);
        const other = Buffer.from(bytes);
        other[at % other.length] = (other[at % other.length] ?? 0) ^ 1;
        const headers = { 'X-Hub-Signature-256': `sha256=${hex('key', body)}` };
        const signed = { ...post('', headers), body };
        expect(verifyPost(signed, plain, ['key'], NOW).ok).toBe(true);
        expect(verifyPost({ ...signed, body: other }, plain, ['key'], NOW).ok).toBe(false);
        const cut = { 'X-Hub-Signature-256': `sha256=${hex('key', body).slice(0, at % 64)}` };
        expect(verifyPost({ ...post('', cut), body }, plain, ['key'], NOW).ok).toBe(false);
      }),
    );
  });
});

describe('a signature in one header with its time', () => {
  const written = {
    by: 'signature',
    header: 'X-Signature',
    encoding: 'hex',
    prefix: 'v1=',
    separator: ',',
    over: ['time', 'body'],
    time: { header: 'x-signature', prefix: 't=', as: 'seconds' },
  };
  const check = checkOf(written);
  const sent = (time: string, text: string) => post('{"a":1}', { 'X-Signature': text.replace('T', time) });
  const sign = (time: string) => hex('key', `${time}.{"a":1}`);
  const ago = String(Number(SECONDS) - 360);

  it.each([
    ['as Stripe writes it', SECONDS, `t=T,v1=${sign(SECONDS)}`, 'fits'],
    ['in another order, with blanks, by two keys', SECONDS, `v1=00, v1=${sign(SECONDS)}, t=T`, 'fits'],
    ['six minutes ago', ago, `t=T,v1=${sign(ago)}`, 'old'],
    ['with a time that was not signed', SECONDS, `t=T,v1=${sign(ago)}`, 'wrong'],
    ['of another scheme only', SECONDS, `t=T,v0=${sign(SECONDS)}`, 'missing'],
    ['without a time', SECONDS, `v1=${sign(SECONDS)}`, 'missing'],
    ['without anything', SECONDS, '', 'missing'],
  ])('%s', (_title, time, text, is) => {
    const verdict = verifyPost(sent(time, text), check, ['key'], NOW);
    expect(verdict.ok ? 'fits' : verdict.because).toBe(is);
  });

  it('is signed on the local run as the vendor signs it', () => {
    const proof = proofOf(check, { key: 'key', body: '{"a":1}', id: '1', now: Date.parse(NOW) });
    expect(proof?.headers).toEqual({ 'X-Signature': `t=${SECONDS},v1=${sign(SECONDS)}` });
  });

  it.each([{ separator: undefined }, { time: { header: 'X-Signature', as: 'seconds' } }])(
    'needs the separator and the prefix of the time: %o',
    (change) => {
      expect(() => checkOf({ ...written, ...change })).toThrow(/expected its prefix and the separator/);
    },
  );
});

it('a key that the vendor writes in hexadecimal digits is read as its bytes', () => {
  const check = checkOf({ by: 'signature', header: 'X-Sig', encoding: 'base64', key: { encoding: 'hex' } });
  const signature = createHmac('sha256', Buffer.from('00ff10', 'hex')).update('{}').digest('base64');
  expect(verifyPost(post('{}', { 'X-Sig': signature }), check, ['00ff10'], NOW).ok).toBe(true);
});

it.each([
  ['hex', 'not hexadecimal'],
  ['hex', 'abc'],
  ['base64', 'whsec_'],
  ['base64', '!!!'],
] as const)(
  'a key that is none in %s, %s, signs nothing: nobody may sign with an empty one',
  (encoding, key) => {
    const check = checkOf({
      ...{ by: 'signature', header: 'X-Sig', encoding: 'hex', key: { encoding, prefix: 'whsec_' } },
    });
    for (const made of ['', 'ab', key].map((one) => Buffer.from(one, encoding))) {
      const signature = createHmac('sha256', made).update('{}').digest('hex');
      expect(verifyPost(post('{}', { 'X-Sig': signature }), check, [key], NOW).ok).toBe(false);
    }
  },
);

describe('a signature over the id, the time and the body', () => {
  const key = `whsec_${Buffer.from('twenty-four bytes or so.').toString('base64')}`;
  const sign = (id: string, time: string, body: string) =>
    createHmac('sha256', 'twenty-four bytes or so.').update(`${id}.${time}.${body}`).digest('base64');
  const sent = (time: string, signature: string) =>
    post('{"a":1}', { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': signature });

  it.each([
    ['now', 0, 'fits'],
    ['four minutes ago', -240, 'fits'],
    ['six minutes ago', -360, 'old'],
    ['six minutes ahead', 360, 'old'],
  ])('%s: %s', (_when, seconds, is) => {
    const time = String(Number(SECONDS) + seconds);
    const verdict = verifyPost(sent(time, `v1,${sign('msg_1', time, '{"a":1}')}`), standard, [key], NOW);
    expect(verdict.ok ? 'fits' : verdict.because).toBe(is);
  });

  it('is one of several, of an old key and a new one', () => {
    const both = `v1,${sign('msg_1', '7', 'x')} v1,${sign('msg_1', SECONDS, '{"a":1}')}`;
    expect(verifyPost(sent(SECONDS, both), standard, [key], NOW)).toEqual({ ok: true, signed: SECONDS });
  });

  it('is wrong for another time than the one that was signed, which would make an old post a new one', () => {
    const repeated = sent(SECONDS, `v1,${sign('msg_1', String(Number(SECONDS) - 3_600), '{"a":1}')}`);
    expect(verifyPost(repeated, standard, [key], NOW)).toEqual({ ok: false, because: 'wrong' });
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('is missing without %s', (name) => {
    const whole = sent(SECONDS, `v1,${sign('msg_1', SECONDS, '{"a":1}')}`);
    const headers = new Map([...whole.headers].filter(([one]) => one !== name));
    expect(verifyPost({ ...whole, headers }, standard, [key], NOW)).toEqual({
      ok: false,
      because: 'missing',
    });
  });

  it.each(['yesterday', '', 'NaN', '1e400'])('is refused with the time %o', (time) => {
    expect(verifyPost(sent(time, `v1,${sign('msg_1', time, '{"a":1}')}`), standard, [key], NOW).ok).toBe(
      false,
    );
  });
});

describe('a key that the vendor sends itself', () => {
  const header = checkOf({ by: 'key in a header', header: 'X-Api-Secret' });
  const bearer = checkOf({ by: 'key in a header', header: 'Authorization', prefix: 'Bearer ' });
  const address = checkOf({ by: 'key in the address', parameter: 'token' });

  it.each([
    ['in a header', header, post('{}', { 'X-API-SECRET': 'right' }), 'fits'],
    ['in a header, a wrong one', header, post('{}', { 'X-Api-Secret': 'wrong' }), 'wrong'],
    ['in a header, the beginning of it', header, post('{}', { 'X-Api-Secret': 'righ' }), 'wrong'],
    ['in no header', header, post('{}', {}, 'token=right'), 'missing'],
    ['in an empty header', header, post('{}', { 'X-Api-Secret': ' ' }), 'missing'],
    ['behind Bearer', bearer, post('{}', { Authorization: 'Bearer right' }), 'fits'],
    ['without Bearer', bearer, post('{}', { Authorization: 'right' }), 'missing'],
    ['in the address', address, post('{}', {}, 'token=right'), 'fits'],
    ['in the address, empty', address, post('{}', {}, 'token='), 'missing'],
  ])('%s', (_where, check, sent, is) => {
    const verdict = verifyPost(sent, check, ['right'], NOW);
    expect(verdict.ok ? 'fits' : verdict.because).toBe(is);
  });

  it('opens nothing while the source has no key', () => {
    expect(verifyPost(post('{}', { 'X-Api-Secret': 'x' }), header, [], NOW).ok).toBe(false);
  });
});

describe('the description of a signature', () => {
  const described = (more: object) =>
    webhook.safeParse({
      verify: { by: 'signature', header: 'X-Signature', encoding: 'hex', ...more },
      setUp: ['Enter the address.'],
    });

  it.each([
    ['leaves the body unsigned', { over: ['id'], id: { header: 'X-Id' } }],
    ['signs a time without a header', { over: ['time', 'body'] }],
    ['has a time that is not signed', { time: { header: 'X-Time', as: 'seconds' } }],
    ['has an id that is not signed', { id: { header: 'X-Id' } }],
    ['has a header that is none', { header: 'X Signature:' }],
  ])('is refused where it %s', (_what, more) => {
    expect(described(more).success).toBe(false);
    expect(described({}).success).toBe(true);
  });
});

function hex(key: string, body: string | Uint8Array): string {
  return createHmac('sha256', key).update(body).digest('hex');
}
