import {
  type Asker,
  blankUpgrade,
  type UpgradeConversation,
} from '../../../functions/handoffs/upgrade-conversation/task.ts';
import { assigned, casesIn, type EmailCase, type KindEmails, type World, when } from '../emails.ts';
import { assessmentIn, quoteIn, visitQuestionIn } from '../repair-options/emails.ts';

export function upgradeIn(world: World, by: Asker = 'assessment'): UpgradeConversation {
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

/** Nothing was quoted on the visit that it follows from. */
function ofVisit(world: World): UpgradeConversation {
  const upgrade = upgradeIn(world);
  const { quote: _work, ...facts } = upgrade.facts;
  const { facts: visited, assessment, history } = visitQuestionIn(world);
  const known = { ...(assessment && { assessment }), ...(history && { history }) };
  return { ...upgrade, ...known, facts: { ...facts, ...(visited.visit && { visit: visited.visit }) } };
}

/** The customer asked, whatever they came for. */
function ofQuestion(world: World): UpgradeConversation {
  const { customer, vehicle, store } = world;
  const upgrade = upgradeIn(world, 'customer');
  const { quote: _work, ...facts } = upgrade.facts;
  const asked = customer.lastName ?? 'Do you have the hybrid?';
  const { assessment: _none, ...begun } = upgrade;
  const wish = { ...when, storeId: store.id, customer, vehicle, asked };
  return { ...begun, subject: { customerNumber: customer.customerNumber }, facts: { ...facts, wish } };
}

function cases(world: World): EmailCase[] {
  const { toAdvisor, toSeller } = casesIn(world);
  const upgrade = upgradeIn(world);
  return [
    toSeller('upgrade-nudge', 'assessment', upgrade, { button: 'Accept this handoff' }),
    toSeller('upgrade-nudge', 'customer asked', upgradeIn(world, 'customer'), {
      button: 'Accept this handoff',
    }),
    ...(['silence', 'advisor', 'manager'] as const).map((by) =>
      toSeller('upgrade-nudge', `${by} asked`, upgradeIn(world, by), { button: 'Accept this handoff' }),
    ),
    toSeller('upgrade-nudge', 'of a question', ofQuestion(world), { button: 'Accept this handoff' }),
    toAdvisor('sales-has-it', 'of a question', ofQuestion(world), { button: 'See this handoff' }),
    toSeller('upgrade-nudge', 'of a visit', ofVisit(world), { button: 'Accept this handoff' }),
    toAdvisor('sales-has-it', 'of a visit', ofVisit(world), { button: 'See the sheet' }),
    toSeller('upgrade-nudge', 'again', upgrade, {
      button: 'Accept this handoff',
      own: { code: 'again', after: 'repair' },
    }),
    toSeller('nudge-corrected', 'open to looking', upgradeIn(world, 'customer'), {
      button: 'Accept this handoff',
      own: { code: 'nudge-changed', part: 'asker', was: 'silence' },
    }),
    toSeller('nudge-corrected', 'taken back', upgradeIn(world, 'silence'), {
      button: 'Accept this handoff',
      own: { code: 'nudge-changed', part: 'asker', was: 'customer' },
    }),
    ...(['silence', 'advisor', 'manager', 'customer'] as const).map((by) =>
      toAdvisor('sales-has-it', by, upgradeIn(world, by), { button: 'See the sheet' }),
    ),
    ...(
      [
        { code: 'accepted' },
        { code: 'contacted' },
        { code: 'appointment', startsAt: '2026-11-23T17:00:00.000Z' },
      ] as const
    ).map((news) =>
      toAdvisor('talk-news', news.code, upgrade, {
        button: 'See this handoff',
        own: { code: 'talk-news', news },
      }),
    ),
    toSeller('crm-lead-lost', 'usual', upgradeIn(world, 'customer'), { button: 'See this handoff' }),
    toSeller('nudge-corrected', 'usual', upgrade, {
      button: 'Accept this handoff',
      own: { code: 'amount-changed', wasCents: 290_000, isCents: 384_050 },
    }),
  ];
}

export const upgradeEmails: KindEmails = { task: (world) => upgradeIn(world), cases };
