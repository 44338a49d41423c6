import { describe, expect, test } from 'vitest';
import { findStore, firstServiceIntervalOf, mayWriteToCustomer } from '../../functions/group/group.ts';
import { parseGroup } from '../../functions/group/group-file.ts';
import demo from '../../groups/demo.json' with { type: 'json' };

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The demo group with one value replaced, or taken out where the value is undefined. */
function demoWith(path: string, value: Json | undefined): unknown {
  const copy: unknown = structuredClone(demo);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), copy);
  if (!isObject(parent)) throw new Error(`the demo group has no ${path}`);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

test('the demo group is good', () => {
  expect(parseGroup(demo).stores.map(({ brand, timeZone }) => [brand, timeZone])).toEqual([
    ['Subaru', 'America/Chicago'],
    ['Honda', 'America/Denver'],
    ['Ford', 'America/New_York'],
    ['Used cars', 'America/Chicago'],
  ]);
});

const mistakes: [path: string, value: Json | undefined, message: string][] = [
  ['name', undefined, 'name: expected a text, but it is missing'],
  ['name', 'Lake Shore', "name: expected a short lower-case name such as 'lakeshore'"],
  ['displayName', '', 'displayName: expected a text that is not empty'],
  ['colour', 'blue', 'colour: is no field here: look for a typing error, or take it out'],
  ['sender', undefined, 'sender: expected an object, but it is missing'],
  ['letterhead', { color: 'blue' }, "letterhead.color: expected a color such as '#0b5a8a'"],
  [
    'letterhead',
    { color: '#ffd200' },
    'letterhead.color: expected a darker color: its contrast with a light background is 1.3:1 of 4.5:1',
  ],
  [
    'stores.0.letterhead',
    { logo: { url: 'http://a.example/logo.png', width: 160, height: 40 } },
    "stores[0].letterhead.logo.url (lakeshore-subaru): expected an address that begins with 'https://'",
  ],
  [
    'stores.0.letterhead',
    { logo: { url: 'https://a.example/logo.png', width: 1600, height: 40 } },
    'stores[0].letterhead.logo.width (lakeshore-subaru): expected at most 240',
  ],
  ['sender.domain', 'lakeshore', "sender.domain: expected a domain such as 'mail.example.com'"],
  ['sender.fromAddress', 'care', "sender.fromAddress: expected an email address such as 'maria@example.com'"],
  [
    'sender.fromAddress',
    'care@other.example',
    "sender.fromAddress: expected an address of sender.domain, '…@lakeshore.example'",
  ],
  ['eventSenders', undefined, 'eventSenders: expected a list, but it is missing'],
  ['eventSenders', [], 'eventSenders: expected a list with at least one entry'],
  ['eventSenders.0', 'dms', 'eventSenders[0]: expected the ARN of an IAM principal, such as'],
  ['links', { origin: 'http://a.example' }, 'links.origin: expected an https origin without a path'],
  ['links', { origin: 'https://a.example/b' }, 'links.origin: expected an https origin without a path'],
  [
    'links',
    { origin: 'https://a.example', certificateArn: 'x' },
    'links.certificateArn: expected the ARN of a certificate',
  ],
  ['alarmEmail', 'ops', 'alarmEmail: expected an email address'],
  ['actOnFactsOfDays', 1.5, 'actOnFactsOfDays: expected a whole number'],
  ['actOnFactsOfDays', '30', 'actOnFactsOfDays: expected a number, got a text'],
  ['establishedAfterDays', -1, 'establishedAfterDays: expected at least 0'],
  ['firstService.byDefault.months', 0, 'firstService.byDefault.months: expected at least 1'],
  ['firstService.byBrand.Subaru.miles', 60_000, 'firstService.byBrand.Subaru.miles: expected at most 30000'],
  ['firstService.byBrand.Subaru', 6, 'firstService.byBrand.Subaru: expected an object, got a number'],
  [
    'handoffs',
    { introduction: {} },
    'handoffs.introduction: is no field here: look for a typing error, or take it out',
  ],
  [
    'handoffs',
    { 'repair-options': { acceptMinutes: 60 } },
    'handoffs.repair-options.completeMinutes: expected a number, but it is missing',
  ],
  ['nudge', { reasons: 2 }, 'nudge.reasons: is no field here'],
  ['nudge', { repairMinimumCents: 1500.5 }, 'nudge.repairMinimumCents: expected whole cents'],
  ['nudge', { askAdvisorFirst: 'yes' }, 'nudge.askAdvisorFirst: expected true or false, got a text'],
  ['nudge', { repairSharePercent: 60 }, 'nudge.repairStrongSharePercent: expected repairStrongSharePercent'],
  ['stores', [], 'stores: expected a list with at least one entry'],
  ['stores', {}, 'stores: expected a list, got an object'],
  ['stores.0', null, 'stores[0]: expected an object, got null'],
  ['stores.0.id', 'North Store', "stores[0].id (North Store): expected a store id of the group's file"],
  ['stores.1.id', 'lakeshore-subaru', 'stores[1].id (lakeshore-subaru): expected an id of its own'],
  ['stores.0.timezone', 'America/Chicago', 'stores[0].timezone (lakeshore-subaru): is no field here'],
  [
    'stores.1.timeZone',
    'CST',
    "stores[1].timeZone (lakeshore-honda): expected an IANA time zone of a region such as 'America/Chicago'. Did you mean America/Chicago?",
  ],
  [
    'stores.1.timeZone',
    '-06:00',
    'stores[1].timeZone (lakeshore-honda): expected an IANA time zone of a region',
  ],
  [
    'stores.1.timeZone',
    undefined,
    'stores[1].timeZone (lakeshore-honda): expected a text, but it is missing',
  ],
  [
    'stores.0.hours.sales',
    undefined,
    'stores[0].hours.sales (lakeshore-subaru): expected an object, but it is missing',
  ],
  [
    'stores.0.hours.sales',
    {},
    'stores[0].hours.sales (lakeshore-subaru): expected opening hours of at least one day',
  ],
  [
    'stores.0.hours.sales.mon',
    '09:00-18:00',
    'stores[0].hours.sales.mon (lakeshore-subaru): is no field here',
  ],
  [
    'stores.0.hours.service.monday',
    '7:30-18',
    'stores[0].hours.service.monday (lakeshore-subaru): expected opening hours within',
  ],
  [
    'stores.0.hours.service.monday',
    '18:00-07:30',
    'stores[0].hours.service.monday (lakeshore-subaru): expected opening hours within one day',
  ],
  [
    'stores.0.hours.service.monday',
    '18:00-02:00',
    "stores[0].hours.service.monday (lakeshore-subaru): expected opening hours within one day such as '07:30-18:00', opening before closing: what is open over midnight closes at '24:00'",
  ],
  [
    'stores.0.hours.service.monday',
    '24:00-24:00',
    'stores[0].hours.service.monday (lakeshore-subaru): expected opening hours within one day',
  ],
  [
    'stores.0.holidays.0',
    '12/25/2026',
    "stores[0].holidays[0] (lakeshore-subaru): expected a date such as '2026-11-20'",
  ],
  [
    'stores.0.holidays.0',
    '2026-02-30',
    "stores[0].holidays[0] (lakeshore-subaru): expected a date such as '2026-11-20'",
  ],
  [
    'stores.0.holidays.0',
    '2106-12-25',
    'stores[0].holidays[0] (lakeshore-subaru): expected a year from 1980 to 2099',
  ],
  [
    'stores.2.postalAddress.postalCode',
    undefined,
    'stores[2].postalAddress.postalCode (lakeshore-ford): expected a text, but',
  ],
  ['stores.2.phone', '555', 'stores[2].phone (lakeshore-ford): expected at least 7 characters'],
  [
    'stores.2.serviceDriveDirections',
    ' ',
    'stores[2].serviceDriveDirections (lakeshore-ford): expected a text that is not',
  ],
  [
    'stores.2.bookingLink',
    'javascript:alert(1)',
    'stores[2].bookingLink (lakeshore-ford): expected an address that begins with',
  ],
  [
    'stores.2.bookingLink',
    undefined,
    'stores[2].bookingLink (lakeshore-ford): expected it of a store with a service department, but it is missing',
  ],
  [
    'stores.2.serviceDriveDirections',
    undefined,
    'stores[2].serviceDriveDirections (lakeshore-ford): expected it of a store with a service department',
  ],
  ['stores.2.mode', 'pilot', "stores[2].mode (lakeshore-ford): expected one of 'off', 'staff-only', 'live'"],
  ['stores.2.allowList', [], 'stores[2].allowList (lakeshore-ford): expected a list with at least one entry'],
  [
    'stores.2.allowList',
    ['example.com'],
    'stores[2].allowList[0] (lakeshore-ford): expected an email address, or a domain such as',
  ],
  [
    'stores.2.nudge',
    { repairSharePercent: '30' },
    'stores[2].nudge.repairSharePercent (lakeshore-ford): expected a number, got',
  ],
  [
    'stores.2.nudge',
    { repairSharePercent: 60 },
    'stores[2].nudge.repairStrongSharePercent (lakeshore-ford): expected',
  ],
  [
    'firstService.byBrand',
    { Hondas: { months: 12, miles: 7_500 } },
    'firstService.byBrand.Hondas: expected a brand of one of the stores (Subaru, Honda, Ford, Used cars), as it stands there',
  ],
  [
    'handoffs',
    { 'repair-options': { acceptMinutes: 241, completeMinutes: 240 } },
    'handoffs.repair-options.acceptMinutes: expected at most completeMinutes (240), got 241',
  ],
  [
    'stores.0.holidays',
    ['2026-12-25', '2027-01-01', '2026-12-25'],
    'stores[0].holidays[2] (lakeshore-subaru): expected each date once, 2026-12-25 stands twice',
  ],
];

