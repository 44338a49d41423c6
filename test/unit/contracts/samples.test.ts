import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgeEvent } from '../../../bin/events/verdict.ts';
import { OWN_SOURCE, parseDetail } from '../../../functions/contracts/contract.ts';
import { limits } from '../../../functions/contracts/limits.ts';
import { outgoingEvents } from '../../../functions/contracts/outgoing.ts';
import { serviceVisitCompleted } from '../../../functions/contracts/service-visit-completed.ts';
import { vehicleSold } from '../../../functions/contracts/vehicle-sold.ts';
import { incomingEvents } from '../../../functions/events.ts';
import { parseGroup } from '../../../functions/group/group-file.ts';
import demo from '../../../groups/demo.json' with { type: 'json' };
import { readEvents } from '../../../local/event-files.ts';
import entries from '../../../samples/entries.json' with { type: 'json' };
import sold from '../../../samples/vehicle-sold.json' with { type: 'json' };

const group = parseGroup(demo);
const good = readdirSync('samples').filter((name) => name.endsWith('.json'));

function judgeFile(path: string) {
  const [found] = readEvents(path);
  if (!found || 'unreadable' in found) throw new Error(`${path} holds no event`);
  return judgeEvent(found.event, group);
}

/** A quote that is called high and fell below the minimum when its work was done for less. */
const said: Readonly<Record<string, readonly string[]>> = { 'repair-quote-high-revised.json': ['not-high'] };

test.each(good)('samples/%s is good and nothing else about it is odd', (name) => {
  const warnings = (said[name] ?? []).map((code) => expect.objectContaining({ code }));
  expect(judgeFile(`samples/${name}`)).toMatchObject({ problems: [], warnings });
});

test('every event that a DMS may send has a sample of its own name', () => {
  expect(good).toEqual(expect.arrayContaining(incomingEvents.map(({ detailType }) => `${detailType}.json`)));
  for (const { detailType } of incomingEvents) {
    expect(judgeFile(`samples/${detailType}.json`).detailType).toBe(detailType);
  }
});

test.each(outgoingEvents.map((contract) => [contract.detailType, contract] as const))(
  'samples/outgoing/%s.json is what others get',
  (detailType, { schema }) => {
    const event = JSON.parse(readFileSync(`samples/outgoing/${detailType}.json`, 'utf8'));
    expect(event).toMatchObject({ source: OWN_SOURCE, 'detail-type': detailType });
    expect(schema.safeParse(event.detail)).toMatchObject({ success: true });
    const known = Object.keys(schema.shape);
    expect(Object.keys(event.detail).filter((field) => !known.includes(field))).toEqual([]);
  },
);

test('the entries for the AWS CLI are the car sold, on the bus of the demo group', () => {
  const [entry, ...rest] = entries;
  expect(rest).toEqual([]);
  expect(entry?.EventBusName).toBe(`handoff-${group.name}`);
  const [found] = readEvents('samples/entries.json');
  expect(found).toMatchObject({ event: sold });
});

test('the past visits are good', () => {
  for (const found of readEvents('samples/history.jsonl')) {
    const detail = 'event' in found ? found.event : found.unreadable;
    expect(parseDetail(serviceVisitCompleted, detail)).toMatchObject({ ok: true, warnings: [] });
  }
});

