import {
  BatchGetItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { taskFromItem } from '../../functions/adapters/task-item.ts';
import { isToCustomer, later, type SendResult } from '../../functions/handoff/outbox.ts';
import type { OutboxEntry } from '../../functions/handoff/outbox-entry.ts';
import type { Task } from '../../functions/handoff/task.ts';
import type { FirstServiceVisit } from '../../functions/handoffs/first-service/task.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import { isTask, itemIdOf } from '../../functions/my-day/outbox-owner.ts';
import { standIn } from '../support/stand-in.ts';
import { around } from './around.ts';
import { type DeliberateBreakage, readingTasks, weather, writingTasks } from './breakage.ts';
import type { Clients, Services } from './cloud.ts';
import { creditBreakages } from './credit-breakages.ts';
import type { Item } from './expression.ts';
import { firstVisitBreakages } from './first-visit-breakages.ts';
import { leadBreakages } from './lead-breakages.ts';
import { visitBreakages } from './visit-breakages.ts';
import { onlyWith } from './weather.ts';
import type { Broken } from './world.ts';

/** One call is hit by a third of a kind's rate. Where all are hit, what must not go round is found at once. */
const ALL = 3;

/** Nothing of an order was told yet. */
const isAwaitedOrder = (task: Task) => task.kind === 'repair-options' && task.state === 'awaited';

const withoutSmallQuote = (task: Task): Task =>
  isAwaitedOrder(task) ? { ...task, facts: { ...task.facts, quote: undefined } } : task;

const neverBegun = (task: Task): Task =>
  task.kind === 'repair-options' && task.state === 'open' && task.version > 0
    ? { ...task, state: 'awaited', outbox: [], deadlines: {} }
    : task;

/** As if a cancellation or a no-show were told before the time of the appointment only. */
function expectedInVain(task: Task, now: string): Task {
  if (!isFirstService(task)) return task;
  const { announced } = task.facts;
  if (!announced || announced.stands || announced.startsAt > now) return task;
  return { ...task, facts: { ...task.facts, announced: { ...announced, stands: true } } };
}
const isFirstService = (task: Task): task is FirstServiceVisit => task.kind === 'first-service-visit';

/** As if the time of a visit were announced once. A run is told of many: each by its task and its number. */
function asFirstAnnounced() {
  const first = new Map<string, string>();
  return (task: Task): Task => {
    if (!isFirstService(task) || !task.facts.announced) return task;
    const { announced } = task.facts;
    const id = `${task.taskId} ${announced.appointmentNumber}`;
    const startsAt = first.get(id) ?? announced.startsAt;
    first.set(id, startsAt);
    return { ...task, facts: { ...task.facts, announced: { ...announced, startsAt } } };
  };
}

type Change = (entry: OutboxEntry, now: string) => OutboxEntry;

function owed(entry: OutboxEntry): OutboxEntry {
  const {
    lease: _lease,
    unknownSince: _since,
    notBefore: _until,
    reason: _why,
    lapsesAt: _at,
    ...rest
  } = entry;
  return { ...rest, state: 'owed' };
}

const isNoQuestion = (entry: OutboxEntry) =>
  !(entry.type === 'email' && entry.message === 'customer-email-problem');

/**
 * A question about a lost email is about no email that is known, and the email to the next manager counts as one of the
 * handoff's own: its note is of the kind that is about no email.
 */
function forgettingWhatItIsAbout(entry: OutboxEntry): OutboxEntry {
  if (entry.type === 'email' && entry.note?.code === 'problem') {
    return { ...entry, note: { ...entry.note, entry: 'none' } };
  }
  if (entry.type !== 'email' || entry.note?.code !== 'unread') return entry;
  return { ...entry, note: { code: 'mailbox-bounced', deadline: entry.note.deadline } };
}

const reading = (change: Change) =>
  readingTasks((task, _about, now) => ({ ...task, outbox: task.outbox.map((entry) => change(entry, now)) }));

const writing = (change: Change) =>
  writingTasks((task, now) => ({ ...task, outbox: task.outbox.map((entry) => change(entry, now)) }));

/** A write that lost against another says that it won, once something was sent. */
function settlingOnce(services: Services, about: Broken): Services {
  return {
    ...services,
    tasks: around(services.tasks, {
      write: async (item) => {
        const isSettling = about.invocation()?.answers.some(({ task }) => task === itemIdOf(item)) ?? false;
        return (await services.tasks.write(item)) || isSettling;
      },
    }),
  };
}

/** A process takes what it saw before for what is stored now. */
function believingTheIndex(services: Services, about: Broken): Services {
  if (about.name !== 'sweep-due-work') return services;
  const seen = new Map<string, AnyTask>();
  return {
    ...services,
    tasks: around(services.tasks, {
      read: async (id) => {
        const task = await services.tasks.read(id);
        if (!task) return undefined;
        const before = seen.get(id) ?? task;
        seen.set(id, task);
        return { ...before, version: task.version };
      },
    }),
  };
}

/** What SES reports makes no letter: none is written down that was not there before, and none is sent. */
function makingNoLetter(services: Services): Services {
  const known = new Map<string, ReadonlySet<string>>();
  const isKnown = (of: string, entry: OutboxEntry) => !isToCustomer(entry) || known.get(of)?.has(entry.id);
  return {
    ...services,
    mailer: {
      send: async (email) =>
        email.to.endsWith('@example.com')
          ? { result: 'not-accepted', reason: { code: 'ses-closed' } }
          : services.mailer.send(email),
    },
    tasks: around(services.tasks, {
      read: async (id) => {
        const task = await services.tasks.read(id);
        known.set(id, new Set(task?.outbox.map((entry) => entry.id)));
        return task;
      },
      write: (item) =>
        services.tasks.write(
          isTask(item)
            ? { ...item, outbox: item.outbox.filter((entry) => isKnown(item.taskId, entry)) }
            : item,
        ),
    }),
  };
}

/** Sends as if nobody had ever said no. */
const forgetful = ({ contacts }: Services): Services['contacts'] => ({
  read: async (reached) => ({ ...(await contacts.read(reached)), optOuts: [] }),
  change: (...change) => contacts.change(...change),
});

/** Whoever reads what is known of a number does not learn which numbers were merged with it. */
const withoutMerges = (clients: Clients): Clients => ({
  ...clients,
  dynamodb: standIn<DynamoDBClient>(async (command) => {
    const answer = await Reflect.apply(clients.dynamodb.send, clients.dynamodb, [command]);
    if (!(command instanceof BatchGetItemCommand)) return answer;
    const items: readonly Item[] = answer.Responses?.['handoffs'] ?? [];
    return { ...answer, Responses: { handoffs: items.map(forgettingMerges) } };
  }),
});

const forgettingMerges = ({ replaces: _merged, replacedBy: _into, ...rest }: Item): Item => rest;

/** Every link that was ever made is good for every task. */
const openToAll = readingTasks((task, about) => {
  if (about.name !== 'answer-task') return task;
  const links = [...about.table.partitionsOf('task#')].flatMap((item) => taskFromItem(fromItem(item)).links);
  return { ...task, links: [...new Map(links.map((link) => [link.hash, link])).values()] };
});

function puttingWithout(isMeant: (pk: string) => boolean) {
  return changingPuts(({ Item, TableName, ...rest }) =>
    isMeant(Item?.['pk']?.S ?? '') ? { Item, TableName } : { Item, TableName, ...rest },
  );
}

const keepingDueAt = changingPuts(({ Item, ...rest }, { table }) => {
  const pk = Item?.['pk']?.S ?? '';
  const before = pk.startsWith('task#') ? table.item(pk, Item?.['sk']?.S ?? '') : undefined;
  const dueAt = before?.['dueAt'];
  return { ...rest, Item: dueAt === undefined || !Item ? Item : { ...Item, dueAt } };
});

function changingPuts(change: (input: PutItemCommandInput, about: Broken) => PutItemCommandInput) {
  return (clients: Clients, about: Broken): Clients => ({
    ...clients,
    dynamodb: standIn<DynamoDBClient>((command) => {
      const changed =
        command instanceof PutItemCommand ? new PutItemCommand(change(command.input, about)) : command;
      return Reflect.apply(clients.dynamodb.send, clients.dynamodb, [changed]);
    }),
  });
}

function sesTryingAgain(clients: Clients): Clients {
  const send = (command: object): Promise<unknown> => Reflect.apply(clients.ses.send, clients.ses, [command]);
  return {
    ...clients,
    ses: standIn<SESv2Client>((command) =>
      send(command).catch((error: unknown) => {
        if (error instanceof Error && /Timeout|InternalService/.test(error.name)) return send(command);
        throw error;
      }),
    ),
  };
}

type Facts = Readonly<Record<string, unknown>>;

/** Changes each fact that is stored with its version. */
const readingFacts = (change: (fact: Facts) => Facts) =>
  readingTasks((task) => ({
    ...task,
    facts: Object.fromEntries(
      Object.entries(task.facts).map(([name, fact]) => [name, hasVersion(fact) ? change(fact) : fact]),
    ),
  }));

const hasVersion = (fact: unknown): fact is Facts =>
  typeof fact === 'object' && fact !== null && 'occurredAt' in fact;

export const breakages: readonly DeliberateBreakage[] = [
  {
    name: 'a task is written whatever version stands there',
    says: /wrote version|lost|twice|took/,
    weather: weather('event comes twice', 'slow call'),
    breakage: { clients: puttingWithout((pk) => pk.startsWith('task#')) },
  },
  {
    name: 'a lease that was taken counts for nothing',
    says: /twice/,
    firstSeed: 180,
    weather: weather('slow call', 'tick comes twice', 'crash after a call'),
    breakage: { services: reading((entry) => (entry.state === 'sending' ? owed(entry) : entry)) },
  },
  {
    name: 'a lease of one second proves that nothing was sent',
    says: /twice|took/,
    // Where SES tells of every letter, it tells before the next process looks.
    firstSeed: 16,
    weather: weather('slow call', 'crash after a call', 'ses accepts and fails', 'report of ses is lost'),
    breakage: {
      services: reading((entry, now) =>
        entry.state === 'sending' && later(entry.lease?.until ?? now, -299) <= now ? owed(entry) : entry,
      ),
    },
  },
  {
    name: 'an email to the customer of which nobody knows is sent again',
    says: /the customer got|to owed|to sending/,
    firstSeed: 94,
    weather: weather('ses accepts and fails', 'report of ses is lost'),
    breakage: { services: writing((entry) => (entry.state === 'asked' ? owed(entry) : entry)) },
  },
  {
    name: 'a timeout of SES counts as not accepted',
    says: /twice/,
    firstSeed: 94,
    weather: weather('ses accepts and fails', 'report of ses is lost'),
    breakage: {
      services: (services) => ({
        ...services,
        mailer: {
          send: async (email) => {
            const sent = await services.mailer.send(email);
            return sent.result === 'unknown' ? { ...sent, result: 'not-accepted' } : sent;
          },
        },
      }),
    },
  },
  {
    name: 'the client of SES tries again by itself',
    says: /twice/,
    firstSeed: 7,
    weather: weather('ses accepts and fails'),
    breakage: { clients: sesTryingAgain },
  },
  {
    name: 'what came of a send is dropped where somebody else wrote in between',
    says: /in its hands|heard that/,
    weather: weather('slow call', 'event comes twice'),
    breakage: { services: settlingOnce },
  },
  {
    name: 'what SES tells is not listened to',
    says: /twice/,
    weather: weather('ses accepts and fails', 'crash after a call'),
    breakage: { drops: ['settle-email'] },
  },
  {
    name: 'a list does not know which lines left with the one before',
    says: /left with the list/,
    weather: weather('slow call'),
    breakage: { services: forgettingLists },
  },
  {
    name: 'nobody asks what the customer said no to',
    says: /not asked about|said no/,
    firstSeed: 40,
    weather: weather('slow call'),
    breakage: { services: (services) => ({ ...services, contacts: forgetful(services) }) },
  },
  {
    name: 'a merged number is not asked what it said no to',
    says: /not asked about/,
    firstSeed: 80,
    weather: weather('event comes late'),
    breakage: { clients: withoutMerges },
  },
  {
    name: 'a contact or a complaint is forgotten, and Sales is nudged all the same',
    says: /inside the silence/,
    weather: weather('slow call'),
    breakage: {
      services: (services) => ({
        ...services,
        memory: {
          read: async () => [],
          keep: (customer, remark) => services.memory.keep(customer, remark),
        },
      }),
    },
  },
  {
    name: 'a no that an event brings is dropped',
    says: /nothing came of customer-preferences-changed/,
    weather: weather('slow call'),
    breakage: {
      services: (services, about) =>
        about.name === 'follow-dms'
          ? {
              ...services,
              addresses: {
                read: (address) => services.addresses.read(address),
                change: (address) => services.addresses.read(address),
              },
            }
          : services,
    },
  },
  {
    name: 'a place under a cap is taken without a condition',
    says: /nudges/,
    weather: weather('slow call'),
    breakage: { rushWithoutHeadStart: true, clients: puttingWithout((pk) => pk.startsWith('cap#')) },
  },
  {
    name: 'the sweep believes what the index showed',
    says: /wrote version|lost|took|twice/,
    weather: weather('index lags', 'tick comes twice', 'slow call', 'ses throttles'),
    breakage: { services: believingTheIndex },
  },
  {
    name: 'dead letters are dropped',
    says: /nothing came of/,
    weather: weather('rule cannot reach its function', 'dynamodb fails before', 'crash before a call'),
    breakage: { drops: ['keep-dead-letters'] },
  },
  {
    name: 'a dead letter forgets which function it was meant for',
    says: /was lost/,
    weather: weather('rule cannot reach its function', 'dynamodb fails before', 'crash before a call'),
    breakage: {
      services: ({ refusals, ...services }) => ({
        ...services,
        refusals: { keep: ({ functionName: _forgotten, ...refusal }) => refusals.keep(refusal) },
      }),
    },
  },
  {
    name: 'a dead letter is known by its event alone',
    says: /was lost|what was replayed|nothing came of/,
    firstSeed: 5,
    weather: weather('rule cannot reach its function', 'dynamodb fails before', 'crash before a call'),
    breakage: {
      outcomesAreKept: true,
      services: ({ refusals, ...services }) => ({
        ...services,
        refusals: { keep: (refusal) => refusals.keep({ ...refusal, id: refusal.eventId ?? refusal.id }) },
      }),
    },
  },
  {
    name: 'events that no rule knows are dropped',
    says: /nothing came of/,
    firstSeed: 15,
    weather: weather('slow call'),
    breakage: { drops: ['refuse-unknown-event'] },
  },
  {
    name: 'the bus is not asked which events it took',
    says: /never put on the bus/,
    weather: weather('eventbridge takes a part', 'eventbridge fails before'),
    breakage: {
      services: (services) => ({
        ...services,
        bus: {
          put: async (events) => {
            await services.bus.put(events);
            return events.map((): SendResult => ({ result: 'sent' }));
          },
        },
      }),
    },
  },
  {
    name: 'the next deadline is not computed anew',
    says: /is due at|stuck/,
    weather: weather('ses throttles'),
    breakage: { clients: keepingDueAt },
  },
  {
    name: 'nobody is asked about an email that did not reach the customer',
    says: /nobody knows|nothing owes/,
    firstSeed: 62,
    weather: weather('ses refuses the email', 'ses fails before'),
    breakage: { services: writingTasks((task) => ({ ...task, outbox: task.outbox.filter(isNoQuestion) })) },
  },
  {
    name: 'an email that lost its moment is sent all the same',
    says: /from lapsed|lost its moment/,
    firstSeed: 5,
    weather: weather('ses throttles', 'event comes late'),
    breakage: {
      services: reading((entry, now) => (entry.state === 'lapsed' ? { ...owed(entry), owedAt: now } : entry)),
    },
  },
  {
    name: 'what was cancelled goes on',
    says: /moved/,
    firstSeed: 33,
    weather: weather('event comes late', 'event comes twice'),
    breakage: {
      services: readingTasks((task) => (task.state === 'cancelled' ? { ...task, state: 'open' } : task)),
    },
  },
  {
    name: 'a small quote is forgotten, and a newer one does not find it',
    says: /nothing came of repair-quoted/,
    firstSeed: 7,
    weather: weather('slow call'),
    breakage: { services: writingTasks(withoutSmallQuote) },
  },
  {
    name: 'a quote that grew over the minimum is still a small one',
    says: /reaches the minimum, and nobody was told/,
    weather: weather('slow call'),
    breakage: { services: writingTasks(neverBegun) },
  },
  {
    name: 'an appointment that is over is cancelled or missed without a word',
    says: /people expect the visit/,
    firstSeed: 51,
    weather: weather('event comes late'),
    breakage: { services: writingTasks(expectedInVain) },
  },
  {
    name: 'what comes back from an address that was corrected is not written again',
    says: /corrected address/,
    firstSeed: 13,
    weather: weather('customer address bounces', 'report of ses comes late'),
    breakage: {
      addressesAreCorrected: true,
      services: (services, about) => (about.name === 'settle-email' ? makingNoLetter(services) : services),
    },
  },
  {
    name: 'any link opens any task',
    says: /no link to it/,
    firstSeed: 25,
    weather: weather('slow call'),
    breakage: { services: openToAll },
  },
  {
    name: 'a purchase does not find the conversation that is open',
    says: /has bought/,
    firstSeed: 7,
    weather: weather('slow call'),
    breakage: {
      salesIsSilent: true,
      everybodyBuys: true,
      services: ({ memory, ...services }) => ({
        ...services,
        memory: { read: (who) => memory.read(who), keep: async () => [] },
      }),
    },
  },
  {
    name: 'an email about a lost email is a lost email that somebody is told of',
    says: /calls about|owed \d+ emails|KB|asked one person/,
    firstSeed: 33,
    weather: onlyWith({ 'ses refuses the email': ALL }),
    breakage: { services: writing(forgettingWhatItIsAbout) },
  },
  {
    name: 'what comes last wins, whatever the DMS says of its time',
    says: /another version/,
    weather: weather('event comes late', 'event comes twice'),
    breakage: { services: readingFacts((fact) => ({ ...fact, occurredAt: '' })) },
  },
  {
    name: 'of two versions of one time the one that comes last wins',
    says: /another version/,
    weather: weather('event comes late', 'event comes twice'),
    breakage: {
      services: readingFacts(({ sentAt: _sent, contentHash: _says, revision: _count, ...fact }) => fact),
    },
  },
  {
    name: 'a replay from the archive counts as sent now',
    says: /another version|was replayed/,
    weather: weather('slow call'),
    breakage: {
      events: (event, now) => (event['replay-name'] === undefined ? event : { ...event, time: now }),
    },
  },
  {
    name: 'a number that comes back is taken for a correction',
    says: /shows another customer/,
    firstSeed: 20,
    weather: weather('slow call'),
    breakage: { services: readingFacts(({ vehicle: _unknown, ...fact }) => ({ ...fact, vehicle: {} })) },
  },
  {
    name: 'a backoff never ends',
    says: /backing off/,
    firstSeed: 2,
    weather: weather('ses throttles', 'ses quota is used up', 'ses is out for hours'),
    breakage: {
      services: writing((entry, now) =>
        entry.state === 'owed' && entry.notBefore !== undefined && entry.attempts > 0
          ? { ...entry, notBefore: later(now, 86_400) }
          : entry,
      ),
    },
  },
  {
    name: 'a shopper whom two people send is two',
    says: /one shopper has two open handoffs/,
    weather: weather('slow call'),
    breakage: {
      tells: ['shoppers'],
      services: (services, about) => ({
        ...services,
        customerKey: { read: async () => () => `${about.skew} ${services.random.id()}` },
      }),
    },
  },
  {
    name: 'nobody notes which car a shopper came with',
    says: /the order of .* is closed, and its handoff is open/,
    weather: weather('slow call'),
    breakage: {
      tells: ['shoppers'],
      services: (services) => ({
        ...services,
        cars: {
          read: (vin) => services.cars.read(vin),
          readVisited: (vin) => services.cars.readVisited(vin),
          change: (vin, next) => services.cars.change(vin, (known) => ({ ...next(known), awaited: [] })),
        },
      }),
    },
  },
  {
    name: 'customers get email at any hour',
    says: /the customer got .* at night/,
    firstSeed: 2,
    weather: weather('event comes late', 'ses is out for hours'),
    breakage: {
      services: (services) => ({
        ...services,
        group: { ...services.group, customerEmailHours: { opens: '00:00', closes: '23:59' } },
      }),
    },
  },
  {
    name: 'a visit is moved, and people keep the time that they were sent',
    says: /at a time from which it was moved/,
    firstSeed: 7,
    weather: weather('event comes late'),
    breakage: { services: writingTasks(asFirstAnnounced()) },
  },
  {
    name: 'a sale is not recorded with its car',
    says: /its former owner is still invited/,
    weather: weather('slow call'),
    breakage: {
      tells: ['second owners'],
      services: (services) => ({
        ...services,
        sales: {
          record: async () => ({ formerVins: [] }),
          dealsOf: (storeId, number) => services.sales.dealsOf(storeId, number),
        },
      }),
    },
  },
  ...visitBreakages,
  ...leadBreakages,
  ...creditBreakages,
  ...firstVisitBreakages,
];

function forgettingLists(services: Services): Services {
  const readDay: Services['tasks']['readDay'] = async (id) => {
    const day = await services.tasks.readDay(id);
    return day && { ...day, lines: day.lines?.map(({ takenBy: _left, ...line }) => line) };
  };
  return { ...services, tasks: around(services.tasks, { readDay }) };
}
