import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, readsOf, today } from '../../../bench/history-reads.ts';
import { fromItem, toItem } from '../../../functions/adapters/dynamodb.ts';
import { HistoryTable, VISITS_READ } from '../../../functions/adapters/history-store.ts';
import { keys } from '../../../functions/adapters/keys.ts';
import type { Visit } from '../../../functions/history/visits.ts';
import { openTable, type TestTable } from '../../support/table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await openTable();
});
afterAll(() => table.close());

const store = () => new HistoryTable(table.client, table.name);
let customers = 0;
/** A visit of a customer whom no other test knows. */
function aVisit(): Visit {
  customers += 1;
  return {
    storeId: 'north',
    roNumber: `R${customers}`,
    customerNumber: `C${customers}`,
    vin: `1HGCM8263${String(customers).padStart(8, '0')}`,
    closedOn: '2026-10-01',
    customerPayCents: 10_000,
    warrantyCents: 0,
    internalCents: 0,
    declined: [],
    occurredAt: '2026-10-01T18:00:00.000Z',
  };
}
const read = async ({ storeId, customerNumber, vin }: Visit) =>
  (await store().read({ storeId, customerNumber, vin }, today)).visits;

describe('the history of a customer', () => {
  it('ends the same when versions of one order are written at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const older = aVisit();
      const newer = {
        ...older,
        closedOn: '2026-10-02',
        customerPayCents: 9_000,
        occurredAt: '2026-10-02T18:00:00.000Z',
      };
      await Promise.all([newer, older, newer, older].map((one) => store().record(one)));
      expect(await read(older)).toMatchObject([newer]);
    }
  });

  it('keeps a void that comes at the same moment as its visit', async () => {
    for (let round = 0; round < 10; round += 1) {
      const visit = aVisit();
      await Promise.all([
        store().record(visit),
        store().void(visit.storeId, visit.roNumber, { occurredAt: '2026-10-03T18:00:00.000Z' }),
      ]);
      expect(await read(visit)).toMatchObject([{ voided: true }]);
    }
  });

  it('counts a visit again that was closed after its void, in whatever order the two come', async () => {
    for (const isVoidFirst of [true, false]) {
      const visit = { ...aVisit(), occurredAt: '2026-10-04T18:00:00.000Z' };
      const voiding = () =>
        store().void(visit.storeId, visit.roNumber, { occurredAt: '2026-10-03T18:00:00.000Z' });
      if (isVoidFirst) await voiding();
      await store().record(visit);
      if (!isVoidFirst) await voiding();
      const [kept] = await read(visit);
      expect(kept?.voided).toBeUndefined();
    }
  });

  it('does not count a voided visit that is told once more, under an older envelope', async () => {
    const visit = { ...aVisit(), sentAt: '2026-10-02T18:00:10Z' };
    await store().record(visit);
    await store().void(visit.storeId, visit.roNumber, { occurredAt: '2026-10-03T18:00:00.000Z' });
    expect(await store().record({ ...visit, sentAt: '2026-10-02T18:00:05Z' })).toEqual({ counts: false });
    expect(await store().record(visit)).toEqual({ counts: false });
  });

  it('keeps the visits of both customers whose orders had the same number, in whatever order they come', async () => {
    const [former, later] = [aVisit(), aVisit()];
    const again = { ...later, roNumber: former.roNumber, occurredAt: '2026-11-01T18:00:00.000Z' };
    await store().record(former);
    await store().record(again);
    expect(await read(former)).toMatchObject([{ customerNumber: former.customerNumber }]);
    expect(await read(again)).toMatchObject([{ customerNumber: later.customerNumber }]);
    const [before, after] = [aVisit(), aVisit()];
    await store().record({ ...after, roNumber: before.roNumber, occurredAt: '2026-11-01T18:00:00.000Z' });
    await store().record(before);
    expect(await read(before)).toMatchObject([{ customerNumber: before.customerNumber }]);
    expect(await read(after)).toMatchObject([{ customerNumber: after.customerNumber }]);
  });

  it.each([
    ['the earlier first', ['2026-10-01', '2026-10-09']],
    ['the later first', ['2026-10-09', '2026-10-01', '2026-10-09']],
  ])('keeps the first date for as long as the last visit, %s', async (_, days) => {
    const visit = aVisit();
    for (const [at, closedOn] of days.entries()) {
      const roNumber = `${visit.roNumber}-${at}`;
      await store().record({ ...visit, roNumber, closedOn, occurredAt: `${closedOn}T18:00:00.000Z` });
    }
    const Key = toItem(keys.customerSince(visit.storeId, visit.customerNumber));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));
    const expiresAt = Date.parse('2028-10-08T00:00:00Z') / 1000;
    expect(Item && fromItem(Item)).toMatchObject({ type: 'customer', since: '2026-10-01', expiresAt });
  });

  it('loses the place of an older version, also when it was stopped in between', async () => {
    const visit = aVisit();
    await store().record(visit);
    const corrected = { ...visit, closedOn: '2024-01-05', occurredAt: '2026-10-05T18:00:00.000Z' };
    let calls = 0;
    const send: typeof table.client.send = (...args: [never]) => {
      calls += 1;
      if (calls > 2) throw new Error('stopped');
      return Reflect.apply(table.client.send, table.client, args);
    };
    await expect(new HistoryTable({ send }, table.name).record(corrected)).rejects.toThrow('stopped');
    await store().record(corrected);
    expect(await read(visit)).toEqual([]);
  });
});

describe('what one decision reads of it', () => {
  it.each(cases)('does not grow with the visits: $says', async (one) => {
    const few = await readsOf(one, 10);
    const most = await readsOf(one, 300);
    expect(most.calls).toBe(few.calls);
    expect(few.items).toBeLessThanOrEqual(2 * 10 + 1);
    expect(most.items).toBeLessThanOrEqual(2 * VISITS_READ + 1);
  });

  it('is the same for an old customer as for a new one, in a large store as in a small one', async () => {
    const named = (says: string) => cases.filter((one) => one.says === says);
    const steady = [
      ...named('four a year'),
      ...named('all before that'),
      ...named("other customers' visits"),
    ];
    expect(steady).toHaveLength(3);
    for (const one of steady) expect(await readsOf(one, 200)).toEqual(await readsOf(one, 10));
  });
});
