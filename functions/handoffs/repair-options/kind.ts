import { type Received, versionOf } from '../../contracts/fact-version.ts';
import type { RepairOrderNoLongerOpen } from '../../contracts/repair-order-no-longer-open.ts';
import type { UpgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
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
import { decideAppointmentChanged, tickVisitOver } from './appointment.ts';
import {
  askDesk,
  askDeskAgain,
  canTakeRequestBack,
  mayAsk,
  requestDetail,
  withdrawAppraisal,
} from './appraisal.ts';
import { choices, fitsStage } from './choices.ts';
import {
  adviceOf,
  applyAdvisorAnswer,
  applyCustomerChoice,
  applyManagerAnswer,
  askerOf,
  fitsAdvice,
  isAskingAdvisor,
  isForManager,
  restoreRequest,
} from './conversation-request.ts';
import {
  decideOrderClosed,
  decideOrderVoided,
  type OrderClosing,
  orderClosing,
  tickRepairOptions,
} from './decide.ts';
import { assessmentFacts } from './facts.ts';
import { isClosed, tickSettling } from './line-by-line.ts';
import {
  blankAppointment,
  blankRepairOptions,
  isAhead,
  type RepairOptions,
  repairOptionsSchema,
  repairOptionsTraits,
  undoKeeps,
} from './task.ts';

/** Service: repair compared with replacement, for the customer to decide with their advisor. */
export const repairOptions = defineKind<RepairOptions>(repairOptionsSchema, repairOptionsTraits, {
  choices,
  customerFactOf: lastToldOf,
  withCustomer: (task, customer) => ({ ...task, facts: withCustomerOfOccasion(task.facts, customer) }),
  vehicleOf: (task) => lastToldOf(task)?.vehicle,
  sendersOf: () => [],
  routeOn: (task, not, context) =>
    routeToService(occasionOf(task.facts)?.customer ?? { customerNumber: task.taskId }, { not }, context),
  fits: (task, { does, name }) => {
    if (!fitsStage(task, name)) return false;
    if (does === 'decide') return isForManager(task);
    if (does === 'ask') return mayAsk(task);
    return does !== 'advise' || fitsAdvice(task, name);
  },
  isAsking: (task) => isAskingAdvisor(task) || isForManager(task),
  tick: (task, context) => tickVisitOver(tickSettling(tickRepairOptions(task, context), context), context),
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
    askerOf(task) === undefined || !('roNumber' in task.subject)
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
  eventNumbers: ({ subject }) => ('roNumber' in subject ? subject : {}),
  facts: assessmentFacts,
  staffNamed: ({ facts }) => [
    ...named('service advisor', occasionOf(facts)?.serviceAdvisorNumber),
    ...named('salesperson', occasionOf(facts)?.salespersonNumber),
  ],
  follow,
});

/** The latest fact that names the customer: a quote, even if it is kept back, the visit, or the expected visit. */
function lastToldOf({ facts, settling }: RepairOptions) {
  return facts.quote ?? settling?.quote ?? facts.visit ?? facts.appointment;
}

function askedIn(about: EventEntry['about']): Pick<UpgradeConversationDue, 'decides'> & { askedBy: string } {
  if (about?.code !== 'asked-by') return { askedBy: 'assessment' };
  const { askedBy, decides } = about;
  return { askedBy, ...(decides === undefined ? {} : { decides }) };
}

const unacceptIfOpen = (task: RepairOptions, undo: Undoable): RepairOptions =>
  undo.state === 'open' && task.state === 'accepted' ? unaccept(task, undo) : task;

function chosen({ task, choice, by, context }: Chosen<RepairOptions>): RepairOptions {
  if (choice.does === 'ask') return askDesk(task, by, context.now);
  if (choice.does === 'decide') return applyManagerAnswer(task, choice.name, by, context.now);
  const answer = adviceOf(choice.name);
  if (answer === undefined) return task;
  // There is no order yet to notify Sales about; the order will take over the answer.
  return isAhead(task) ? { ...task, advisorSays: answer } : applyAdvisorAnswer(task, answer, context.now);
}

/** Restores the answers from before the choice. If the head start has ended meanwhile, the next sweep acts on that. */
function retract(task: RepairOptions, { before, choice }: Undoable, now: string): RepairOptions {
  const kept = undoKeeps.parse(before.own ?? {});
  return restoreRequest(task, { kept, choice, headStart: before.deadlines['head-start'] }, now);
}

function reopened(task: RepairOptions, undo: Undoable, context: Context): RepairOptions {
  const { appraisal } = undoKeeps.parse(undo.before.own ?? {});
  const back = askDeskAgain(retract(task, undo, context.now), appraisal, context.now);
  // The car has left in the meantime, so there is nothing left to discuss with the customer.
  return isClosed(back) ? draft(back, repairOptionsTraits, context).end(orderClosing).task : back;
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
    case 'service-appointment-changed':
      return {
        blank: (now) => blankAppointment(fact.storeId, fact.detail.appointmentNumber, now),
        decide: (task, context) => decideAppointmentChanged(task, fact.detail, context),
      };
    default:
      return undefined;
  }
}

/** A contract passes unknown fields on; only the order's number and the version of its closing count here. */
const closingOf = (fact: Received<RepairOrderNoLongerOpen>): OrderClosing => ({
  ...versionOf(fact),
  roNumber: fact.roNumber,
});
