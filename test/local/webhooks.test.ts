import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { OWN_APP } from '../../local/options.ts';
import { type LocalRun, startLocal } from '../../local/run.ts';
import { handoff } from '../unit/command-line/handoff.ts';

/** The stack of the demo group as it would be deployed, with what its vendors post. Ten in the morning at the store. */
const START = '2026-11-20T17:00:00.000Z';
const ADVISOR = 'sam.delgado@lakeshore.example';

const data = mkdtempSync(join(tmpdir(), 'webhooks-'));
let run: LocalRun;
beforeAll(async () => {
  const options = {
    app: OWN_APP,
    group: undefined,
    apisAt: new Map(),
    port: 0,
    awsPort: 0,
    data,
    fresh: false,
  };
  run = await startLocal({ ...options, firstStart: true, now: Date.parse(START) }, () => undefined);
}, 120_000);
afterAll(async () => {
  await run.stop();
  rmSync(data, { recursive: true });
});

const changed = z.object({ address: z.string(), keys: z.number(), key: z.string().optional() });

const post = (feed: string) => run.desk.posts?.post(feed) ?? expect.fail('nobody posts');
const sheets = () => run.desk.inbox.list(ADVISOR).filter(({ subject }) => /repair or replace/i.test(subject));
const clockTo = (minutes: number) => run.desk.advanceTo(Date.parse(START) + minutes * 60_000);

describe('the local run', () => {
  it.each(['tekmetric', 'shopmonkey', 'shop-ware', 'own-quotes'])(
    'takes a signed sample of %s, by the button of the desk',
    async (feed) => {
      expect(run.desk.posts?.hasSample(feed)).toBe(true);
      const form = new URLSearchParams({ feed, back: '/desk/feeds' });
      const answer = await fetch(`${run.deskUrl}/desk/do/post-sample`, {
        ...{ method: 'POST', body: form, redirect: 'manual' },
      });
      expect(decodeURIComponent(answer.headers.get('location') ?? '')).toContain('answered+202');
    },
  );

  it('shows each feed’s address and button, and no button where only the issuer of tokens can post', async () => {
    const page = await (await fetch(`${run.deskUrl}/desk/feeds`)).text();
    expect(page.match(/Post a signed sample/g)).toHaveLength(4);
    expect(page).toContain('/in/fortellis');
    expect(run.desk.posts?.hasSample('fortellis')).toBe(false);
  });

  it('sends the advisor a sheet of each quote once it has settled, from the post to the email', async () => {
    await clockTo(4);
    expect(sheets()).toEqual([]);
    await clockTo(16);
    const about = sheets().map(({ subject }) => /Okafor|Nicklin|Hale|Park/.exec(subject)?.[0]);
    expect(about.toSorted()).toEqual(['Hale', 'Nicklin', 'Okafor', 'Park']);
  });

  it('takes nothing of what is not the vendor’s', async () => {
    const address = run.desk.posts?.addressOf('shop-ware') ?? '';
    const answers = await Promise.all(
      [{ 'X-Api-Secret': 'a guess' }, { 'X-Other': 'nothing' }].map((headers) =>
        fetch(address, { method: 'POST', headers, body: '{"number":1}' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(await answers[0]?.text()).toBe('');
    expect((await fetch(address)).status).toBe(404);
  });

  it('answers a post that comes again like the first one', async () => {
    expect(await post('tekmetric')).toContain('answered 202');
    expect(await post('tekmetric')).toContain('answered 202');
    await clockTo(40);
    expect(sheets()).toHaveLength(4);
  });

  it('takes no key that the vendor would not write: every post would be refused from then on', async () => {
    const set = ['feed', 'secret', 'set', 'shopmonkey', '--local', run.deskUrl];
    const { code, stderr } = await handoff(set, {}, 'whsec_\n');
    expect([code, stderr]).toEqual([
      2,
      'Expected a key in Base64 behind whsec_, as the vendor writes it. Nothing was changed.\n',
    ]);
    expect((await handoff(set, {}, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n')).code).toBe(0);
  });

  it('takes a key that is rotated, and the one before it until that is retired', async () => {
    const secret = async (what: string) => {
      const { stdout } = await handoff([
        'feed',
        'secret',
        what,
        'shop-ware',
        '--local',
        run.deskUrl,
        '--json',
      ]);
      return changed.parse(JSON.parse(stdout));
    };
    const { key: old = '', address } = await secret('rotate');
    const { key = '' } = await secret('rotate');
    const by = async (secret: string) => {
      const headers = { 'X-Api-Secret': secret };
      return (await fetch(address, { method: 'POST', headers, body: '{}' })).status;
    };
    await clockTo(60);
    expect([await by(key), await by(old)]).toEqual([202, 202]);
    expect((await secret('retire')).keys).toBe(1);
    await clockTo(66);
    expect([await by(key), await by(old)]).toEqual([202, 401]);
  });
});
