import { blankAppraisal } from '../../../functions/handoffs/appraisal/task.ts';
import { assigned, casesIn, type EmailCase, type KindEmails, type World } from '../emails.ts';
import { quoteIn } from '../repair-options/emails.ts';

const appraisalIn = (world: World) => ({
  ...blankAppraisal(world.store.id, '61077', world.now),
  ...assigned(world.colleague),
  facts: {
    quote: quoteIn(world),
    asked: { occurredAt: world.now, ...(world.bare ? {} : { by: world.advisor.employeeNumber }) },
  },
});

function cases(world: World): EmailCase[] {
  const { toColleague } = casesIn(world);
  return [toColleague('appraisal-wanted', 'usual', appraisalIn(world), { button: 'Put a number on it' })];
}

export const appraisalEmails: KindEmails = { task: (world) => appraisalIn(world), cases };
