import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { schemaFiles } from '../../../bin/schemas/json-schemas.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import { readEvents } from '../../../local/event-files.ts';

/** Not zod: whoever validates by the published schemas uses a validator of their own. */
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
formats.default(ajv);

const schemaIn = (file: string) =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
const validators = new Map(Object.keys(schemaFiles).map((file) => [file, ajv.compile(schemaIn(file))]));
const eventFiles = [...validators.keys()].filter((file) => file.startsWith('schemas/events/'));

const judge = (file: string, value: unknown) => validators.get(file)?.(value);

test.each(Object.entries(schemaFiles))('%s is what "npm run docs" writes', (file, render) => {
  expect(readFileSync(file, 'utf8')).toBe(render());
});

test('no other file stands beside them', () => {
  const found = readdirSync('schemas', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(found.map(({ parentPath, name }) => `${parentPath}/${name}`).sort()).toEqual(
    Object.keys(schemaFiles).sort(),
  );
});

test.each([...validators.keys()])('%s is draft 2020-12', (file) => {
  expect(schemaIn(file)['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
});

function eventIn(file: string): unknown {
  const [found] = readEvents(file);
  if (!found || 'unreadable' in found) throw new Error(`${file} holds no event`);
  return found.event;
}

const samples = readdirSync('samples').filter((name) => name.endsWith('.json'));

test.each(samples)('samples/%s meets the schema of its detail type, and no other', (name) => {
  const event = eventIn(`samples/${name}`);
  const { 'detail-type': detailType } = z.object({ 'detail-type': z.string() }).parse(event);
  expect(eventFiles.filter((file) => judge(file, event))).toEqual([`schemas/events/${detailType}.json`]);
});

/** Only the bus and the group's file can tell: a rule between fields, years, bytes and depth, the group's stores. */
const beyondShape = [
  'date-in-1970.json',
  'date-in-2100.json',
  'delivery-in-2036.json',
  'due-three-years-ago.json',
  'forbidden-field-name.json',
  'lone-surrogate.json',
  'nameless-customer.json',
  'nested-too-deep.json',
  'too-large.json',
  'unknown-store.json',
];

test.each(readdirSync('samples/bad'))(
  'samples/bad/%s meets a schema only if it is bad beyond its shape',
  (name) => {
    const accepting = eventFiles.filter((file) => judge(file, eventIn(`samples/bad/${name}`)));
    expect(accepting).toHaveLength(beyondShape.includes(name) ? 1 : 0);
  },
);

test('a VIN in lower case is one: the contract reads it in upper case', () => {
  const event = z.looseObject({ detail: z.looseObject({ vehicle: z.object({ vin: z.string() }) }) });
  const sold = event.parse(eventIn('samples/vehicle-sold.json'));
  const vehicle = { vin: ` ${sold.detail.vehicle.vin.toLowerCase()} ` };
  expect(judge('schemas/events/vehicle-sold.json', { ...sold, detail: { ...sold.detail, vehicle } })).toBe(
    true,
  );
});

describe("the group's file", () => {
  const schema = 'schemas/group.json';

  test('of the demo names its schema and meets it', () => {
    expect(demo.$schema).toBe('../schemas/group.json');
    expect(judge(schema, demo)).toBe(true);
  });

  test.each([
    ['a setting that is not known', { ...demo, alarmMail: 'ops@lakeshore.example' }],
    ['a number for a text', { ...demo, displayName: 5 }],
    ['no stores', { ...demo, stores: [] }],
    ['a mode that there is not', { ...demo, stores: [{ ...demo.stores[0], mode: 'on' }] }],
    [
      'hours that are none',
      { ...demo, stores: [{ ...demo.stores[0], hours: { sales: { monday: '9-5' } } }] },
    ],
  ])('with %s does not', (_, file) => expect(judge(schema, file)).toBe(false));
});
