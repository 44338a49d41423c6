import type { World } from '../../support/world.ts';
import { carOf, customerOf, type KindMessages, SUBARU } from '../messages.ts';

export const introductionMessages: KindMessages = async (world) => {
  const salespeople = [{ employeeNumber: '1077' }, { employeeNumber: '1078' }];
  const accept = (taskId: string) => world.answer(taskId, { choice: 'accept' });
  await accept(await sell(world, 'D-1', { salespeople }));
  await sell(world, 'D-2');
  await world.put('deal-unwound', { storeId: SUBARU, dealNumber: 'D-2', occurredAt: world.now });
  const moved = await sell(world, 'D-3');
  await accept(moved);
  await world.answer(moved, { choice: 'decline', reason: 'On vacation' });
  await accept(moved);
  await accept(await sell(world, 'D-4'));
  const email = world.inbox('d-4@example.com').at(0);
  if (email) await world.report(email, 'Bounce', 'Permanent');
};

async function sell(world: World, dealNumber: string, change: object = {}): Promise<string> {
  const about = { customer: customerOf(dealNumber), vehicle: carOf(dealNumber) };
  await world.putSample('vehicle-sold', { dealNumber, ...about, ...change });
  const sold = (await world.tasks('service-introduction')).find(
    ({ subject }) => subject.dealNumber === dealNumber,
  );
  return sold?.taskId ?? '';
}
