import { type Received, versionOf } from '../../contracts/fact-version.ts';
import type { RepairOrderNoLongerOpen } from '../../contracts/repair-order-no-longer-open.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import {
  aboutTheTask,
  advises,
  asksOthers,
  type Choice,
  decides,
  ends,
  shared,
} from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import type { DmsFact, Follow } from '../../handoff/dms-fact.ts';
import { draft } from '../../handoff/draft.ts';
import { type Chosen, defineKind, type Undoable } from '../../handoff/kind.ts';
import { usedBy } from '../../handoff/number-reuse.ts';
import type { EventEntry } from '../../handoff/outbox-entry.ts';
import { statementIn } from '../../handoff/statement.ts';
import { isOpen } from '../../handoff/task.ts';
import { taskIdOf } from '../../handoff/traits.ts';
import { unaccept } from '../../handoff/undo.ts';
import { named } from '../../people/unknown-numbers.ts';
import { occasionOf, withCustomerOfOccasion } from '../../readiness/occasion.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import {
  ASK,
  askDesk,
  askDeskAgain,
  canTakeRequestBack,
  mayAsk,
  requestDetail,
  withdrawAppraisal,
} from './appraisal.ts';
import {
  adviceOf,
  applyAdvisorAnswer,
  applyCustomerChoice,
  applyManagerAnswer,
  askerOf,
  fitsAdvice,
  isAskingAdvisor,
  isForManager,
  LEAVE_IT,
  restoreRequest,
  TELL_SALES,
} from './conversation-request.ts';
import {
  decideOrderClosed,
  decideOrderVoided,
  type OrderClosing,
  orderClosing,
  tickRepairOptions,
} from './decide.ts';
import { assessmentFacts } from './facts.ts';
import { tickSettling } from './line-by-line.ts';
import {
  blankRepairOptions,
  hasSheet,
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
    next: 'A salesperson hears about it now and comes to you first. This sheet stays with you.',
    ...advises,
  },
  {
    name: 'not-a-good-time',
    label: 'Not now for Sales',
    next: 'Sales leaves this repair order alone. This sheet stays with you.',
    ...advises,
  },
  {
    name: 'never-for-this-customer',
    label: 'Never for this customer',
    next: 'Sales leaves this customer alone, now and later, until an advisor takes it back.',
    ...advises,
    remembers: 'advisor said no',
  },
  {
    name: ASK,
    label: 'Ask the used-car desk for a number',
    next: 'The used-car manager gets it now. The number comes into this sheet, which stays with you.',
    ...asksOthers,
  },
  {
    name: 'open-to-looking',
    label: 'Open to looking',
    next: 'A salesperson hears about it now and comes to you first. This sheet is closed.',
    ...ends,
  },
  {
    name: 'repair-it',
    label: 'Repairing it',
    next: 'A good outcome: Sales has nothing more to do. This sheet is closed.',
    ...ends,
    remembers: 'contacted',
  },
  {
    name: 'not-now',
    label: 'Customer will decide later',
    next: 'Nothing is decided yet. Sales, where it was told, hears that. This sheet is closed.',
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
  {
    name: TELL_SALES,
    label: 'Tell Sales',
    next: 'A salesperson hears about it now and talks to the advisor first.',
    ...decides,
  },
  {
    name: LEAVE_IT,
    label: 'Leave it',
    next: 'Sales hears nothing about this repair order.',
    ...decides,
  },
  ...aboutTheTask,
];

