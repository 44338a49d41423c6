import { createHash } from 'node:crypto';
import { addressOf } from '../customers/customer.ts';
import { plusDays } from '../group/business-time.ts';
import { askAboutUnsent } from '../handoff/delivery-questions.ts';
import { type Context, log } from '../handoff/draft.ts';
import { emailsToCustomerLately, LINK_DAYS, MOST_TO_CUSTOMER, withinBounds } from '../handoff/item-bounds.ts';
import {
  canGo,
  isEmail,
  isToCustomer,
  LEASE_SECONDS,
  later,
  lease,
  record,
  type SendResult,
} from '../handoff/outbox.ts';
import type { EmailEntry, EventEntry, OutboxEntry } from '../handoff/outbox-entry.ts';
import { type Item, isDay, itemIdOf } from '../handoff/outbox-owner.ts';
import { outgoingEvent } from '../handoff/outgoing-events.ts';
import type { AddressBook, Clock, EventBus, Mailer, Random, TaskStore } from '../handoff/ports.ts';
import { lapsePast } from '../handoff/stale-emails.ts';
import type { Link, Task } from '../handoff/task.ts';
import { type AddressRecord, mayNotWrite } from './consent.ts';
import { writeDayEmail } from './write-day-email.ts';
import { type Secrets, writeEmail } from './write-email.ts';

/**
 * The only way to send. Writes the item with what it owes leased to this invocation, performs that, and writes what
 * came of it. Stopped after any call, the next sweep finds what is left: an owed entry is sent, a lease that ran out
 * is an unknown send, never a second one.
 */
export interface DeliveryServices {
  readonly tasks: TaskStore;
  readonly mailer: Mailer;
  readonly bus: EventBus;
  readonly addresses: AddressBook;
  readonly clock: Clock;
  readonly random: Random;
  /** The origin that links are built on, such as https://handoff.example.com */
  readonly linkOrigin: string;
}

/** So long after its end a link is still known, so that its person can ask for a fresh one. */
const FRESH_LINK_DAYS = 60;
/** A person's own links come anew every morning: as many as a month makes have room in their item. */
const OWN_LINK_DAYS = { works: 14, isKnown: 14 } as const;
/** A send that fails may owe a question, whose send may fail: more rounds than this are left to the sweep. */
const ROUNDS = 4;
const SETTLE_ATTEMPTS = 8;

interface Leased {
  readonly item: Item;
  readonly leaseId: string;
  readonly secrets: ReadonlyMap<string, Secrets>;
}

/** Writes what was decided and delivers what it owes. False where somebody else wrote first: decide again. */
export async function writeAndDeliver(
  services: DeliveryServices,
  decided: Item,
  context: Context,
): Promise<boolean> {
  let leased = await prepare(services, decided, context);
  if (!(await services.tasks.write(leased.item))) return false;
  for (let round = 0; round < ROUNDS; round += 1) {
    const mine = leased.item.outbox.filter((entry) => entry.lease?.id === leased.leaseId);
    if (mine.length === 0) return true;
    const results = await perform(services, leased, mine, context);
    const isLast = round === ROUNDS - 1;
    leased = await settle(services, leased, results, { context, isLast });
  }
  return true;
}

/** Leases what is due, withholds what may not be sent, and makes the links that the emails will carry. */
async function prepare(services: DeliveryServices, item: Item, context: Context): Promise<Leased> {
  const now = services.clock.now();
  const withheld = isDay(item) ? item : await withhold(services, lapsePast(item), context, now);
  const leaseId = services.random.id();
  const until = later(now, LEASE_SECONDS);
  const outbox = lease(withheld.outbox, now, { id: leaseId, until, emailsLeave: emailsLeave(services) });
  const secrets = new Map<string, Secrets>();
  const links = outbox
    .filter((entry) => entry.lease?.id === leaseId)
    .filter(isEmail)
    .flatMap((entry) => makeLinks(entry, item, { random: services.random, now, into: secrets }));
  const knownDays = isDay(item) ? OWN_LINK_DAYS.isKnown : FRESH_LINK_DAYS;
  const kept = withheld.links.filter((link) => plusDays(link.expiresAt, knownDays) > now);
  const leased: Item = { ...withheld, outbox, links: [...kept, ...links] };
  return { item: withinBounds(leased, now), leaseId, secrets };
}

export const emailsLeave = ({ mailer }: DeliveryServices): boolean => mailer.isClosed !== true;

interface Making {
  readonly random: Random;
  readonly now: string;
  readonly into: Map<string, Secrets>;
}

function makeLinks(entry: EmailEntry, item: Item, { random, now, into }: Making): Link[] {
  if (entry.to !== 'customer') {
    const secret = random.secret();
    into.set(entry.id, { staff: secret });
    const days = isDay(item) ? OWN_LINK_DAYS.works : LINK_DAYS.staff;
    return [{ hash: hashOf(secret), of: entry.to, expiresAt: plusDays(now, days) }];
  }
  const [preferences, oneClick] = [random.secret(), random.secret()];
  into.set(entry.id, { preferences, oneClick });
  const kept = {
    expiresAt: plusDays(now, LINK_DAYS.customer),
    address: isDay(item) ? undefined : addressOf(item),
  };
  return [
    { hash: hashOf(preferences), of: 'customer preferences', ...kept },
    { hash: hashOf(oneClick), of: 'customer one-click', ...kept },
  ];
}

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/** One read of what the customer said no to, only where something to the customer is about to leave. */
async function withhold(
  services: DeliveryServices,
  task: Task,
  { store }: Context,
  now: string,
): Promise<Task> {
  const address = addressOf(task);
  const leaving = task.outbox.filter(
    (entry) => isToCustomer(entry) && canGo(entry, now, emailsLeave(services)),
  );
  if (leaving.length === 0) return task;
  const known: AddressRecord =
    address === undefined ? { optOuts: [] } : await services.addresses.read(address);
  return leaving.filter(isEmail).reduce<Task>((one, entry) => {
    const reason = mayNotWrite(entry, address, known, store) ?? tooManyBefore(one, now);
    return reason === undefined ? one : withheld(one, entry, reason, now);
  }, task);
}

