/**
 * What an AWS bill would count of a handoff: the calls that a warm function makes for one event, click or sweep, beside
 * the fewest that would do, and the capacity that the table charges. No clock: the same on every machine.
 *
 *   node bench/calls-per-handoff.ts
 */
import '../test/simulation/quiet.ts';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { sweepDueWork } from '../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import deal from '../samples/vehicle-sold.json' with { type: 'json' };
import { carOf } from '../test/kinds/deadlines.ts';
import { longTermCustomer } from '../test/support/customers.ts';
import { openDynamoDBServer } from '../test/support/dynamodb-server.ts';
import { unchanged, World } from '../test/support/world.ts';
import { linkTo, post } from '../test/workflow/answer-visitor.ts';

export const NOON = '2026-11-20T18:00:00.000Z';
/** Half an hour before the sample's delivery. */
const BEFORE_DELIVERY = '2026-11-20T22:00:00.000Z';
const ADVISOR = 'maya.torres@lakeshore.example';
const SERVICE_ADVISOR = 'sam.delgado@lakeshore.example';

interface Fewest {
  readonly reads: number;
  readonly writes: number;
  readonly sends: number;
  readonly puts: number;
}

export interface Case {
  readonly says: string;
  readonly fewest: Fewest;
  /** Which reads and writes these are. */
  readonly because: string;
  /** So many more are made, and why. */
  readonly onTop?: { readonly calls: number; readonly because: string };
  readonly before?: (world: World) => Promise<unknown>;
  readonly happens: (world: World) => Promise<unknown>;
  /** Of all the functions that work on it, the one that is asked about: where it is left out, all of them. */
  readonly event?: string;
}

const none: Fewest = { reads: 0, writes: 0, sends: 0, puts: 0 };
const sold = (world: World) => world.putSample('vehicle-sold');
const quoted = (world: World) => world.putSample('repair-quote-high');
const TOMORROW = '2026-11-21T15:00:00.000Z';
/** Service's last list leaves at five in Evanston. */
const BEFORE_LAST_LIST = '2026-11-20T22:30:00.000Z';
const booked = (world: World, appointmentNumber = 'A-1') =>
  world.put('service-appointment-booked', {
    ...{ storeId: 'lakeshore-subaru', occurredAt: NOON, appointmentNumber, startsAt: TOMORROW },
    ...{ customerNumber: `C-${appointmentNumber}`, vin: carOf(appointmentNumber).vin },
  });
/** Who bought the car of the sample is booked for tomorrow. */
const buyerExpected = {
  ...{ storeId: deal.detail.storeId, appointmentNumber: 'A-1', startsAt: TOMORROW, on: '2026-11-21' },
  ...{ customerNumber: deal.detail.customer.customerNumber, vin: deal.detail.vehicle.vin },
};
const click = (world: World, fields: Record<string, string>) => post(world, linkTo(world, ADVISOR), fields);

/** Leavers are looked for again and again in the first hours. */
async function hoursOfNothing(world: World): Promise<void> {
  await world.sweep();
  await world.advance(4 * 60);
  await world.sweep();
}

