import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { openClock } from '../../local/emulator/clock.ts';
import { type Journal, openJournal } from '../../local/emulator/journal.ts';
import { ObjectStore, objectOf } from '../../local/emulator/s3/store.ts';
import { SecretStore } from '../../local/emulator/secrets/store.ts';

const data = mkdtempSync(join(tmpdir(), 'persist-'));
afterAll(() => rmSync(data, { recursive: true }));

/** As the next start of the local run finds it. */
async function started<T>(work: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = openJournal(join(data, 'journal.sqlite'));
  try {
    return await work(journal);
  } finally {
    journal.close();
  }
}

it('objects are there after a restart, and nothing of an upload that was under way', async () => {
  const directory = join(data, 's3');
  const place = { bucket: 'b', key: 'k' };
  await started(async (journal) => {
    const store = new ObjectStore(journal, directory);
    const received = await store.receive(Readable.from([Buffer.from('one'), Buffer.from('two')]));
    store.put(objectOf(place, received, { metadata: {}, at: 5 }), () => {});
  });
  writeFileSync(join(directory, 'half'), 'x');
  await started(async (journal) => {
    const store = new ObjectStore(journal, directory);
    const found = store.find(place.bucket, place.key);
    expect(found).toMatchObject({ size: 6, modified_at: 5 });
    expect(found && (await text(store.open(found)))).toBe('onetwo');
    expect(readdirSync(directory)).toEqual([found?.file]);
  });
});

it('a secret keeps its generated value over a restart, and the value that replaced it', async () => {
  const generate = {
    ...{ PasswordLength: 20, ExcludeCharacters: '', ExcludeLowercase: false, ExcludeUppercase: false },
    ...{
      ExcludeNumbers: false,
      ExcludePunctuation: true,
      IncludeSpace: false,
      RequireEachIncludedType: true,
    },
  };
  const spec = { id: 'S', name: 's', arn: 'arn:s', description: '', generate };
  const open = (journal: Journal) =>
    new SecretStore(
      journal,
      openClock(journal, undefined, () => {}),
      [spec],
    );
  const first = await started(async (journal) => open(journal).withStage(spec, 'AWSCURRENT')?.text);
  expect(first).toMatch(/^[A-Za-z0-9]{20}$/);
  await started(async (journal) => {
    const store = open(journal);
    expect(store.withStage(spec, 'AWSCURRENT')?.text).toBe(first);
    store.put(spec, 'v2', { text: 'second' }, ['AWSCURRENT']);
  });
  await started(async (journal) => {
    expect(open(journal).withStage(spec, 'AWSCURRENT')?.text).toBe('second');
    expect(open(journal).withStage(spec, 'AWSPREVIOUS')?.text).toBe(first);
  });
});
