import { aboutTheTask, advises, type Choice, ends, shared } from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import { draft } from '../../handoff/draft.ts';
import { type DmsFact, defineKind, type Follow, type Undoable } from '../../handoff/kind.ts';
import { usedBy } from '../../handoff/number-reuse.ts';
import { statementIn } from '../../handoff/statement.ts';
import { isOpen } from '../../handoff/task.ts';
import { unaccept } from '../../handoff/undo.ts';
import { named } from '../../people/unknown-numbers.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import {
  adviceOf,
  applyAdvisorAnswer,
  applyCustomerChoice,
  fitsAdvice,
  isAskingAdvisor,
  undoRequest,
} from './conversation-request.ts';
import { decideOrderClosed, decideOrderVoided, orderClosing } from './decide.ts';
import {
  blankRepairOptions,
  type RepairOptions,
  repairOptionsSchema,
  repairOptionsTraits,
  undoKeeps,
} from './task.ts';

const choices: readonly Choice[] = [
  shared.accept,
  {
    name: 'good-time',
    label: 'Good time for Sales to talk',
    next: 'A salesperson hears about it now and talks to you first. This sheet stays with you.',
    ...advises,
  },
  {
    name: 'not-a-good-time',
    label: 'Not now for Sales',
    next: 'Sales hears nothing about this repair order. This sheet stays with you.',
    ...advises,
  },
  {
    name: 'never-for-this-customer',
    label: 'Never for this customer',
    next: 'Sales never hears about this customer, now or later, until an advisor takes it back.',
    ...advises,
    remembers: 'advisor said no',
  },
  {
    name: 'open-to-looking',
    label: 'Open to looking',
    next: 'A salesperson hears about it now and talks to you first. This sheet is closed.',
    ...ends,
  },
  {
    name: 'repair-it',
    label: 'Repairing it',
    next: 'The customer chose the repair: a good outcome. This sheet is closed.',
    ...ends,
    remembers: 'contacted',
  },
  {
    name: 'not-now',
    label: 'Customer will decide later',
    next: 'Nothing is decided yet. This sheet is closed.',
    ...ends,
    remembers: 'contacted',
  },
  {
    name: 'may-be-asked',
    label: 'Sales may hear of this customer again',
    next: 'Takes back “never for this customer”. It counts from the next quote.',
    ...advises,
    forgets: 'advisor said no',
  },
  ...aboutTheTask,
];

/** Service: repair compared with replacement, for the customer to decide with their advisor. */
export const repairOptions = defineKind<RepairOptions>(repairOptionsSchema, repairOptionsTraits, {
  choices,
  customerFactOf: ({ facts }) => facts.quote,
  withCustomer: (task, customer) => {
    const { quote } = task.facts;
    return quote ? { ...task, facts: { ...task.facts, quote: { ...quote, customer } } } : task;
  },
  vehicleOf: ({ facts }) => facts.quote?.vehicle,
  sendersOf: () => [],
  routeOn: (task, not, context) =>
    routeToService(task.facts.quote?.customer ?? { customerNumber: task.taskId }, { not }, context),
  fits: (task, choice) => choice.does !== 'advise' || fitsAdvice(task, choice.name),
  isAsking: isAskingAdvisor,
  chosen: ({ task, choice, context }) => {
    const answer = adviceOf(choice.name);
    return answer === undefined ? task : applyAdvisorAnswer(task, answer, context.now);
  },
  ended: ({ task, choice, context }) => applyCustomerChoice(task, choice.name, context.now),
  undoKeeps: ({ advisorSays, toldSales }) => ({
    ...(advisorSays === undefined ? {} : { advisorSays }),
    ...(toldSales === undefined ? {} : { toldSales }),
  }),
  undoRules: {
    advise: {
      canUndo: (task, { choice }) => isOpen(task) && task.advisorSays === adviceOf(choice),
      undo: (task, undo, { now }) => {
        const open = undo.state === 'open' && task.state === 'accepted' ? unaccept(task, undo) : task;
        return retract(open, undo, now);
      },
      onBus: true,
    },
  },
  reopened,
  eventDetail: ({ subject, use }, { detailType, about }) => {
    if (detailType === 'upgrade-conversation-due') {
      return { ...subject, use, askedBy: about?.code === 'asked-by' ? about.askedBy : 'assessment' };
    }
    return detailType === 'customer-answered' ? { ...subject, use, ...statementIn(about) } : undefined;
  },
  eventNumbers: ({ subject }) => subject,
  staffNamed: ({ facts: { quote } }) => [
    ...named('service advisor', quote?.serviceAdvisorNumber),
    ...named('salesperson', quote?.salespersonNumber),
  ],
  follow,
});

/** Withdraws the nudge to Sales and restores the advisor's previous answer. */
function retract(task: RepairOptions, { choice, before }: Undoable, now: string): RepairOptions {
  const kept = undoKeeps.parse(before.own ?? {});
  const notified = { ...task, toldSales: task.toldSales || kept.toldSales };
  return {
    ...undoRequest(notified, choice, now),
    advisorSays: kept.advisorSays,
    toldSales: kept.toldSales,
  };
}

function reopened(task: RepairOptions, undo: Undoable, context: Context): RepairOptions {
  const back = retract(task, undo, context.now);
  // The car has left in the meantime, so there is nothing left to discuss with the customer.
  return back.facts.closed ? draft(back, repairOptionsTraits, context).end(orderClosing).task : back;
}

function follow(fact: DmsFact): Follow<RepairOptions> | undefined {
  const blankOf = (roNumber: string) => (now: string, use: number) =>
    blankRepairOptions(fact.storeId, roNumber, now, use);
  switch (fact.detailType) {
    case 'service-visit-completed':
      return {
        blank: blankOf(fact.detail.roNumber),
        concerns: { ...usedBy(fact.detail), occurredAt: fact.detail.occurredAt },
        decide: (task, context) => decideOrderClosed(task, fact.detail, context),
      };
    case 'repair-order-voided':
      return {
        blank: blankOf(fact.detail.roNumber),
        concerns: { occurredAt: fact.detail.occurredAt },
        decide: (task, context) => decideOrderVoided(task, fact.detail, context),
      };
    default:
      return undefined;
  }
}
