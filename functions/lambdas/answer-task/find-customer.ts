import { type Hit, hitOf, hitsAmong, isQuestion, questionIn } from '../../customers/find.ts';
import { isStandIn } from '../../customers/without-placeholders.ts';
import { customerOf, taskIdOf, taskIdsOfOrder, vehicleOf } from '../../handoffs/kinds.ts';
import type { StartServices } from '../../handoffs/starts.ts';
import { blankDay, dayIdOf, lookedUp } from '../../my-day/my-day.ts';
import { CONFLICT, untilWritten } from '../../until-written.ts';
import type { Owner } from './visitor.ts';

export type Found =
  | { readonly is: 'found'; readonly hits: readonly Hit[] }
  /** The text does not identify a single customer. */
  | { readonly is: 'unclear' }
  | { readonly is: 'too many look-ups' };

/** Finds a customer by an exact match. The look-up is recorded before it is made, so that none goes uncounted. */
export async function findCustomers(
  services: StartServices,
  { reader, context }: Pick<Owner, 'reader' | 'context'>,
  typed: string,
): Promise<Found> {
  const question = questionIn(typed);
  if (!isQuestion(question)) return { is: 'unclear' };
  const keyed = await services.customerKey.read();
  const of = keyed(['place', typed.trim().toLowerCase()]);
  if (!(await count(services, { reader, context }, of))) return { is: 'too many look-ups' };
  const storeId = context.store.id;
  const cards = (await Promise.all(question.lookUps.map((lookUp) => services.customers.find(lookUp)))).flat();
  const hits = [
    ...hitsAmong(cards, storeId, context.today, keyed),
    ...(question.number === undefined ? [] : await ofNumber(services, storeId, question.number)),
  ];
  return { is: 'found', hits: [...new Map(hits.map((hit) => [hit.token, hit])).values()] };
}

const count = (
  { tasks }: StartServices,
  { reader, context }: Pick<Owner, 'reader' | 'context'>,
  of: string,
): Promise<boolean> =>
  untilWritten(`The day of a person at ${reader.storeId}`, async () => {
    const dayId = dayIdOf(reader.storeId, reader.employeeNumber);
    const day = (await tasks.readDay(dayId)) ?? blankDay(reader, context.now);
    const next = lookedUp(day, of, context.now);
    if (!next) return false;
    return (await tasks.write(next)) ? true : CONFLICT;
  });

/** The customer of the handoff with this deal or repair order number. */
async function ofNumber(services: StartServices, storeId: string, number: string): Promise<Hit[]> {
  const keyed = await services.customerKey.read();
  const ids = [
    taskIdOf({ kind: 'service-introduction', storeId, dealNumber: number }),
    ...taskIdsOfOrder(storeId, number),
  ];
  const tasks = await Promise.all(ids.map((id) => services.tasks.read(id)));
  return tasks.flatMap((task) => {
    const customer = task && customerOf(task);
    const vehicle = task && vehicleOf(task);
    if (!customer || isStandIn(customer.customerNumber)) return [];
    return [hitOf(customer, vehicle && isStandIn(vehicle.vin) ? undefined : vehicle, storeId, keyed)];
  });
}
