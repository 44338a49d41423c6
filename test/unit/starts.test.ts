import { expect, it } from 'vitest';
import { everyKind } from '../../functions/handoffs/kinds.ts';
import { startable } from '../../functions/handoffs/starts.ts';

it('each kind of handoff with a form can be started by it', () => {
  const withForm = everyKind.filter(({ startForm }) => startForm !== undefined).map(({ kind }) => kind);
  expect(withForm.toSorted()).toEqual(['repair-instead', 'service-introduction', 'upgrade-conversation']);
  expect(startable.map(({ kind }) => kind).toSorted()).toEqual(withForm.toSorted());
});
