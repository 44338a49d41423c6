import type { UpgradeConversation } from '../../../functions/handoff/task.ts';
import { blankUpgrade } from '../../../functions/handoffs/upgrade-conversation/decide.ts';
import { assigned, casesIn, type EmailCase, type World } from '../emails.ts';
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

export function upgradeEmails(world: World): EmailCase[] {
  const { toSeller } = casesIn(world);
  const upgrade = upgradeIn(world);
  return [
    toSeller('upgrade-nudge', 'assessment', upgrade),
    toSeller('upgrade-nudge', 'customer asked', upgradeIn(world, 'customer')),
    toSeller('nudge-corrected', 'usual', upgrade, { note: { wasCents: '290000', isCents: '384050' } }),
  ];
}
