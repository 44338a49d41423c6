import {
  aboutCustomerEmail,
  aboutTheTask,
  type Choice,
  ends,
  isMistake,
  progresses,
  shared,
} from '../../handoff/choices.ts';
import type { Context } from '../../handoff/context.ts';
import type { DmsFact, Follow } from '../../handoff/dms-fact.ts';
import { draft } from '../../handoff/draft.ts';
import { type Chosen, defineKind, type Undoable } from '../../handoff/kind.ts';
import { isEmail, lapse, sameRecipient } from '../../handoff/outbox.ts';
import type { EventEntry } from '../../handoff/outbox-entry.ts';
import { setDeadline } from '../../handoff/task-changes.ts';
import { named } from '../../people/unknown-numbers.ts';
import { decideClosed, decideOrderVoided } from './closed-order.ts';
import { advisorFor, tickRepair, writeToCustomer } from './decide.ts';
import { reportToSales } from './report-to-sales.ts';
import { startForm } from './start-form.ts';
import {
  blankRepair,
  lettersOf,
  type RepairInstead,
  type RepairNews,
  repairInsteadSchema,
  repairInsteadTraits,
  senderOf,
  undoKeeps,
} from './task.ts';

const choices: readonly Choice[] = [
  shared.accept,
  {
    name: 'quote-by',
    label: 'Promised a price by',
    next: 'You are reminded then if there is none, and Sales hears when. It stays with you.',
    ...progresses,
    asks: 'startsAt',
    isLikely: true,
  },
  {
    name: 'quoted',
    label: 'Price given',
    next: 'Sales hears that the customer has a price. It stays with you.',
    ...progresses,
    asks: 'amount',
    isLikely: true,
  },
  {
    name: 'fixed',
    label: 'Fixed',
    next: 'Sales hears what was done, with thanks. This handoff is done.',
    ...ends,
    asks: 'work',
    isLikely: true,
  },
  {
    name: 'declined',
    label: 'Customer declined',
    next: 'Sales hears why, with thanks. This handoff is done.',
    ...ends,
    asks: 'reason',
    isLikely: true,
  },
  {
    name: 'not-worth-it',
    label: 'Not worth fixing',
    next: 'The customer goes back to the salesperson now, with thanks. This handoff is done.',
    ...ends,
    asks: 'reason',
    isLikely: true,
  },
  shared.snooze,
  shared.startedByMistake,
  ...aboutCustomerEmail,
  ...aboutTheTask,
];

/** Sales → Service: repair instead of replace. */
export const repairInstead = defineKind<RepairInstead>(repairInsteadSchema, repairInsteadTraits, {
  choices,
  customerFactOf: ({ facts }) => facts.asked,
  withCustomer: (task, customer) => {
    const { asked } = task.facts;
    return asked ? { ...task, facts: { ...task.facts, asked: { ...asked, customer } } } : task;
  },
  vehicleOf: ({ facts }) => facts.asked?.vehicle,
  sendersOf: (task) => [senderOf(task)].filter((one) => one !== undefined),
  routeOn: advisorFor,
  tick: tickRepair,
  accepted: writeToCustomer,
  moved: withdrawLetter,
  after: noteProgress,
  ended: noteReport,
  undoKeeps: ({ facts: { quoteBy, quotedCents } }) => ({ quoteBy, quotedCents }),
  undone: restoreProgress,
  reopened: ({ facts: { report: _taken, ...facts }, ...task }) => ({ ...task, facts }),
  messageToCustomer: (task) => (task.acceptedAt === undefined ? undefined : 'repair-letter'),
  eventDetail: expectedDetail,
  eventNumbers: ({ facts: { report } }) =>
    report?.roNumber === undefined ? {} : { roNumber: report.roNumber },
  staffNamed: (task) => named('salesperson', senderOf(task)),
  follow,
  startForm,
  credit: 'sales',
  isVoid: isMistake,
});

