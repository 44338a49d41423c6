import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findStore } from '../../functions/group/group.ts';
import demo from '../../groups/demo.json' with { type: 'json' };
import { DEMO_GROUP, readGroupFile } from '../../lib/group-file.ts';

/** `groups/<name>/wanted/<store>.csv`, read with the group's file. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wanted-'));
  mkdirSync(join(folder, demo.name, 'wanted'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const HEADER = 'make,models,years,miles,until';
function read(csv: string, { storeId = 'lakeshore-honda', group = {} as object } = {}) {
  const file = join(folder, 'lakeshore.json');
  writeFileSync(file, JSON.stringify({ ...demo, ...group }));
  writeFileSync(join(folder, demo.name, 'wanted', `${storeId}.csv`), csv);
  return findStore(readGroupFile(file), storeId)?.wanted;
}

describe('what a store is looking for', () => {
  it('is read as a spreadsheet writes it, with the columns in any order', () => {
    const csv =
      '\uFEFFUntil,Make,Models,Miles,Years\r\n1/31/2027,Honda,CR-V; Pilot,"80,000",2016-2020\r\n2027-03-31,Ford,,,2018-\r\n';
    expect(read(csv)).toEqual([
      {
        ...{ make: 'Honda', models: ['CR-V', 'Pilot'], years: { from: 2016, to: 2020 } },
        ...{ mostMiles: 80_000, until: '2027-01-31' },
      },
      { make: 'Ford', models: [], years: { from: 2018, to: 2100 }, until: '2027-03-31' },
    ]);
  });

  it('counts the distance as the store does', () => {
    const stores = demo.stores.map((one) =>
      one.id === 'lakeshore-honda' ? { ...one, distanceUnit: 'kilometers' } : one,
    );
    expect(read(`${HEADER}\nHonda,,2018,160934,2027-01-31\n`, { group: { stores } })).toEqual([
      { make: 'Honda', models: [], years: { from: 2018, to: 2018 }, mostMiles: 100_000, until: '2027-01-31' },
    ]);
  });

  it.each<[string, string, string]>([
    ['no make', ',CR-V,2016-2020,80000,2027-01-31', 'line 2: make: expected a make such as Honda'],
    [
      'years the wrong way around',
      'Honda,,2020-2016,,2027-01-31',
      "line 2: years: expected years such as '2016-2020'",
    ],
    ['years in words', 'Honda,,newer,,2027-01-31', "line 2: years: expected years such as '2016-2020'"],
    ['a list without an end', 'Honda,CR-V,,,', "line 2: until: expected the last day such as '2027-01-31'"],
    [
      'a day that there is not',
      'Honda,CR-V,,,2027-02-30',
      "line 2: until: expected the last day such as '2027-01-31'",
    ],
    [
      'miles in words',
      'Honda,CR-V,,few,2027-01-31',
      "line 2: miles: expected the most miles such as '80,000'",
    ],
  ])('is refused with the file and the line of each mistake: %s', (_what, row, message) => {
    expect(() => read(`${HEADER}\n${row}\n`)).toThrow(/lakeshore-honda\.csv is no list of wanted cars:/);
    expect(() => read(`${HEADER}\n${row}\n`)).toThrow(message);
  });

  it('is refused with every mistake at once', () => {
    const csv = `${HEADER}\n,CR-V,,,2027-01-31\nHonda,CR-V,,,2027-01-31\nHonda,,x,,y\n`;
    expect(() => read(csv)).toThrow(/line 2: make.*\n.*line 4: years.*\n.*line 4: until/);
  });

  it('is refused for a store that the group does not have, and with another header', () => {
    expect(() => read(`${HEADER}\n`, { storeId: 'lakeshore-kia' })).toThrow(
      "lakeshore-kia.csv: 'lakeshore-kia' is no store of the group: expected one of lakeshore-subaru",
    );
    rmSync(join(folder, demo.name, 'wanted', 'lakeshore-kia.csv'));
    expect(() => read('make,model,years,miles,until\n')).toThrow(
      'line 1: expected the columns make, models, years, miles, until, got make, model, years, miles, until',
    );
  });

  it('is a list of the demo group, too', () => {
    const demoStore = findStore(readGroupFile(DEMO_GROUP), 'lakeshore-honda');
    expect(demoStore?.wanted).toContainEqual(expect.objectContaining({ make: 'Honda' }));
  });
});
