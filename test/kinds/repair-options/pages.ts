import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import quoted from '../../../samples/repair-quote-high.json' with { type: 'json' };
import { until } from '../../browser/local-run.ts';
import { vinOf } from '../deadlines.ts';
import {
  accepted,
  type ChoiceCase,
  ended,
  type KindPages,
  type Make,
  offeredByAll,
  type StaffDesk,
} from '../pages.ts';

/** Where the advisor is asked first whether Sales may be told; everywhere else Sales hears by the rule. */
export const ASKS_ADVISOR = 'lakeshore-honda';

const sellers = [
  ['lakeshore-ford', '3041'],
  ['lakeshore-subaru', '1077'],
  ['lakeshore-ford', '3042'],
  ['lakeshore-subaru', '1078'],
  ['lakeshore-ford', '3043'],
  ['lakeshore-subaru', '1079'],
] as const;
let repairs = 0;

/** Each of a customer and a car of its own, so that no nudge was ever sent about them. */
const strangerOf = (roNumber: string) => ({
  customer: {
    customerNumber: `C-${roNumber}`,
    firstName: 'Dana',
    lastName: 'Whitlock',
    phone: '(585) 555-0107',
  },
  vehicle: {
    vin: `1FMCU9GD0RUA${roNumber.padStart(5, '0')}`,
    year: 2024,
    make: 'Ford',
    model: 'Escape Active',
  },
});

/** Of the next salesperson: nobody hears of more than the caps allow. */
export async function repairAt({ run, next }: StaffDesk): Promise<{ storeId: string; roNumber: string }> {
  repairs += 1;
  const [storeId, salespersonNumber] = sellers[repairs % sellers.length] ?? sellers[0];
  const roNumber = next();
  const serviceAdvisorNumber = undefined;
  const order = { storeId, salespersonNumber, serviceAdvisorNumber, roNumber };
  await run.putSample('repair-quote-high-new-customer', { ...order, ...strangerOf(roNumber) });
  return { storeId, roNumber };
}

const make: Make = async (desk) => taskIdOf({ kind: 'repair-options', ...(await repairAt(desk)) });

/** The rule would tell Sales of the samples' long-term customer, and asks the advisor first: at each order anew. */
const asking: Make = async ({ run, next }) => {
  const roNumber = next();
  await run.putSample('repair-quote-high', { roNumber });
  return taskIdOf({ kind: 'repair-options', storeId: ASKS_ADVISOR, roNumber });
};

/** They come as often as the samples' customer does, and Sales has heard of none of them. */
const neighbours = ['51874-1', '51874-2'];
const neighbourOf = (customerNumber: string) => ({
  customer: { customerNumber, firstName: 'Robin', lastName: `No ${customerNumber}` },
  vehicle: { ...quoted.detail.vehicle, vin: vinOf(customerNumber) },
});
const sampleVisits = readFileSync('samples/history.jsonl', 'utf8').trim().split('\n');
export const neighboursVisits: readonly object[] = neighbours.flatMap((customerNumber) =>
  sampleVisits.map((line) => {
    const visit = JSON.parse(line);
    return { ...visit, ...neighbourOf(customerNumber), roNumber: `${customerNumber}-${visit.roNumber}` };
  }),
);

/** The order of a neighbour closes before the advisor said anything about it. */
const unanswered: Make = async ({ run, next }) => {
  const customerNumber = neighbours.pop();
  if (customerNumber === undefined) throw new Error('Each neighbour is told of once');
  const order = { storeId: ASKS_ADVISOR, roNumber: next(), ...neighbourOf(customerNumber) };
  await run.putSample('repair-quote-high', order);
  const taskId = taskIdOf({ kind: 'repair-options', ...order });
  await run.linkOfNamed(taskId);
  const closed = { occurredAt: '2026-11-20T17:00:00-07:00', closedOn: '2026-11-20' };
  await run.putSample('service-visit-completed', { ...order, serviceAdvisorNumber: '2031', ...closed });
  await until('the order to be closed', async () =>
    (await run.task(taskId))?.state === 'completed' ? true : undefined,
  );
  return taskId;
};
const ofManager: Pick<ChoiceCase, 'make' | 'link'> = {
  make: unanswered,
  link: (run, taskId) => run.linkBehindList(taskId, 'luis.ortega@lakeshore.example'),
};

const silenced: Make = async (desk) => {
  const taskId = await make(desk);
  await desk.choose(taskId, 'never-for-this-customer');
  return taskId;
};

export const repairOptionsPages: KindPages = {
  make,
  choices: [
    ...offeredByAll,
    { choice: 'ask-for-appraisal', becomes: { ...accepted, appraisal: { askedBy: expect.any(String) } } },
    { choice: 'not-a-good-time', becomes: { ...accepted, advisorSays: 'not now' }, make: asking },
    // After this one Sales knows of the customer, and the rule is silent for a fortnight.
    {
      choice: 'good-time',
      becomes: { ...accepted, advisorSays: 'good time', salesAskedBy: 'advisor' },
      make: asking,
    },
    {
      choice: 'leave-sales-out',
      becomes: { ...ended('order closed'), managerSays: { said: 'leave it' } },
      ...ofManager,
    },
    {
      choice: 'tell-sales',
      becomes: { ...ended('order closed'), managerSays: { said: 'tell Sales' } },
      ...ofManager,
    },
    { choice: 'never-for-this-customer', becomes: { ...accepted, advisorSays: 'never' } },
    { choice: 'may-be-asked', becomes: { ...accepted, advisorSays: 'may be asked' }, make: silenced },
    { choice: 'open-to-looking', becomes: { ...ended('open-to-looking'), salesAskedBy: 'customer' } },
    { choice: 'repair-it', becomes: ended('repair-it') },
    { choice: 'not-now', becomes: ended('not-now') },
  ],
};
