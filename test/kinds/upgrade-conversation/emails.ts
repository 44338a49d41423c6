import {
  blankUpgrade,
  type UpgradeConversation,
} from '../../../functions/handoffs/upgrade-conversation/task.ts';
import { assigned, casesIn, type EmailCase, type KindEmails, type World } from '../emails.ts';
import { assessmentIn, quoteIn } from '../repair-options/emails.ts';

export function upgradeIn(world: World, by: 'assessment' | 'customer' = 'assessment'): UpgradeConversation {
  return {
    ...blankUpgrade(world.store.id, '61077', world.now),
    ...assigned(world.seller),
    facts: {
      quote: quoteIn(world),
      asked: { occurredAt: world.now, by },
      ...(world.bare ? {} : { originatorNumber: world.advisor.employeeNumber }),
    },
    ...(world.bare ? {} : { assessment: assessmentIn(world) }),
  };
}

function cases(world: World): EmailCase[] {
  const { toSeller } = casesIn(world);
  const upgrade = upgradeIn(world);
  return [
    toSeller('upgrade-nudge', 'assessment', upgrade, { button: 'Accept this handoff' }),
    toSeller('upgrade-nudge', 'customer asked', upgradeIn(world, 'customer'), {
      button: 'Accept this handoff',
    }),
    toSeller('nudge-corrected', 'usual', upgrade, {
      button: 'Accept this handoff',
      own: { code: 'amount-changed', wasCents: 290_000, isCents: 384_050 },
    }),
  ];
}

export const upgradeEmails: KindEmails = { task: (world) => upgradeIn(world), cases };