/** Service: repair compared with replacement, for the customer to decide with their advisor. */
export const repairOptions = defineKind<RepairOptions>(repairOptionsSchema, repairOptionsTraits, {
  choices,
  customerFactOf: (task) => task.facts.quote ?? task.settling?.quote ?? task.facts.visit,
  withCustomer: (task, customer) => ({ ...task, facts: withCustomerOfOccasion(task.facts, customer) }),
  vehicleOf: (task) => (task.facts.quote ?? task.settling?.quote ?? task.facts.visit)?.vehicle,
  sendersOf: () => [],
  routeOn: (task, not, context) =>
    routeToService(occasionOf(task.facts)?.customer ?? { customerNumber: task.taskId }, { not }, context),
  fits: (task, { does, name }) => {
    if (!hasSheet(task) && ofTheSheet.has(name)) return false;
    if (does === 'decide') return isForManager(task);
    if (does === 'ask') return mayAsk(task);
    return does !== 'advise' || fitsAdvice(task, name);
  },
  isAsking: (task) => isAskingAdvisor(task) || isForManager(task),
  tick: (task, context) => tickSettling(tickRepairOptions(task, context), context),
  chosen,
  ended: ({ task, choice, context: { now } }) => {
    const chosen = applyCustomerChoice(task, choice.name, now);
    return choice.name === 'repair-it' ? withdrawAppraisal(chosen, 'repair chosen', now) : chosen;
  },
  undoKeeps: (task) => ({
    advisorSays: task.advisorSays,
    managerSays: task.managerSays,
    salesAskedBy: askerOf(task),
    appraisal: task.appraisal,
  }),
  undoRules: {
    advise: {
      canUndo: (task, { choice }) => isOpen(task) && task.advisorSays === adviceOf(choice),
      undo: (task, undo, { now }) => {
        return retract(unacceptIfOpen(task, undo), undo, now);
      },
      onBus: true,
    },
    ask: {
      canUndo: canTakeRequestBack,
      undo: (task, undo, { now }) => withdrawAppraisal(unacceptIfOpen(task, undo), 'taken back', now),
      onBus: true,
    },
    decide: {
      canUndo: (task, { by }) => task.managerSays?.by === by,
      undo: (task, undo, { now }) => retract(task, undo, now),
    },
  },
  silenceOf: ({ advisorSilent }) => advisorSilent,
  relatedId: (task) =>
    askerOf(task) === undefined
      ? undefined
      : taskIdOf('upgrade-conversation', task.storeId, [task.subject.roNumber], task.use),
  reopened,
  eventDetail: (task, entry) => {
    const { subject, use } = task;
    const { detailType, about } = entry;
    if (detailType === 'repair-quote-settled') return { ...subject, use };
    if (detailType === 'appraisal-requested') return requestDetail(task, entry);
    if (detailType === 'upgrade-conversation-due') {
      return { ...subject, use, ...askedIn(about) };
    }
    return detailType === 'customer-answered' ? { ...subject, use, ...statementIn(about) } : undefined;
  },
  eventNumbers: ({ subject }) => subject,
  facts: assessmentFacts,
  staffNamed: ({ facts }) => [
    ...named('service advisor', occasionOf(facts)?.serviceAdvisorNumber),
    ...named('salesperson', occasionOf(facts)?.salespersonNumber),
  ],
  follow,
});

function askedIn(about: EventEntry['about']): Pick<UpgradeConversationDue, 'decides'> & { askedBy: string } {
  if (about?.code !== 'asked-by') return { askedBy: 'assessment' };
  const { askedBy, decides } = about;
  return { askedBy, ...(decides === undefined ? {} : { decides }) };
}

/** Choices about a repair; a visit that nothing is quoted of has none to decide on. */
const ofTheSheet: ReadonlySet<string> = new Set([ASK, 'repair-it', 'not-now']);

const unacceptIfOpen = (task: RepairOptions, undo: Undoable): RepairOptions =>
  undo.state === 'open' && task.state === 'accepted' ? unaccept(task, undo) : task;

function chosen({ task, choice, by, context }: Chosen<RepairOptions>): RepairOptions {
  if (choice.does === 'ask') return askDesk(task, by, context.now);
  if (choice.does === 'decide') return applyManagerAnswer(task, choice.name, by, context.now);
  const answer = adviceOf(choice.name);
  return answer === undefined ? task : applyAdvisorAnswer(task, answer, context.now);
}

/** Restores what was answered before the choice. A head start that is over by now is acted on by the next sweep. */
function retract(task: RepairOptions, { before, choice }: Undoable, now: string): RepairOptions {
  const kept = undoKeeps.parse(before.own ?? {});
  return restoreRequest(task, { kept, choice, headStart: before.deadlines['head-start'] }, now);
}

function reopened(task: RepairOptions, undo: Undoable, context: Context): RepairOptions {
  const { appraisal } = undoKeeps.parse(undo.before.own ?? {});
  const back = askDeskAgain(retract(task, undo, context.now), appraisal, context.now);
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
    case 'repair-order-no-longer-open':
      return {
        blank: blankOf(fact.detail.roNumber),
        concerns: { occurredAt: fact.detail.occurredAt },
        decide: (task, context) => decideOrderClosed(task, closingOf(fact.detail), context),
      };
    default:
      return undefined;
  }
}

/** A contract lets through what it does not know: only the number and the version of it count here. */
const closingOf = (fact: Received<RepairOrderNoLongerOpen>): OrderClosing => ({
  ...versionOf(fact),
  roNumber: fact.roNumber,
});
