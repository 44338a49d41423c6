import { expect } from 'vitest';
import { taskIdOf } from '../../../functions/handoffs/kinds.ts';
import { accepted, ended, type KindPages, type Make, offeredByAll, type StaffDesk } from '../pages.ts';

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
    { choice: 'never-for-this-customer', becomes: { ...accepted, advisorSays: 'never' } },
    { choice: 'may-be-asked', becomes: { ...accepted, advisorSays: 'may be asked' }, make: silenced },
    { choice: 'open-to-looking', becomes: { ...ended('open-to-looking'), salesAskedBy: 'customer' } },
    { choice: 'repair-it', becomes: ended('repair-it') },
    { choice: 'not-now', becomes: ended('not-now') },
  ],
};