/** A person can give address after address. Without a limit the links of so many emails would fill the item. */
const tooManyBefore = ({ links }: Task, now: string): string | undefined =>
  emailsToCustomerLately(links, now) < MOST_TO_CUSTOMER
    ? undefined
    : `the customer had ${MOST_TO_CUSTOMER} emails about this in 60 days`;

/** Not sent, and said so in the log of the task: in a pilot that is where customer emails go. */
function withheld(task: Task, entry: EmailEntry, reason: string, now: string): Task {
  const outbox = task.outbox.map(
    (one): OutboxEntry => (one === entry ? { ...one, state: 'withheld', reason } : one),
  );
  return log({ ...task, outbox }, now, 'outbox', `not sent: ${entry.message}`, reason);
}

async function perform(
  services: DeliveryServices,
  { item, secrets }: Leased,
  mine: readonly OutboxEntry[],
  context: Context,
): Promise<Map<string, SendResult>> {
  const results = new Map<string, SendResult>();
  // The customer's first: stopped in between, staff may get theirs twice, the customer would be a question.
  const emails = mine
    .filter(isEmail)
    .toSorted((one, other) => Number(isToCustomer(other)) - Number(isToCustomer(one)));
  for (const entry of emails) {
    results.set(entry.id, await sendEmail(services, item, entry, secrets.get(entry.id) ?? {}, context));
  }
  const events = mine.filter((entry): entry is EventEntry => entry.type === 'event');
  if (isDay(item)) return results;
  for (const [id, result] of await putEvents(services, item, events)) results.set(id, result);
  return results;
}

async function sendEmail(
  services: DeliveryServices,
  item: Item,
  entry: EmailEntry,
  secrets: Secrets,
  context: Context,
): Promise<SendResult> {
  const { linkOrigin, tasks, clock } = services;
  const writing = { ...context, now: clock.now(), linkOrigin };
  const written = isDay(item)
    ? await writeDayEmail(tasks, item, entry, secrets, writing)
    : writeEmail(item, entry, secrets, writing);
  return 'email' in written ? services.mailer.send(written.email) : written;
}

async function putEvents(
  services: DeliveryServices,
  task: Task,
  entries: readonly EventEntry[],
): Promise<[string, SendResult][]> {
  const composed = entries.map((entry) => ({ entry, event: outgoingEvent(task, entry) }));
  const sendable = composed.flatMap(({ entry, event }) => (event ? [{ entry, event }] : []));
  if (sendable.length === 0) return [];
  const answers = await services.bus.put(sendable.map(({ event }) => event));
  return sendable.map(({ entry }, at) => [
    entry.id,
    answers[at] ?? { result: 'unknown', reason: 'the bus gave no answer for this event' },
  ]);
}

/**
 * Records what came of the sends, and leases in the same write what that made owed. Where somebody else wrote in
 * the meantime their task is read and the results are recorded on it: a result is never dropped for a conflict.
 */
async function settle(
  services: DeliveryServices,
  leased: Leased,
  results: ReadonlyMap<string, SendResult>,
  { context, isLast }: { readonly context: Context; readonly isLast: boolean },
): Promise<Leased> {
  let base: Item | undefined = { ...leased.item, version: leased.item.version + 1 };
  const unsent = unsentLinks(leased.secrets, results);
  for (let attempt = 0; attempt < SETTLE_ATTEMPTS && base; attempt += 1) {
    const now = services.clock.now();
    const recorded = record(base.outbox, leased.leaseId, results, now, services.random.jitter());
    const links = base.links.filter(({ hash }) => !unsent.has(hash));
    const settled: Item = { ...base, outbox: forget(recorded), links };
    const followed = isDay(settled) ? settled : askAboutUnsent(settled, { ...context, now });
    // After the last round nobody would send what is leased: it stays owed, for the sweep.
    const next = isLast ? unleased(followed, now) : await prepare(services, followed, context);
    if (await services.tasks.write(next.item)) return next;
    base = await readAgain(services, leased.item);
  }
  throw new Error(
    `Item ${itemIdOf(leased.item)} was written by others ${SETTLE_ATTEMPTS} times while settling`,
  );
}

/** Nobody has the links of an email that was surely not sent: the next attempt makes its own. */
function unsentLinks(
  secrets: ReadonlyMap<string, Secrets>,
  results: ReadonlyMap<string, SendResult>,
): ReadonlySet<string> {
  const unsent = [...secrets].filter(([id]) => isUnsent(results.get(id)));
  return new Set(unsent.flatMap(([, made]) => Object.values(made).map(hashOf)));
}

const isUnsent = (result: SendResult | undefined) =>
  result !== undefined && ['not-accepted', 'refused', 'withheld'].includes(result.result);

const unleased = (item: Item, now: string): Leased => ({
  item: withinBounds(item, now),
  leaseId: '',
  secrets: new Map(),
});

const readAgain = ({ tasks }: DeliveryServices, item: Item): Promise<Item | undefined> =>
  isDay(item) ? tasks.readDay(item.dayId) : tasks.read(item.taskId);

/** An event that is on the bus need not be remembered; an email is, for who was told what. */
const forget = (entries: readonly OutboxEntry[]) =>
  entries.filter((entry) => entry.type === 'email' || entry.state !== 'sent');
