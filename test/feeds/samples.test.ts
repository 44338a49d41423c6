import { describe, expect, it } from 'vitest';
import { fileAt, judge } from './judge.ts';
import { samples } from './sample-files.ts';

describe('a file of a dealer’s system', () => {
  it.each(samples)('%s becomes the events that it tells of', async (file, source, stores) => {
    const { judged, receipt } = await judge(fileAt(`test/feeds/files/${file}`), source, stores);
    const lines = [...judged, { receipt }].map((one) => JSON.stringify(one));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`expected/${file}.jsonl`);
  });

  it('a customer number that is the dealer’s own is skipped, and nothing else is by who pays', async () => {
    const own = {
      ...(await import('../../sources/dealervault-sv.json', { with: { type: 'json' } })).default,
    };
    const { readSource } = await import('../../functions/feeds/read-source.ts');
    const { incomingEvents } = await import('../../functions/events.ts');
    const read = readSource(
      { ...own, codes: { ...own.codes, ownCustomers: { '1': 'used cars' } } },
      incomingEvents,
    );
    if (!read.ok) throw new Error('no source');
    const { judged, receipt } = await judge(
      fileAt('test/feeds/files/DVD46315_20261119_0312_SV.txt'),
      read.source,
      { DVD46315: 'lakeshore-honda' },
    );
    expect(receipt.skipped).toEqual({ 'a car of the dealer itself': 1 });
    // A customer's prepaid service is internal, too.
    expect(judged.find(({ key }) => key === '000612035')?.mapped.kind).toBe('event');
  });
});
