import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import { ended, type KindPages, type Make, offeredByAll } from '../pages.ts';
import { repairAt } from '../repair-options/pages.ts';

const make: Make = async (desk) => {
  const order = await repairAt(desk);
  await desk.choose(taskIdOf({ kind: 'repair-options', ...order }), 'ask-for-appraisal');
  return taskIdOf({ kind: 'appraisal', ...order });
};

export const appraisalPages: KindPages = {
  make,
  choices: [...offeredByAll, { choice: 'appraised', typed: '$9,200', becomes: ended('appraised') }],
};
