import { handoffName } from '../../functions/contracts/handoff-kinds.ts';
import { type LeadFact, reconcile } from '../../functions/crm/reconciliation.ts';
import { contextAt } from '../../functions/handoff/context.ts';
import { emailProblems } from '../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../functions/handoff/task.ts';
import { customerOf, vehicleOf } from '../../functions/handoffs/kinds.ts';
import { type DayMessageName, dayMessages, findMessage, wordsOf } from '../../functions/handoffs/letters.ts';
import type { AnyMessage, Email } from '../../functions/mail/message.ts';
import { words } from '../../functions/mail/words.ts';
import type { DayContext, ListedEmail } from '../../functions/my-day/emails/day-message.ts';
import { type FeedTroubles, storeToday, worklistOf } from '../../functions/my-day/worklist.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { emailsOf } from '../kinds/all-emails.ts';
import {
  type Circumstances,
  casesIn,
  declinedBefore,
  type EmailCase,
  type MessageName,
  type World,
} from '../kinds/emails.ts';
import { booked, firstServiceIn } from '../kinds/first-service/emails.ts';
import { introductionIn } from '../kinds/introduction/emails.ts';
import { repairOptionsIn } from '../kinds/repair-options/emails.ts';
import { upgradeIn } from '../kinds/upgrade-conversation/emails.ts';

export type { Circumstances, EmailCase, MessageName, World } from '../kinds/emails.ts';
export {
  bare,
  CLOSED_AT,
  contextIn,
  contextOf,
  declinedBefore,
  hostile,
  hostileNames,
  ordinary,
  PREFERENCES_LINK,
  spanish,
  TASK_LINK,
} from '../kinds/emails.ts';
export { booked, firstServiceIn } from '../kinds/first-service/emails.ts';
export { deliveredAt, introductionIn, soldIn } from '../kinds/introduction/emails.ts';
export { quoteIn, repairOptionsIn } from '../kinds/repair-options/emails.ts';
export { upgradeIn } from '../kinds/upgrade-conversation/emails.ts';

export function messageCalled(name: MessageName): AnyMessage {
  const found = findMessage(name);
  if (!found) throw new Error(`No message is called '${name}'`);
  return found;
}

export const write = ({ name, context }: EmailCase): Email => messageCalled(name).write(context);

/** A handoff of each kind. */
export const tasksIn = (world: World): Task[] =>
  handoffName.options.map((kind) => emailsOf[kind].task(world));

/** Every message of a world, in each of its variants. */
export const casesOf = (world: World): EmailCase[] => [
  ...handoffName.options.flatMap((kind) => emailsOf[kind].cases(world)),
  ...casesOfAnyKind(world),
];

/** The messages that every kind sends. */
function casesOfAnyKind(world: World): EmailCase[] {
  const { toAdvisor, toSeller, toManager } = casesIn(world);
  const introduction = introductionIn(world);
  const visit = firstServiceIn(world, booked);
  const upgrade = upgradeIn(world);
  const why = declinedBefore(world);
  const ended = { at: world.now, by: 'dms', outcome: 'deal unwound' } as const;
  return [
    toSeller('handoff-closed', 'deal unwound', { ...introduction, ended }),
    toSeller('handoff-closed', 'withdrawn', {
      ...upgrade,
      ended: { ...ended, outcome: 'the newer quote gives no reason any more' },
    }),
    toSeller('handoff-moved', 'declined', introduction, why),
    toSeller('handoff-moved', 'closed since', { ...introduction, ended, state: 'cancelled' }, why),
    ...emailProblems.map((problem) =>
      toAdvisor('customer-email-problem', problem, introduction, {
        note: { code: 'problem', entry: 'e1', problem },
        button: problem === 'unknown' ? 'Decide: send it again or leave it' : 'Enter the address',
      }),
    ),
    ...casesOfCredit(world),
    toAdvisor('reminder', 'accept', introduction, { ...late('accept'), button: 'Accept this handoff' }),
    toSeller('reminder', 'complete', upgrade, { ...late('complete'), button: 'Note how it went' }),
    toManager('escalation', 'accept', introduction, {
      ...late('accept'),
      button: 'Reassign it',
    }),
    toManager('escalation', 'complete', visit, { ...late('complete'), button: 'Reassign it' }),
  ];
}

/** A sale that follows from a conversation, one that does not any more, and what was said to it. */
function casesOfCredit(world: World): EmailCase[] {
  const { toAdvisor, toSeller, toManager } = casesIn(world);
  const upgrade = upgradeIn(world);
  const deal = { storeId: world.store.id, dealNumber: '48211' };
  const salespeople = [world.seller.employeeNumber];
  const found = { foundAt: world.now, soldOn: '2026-11-28', salespeople };
  const match = { deal, person: 'household', sameCar: 'traded in', ...found } as const;
  const because = 'I met them on the lot myself, a week before';
  const said = { by: world.advisor.employeeNumber, at: world.now, because };
  const decided = { by: world.manager.employeeNumber, at: world.now, stands: false };
  const lapsed = { at: world.now, why: 'the deal was unwound' } as const;
  return [
    toSeller('later-sale', 'found', { ...upgrade, credit: { matches: [match], disputes: [] } }),
    toAdvisor('later-sale', 'no longer', {
      ...upgrade,
      credit: { matches: [{ ...match, person: 'customer', lapsed }], disputes: [] },
    }),
    toManager(
      'credit-disputed',
      'usual',
      { ...upgrade, credit: { matches: [match], disputes: [said] } },
      { button: 'Decide' },
    ),
    ...[true, false].map((stands) =>
      toAdvisor('credit-decided', stands ? 'stands' : 'does not stand', {
        ...upgrade,
        credit: { matches: [match], disputes: [{ ...said, decided: { ...decided, stands } }] },
      }),
    ),
  ];
}

