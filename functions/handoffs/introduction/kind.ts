import type { ReportedAppointment } from '../../contracts/reported-appointment.ts';
import { numberOf } from '../../customers/deal.ts';
import {
  aboutCustomerEmail,
  aboutTheTask,
  type Choice,
  ends,
  progresses,
  shared,
} from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import { addressOf } from '../../handoff/customer-address.ts';
import type { DmsFact, Follow } from '../../handoff/dms-fact.ts';
import { draft } from '../../handoff/draft.ts';
import { type Chosen, defineKind, type Undoable } from '../../handoff/kind.ts';
import type { Task } from '../../handoff/task.ts';
import { clearDeadlines } from '../../handoff/task-changes.ts';
import { unaccept } from '../../handoff/undo.ts';
import { named } from '../../people/unknown-numbers.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import {
  letterInWaiting,
  restoreContact,
  withdrawLetter,
  writeFromAssignee,
  writeFromManager,
} from './customer-letters.ts';
import { decideUnwound } from './decide.ts';
import { introductionFacts } from './facts.ts';
import { appointmentDetail, bookedByStaff, bookFirstVisit, decideFirstVisit } from './first-visit.ts';
import { meetingOf, saysMet } from './met.ts';
import { planFirstService } from './plan-first-service.ts';
import { sellerNumbers, sellersOf } from './sellers.ts';
import { restoreSignature, signOver, unsign, walkOverUnsigned } from './signatures.ts';
import { startForm } from './start-form.ts';
import {
  blankIntroduction,
  introductionSchema,
  introductionTraits,
  type ServiceIntroduction,
  signedAs,
  walkersAsked,
  walkersOf,
} from './task.ts';
import { tickIntroduction } from './tick.ts';

const WALKED_OVER = 'walked-over';
const MET_SOMEBODY_ELSE = 'met-somebody-else';
const FIRST_VISIT_BOOKED = 'first-visit-booked';

const choices: readonly Choice[] = [
  shared.accept,
  {
    name: 'introduced-in-person',
    label: 'Introduced in person',
    next: 'You sign that you met the customer. This handoff is done.',
    ...ends,
    isLikely: true,
  },
  {
    name: 'introduced-by-video',
    label: 'Introduced by video',
    next: 'You sign that you met the customer by video. This handoff is done.',
    ...ends,
  },
  {
    name: 'introduced-by-phone',
    label: 'Introduced by phone',
    next: 'You sign that you spoke with the customer. This handoff is done.',
    ...ends,
  },
  {
    name: 'not-yet',
    label: 'Not introduced yet',
    next: 'It stays with you, and still has to be signed.',
    ...progresses,
  },
  {
    name: WALKED_OVER,
    label: 'Walked over',
    next: 'You sign that you brought the customer to Service. Service signs, too.',
    from: ['open', 'accepted', 'completed'],
    who: 'sender',
    does: 'sign over',
    isLikely: true,
  },
  {
    name: MET_SOMEBODY_ELSE,
    label: 'They met somebody else',
    next: 'It goes to whoever the customer met, who signs. The advisor who had it is told.',
    from: ['open', 'accepted'],
    who: 'sender',
    does: 'met instead',
    asks: 'colleague',
  },
  {
    name: FIRST_VISIT_BOOKED,
    label: 'First visit booked for',
    next: 'The customer gets a confirmation, and Sales is asked to be there. The introduction still has to be signed.',
    from: ['open', 'accepted', 'completed'],
    who: 'both',
    does: 'book',
    asks: 'startsAt',
  },
  {
    name: 'customer-declined',
    label: 'Customer doesn’t want it',
    next: 'This handoff is closed. Nobody asks the customer again.',
    ...ends,
  },
  shared.startedByMistake,
  ...aboutCustomerEmail,
  ...aboutTheTask,
];

const signatures: ReadonlySet<string> = new Set(signedAs);

/** Sold → Service. */
export const introduction = defineKind<ServiceIntroduction>(introductionSchema, introductionTraits, {
  choices,
  customerFactOf: ({ facts }) => facts.sold,
  withCustomer: (task, customer) => {
    const { sold } = task.facts;
    return sold ? { ...task, facts: { ...task.facts, sold: { ...sold, customer } } } : task;
  },
  vehicleOf: ({ facts }) => facts.sold?.vehicle,
  sendersOf: walkersAsked,
  unsignedBy: walkOverUnsigned,
  routeOn: (task, not, context) =>
    routeToService(
      task.facts.sold?.customer ?? { customerNumber: task.taskId },
      { partnerOf: sellersOf(task, context.employed)[0]?.employeeNumber, not },
      context,
    ),
  tick: tickIntroduction,
  accepted: tellOfAcceptance,
  escalated: writeFromManager,
  ended: endedBy,
  reopened: (task, _undo, context) => draft(task, introductionTraits, context).also(planFirstService).task,
  moved: withdrawLetter,
  fits: ({ walkedOver, started }, choice) =>
    choice === shared.startedByMistake
      ? started !== undefined
      : choice.does !== 'sign over' || walkedOver === undefined,
  chosen: (chosen) => (chosen.choice.does === 'book' ? booked(chosen) : signOver(chosen)),
  undoRules: {
    book: { canUndo: stillBooked, undo: unbook, onBus: true },
    'sign over': { canUndo: ({ walkedOver }, { before }) => walkedOver?.at === before.at, undo: unsign },
  },
  meeting: meetingOf,
  saysMet,
  undoKeeps: ({ contact, walkedOver }) => ({ contact, walkedOver }),
  undone,
  messageToCustomer: letterInWaiting,
  eventDetail: (task, entry) => {
    const { detailType, owedAt } = entry;
    const storeId = task.facts.sold?.storeId ?? task.storeId;
    if (detailType === 'customer-bought' || detailType === 'vehicle-owner-changed')
      return { storeId, dealNumber: task.subject.dealNumber, use: task.use };
    if (isOfAppointment(detailType)) return appointmentDetail(task, entry);
    return detailType === 'first-service-due' ? firstServiceDetail(task, owedAt) : undefined;
  },
  eventNumbers: ({ subject }) => subject,
  facts: introductionFacts,
  staffNamed: (task) => [
    ...sellerNumbers(task).flatMap((number) => named('salesperson', number)),
    ...named('service advisor', task.facts.sold?.serviceAdvisorNumber),
  ],
  follow,
  startForm,
});

