import { expect, it } from 'vitest';
import { lakeshore } from './group.ts';
import { synthesize } from './synthesized.ts';

// Says nothing about right or wrong: it makes every change of the stack something that a reviewer sees.
it('the template is as it was last agreed on', async () => {
  const { template } = synthesize(lakeshore);
  await expect(`${JSON.stringify(template, undefined, 2)}\n`).toMatchFileSnapshot(
    'dealer-group.template.snap',
  );
});