/** Why a reminder and an escalation come. */
export const late = (deadline: 'accept' | 'complete'): Circumstances => ({
  note: { code: 'late', deadline },
});

export const DAY_LINK = 'https://handoff.lakeshore.example/me/0123456789abcdef/c2VjcmV0LW9mLW9uZS1wZXJzb24';

export interface DayCase {
  readonly name: DayMessageName;
  readonly variant: string;
  readonly context: DayContext;
}

export function writeDay({ name, variant, context }: DayCase): Email {
  const written = dayMessages[name](context);
  if (!written) throw new Error(`${name}, ${variant}: nothing to send`);
  return written;
}

const assigned = (task: Task): ListedEmail => ({
  task,
  message: 'first-service-to-prepare',
  line: { under: 'News', says: words`The first service` },
  attachments: [],
  isAssignment: true,
});

/** The summaries of a world: much, little and nothing open, late and not, and what waits under the cap. */
export function dayCasesOf(world: World): DayCase[] {
  const { group: theirs, store: at, now, advisor, seller, manager } = world;
  const overdue = { state: 'open' as const, deadlines: {} };
  const soon = { state: 'open' as const, deadlines: { 'accept-reminder': '2026-11-21T15:40:00.000Z' } };
  const introduction = introductionIn(world);
  const open = [
    { ...introduction, ...overdue },
    { ...repairOptionsIn(world), ...soon },
  ];
  const upgrade = upgradeIn(world);
  const capped = {
    ...upgrade,
    state: 'waiting' as const,
    deadlines: { release: '2026-11-23T15:30:00.000Z' },
    overCap: { at: now, cap: 'person' as const, until: '2026-11-23' },
  };
  const done = [
    {
      ...introduction,
      state: 'completed' as const,
      ended: { at: now, by: advisor.employeeNumber, outcome: 'introduced-in-person' },
    },
  ];
  const context = contextAt({ now, group: theirs, store: at, roster: [advisor, seller, manager] });
  const contextFor = (
    reader: StaffMember,
    tasks: readonly Task[],
    rest: Partial<DayContext> = {},
    feeds: FeedTroubles = { silent: [], late: [], refusing: [] },
  ): DayContext => ({
    worklist: {
      ...worklistOf(reader, tasks, now),
      ...(reader === manager
        ? { store: storeToday({ tasks, done, soldHere: [], letters: [] }, feeds, manager, context) }
        : {}),
    },
    group: theirs,
    store: at,
    now,
    person: context.employed,
    about: (task) => ({
      words: wordsOf(task),
      customer: customerOf(task),
      vehicle: vehicleOf(task),
      call: wordsOf(task).callRow(task, now),
    }),
    listed: [],
    wasAskedFor: false,
    ...rest,
    ...(world.bare ? {} : { link: DAY_LINK }),
  });
  const leads: readonly LeadFact[] = [
    ...(['worked', 'appointment', 'sold', 'dead'] as const).map((answer) => ({
      left: 'sent' as const,
      answer,
    })),
    { left: 'sent', answer: undefined },
    { left: 'lost', answer: undefined },
  ];
  const many = Array.from({ length: 20 }, () => open).flat();
  const visit = { ...firstServiceIn(world), ...soon };
  const calls = Array.from({ length: 3 }, () => visit);
  const told = casesOf(world)
    .filter(({ name }) => ['handoff-closed', 'visit-booked', 'be-there'].includes(name))
    .flatMap(({ name: message, context: about }) => {
      const { line, attachments = [] } = messageCalled(message).write(about);
      return line ? [{ task: about.task, message, line, attachments, isAssignment: false }] : [];
    });
  const listed = [...told, ...calls.map((task) => assigned(task))];
  return [
    { name: 'morning-summary', variant: 'one late', context: contextFor(advisor, open) },
    { name: 'morning-summary', variant: 'many', context: contextFor(advisor, many) },
    { name: 'morning-summary', variant: 'under the cap', context: contextFor(seller, [capped]) },
    {
      name: 'morning-summary',
      variant: 'asked for, nothing open',
      context: contextFor(seller, [], { wasAskedFor: true }),
    },
    { name: 'overdue', variant: 'one', context: contextFor(advisor, open) },
    { name: 'overdue', variant: 'many', context: contextFor(advisor, many) },
    { name: 'next-list', variant: 'to call, late, news', context: contextFor(advisor, open, { listed }) },
    { name: 'next-list', variant: 'of a manager', context: contextFor(manager, open, { listed: told }) },
    { name: 'morning-summary', variant: 'to call', context: contextFor(advisor, calls, { listed: told }) },
    { name: 'store-today', variant: 'one late', context: contextFor(manager, open) },
    { name: 'store-today', variant: 'many', context: contextFor(manager, many) },
    {
      name: 'store-today',
      variant: 'none late',
      context: contextFor(manager, [{ ...introduction, ...soon }]),
    },
    {
      name: 'store-today',
      variant: 'leads',
      context: contextFor(manager, open, {
        leads: reconcile(leads, [
          { id: 'L-88124', storeId: at.id, crmNumber: 'L-88124', status: 'sold', at: now },
        ]),
      }),
    },
    {
      name: 'store-today',
      variant: 'the feeds are in trouble',
      context: contextFor(
        manager,
        [],
        {},
        {
          silent: [{ storeId: at.id, source: 'dms.cdk', heardAt: '2026-11-17T22:10:00.000Z' }],
          late: [
            { feed: 'night-orders', storeId: at.id, expectBy: '06:00', readAt: '2026-11-19T10:12:00.000Z' },
          ],
          refusing: [{ storeId: at.id, source: 'feed.deals', count: 12 }],
        },
      ),
    },
  ];
}
