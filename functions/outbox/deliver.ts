import { createHash } from 'node:crypto';
import { plusDays } from '../domain/business-time.ts';
import { addressOf } from '../domain/customer.ts';
import type { Context } from '../domain/draft.ts';
import {
  isDue,
  isEmail,
  isToCustomer,
  LEASE_SECONDS,
  later,
  lease,
  record,
  type SendResult,
} from '../domain/outbox.ts';
import type { EmailEntry, EventEntry, OutboxEntry } from '../domain/outbox-entry.ts';
import { outgoingEvent } from '../domain/outgoing.ts';
import type { AddressBook, Clock, EventBus, Mailer, Random, TaskStore } from '../domain/ports.ts';
import type { Link, Task } from '../domain/task.ts';
import { askAboutUnsent } from '../domain/unsent.ts';
import { type AddressRecord, mayNotWrite } from './consent.ts';
import { type Secrets, writeEmail } from './write-email.ts';

/**
 * The only way to send. Writes the task with what it owes leased to this invocation, performs that, and writes what
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

/** Links in emails work this long; an opt-out must for 30 days at least (CAN-SPAM). */
const LINK_DAYS = { staff: 30, customer: 400 } as const;
/** So long after its end a link is still known, so that its person can ask for a fresh one. */
const FRESH_LINK_DAYS = 60;
/** A send that fails may owe a question, whose send may fail: more rounds than this are left to the sweep. */
const ROUNDS = 4;
const SETTLE_ATTEMPTS = 8;

interface Leased {
  readonly task: Task;
  readonly leaseId: string;
  readonly secrets: ReadonlyMap<string, Secrets>;
}

/** Writes what was decided and delivers what it owes. False where somebody else wrote first: decide again. */
export async function writeAndDeliver(
  services: DeliveryServices,
  decided: Task,
  context: Context,
): Promise<boolean> {
  let leased = await prepare(services, decided, context);
  if (!(await services.tasks.write(leased.task))) return false;
  for (let round = 0; round < ROUNDS; round += 1) {
    const mine = leased.task.outbox.filter((entry) => entry.lease?.id === leased.leaseId);
    if (mine.length === 0) return true;
    const results = await perform(services, leased, mine, context);
    leased = await settle(services, leased, results, context);
  }
  return true;
}

/** Leases what is due, withholds what may not be sent, and makes the links that the emails will carry. */
async function prepare(services: DeliveryServices, task: Task, context: Context): Promise<Leased> {
  const now = services.clock.now();
  const withheld = await withhold(services, task, context, now);
  const leaseId = services.random.id();
  const outbox = lease(withheld.outbox, now, { id: leaseId, until: later(now, LEASE_SECONDS) });
  const secrets = new Map<string, Secrets>();
  const links = outbox
    .filter((entry) => entry.lease?.id === leaseId)
    .filter(isEmail)
    .flatMap((entry) => makeLinks(entry, services.random, now, secrets));
  const kept = withheld.links.filter((link) => plusDays(link.expiresAt, FRESH_LINK_DAYS) > now);
  return { task: { ...withheld, outbox, links: [...kept, ...links] }, leaseId, secrets };
}

function makeLinks(entry: EmailEntry, random: Random, now: string, into: Map<string, Secrets>): Link[] {
  if (entry.to !== 'customer') {
    const secret = random.secret();
    into.set(entry.id, { task: secret });
    return [{ hash: hashOf(secret), of: entry.to, expiresAt: plusDays(now, LINK_DAYS.staff) }];
  }
  const [preferences, oneClick] = [random.secret(), random.secret()];
  into.set(entry.id, { preferences, oneClick });
  const expiresAt = plusDays(now, LINK_DAYS.customer);
  return [
    { hash: hashOf(preferences), of: 'customer preferences', expiresAt },
    { hash: hashOf(oneClick), of: 'customer one-click', expiresAt },
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
  const leaving = task.outbox.filter((entry) => isToCustomer(entry) && isDue(entry, now));
  if (leaving.length === 0) return task;
  const known: AddressRecord =
    address === undefined ? { optOuts: [] } : await services.addresses.read(address);
  const outbox = task.outbox.map((entry): OutboxEntry => {
    if (!leaving.includes(entry) || !isEmail(entry)) return entry;
    const reason = mayNotWrite(entry, address, known, store);
    return reason === undefined ? entry : { ...entry, state: 'withheld', reason };
  });
  return { ...task, outbox };
}

async function perform(
  services: DeliveryServices,
  { task, secrets }: Leased,
  mine: readonly OutboxEntry[],
  context: Context,
): Promise<Map<string, SendResult>> {
  const results = new Map<string, SendResult>();
  // The customer's first: stopped in between, staff may get theirs twice, the customer would be a question.
  const emails = mine
    .filter(isEmail)
    .toSorted((one, other) => Number(isToCustomer(other)) - Number(isToCustomer(one)));
  for (const entry of emails) {
    results.set(entry.id, await sendEmail(services, task, entry, secrets.get(entry.id) ?? {}, context));
  }
  const events = mine.filter((entry): entry is EventEntry => entry.type === 'event');
  for (const [id, result] of await putEvents(services, task, events)) results.set(id, result);
  return results;
}

async function sendEmail(
  services: DeliveryServices,
  task: Task,
  entry: EmailEntry,
  secrets: Secrets,
  context: Context,
): Promise<SendResult> {
  const written = writeEmail(task, entry, secrets, {
    ...context,
    now: services.clock.now(),
    linkOrigin: services.linkOrigin,
  });
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
  context: Context,
): Promise<Leased> {
  let base: Task | undefined = { ...leased.task, version: leased.task.version + 1 };
  for (let attempt = 0; attempt < SETTLE_ATTEMPTS && base; attempt += 1) {
    const now = services.clock.now();
    const recorded = record(base.outbox, leased.leaseId, results, now, services.random.jitter());
    const followed = askAboutUnsent({ ...base, outbox: forget(recorded) }, { ...context, now });
    const next = await prepare(services, followed, context);
    if (await services.tasks.write(next.task)) return next;
    base = await services.tasks.read(leased.task.taskId);
  }
  throw new Error(`Task ${leased.task.taskId} was written by others ${SETTLE_ATTEMPTS} times while settling`);
}

/** An event that is on the bus need not be remembered; an email is, for who was told what. */
const forget = (entries: readonly OutboxEntry[]) =>
  entries.filter((entry) => entry.type === 'email' || entry.state !== 'sent');
