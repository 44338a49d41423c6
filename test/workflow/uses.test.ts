import { expect, it } from 'vitest';
import { routes } from '../../lib/routes.ts';
import { uses } from '../support/uses.ts';

it('every event that a rule routes has its use case in these tests, and no other', () => {
  expect(uses.map(({ detailType }) => detailType).toSorted()).toEqual(
    routes.map(({ detailType }) => detailType).toSorted(),
  );
});