export const cases: readonly Case[] = [
  {
    says: 'a car is sold',
    fewest: { reads: 2, writes: 3, sends: 1, puts: 1 },
    because: 'opt-outs, what was refused of it; the decision, what came of it, the index of events',
    happens: sold,
    event: 'vehicle-sold',
  },
  {
    says: '… and its buyer is remembered',
    fewest: { ...none, reads: 3, writes: 2 },
    because: 'the deal, two places of the memory; both of them',
    happens: sold,
    event: 'customer-bought',
  },
  {
    says: '… and the owner of the car is known',
    fewest: { ...none, reads: 3, writes: 3 },
    because:
      'the deal, what is known of its number, the owners of the car; the sale, by its number, car and customer',
    happens: sold,
    event: 'vehicle-owner-changed',
  },
  {
    says: 'the same sale once more',
    fewest: { ...none, reads: 2 },
    because: 'the task, what was refused of it',
    onTop: {
      calls: 2,
      because: 'taken for new at first, which spares every new one a read; the refusal is charged as a write',
    },
    before: sold,
    happens: sold,
  },
  {
    says: 'a first service is due',
    fewest: { reads: 8, writes: 4, sends: 3, puts: 1 },
    because:
      "the sale, the owners of the car, its sales, its visits, the customer's appointments, the task, opt-outs, what was refused of it; the owners, the decision, what came of it, the index of events",
    before: sold,
    happens: (world) => world.putSample('first-service-due', { occurredAt: NOON, dueOn: '2026-12-01' }),
  },
  {
    says: 'a quote below the minimum',
    fewest: { ...none, reads: 10, writes: 3 },
    because:
      'the task, history 4, caps 2, what was said, opt-outs, what was refused of it; why, the decision: another policy is tried on it, the index of events',
    happens: (world) => world.putSample('repair-quoted'),
  },
  {
    says: 'a visit that stays silent',
    fewest: { ...none, reads: 7, writes: 1 },
    because: 'the task, history 4, opt-outs, what was refused of it; why',
    happens: (world) => world.putSample('service-visit-opened'),
  },
  {
    says: '… and one whose advisor is asked',
    fewest: { reads: 13, writes: 4, sends: 1, puts: 1 },
    because:
      'the task, history 4, caps 3, what was said 2, opt-outs 2, what was refused of it; why, the decision, what came of it, the index of events',
    before: longTermCustomer,
    happens: (world) => world.putSample('service-visit-opened'),
    event: 'service-visit-opened',
  },
  {
    says: 'a high repair of a new customer',
    fewest: { reads: 11, writes: 4, sends: 1, puts: 1 },
    because:
      'the task, history 4, caps 2, what was said, opt-outs 2, what was refused of it; why, the decision, what came of it, the index of events',
    happens: (world) => world.putSample('repair-quote-high-new-customer'),
  },
  {
    says: 'a high repair of a known customer',
    fewest: { reads: 13, writes: 4, sends: 1, puts: 1 },
    because:
      'the task, history 4, caps 3, what was said 2, opt-outs 2, what was refused of it; why, the decision, what came of it, the index of events',
    before: longTermCustomer,
    happens: quoted,
    event: 'repair-quote-high',
  },
  {
    says: '… and Sales is notified',
    fewest: { reads: 5, writes: 9, sends: 2, puts: 1 },
    because:
      'the order, the task, what was said 2, opt-outs; caps 4, what was said 2, the decision, what came of it, the index of events',
    onTop: { calls: 4, because: 'each cap is read before it is claimed: who holds it decides' },
    before: async (world) => {
      await longTermCustomer(world);
      await quoted(world);
    },
    happens: (world) => post(world, linkTo(world, SERVICE_ADVISOR), { choice: 'good-time' }),
    event: 'upgrade-conversation-due',
  },
  {
    says: 'a click: a note',
    fewest: { ...none, reads: 1, writes: 1 },
    because: 'the task; the decision',
    before: sold,
    happens: (world) => click(world, { choice: 'note', note: 'She likes mornings.' }),
  },
  {
    says: 'a click: accepted, and the letter to the customer leaves',
    fewest: { reads: 2, writes: 2, sends: 1, puts: 1 },
    because: 'the task, opt-outs; the decision, what came of it',
    before: sold,
    happens: (world) => click(world, { choice: 'accept' }),
  },
  {
    says: 'a sweep before the delivery sends the checklist',
    fewest: { reads: 8, writes: 2, sends: 1, puts: 0 },
    because:
      'what is due, the alarm clock of each store, the last event of each sender, the task, opt-outs; the decision, what came of it',
    before: async (world) => {
      await world.sweep();
      await sold(world);
      await world.advance(3 * 60 + 50);
      await world.sweep();
      world.now = BEFORE_DELIVERY;
    },
    happens: (world) => world.sweep(),
  },
  {
    says: 'a service appointment is booked',
    fewest: { ...none, reads: 3, writes: 4 },
    because:
      'the first service, the owners of the car, what was refused of it; the first service, the owners, a note by the day, the index of events',
    onTop: {
      calls: 1,
      because: 'the sales of the car once the booking is kept: a sale at that moment is found',
    },
    happens: (world) => world.putSample('service-appointment-booked', { startsAt: TOMORROW }),
    event: 'service-appointment-booked',
  },
  {
    says: 'a sweep before the last list tells of the 12 cars of tomorrow',
    fewest: { reads: 8, writes: 1, sends: 0, puts: 2 },
    because:
      'what is due, the alarm clock of each store and its own once more, the notes of the day, the last event of each sender; that the store looked ahead',
    before: async (world) => {
      for (let at = 1; at <= 12; at += 1) await booked(world, `A-${at}`);
      await hoursOfNothing(world);
      world.now = BEFORE_LAST_LIST;
    },
    happens: (world) => sweepDueWork(world.services('sweep-due-work'), () => false),
  },
  {
    says: 'a car of tomorrow whose customer gives no two reasons: nobody is asked',
    fewest: { reads: 7, writes: 1, sends: 0, puts: 0 },
    because:
      'the handoff, the car, the card of its customer, opt-outs, their visits, sales and first visit; why nobody is asked',
    onTop: {
      calls: 1,
      because: 'the card once more: the first read says whether it was merged into another',
    },
    before: async (world) => {
      world.keepsCustomers = true;
      await sold(world);
      await world.put('service-appointment-booked', { ...buyerExpected, occurredAt: NOON });
      world.keepsCustomers = false;
      world.now = BEFORE_LAST_LIST;
    },
    happens: (world) =>
      world.put('appointment-ahead', { ...buyerExpected, occurredAt: world.now }, 'handoff'),
    event: 'appointment-ahead',
  },
  {
    says: 'a sweep of 4 stores finds nothing',
    fewest: { ...none, reads: 6 },
    because: 'what is due, the alarm clock of each store, the last event of each sender',
    before: hoursOfNothing,
    happens: (world) => world.sweep(),
  },
];