/** Records the advisor's progress; the salesperson reads it in a line of their list. */
function noteProgress({ task, choice, value, by, context }: Chosen<RepairInstead>): RepairInstead {
  const news = newsOf(choice.name, value);
  const sender = senderOf(task);
  if (!news) return task;
  const noted = draft(task, repairInsteadTraits, context).change((one) => withNews(one, news));
  return sender === undefined || sender === by
    ? noted.task
    : noted.email({
        message: 'repair-news',
        to: { staff: sender },
        own: { code: 'repair-news', news },
        again: true,
      }).task;
}

function newsOf(choice: string, value: string | undefined): RepairNews | undefined {
  switch (choice) {
    case 'accept':
      return { code: 'accepted' };
    case 'quote-by':
      return value === undefined ? undefined : { code: 'quote-by', at: value };
    case 'quoted':
      return { code: 'quoted', cents: Number(value) };
    default:
      return undefined;
  }
}

/** Once a price is given, the reminder of the promise is dropped. */
function withNews(task: RepairInstead, news: RepairNews): RepairInstead {
  const { facts } = task;
  switch (news.code) {
    case 'quote-by':
      return setDeadline({ ...task, facts: { ...facts, quoteBy: news.at } }, 'follow-up', news.at);
    case 'quoted':
      return setDeadline({ ...task, facts: { ...facts, quotedCents: news.cents } }, 'follow-up', undefined);
    case 'accepted':
    case 'order-voided':
      return task;
  }
}

/** Records the report. The person who sent the customer gets it instead of the closing email. */
function noteReport({ task, choice, value, by, context }: Chosen<RepairInstead>): RepairInstead {
  if (choice === shared.startedByMistake) return task;
  const report = { at: context.now, by, ...(value === undefined ? {} : { says: value }) };
  const noted = { ...task, facts: { ...task.facts, report } };
  return draft(withoutClosing(noted, context), repairInsteadTraits, context).also(reportToSales).task;
}

function withoutClosing(task: RepairInstead, { now }: Context): RepairInstead {
  const sender = senderOf(task);
  const isClosing = (entry: RepairInstead['outbox'][number]) =>
    isEmail(entry) &&
    entry.message === 'handoff-closed' &&
    entry.owedAt === now &&
    sender !== undefined &&
    sameRecipient(entry.to, { staff: sender });
  return { ...task, outbox: task.outbox.filter((entry) => !isClosing(entry)) };
}

function restoreProgress(task: RepairInstead, { before, choice }: Undoable): RepairInstead {
  if (choice === shared.customerEmail.name) return task;
  const { quoteBy, quotedCents } = undoKeeps.parse(before.own ?? {});
  const back = { ...task, facts: { ...task.facts, quoteBy, quotedCents } };
  return setDeadline(back, 'follow-up', before.deadlines['follow-up']);
}

/** Withdraws a letter that has not been sent: it would come from somebody who has not accepted. */
function withdrawLetter(task: RepairInstead): RepairInstead {
  const unsent = new Set(lettersOf(task).flatMap(({ id, state }) => (state === 'owed' ? [id] : [])));
  const outbox = task.outbox.map((entry) =>
    unsent.has(entry.id) ? lapse(entry, { code: 'with-somebody-else' }) : entry,
  );
  return { ...task, outbox };
}

/** Includes the store that issued the customer's number, because the handoff may be at another one. */
function expectedDetail({ subject, use, facts: { asked } }: RepairInstead, { detailType }: EventEntry) {
  return detailType === 'shopper-expected' && asked
    ? { ...subject, use, storeId: asked.storeId, vin: asked.vehicle.vin }
    : undefined;
}

function follow(fact: DmsFact): Follow<RepairInstead> | undefined {
  const { storeId, customerNumber, use } = fact;
  if (customerNumber === undefined) return undefined;
  const blank = (now: string) => blankRepair(storeId, customerNumber, now, use);
  switch (fact.detailType) {
    case 'service-visit-awaited':
      return { blank, decide: (task, context) => decideClosed(task, fact.detail, context) };
    case 'repair-order-voided-awaited':
      return { blank, decide: (task, context) => decideOrderVoided(task, fact.detail, context) };
    default:
      return undefined;
  }
}