test.each(mistakes)('%s as %j is refused with the path and what was expected', (path, value, message) => {
  expect(() => parseGroup(demoWith(path, value))).toThrow(`\n  ${message}`);
});

test.each([[null], [[]], ['{}'], [7]])('%j is no file', (value) => {
  expect(() => parseGroup(value)).toThrow('  (file): expected an object, got ');
});

test('every mistake is named at once, each path once', () => {
  const broken = { ...demo, name: 7, alarmEmail: '', eventSenders: [] };
  expect(() => parseGroup(broken)).toThrow(
    /^The dealer group's file is wrong in 3 places:\n {2}name: .*\n {2}eventSenders: .*\n {2}alarmEmail: .*$/,
  );
});

test('a store in Toronto counts in kilometers', () => {
  const interval = { months: 6, kilometers: 12_000 };
  const [store] = parseGroup(demoWith('stores.0.firstService', interval)).stores;
  expect(store?.firstService).toEqual({ months: 6, miles: 7_456 });
  expect(parseGroup(demoWith('stores.0.distanceUnit', 'kilometers')).stores[0]?.distanceUnit).toBe(
    'kilometers',
  );
});

test.each([[{ months: 6 }], [{ months: 6, miles: 5_000, kilometers: 8_000 }]])(
  'an interval takes miles or kilometers, not %j',
  (interval) => {
    expect(() => parseGroup(demoWith('stores.0.firstService', interval))).toThrow(
      'stores[0].firstService (lakeshore-subaru): expected either miles or kilometers',
    );
  },
);