const bad: Record<string, [path: string, message: string]> = {
  'bad-deal-type.json': ['dealType', "expected one of 'retail', 'lease'"],
  'date-in-1970.json': ['deliveryAt', 'expected a year from 1980 to 2099'],
  'date-in-2100.json': ['deliveryAt', 'expected a year from 1980 to 2099'],
  'delivery-in-2036.json': ['deliveryAt', 'lies too far ahead: expected at most 60 days after occurredAt'],
  'dollars-for-cents.json': ['quote.totalCents', 'expected whole cents'],
  'due-three-years-ago.json': ['dueOn', 'lies too long ago: expected at most 365 days before occurredAt'],
  'forbidden-field-name.json': ['__proto__', 'expected an ordinary field name'],
  'instant-without-offset.json': ['occurredAt', 'expected an instant with its offset such as'],
  'lone-surrogate.json': ['customer.firstName', 'expected well-formed Unicode text, got a lone surrogate'],
  'missing-deal-number.json': ['dealNumber', "expected an identifier such as '48211', but it is missing"],
  'mistyped-detail-type.json': ['detail-type', "is not known; did you mean 'vehicle-sold'?"],
  'mistyped-vin.json': ['vehicle.vin', 'is no VIN of 17 characters'],
  'nameless-customer.json': [
    'customer.lastName',
    'expected at least one of firstName, lastName and companyName',
  ],
  'negative-cents.json': ['quote.totalCents', 'expected at least 0'],
  'nested-too-deep.json': ['extra[0][0][0][0][0][0][0][0][0]', 'expected at most 10 levels of nesting'],
  'no-source.json': ['source', 'expected a text, but it is missing'],
  'store-name-for-id.json': ['storeId', "expected a store id of the group's file"],
  'too-large.json': ['notes', `expected at most ${limits.detailBytes} bytes of detail, got `],
  'unknown-detail-type.json': [
    'detail-type',
    'is not known; expected one of vehicle-sold, first-service-due',
  ],
  'unknown-store.json': [
    'storeId',
    "'lakeshore-toyota' is not a store of the group 'lakeshore': expected one of",
  ],
  'us-date.json': ['dueOn', "expected a date such as '2026-11-20'"],
  'version-2.json': ['version', 'expected 1'],
};

test.each(Object.entries(bad))('samples/bad/%s is bad in one place', (name, [path, message]) => {
  const { problems } = judgeFile(`samples/bad/${name}`);
  expect(problems).toEqual([{ path, message: expect.stringContaining(message) }]);
});

const odd: Record<string, readonly string[]> = {
  'fact-without-its-day.json': [
    "value: counts as left out: value.asOf: expected a date such as '2026-11-20', but it is missing",
  ],
  'first-service-in-2035.json': [
    'firstService.dueOn: counts as left out: lies too far ahead: expected at most 1830 days after occurredAt',
  ],
  'four-salespeople.json': ['salespeople: has too many entries and was cut'],
  'number-for-text.json': [],
};

test.each(Object.entries(odd))(
  'samples/odd/%s is taken, with a warning where something is lost',
  (name, told) => {
    const { problems, warnings } = judgeFile(`samples/odd/${name}`);
    expect(problems).toEqual([]);
    expect(warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual(told);
  },
);

test('every odd sample stands in the table', () => {
  expect(readdirSync('samples/odd').sort()).toEqual(Object.keys(odd).sort());
});

test('every bad sample stands in the table', () => {
  expect(readdirSync('samples/bad').sort()).toEqual(Object.keys(bad).sort());
});

test('unknown extra fields are kept', () => {
  const parsed = parseDetail(vehicleSold, { ...sold.detail, trim: { code: 'VDF' } });
  expect(parsed).toMatchObject({ ok: true, fact: { trim: { code: 'VDF' } } });
});

test('a thousand arrays within each other are refused without reading them', () => {
  const deep = Array.from({ length: 1_000 }).reduce<unknown>((inner) => [inner], 0);
  const { problems } = judgeEvent({ ...sold, detail: { ...sold.detail, deep } }, group);
  expect(problems).toEqual([expect.objectContaining({ message: 'expected at most 10 levels of nesting' })]);
});

test('a hundred thousand values are refused', () => {
  const wide = Array.from({ length: 100_000 }, () => 0);
  const { problems } = judgeEvent({ ...sold, detail: { ...sold.detail, wide } }, group);
  expect(problems).toEqual([
    expect.objectContaining({ message: 'expected at most 2000 values in the detail' }),
  ]);
});
