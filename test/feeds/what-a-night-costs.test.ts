import { expect, it } from 'vitest';
import { nights } from '../../bench/feeds.ts';

const ORDERS = 300;

it('a night of new orders costs one read and one write a row, and ten events a call', async () => {
  const [first] = await nights(ORDERS, ['20261119_0312']);
  expect(first).toMatchObject({ counts: { read: ORDERS, unchanged: 0 }, events: ORDERS });
  expect(first?.calls).toMatchObject({ BatchGetItem: ORDERS / 100, PutEvents: ORDERS / 10, GetObject: 2 });
  expect(first?.reads).toBeLessThan(ORDERS + 10);
  expect(first?.writes).toBeLessThan(ORDERS + 10);
});

it('an unchanged night costs one read a row, a hundred a call, and no write but its receipt', async () => {
  const [, second] = await nights(ORDERS, ['20261119_0312', '20261120_0309']);
  expect(second).toMatchObject({ counts: { read: ORDERS, unchanged: ORDERS, sent: {} }, events: 0 });
  expect(second?.calls).toMatchObject({ BatchGetItem: ORDERS / 100 });
  expect(second?.calls).not.toHaveProperty('PutEvents');
  expect(second?.writes).toBeLessThan(10);
});
