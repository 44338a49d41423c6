import { plusMinutes } from '../../../functions/group/business-time.ts';
import type { World } from '../../support/world.ts';
import { carOf, customerOf, type KindMessages, SUBARU } from '../messages.ts';

/** One visit that takes its time, and one that is not worth it. */
export const repairInsteadMessages: KindMessages = async (world) => {
  const first = await send(world, 'R-1');
  await world.answer(first, { choice: 'accept' });
  await world.answer(first, { choice: 'quote-by', startsAt: plusMinutes(world.now, 60) });
  await world.advance(65);
  await world.answer(first, { choice: 'quoted', amount: '840' });
  await world.answer(first, { choice: 'fixed', work: 'New front rotors and pads' });
  const second = await send(world, 'R-2');
  await world.answer(second, { choice: 'not-worth-it', reason: 'Rust through the frame' });
};

async function send(world: World, number: string): Promise<string> {
  await world.put('shopper-needs-service', {
    ...{ storeId: SUBARU, occurredAt: world.now, salespersonNumber: '1077' },
    ...{ customer: customerOf(number), vehicle: carOf(number), needs: 'It shakes when I brake' },
  });
  const sent = (await world.tasks('repair-instead')).find(({ subject }) => subject.customerNumber === number);
  return sent?.taskId ?? '';
}
