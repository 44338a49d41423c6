import {
  aboutCustomerEmail,
  aboutTheTask,
  type Choice,
  ends,
  fromOpenOrSnoozed,
  shared,
} from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import { limitDeadlines } from '../../handoff/deadlines.ts';
import type { DmsFact, Follow } from '../../handoff/dms-fact.ts';
import { draft } from '../../handoff/draft.ts';
import { type Chosen, defineKind, type Undoable } from '../../handoff/kind.ts';
import { move } from '../../handoff/lifecycle.ts';
import { requeue } from '../../handoff/outbox.ts';
import { staffIn } from '../../handoff/outbox-entry.ts';
import { emailsOf } from '../../handoff/queue.ts';
import { isOpen, type Task } from '../../handoff/task.ts';
import { restoreDeadlines, returnTo, unsnooze as undoSnooze } from '../../handoff/undo.ts';
import { named } from '../../people/unknown-numbers.ts';
import { appointmentFacts } from '../any-kind/appointment-facts.ts';
import { BOOKED_BY_STAFF, bookingByStaff } from '../any-kind/appointments.ts';
import { routeToService } from '../any-kind/route-to-service.ts';
import { notifyOfEarlierNews, unsnooze } from './appointment-news.ts';
import { decideAppointment, decideReported } from './appointments.ts';
import { decideVisited, tickFirstService } from './decide.ts';
import { planFollowUp } from './follow-up.ts';
import { decideSaleUnwound, decideVisitVoided } from './reversals.ts';
import { staleReason } from './stale-letters.ts';
import { blankFirstService, type FirstServiceVisit, firstServiceSchema, firstServiceTraits } from './task.ts';
import { askForTime, customerVisit } from './time-wanted.ts';
import { sellerNamed, visitMessage } from './visit.ts';

const choices: readonly Choice[] = [
  shared.accept,
  {
    name: 'visit-booked',
    label: 'First visit booked',
    next: 'The salesperson hears about the visit. It stays with you until the customer has come.',
    from: fromOpenOrSnoozed,
    who: 'named',
    does: 'book',
    asks: 'startsAt',
    isLikely: true,
  },
  {
    name: 'customer-declined',
    label: 'Customer doesn’t want it',
    next: 'This handoff is closed. Nobody asks the customer again.',
    ...ends,
  },
  ...aboutCustomerEmail,
  shared.snooze,
  ...aboutTheTask,
];

/** The customer comes back for the first service. */
export const firstService = defineKind<FirstServiceVisit>(firstServiceSchema, firstServiceTraits, {
  choices,
  customerFactOf: ({ facts }) => facts.due,
  withCustomer: (task, customer) => {
    const { due } = task.facts;
    return due ? { ...task, facts: { ...task.facts, due: { ...due, customer } } } : task;
  },
  vehicleOf: ({ facts }) => facts.due?.vehicle,
  sendersOf: (task) => emailsOf(task, 'be-there').flatMap(({ to }) => staffIn(to)),
  routeOn: (task, not, context) =>
    routeToService(task.facts.due?.customer ?? { customerNumber: task.taskId }, { not }, context),
  staffNamed: ({ storeId, facts: { due } }) => [
    ...named('salesperson', due && sellerNamed(due, storeId)),
    ...named('service advisor', due?.serviceAdvisorNumber),
  ],
  tick: tickFirstService,
  chosen: booked,
  messageToCustomer: (task, { now }) => visitMessage(task, now),
  reopened: (task, _undo, context) =>
    draft(task, firstServiceTraits, context).also(notifyOfEarlierNews).also(planFollowUp).task,
  customerVisit,
  askForTime,
  staleReason,
  undoRules: {
    book: { canUndo: stillBooked, undo: unbook },
    snooze: {
      canUndo: ({ state }) => state === 'waiting',
      undo: (task, undo, context) =>
        draft(undoSnooze(task, undo), firstServiceTraits, context).also(planFollowUp).task,
    },
  },
  facts: ({ facts, ended }) => [
    ...dueFacts(facts),
    ...appointmentFacts(facts.appointments),
    ...(ended?.outcome === 'visited'
      ? [{ outcome: { what: 'showed', at: ended.at, on: cameOn(facts) ?? ended.at.slice(0, 10) } as const }]
      : []),
  ],
  follow,
  listedAs: 'call list',
});

/** Each version of its due date; the latest counts. */
const dueFacts = ({ due }: FirstServiceVisit['facts']) =>
  due === undefined
    ? []
    : [
        {
          outcome: { what: 'fell due', at: due.occurredAt, on: due.dueOn } as const,
          key: due.occurredAt + due.dueOn,
        },
      ];

/** The day of the latest closed order. */
const cameOn = ({ visits = [], visited }: FirstServiceVisit['facts']): string | undefined =>
  visits
    .map(({ closedOn }) => closedOn)
    .toSorted()
    .at(-1) ?? visited?.closedOn;

function booked({ task: before, value, by, context }: Chosen<FirstServiceVisit>): FirstServiceVisit {
  const awake = draft(before, firstServiceTraits, context).also(unsnooze);
  const { task } = awake.when(awake.task.state === 'open', (draft) => draft.accept(by));
  if (value === undefined) return task;
  return decideAppointment(task, bookingByStaff(value, context.now), context, by).task;
}

function stillBooked(task: FirstServiceVisit, { before }: Undoable): boolean {
  const ours = task.facts.appointments.find(
    (appointment) => appointment.appointmentNumber === BOOKED_BY_STAFF,
  );
  return isOpen(task) && ours?.status === 'booked' && ours.occurredAt === before.at;
}

function unbook(before: FirstServiceVisit, undo: Undoable, context: Context): Task {
  const update = bookingByStaff(undefined, context.now);
  const outbox = before.outbox.map((entry) =>
    entry.reason?.code === 'woken-early' ? requeue(entry) : entry,
  );
  const { task } = decideAppointment({ ...before, outbox }, update, context);
  const back = undo.state === 'open' && task.state === 'accepted' ? move(task, 'undo of acceptance') : task;
  return restoreDeadlines(returnTo(back, undo.state), undo, [...limitDeadlines, 'release']);
}

function follow(fact: DmsFact): Follow<FirstServiceVisit> | undefined {
  const { storeId, vin, customerNumber } = fact;
  if (vin === undefined || customerNumber === undefined) return undefined;
  const blank = (now: string) => blankFirstService(storeId, { vin, customerNumber }, now);
  switch (fact.detailType) {
    case 'service-appointment-booked':
    case 'service-appointment-cancelled':
      return { blank, decide: (task, context) => decideReported(task, fact, context) };
    case 'service-visit-completed':
    case 'service-visit-elsewhere':
      return { blank, decide: (task, context) => decideVisited(task, fact.detail, context) };
    case 'repair-order-voided':
    case 'repair-order-voided-elsewhere':
      return { blank, decide: (task, context) => decideVisitVoided(task, fact.detail, context) };
    case 'deal-unwound':
      return { blank, decide: (task, context) => decideSaleUnwound(task, fact.detail, context) };
    default:
      return undefined;
  }
}
