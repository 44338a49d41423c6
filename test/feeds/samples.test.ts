import { describe, expect, it } from 'vitest';
import { fileAt, judge } from './judge.ts';

/**
 * Files in the forms that dealers' systems write, with invented customers. What each becomes is kept beside them, one
 * record a line, and was read by hand against the file.
 */
const samples: readonly (readonly [file: string, source: string, stores: Record<string, string>])[] = [
  ['DVD46315_20261119_0312_SV.txt', 'dealervault-sv', { DVD46315: 'lakeshore-honda' }],
  ['DVD46315_20261120_0309_SV.txt', 'dealervault-sv', { DVD46315: 'lakeshore-honda' }],
  ['DVD46316_20261119_0312_SL.txt', 'dealervault-sl', { DVD46316: 'lakeshore-subaru' }],
  ['DVD46316_20261120_0309_SL.txt', 'dealervault-sl', { DVD46316: 'lakeshore-subaru' }],
  ['DVD46316_20261119_0312_SV_APPT.txt', 'dealervault-appt', { DVD46316: 'lakeshore-subaru' }],
  ['DVD46316_20261120_0309_SV_APPT.txt', 'dealervault-appt', { DVD46316: 'lakeshore-subaru' }],
  ['CLOSED_RO_LINES_03_20261120.csv', 'ro-lines-csv', { '03': 'lakeshore-ford' }],
  ['FISC_DateRange.xml', 'cdk-deals', { '*': 'lakeshore-honda' }],
  ['SROD_Open_WIP.xml', 'cdk-open-orders', { '*': 'lakeshore-honda' }],
  ['rey_RepairOrder.xml', 'reynolds-orders', { '000317': 'lakeshore-honda' }],
  ['rey_FIDeal.xml', 'reynolds-deals', { '000317': 'lakeshore-honda' }],
  ['OpenRepairOrderLookupResponse.xml', 'dealertrack-open-orders', { ZE7: 'lakeshore-honda' }],
  ['servicerepairorder-v3-closed-result.json', 'fortellis-closed-orders', { '*': 'lakeshore-honda' }],
];

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
