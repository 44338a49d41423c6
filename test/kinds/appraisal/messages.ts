import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import type { KindMessages } from '../messages.ts';

/** Asked for from a sheet, and answered; see the folder of the repair options. */
export const appraisalMessages: KindMessages = async (world) => {
  const order = { storeId: 'lakeshore-honda', roNumber: '77120' };
  await world.answer(taskIdOf({ kind: 'repair-options', ...order }), { choice: 'ask-for-appraisal' });
  await world.answer(taskIdOf({ kind: 'appraisal', ...order }), { choice: 'appraised', amount: '9,200' });
};