export interface Counted {
  readonly made: readonly string[];
  readonly fewest: number;
  /** Capacity that the table charges for all that happened. */
  readonly units: Units;
}

export interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** The client is the one of the world's DynamoDB server: it says what each call cost. */
export async function countedOf(
  { fewest, before, happens, event }: Case,
  world: World,
  client: DynamoDBClient,
): Promise<Counted> {
  await world.reset(NOON);
  await before?.(world);
  await world.keepWarm();
  const [firstCall, firstEvent] = [world.calls.made.length, world.invocations.length];
  const units = await unitsOf(client, () => happens(world));
  const asked = world.invocations.slice(firstEvent).filter((one) => one.of === event);
  return {
    made: event === undefined ? world.calls.made.slice(firstCall) : asked.flatMap(({ made }) => made),
    fewest: fewest.reads + fewest.writes + fewest.sends + fewest.puts,
    units,
  };
}

/** Capacity that the table charges while something happens. */
export async function unitsOf(client: DynamoDBClient, happens: () => Promise<unknown>): Promise<Units> {
  const charged: Charge[] = [];
  countCapacity(client, charged);
  await happens();
  client.middlewareStack.remove(COUNTING);
  const sum = (is: Charge['is']) => charged.reduce((all, one) => all + (one.is === is ? one.units : 0), 0);
  return { reads: sum('reads'), writes: sum('writes') };
}

interface Charge {
  readonly is: 'reads' | 'writes';
  readonly units: number;
}

const COUNTING = 'counts capacity';
const capacity = z.object({ CapacityUnits: z.number() });
/** A batch is charged by table. */
const charge = z.object({
  output: z.object({ ConsumedCapacity: z.union([capacity.transform((one) => [one]), z.array(capacity)]) }),
});

function countCapacity(client: DynamoDBClient, into: Charge[]): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const read = charge.safeParse(answer);
        const is = /^(Get|BatchGet|Query)/.test(commandName) ? 'reads' : 'writes';
        // No function scans: that is the test which looks for a task.
        if (read.success && commandName !== 'ScanCommand') {
          const units = read.data.output.ConsumedCapacity.reduce((sum, one) => sum + one.CapacityUnits, 0);
          into.push({ is, units });
        }
        return answer;
      },
    { step: 'initialize', name: COUNTING },
  );
}

async function main(): Promise<void> {
  const dynamodb = await openDynamoDBServer();
  const world = await World.open(NOON, unchanged, dynamodb);
  console.log(
    'Calls to AWS of a warm function, and the capacity that the table charges for the whole of it:\n',
  );
  for (const one of cases) {
    const { made, fewest, units } = await countedOf(one, world, dynamodb.client);
    const calls = `${made.length} of ${fewest} (x ${(made.length / fewest).toFixed(2)})`;
    const charged = one.event ? '' : `${units.reads} read, ${units.writes} write`;
    console.log(`${one.says.padEnd(56)}${calls.padEnd(20)}${charged.padEnd(18)}${one.because}`);
    if (one.onTop) console.log(`${''.padEnd(56)}${one.onTop.calls} on top: ${one.onTop.because}`);
  }
  await world.close();
}

if (import.meta.main) await main();
