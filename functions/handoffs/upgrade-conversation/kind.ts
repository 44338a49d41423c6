import { otherLanguageOf } from '../../customers/customer.ts';
import { aboutTheTask, type Choice, ends, progresses, shared } from '../../handoff/choices.ts';
import type { DmsFact, Follow } from '../../handoff/dms-fact.ts';
import { defineKind, type Kind } from '../../handoff/kind.ts';
import { statementIn } from '../../handoff/statement.ts';
import type { OutcomeOf } from '../../handoff/task.ts';
import { route } from '../../people/routing.ts';
import { named } from '../../people/unknown-numbers.ts';
import { occasionOf, withCustomerOfOccasion } from '../../readiness/occasion.ts';
import { decideCarLeft, decideUpgradeVoided, tickUpgrade } from './decide.ts';
import { leadAfter, tellOfLostLead } from './lead.ts';
import { decideLeadAnswered } from './lead-answered.ts';
import { standingEnds } from './order-ends.ts';
import { passOn, passOnWhileWaiting } from './pass-on.ts';
import { startForm } from './start-form.ts';
import { tellAdvisorOf } from './talk-news.ts';
import { blankUpgrade, type UpgradeConversation, upgradeSchema, upgradeTraits } from './task.ts';
import { rememberWish } from './wish.ts';

const choices: readonly Choice[] = [
  shared.accept,
  {
    name: 'contacted',
    label: 'Contacted',
    next: 'Noted that you talked, and the advisor hears it. It stays with you.',
    ...progresses,
    isLikely: true,
    remembers: 'contacted',
  },
  {
    name: 'appointment-set',
    label: 'Appointment set for',
    next: 'The day and time are kept, and the advisor hears of it. It stays with you.',
    ...progresses,
    isLikely: true,
    asks: 'startsAt',
    remembers: 'contacted',
  },
  {
    name: 'sold',
    label: 'Sold',
    next: 'The deal is kept with the advisor’s name on it, and they hear of it. This handoff is done.',
    ...ends,
    asks: 'dealNumber',
    remembers: 'bought',
  },
  {
    name: 'not-ready',
    label: 'Not ready',
    next: 'This handoff is closed. No nudge follows for as long as your group’s policy says.',
    ...ends,
    remembers: 'customer said no',
  },
  {
    name: 'wrong-car',
    label: 'Wrong car or customer',
    next: 'This handoff is closed, and the reason is kept.',
    ...ends,
  },
  {
    name: 'already-bought',
    label: 'Already bought',
    next: 'This handoff is closed. No nudge follows for as long as your group’s policy says.',
    ...ends,
    remembers: 'bought',
  },
  shared.snooze,
  shared.startedByMistake,
  ...aboutTheTask,
];

const BY_MISTAKE = shared.startedByMistake.name;

type UpgradeOutcome = OutcomeOf<UpgradeConversation>;

/** Service → Sales: a customer who may be ready for another car. */
export const upgradeConversation: Kind<UpgradeConversation> = defineKind(upgradeSchema, upgradeTraits, {
  choices,
  customerFactOf: ({ facts }) => occasionOf(facts),
  withCustomer: (task, customer) => ({ ...task, facts: withCustomerOfOccasion(task.facts, customer) }),
  vehicleOf: ({ facts }) => occasionOf(facts)?.vehicle,
  sendersOf: ({ facts }) => (facts.originatorNumber === undefined ? [] : [facts.originatorNumber]),
  routeOn: (task, not, { store, roster, today }) =>
    route({
      department: 'sales',
      roster,
      on: today,
      customer: `${store.id}/${occasionOf(task.facts)?.customer.customerNumber ?? task.taskId}`,
      language: otherLanguageOf(occasionOf(task.facts)?.customer),
      partnerOf: task.facts.originatorNumber,
      not,
    }),
  tick: (task, context) => passOn(tickUpgrade(task, context), upgradeConversation, context),
  moved: (task, _from, context) => passOnWhileWaiting(task, context),
  after: (chosen) => leadAfter({ ...chosen, task: tellAdvisorOf(chosen) }),
  leadLost: tellOfLostLead,
  leadAnswer: ({ facts: { crm } }) => crm && { status: crm.status, at: crm.occurredAt },
  answeredByCrm: decideLeadAnswered,
  eventDetail: ({ subject, use }, { detailType, about }) =>
    detailType === 'customer-answered' ? { ...subject, use, ...statementIn(about) } : undefined,
  eventNumbers: ({ subject }) => ('roNumber' in subject ? subject : {}),
  staffNamed: ({ facts }) => named('salesperson', occasionOf(facts)?.salespersonNumber),
  fits: (task, { name }) => name !== BY_MISTAKE || task.facts.wish !== undefined,
  ended: ({ task, choice, context }) =>
    choice.name === BY_MISTAKE ? rememberWish(task, context.now, true) : task,
  reopened: (task, { choice }, { now }) => (choice === BY_MISTAKE ? rememberWish(task, now) : task),
  follow,
  startForm,
  credit: 'service',
  isVoid: ({ facts, ended }) =>
    standingEnds(facts).voided !== undefined || (ended !== undefined && nothingToHandOver.has(ended.outcome)),
});

const nothingToHandOver: ReadonlySet<string> = new Set<UpgradeOutcome>([
  'wrong-car',
  'the car left before Sales was told',
  'the newer quote gives no reason any more',
  'the advisor took it back',
  BY_MISTAKE,
]);

function follow(fact: DmsFact): Follow<UpgradeConversation> | undefined {
  const blankOf = (roNumber: string) => (now: string) => blankUpgrade(fact.storeId, roNumber, now, fact.use);
  switch (fact.detailType) {
    case 'service-visit-completed':
    case 'repair-order-no-longer-open':
      return {
        blank: blankOf(fact.detail.roNumber),
        decide: (task, context) => decideCarLeft(task, fact.detail, context),
      };
    case 'repair-order-voided':
      return {
        blank: blankOf(fact.detail.roNumber),
        decide: (task, context) => decideUpgradeVoided(task, fact.detail, context),
      };
    default:
      return undefined;
  }
}