describe('what follows from a good file', () => {
  const group = parseGroup(demo);
  const [subaru, honda, ford] = group.stores;
  if (!subaru || !honda || !ford) throw new Error('the demo group has three stores');

  test("the first service follows the store's own interval, else its brand's, else the group's", () => {
    expect(firstServiceIntervalOf(group, subaru)).toEqual({ months: 6, miles: 6_000 });
    expect(firstServiceIntervalOf(group, ford)).toEqual({ months: 12, miles: 10_000 });
    expect(firstServiceIntervalOf(group, { ...honda, brand: 'Other' })).toEqual({ months: 6, miles: 5_000 });
  });

  test('a store without a service department sends customers where its cars are serviced', () => {
    const used = findStore(group, 'lakeshore-used');
    expect(demo.stores.at(-1)).not.toHaveProperty('bookingLink');
    expect(used?.bookingLink).toBe(subaru.bookingLink);
    expect(used?.serviceDriveDirections).toEqual(subaru.serviceDriveDirections);
  });

  test('only a live store writes to customers, and only to those on its list', () => {
    expect(mayWriteToCustomer(subaru, 'maria@example.com')).toBe(true);
    expect(mayWriteToCustomer({ ...subaru, mode: 'staff-only' }, 'maria@example.com')).toBe(false);
    const piloting = { ...subaru, allowList: ['@lakeshore.example', 'maria@example.com'] };
    expect(mayWriteToCustomer(piloting, 'maria@example.com')).toBe(true);
    expect(mayWriteToCustomer(piloting, 'tester@lakeshore.example')).toBe(true);
    expect(mayWriteToCustomer(piloting, 'tester@not-lakeshore.example')).toBe(false);
  });
});