/** If the sale was started by mistake, no first service is planned. */
function endedBy({ task, choice, context }: Chosen<ServiceIntroduction>): ServiceIntroduction {
  if (choice === shared.startedByMistake) return clearDeadlines(task);
  return signatures.has(choice.name) ? writeFromAssignee(task, context) : task;
}

/** The customer gets the letter at once, the salesperson a line in their next list. */
function tellOfAcceptance(task: ServiceIntroduction, context: Context): ServiceIntroduction {
  const written = writeFromAssignee(task, context);
  return draft(written, introductionTraits, context).emailEach(walkersAsked(task), {
    message: 'introduction-accepted',
    again: true,
  }).task;
}

function undone(task: ServiceIntroduction, undo: Undoable): ServiceIntroduction {
  const { choice, by } = undo;
  const isBooking = choice === FIRST_VISIT_BOOKED && by !== task.assignee?.employeeNumber;
  if (isBooking || choice === WALKED_OVER || choice === shared.customerEmail.name) return task;
  return restoreContact(choice === MET_SOMEBODY_ELSE ? restoreSignature(task, undo) : task, undo);
}

/** The detail of the `first-service-due` that the sale raises itself. */
function firstServiceDetail(task: ServiceIntroduction, now: string): object | undefined {
  const { sold } = task.facts;
  if (!sold || !task.firstService) return undefined;
  const advisor = numberOf(task, task.assignee?.employeeNumber, task.storeId) ?? sold.serviceAdvisorNumber;
  // For a house deal, the manager who was asked to walk the customer over.
  const seller = task.soldBy ?? (sold.salespeople.length === 0 ? walkersOf(task)[0] : undefined);
  return {
    storeId: sold.storeId,
    ...(task.soldAt === undefined ? {} : { serviceAt: task.storeId }),
    occurredAt: now,
    customer: { ...sold.customer, email: addressOf(task, sold.customer) },
    vehicle: sold.vehicle,
    ...task.firstService,
    dealNumber: sold.dealNumber,
    followsSale: { occurredAt: sold.occurredAt, revision: sold.revision },
    salespersonNumber: numberOf(task, seller, sold.storeId) ?? sold.salespeople[0]?.employeeNumber,
    ...(advisor === undefined ? {} : { serviceAdvisorNumber: advisor }),
    ...(isKnownByLetter(task) ? {} : { knowsAdvisor: false }),
    ...(sold.promises ? { promises: sold.promises } : {}),
    ...(sold.prepaid ? { prepaid: sold.prepaid } : {}),
  };
}

/** The letter to the customer, and everything that follows from it, names only the person who accepted or signed. */
const isKnownByLetter = ({ assignee, contact }: ServiceIntroduction): boolean =>
  contact !== undefined && contact === assignee?.employeeNumber;

const isOfAppointment = (detailType: string) =>
  detailType === 'service-appointment-booked' || detailType === 'service-appointment-cancelled';

/** If the assignee books the visit, that also accepts the handoff. */
function booked({ task, value, by, context }: Chosen<ServiceIntroduction>): ServiceIntroduction {
  const isTheirs = task.state === 'open' && task.assignee?.employeeNumber === by;
  const accepted = isTheirs
    ? tellOfAcceptance(draft(task, introductionTraits, context).accept(by).task, context)
    : task;
  return value === undefined ? accepted : bookFirstVisit(accepted, value, context);
}

function stillBooked(task: ServiceIntroduction, { before }: Undoable): boolean {
  const said = bookedByStaff(task);
  return said?.status === 'booked' && said.occurredAt === before.at;
}

/** Undoes the acceptance as well, but only for the assignee's own booking. */
function unbook(task: ServiceIntroduction, undo: Undoable, context: Context): Task {
  const free = bookFirstVisit(task, undefined, context);
  return undo.by === task.assignee?.employeeNumber && task.state === 'accepted' ? unaccept(free, undo) : free;
}

function follow(fact: DmsFact): Follow<ServiceIntroduction> | undefined {
  if (fact.detailType === 'service-appointment-booked' || fact.detailType === 'service-appointment-cancelled')
    return followAppointment(fact);
  if (fact.detailType !== 'deal-unwound') return undefined;
  const { storeId, detail } = fact;
  return {
    blank: (now, use) => blankIntroduction(storeId, detail.dealNumber, now, use),
    concerns: { customerNumber: detail.customerNumber, vin: detail.vin, occurredAt: detail.occurredAt },
    decide: (task, context) => decideUnwound(task, detail, context),
  };
}

/** Found through the sale of the car, because an appointment does not name its deal. */
function followAppointment(
  fact: Extract<DmsFact, ReportedAppointment>,
): Follow<ServiceIntroduction> | undefined {
  const { storeId, sale } = fact;
  if (!sale) return undefined;
  return {
    blank: (now, use) => blankIntroduction(storeId, sale.dealNumber, now, use),
    concerns: { ...sale, occurredAt: fact.detail.occurredAt },
    decide: (task, context) => decideFirstVisit(task, fact, context),
  };
}
