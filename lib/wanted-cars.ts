/** Reads the list of cars that a store's used-car desk is looking for: `groups/<name>/wanted/<store>.csv`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import { milesIn } from '../functions/contracts/odometer.ts';
import { readBy } from '../functions/contracts/problems.ts';
import { plainDate } from '../functions/feeds/dates.ts';
import { expectedStores, findStore, type Group } from '../functions/group/group.ts';
import type { WantedCar } from '../functions/group/wanted-cars.ts';

const COLUMNS = ['make', 'models', 'years', 'miles', 'until'] as const;
/** Nobody reads a longer list, so it was exported by mistake. */
const MOST_ROWS = 500;

const cell = z.string().trim().default('');
const years = cell.transform((text, context) => {
  if (text === '') return undefined;
  const [, from, dash, to] = /^((?:19|20)\d\d)?\s*(-|–)?\s*((?:19|20)\d\d)?$/.exec(text) ?? [];
  const range = { from: Number(from ?? 1900), to: Number(to ?? (dash === undefined ? from : 2100)) };
  if ((from === undefined && to === undefined) || range.from > range.to) {
    context.addIssue({
      code: 'custom',
      message: `expected years such as '2016-2020', '2018' or '2018-', got '${text}'`,
    });
    return z.NEVER;
  }
  return range;
});
const distance = cell.transform((text, context) => {
  if (text === '') return undefined;
  const value = Number(text.replace(/[,\s]/g, ''));
  if (Number.isInteger(value) && value > 0 && value <= 1_000_000) return value;
  context.addIssue({ code: 'custom', message: `expected the most miles such as '80,000', got '${text}'` });
  return z.NEVER;
});
const until = cell.transform((text, context) => {
  const date = plainDate(text, ['YYYY-MM-DD', 'M/D/Y'], 2000);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: `expected the last day such as '2027-01-31', got '${text}'` });
  return z.NEVER;
});
const row = z.strictObject({
  make: cell.pipe(z.string().min(1, 'expected a make such as Honda').max(60)),
  models: cell.transform((text) =>
    text
      .split(/[;|]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
  ...{ years, miles: distance, until },
});

/** Throws an error with the file, the line in it and what was expected. */
function readWanted(file: string, unit: 'miles' | 'kilometers'): WantedCar[] {
  const rows = rowsIn(file);
  if (rows.length > MOST_ROWS)
    throw new Error(`${file}: expected at most ${MOST_ROWS} rows, got ${rows.length}`);
  const problems: string[] = [];
  const cars = rows.flatMap(({ line, cells }): WantedCar[] => {
    const read = readBy(row, cells);
    if (!read.ok) {
      problems.push(...read.problems.map(({ path, message }) => `  line ${line}: ${path}: ${message}`));
      return [];
    }
    const { make, models, miles, ...wanted } = read.value;
    return [
      {
        ...{ make, models, until: wanted.until },
        ...(wanted.years && { years: wanted.years }),
        ...(miles !== undefined && { mostMiles: milesIn(miles, unit) }),
      },
    ];
  });
  if (problems.length > 0) throw new Error([`${file} is no list of wanted cars:`, ...problems].join('\n'));
  return cars;
}

const parsed = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) }),
);

function rowsIn(file: string): { readonly line: number; readonly cells: Record<string, string> }[] {
  try {
    const records = parse(readFileSync(file, 'utf8'), {
      ...{ bom: true, trim: true, skip_empty_lines: true, info: true },
      columns: (header: string[]) => namedColumns(header, file),
    });
    return parsed.parse(records).map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (error instanceof CsvError) throw new Error(`${file} is not a CSV file: ${error.message}`);
    throw error;
  }
}

function namedColumns(header: readonly string[], file: string): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((name) => !names.includes(name));
  const other = names.filter((name) => !COLUMNS.some((known) => known === name));
  if (missing.length === 0 && other.length === 0) return names;
  throw new Error(`${file}: line 1: expected the columns ${COLUMNS.join(', ')}, got ${names.join(', ')}`);
}

/** The group, with the list of each store that has one, from the folder next to the group's file. */
export function withWantedCars(group: Group, groupFile: string): Group {
  const folder = join(groupFile.replace(/[^/\\]*$/, ''), group.name, 'wanted');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.csv')) : [];
  const lists = new Map(
    files.toSorted().map((name) => listOf(group, basename(name, '.csv'), join(folder, name))),
  );
  if (lists.size === 0) return group;
  return { ...group, stores: group.stores.map((one) => ({ ...one, wanted: lists.get(one.id) ?? [] })) };
}

function listOf(group: Group, storeId: string, file: string): [string, readonly WantedCar[]] {
  const store = findStore(group, storeId);
  if (!store) throw new Error(`${file}: '${storeId}' is no store of the group: ${expectedStores(group)}`);
  return [storeId, readWanted(file, store.distanceUnit)];
}
