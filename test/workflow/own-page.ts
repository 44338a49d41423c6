import type { World } from '../support/world.ts';
import { linkTo, open, post, type Seen } from './answer-visitor.ts';

/** Somebody's own page: they get its link with the list that they ask for on the page of a handoff. */
export async function pageOf(world: World, who: string): Promise<string> {
  await post(world, linkTo(world, who), { send: 'my-day' });
  const link = /https:\/\/handoff\.example\.com\/me\/[0-9a-f]{32}\/[\w-]+/.exec(
    world.inbox(who).findLast(({ html }) => html.includes('/me/'))?.html ?? '',
  )?.[0];
  if (link === undefined) throw new Error(`${who} has no page`);
  return link;
}

/** A sale makes the salesperson's first email. */
export async function pageOfSeller(world: World, who: string, number: string): Promise<string> {
  await world.putSample('vehicle-sold', {
    ...{ deliveryAt: world.now, salespeople: [{ employeeNumber: number }], dealNumber: `D-${number}` },
    customer: { customerNumber: `C-${number}`, firstName: 'Maria', lastName: 'Kowalski' },
    vehicle: { vin: `4S4BTGND8V3${number}72`, make: 'Subaru', model: 'Outback' },
  });
  return pageOf(world, who);
}

export const startPath = (day: string, kind = 'repair-instead') => `${day}/start?kind=${kind}`;

/** What stands for each customer that a page found. */
export const found = (body: string): string[] =>
  [...body.matchAll(/name="found" id="[^"]*" value="([^"]+)"/g)].map(([, one = '']) => one);

export const followed = (world: World, answer: Seen): Promise<Seen> =>
  open(world, answer.headers['location'] ?? '');
