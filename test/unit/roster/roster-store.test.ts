import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRosterCsv } from '../../../bin/roster/csv.ts';
import { applyPlan, planImport } from '../../../bin/roster/import.ts';
import { toItem } from '../../../functions/adapters/dynamodb.ts';
import { keys } from '../../../functions/adapters/keys.ts';
import { RosterStore } from '../../../functions/adapters/roster-store.ts';
import type { StaffMember } from '../../../functions/people/staff.ts';
import { openTable, type TestTable } from '../../support/table.ts';
import { group, now, personOf, planCsv, samplePeople, sampleText } from './people.ts';

let table: TestTable;
let store: RosterStore;
const maya = personOf('1042');

beforeAll(async () => {
  table = await openTable();
});
afterAll(() => table.close());

/** Each test has a store of people to itself. */
let counted = 0;
function somebody(): StaffMember {
  counted += 1;
  store = new RosterStore(table.client, table.name);
  return { ...maya, storeId: `store-${counted}` };
}

async function itemOf({ storeId, employeeNumber }: StaffMember) {
  const Key = marshall(keys.staff(storeId, employeeNumber));
  const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));
  return Item && unmarshall(Item);
}

test('a person is read back as written', async () => {
  const person = somebody();
  expect(await store.put(person)).toBe(true);
  expect(await store.read(person.storeId)).toEqual([person]);
  expect(await itemOf(person)).toMatchObject({ type: 'staff', version: 1 });
});

test('an address that an earlier release took leaves the store readable', async () => {
  const person = { ...somebody(), email: `${'m'.repeat(65)}@example.com` };
  await store.put(person);
  expect(await store.read(person.storeId)).toEqual([person]);
});

test('a person whom another import made is not made again', async () => {
  const person = somebody();
  await store.put(person);
  expect(await store.put({ ...person, name: 'Somebody Else' })).toBe(false);
  expect(await store.read(person.storeId)).toEqual([person]);
});

test('a change removes what was cleared, and needs the person as the decision saw them', async () => {
  const person = somebody();
  await store.put(person);
  const { partnerNumber: _, photo: __, ...without } = person;
  expect(await store.put(without, person)).toBe(true);
  expect(await store.read(person.storeId)).toEqual([without]);
  expect(await store.put({ ...person, phone: '1' }, person)).toBe(false);
  expect(await store.put({ ...without, phone: '1' }, without)).toBe(true);
});

test('of racing changes exactly one wins', async () => {
  const person = somebody();
  await store.put(person);
  const phones = Array.from({ length: 10 }, (_, at) => `555-010${at}`);
  const won = await Promise.all(phones.map((phone) => store.put({ ...person, phone }, person)));
  expect(won.filter(Boolean)).toHaveLength(1);
});

const bounceOf = ({ storeId, employeeNumber, email: address }: StaffMember) => ({
  storeId,
  employeeNumber,
  address,
  at: now,
});

test('mail that bounces is flagged, survives a change, and goes with a new address', async () => {
  const person = somebody();
  await store.put(person);
  await store.flagBounced(bounceOf(person));
  const other = { ...person, phone: '555-0100' };
  // The import read the person before the flag was set.
  expect(await store.put(other, person)).toBe(true);
  expect(await store.read(person.storeId)).toEqual([{ ...other, emailBouncedAt: now }]);
  const moved = { ...other, email: 'maya@lakeshore.example' };
  expect(await store.put(moved, { ...other, emailBouncedAt: now })).toBe(true);
  expect(await store.read(person.storeId)).toEqual([moved]);
  // A late bounce of the old address says nothing of the new one.
  await store.flagBounced(bounceOf(person));
  expect(await store.read(person.storeId)).toEqual([moved]);
});

test('mail that bounces makes nobody', async () => {
  const person = somebody();
  await store.flagBounced(bounceOf(person));
  expect(await store.read(person.storeId)).toEqual([]);
});

test('an item from before versions were counted can be changed', async () => {
  const person = somebody();
  const Item = toItem({ ...keys.staff(person.storeId, person.employeeNumber), ...person });
  await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
  expect(await store.put({ ...person, phone: '1' }, person)).toBe(true);
  expect(await itemOf(person)).toMatchObject({ phone: '1', version: 1 });
});

test('more people than a page holds are all read', async () => {
  const person = somebody();
  const photo = `https://lakeshore.example/${'p'.repeat(460)}`;
  const many = Array.from({ length: 1_500 }, (_, at) => ({
    ...person,
    photo,
    employeeNumber: String(10_000 + at),
  }));
  for (let at = 0; at < many.length; at += 50) {
    await Promise.all(many.slice(at, at + 50).map((one) => store.put(one)));
  }
  expect(await store.read(person.storeId)).toHaveLength(many.length);
});

test('an import that somebody gets ahead of is decided again', async () => {
  const people = new Map<string, StaffMember>();
  let others = 1;
  const racing = {
    read: async (storeId: string) => [...people.values()].filter((one) => one.storeId === storeId),
    put: async (person: StaffMember) => {
      // Another import brings everybody, just before this one's first write.
      if (others-- > 0) for (const one of samplePeople) people.set(one.employeeNumber, one);
      if (people.has(person.employeeNumber)) return false;
      people.set(person.employeeNumber, person);
      return true;
    },
  };
  const asked = { people: racing, group, rows: readRosterCsv(sampleText).rows, now };
  await applyPlan(asked, planCsv([], sampleText));
  expect([...people.values()]).toEqual(samplePeople);
  expect((await planImport(asked)).unchanged).toHaveLength(samplePeople.length);
});
