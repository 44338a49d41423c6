import { asCrmKnows } from '../crm/lead-consent.ts';
import { type KnownContact, nothingKnown } from '../customers/known-contact.ts';
import type { AddressBook, ContactBook } from '../customers/ports.ts';
import { plusDays } from '../group/business-time.ts';
import { type Context, later as laterContext } from '../handoff/context.ts';
import { askAboutUnsent } from '../handoff/delivery-questions.ts';
import { addressKey } from '../handoff/delivery-reports.ts';
import { boundedLinks, withinBounds } from '../handoff/item-bounds.ts';
import {
  isEmail,
  isSendable,
  isToCustomer,
  LEASE_SECONDS,
  later,
  lease,
  record,
  type SendResult,
} from '../handoff/outbox.ts';
import type { EmailEntry, EventEntry, OutboxEntry } from '../handoff/outbox-entry.ts';
import { outgoingEvent } from '../handoff/outgoing-events.ts';
import { keepSendingHours } from '../handoff/sending-hours.ts';
import { lapseStale } from '../handoff/stale-emails.ts';
import type { Task } from '../handoff/task.ts';
import { kindOf } from '../handoffs/kinds.ts';
import type { CampaignBook } from '../leavers/ports.ts';
import { KNOWN_DAYS, OWN_LINK_DAYS } from '../links/link.ts';
import type { Secrets } from '../links/paths.ts';
import { takeLines } from '../my-day/list-lines.ts';
import { type Item, isDay, isLetter, isOwn, isTask, itemIdOf } from '../my-day/outbox-owner.ts';
import type { EventBus, LeadBook, Mailer, Random, TaskStore } from '../ports.ts';
import { CONFLICT, untilWritten } from '../until-written.ts';
import { addressIn, asKnownIn, reachedIn, readAgain, withheldIn } from './any-item.ts';
import type { ContextServices } from './context-of.ts';
import { writeLetter } from './letters.ts';
import { makeLinks, unsentLinks } from './make-links.ts';
import { isListed, type ListsOfSweep, putInList, scheduleForLists } from './next-list.ts';
import type { FeedServices } from './note-feed.ts';
import { type WritingContext, type Written, writeEmail } from './write-email.ts';
import { writeOwnEmail } from './write-own-email.ts';

/**
 * The only way to send. Writes the item with its due entries leased to this invocation, sends them, and writes the
 * results. If it stops after any call, the next sweep continues: it sends queued entries, and treats an expired lease
 * as an unknown send, never as a reason to send again.
 */
export interface DeliveryServices extends Pick<FeedServices, 'feeds'>, ContextServices {
  readonly tasks: TaskStore;
  readonly mailer: Mailer;
  readonly bus: EventBus;
  readonly addresses: AddressBook;
  readonly contacts: ContactBook;
  readonly leads: LeadBook;
  readonly campaigns: CampaignBook;
  readonly random: Random;
  /** Set in a sweep, which sends the lists that are due. */
  readonly sweep?: ListsOfSweep;
  /** The origin of links, such as https://handoff.example.com */
  readonly linkOrigin: string;
}

/** A failed send can queue a follow-up that fails too; the sweep handles further rounds. */
const ROUNDS = 4;

interface Leased {
  readonly item: Item;
  readonly leaseId: string;
  readonly secrets: ReadonlyMap<string, Secrets>;
  /** The contact data of the customer at the time when the emails were leased. */
  readonly known: KnownContact;
}

/** Writes a decided item and delivers its queued entries. False if another write came first: decide again. */
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

/** Leases due entries, withholds emails that must not be sent, and creates the links for the emails. */
async function prepare(services: DeliveryServices, item: Item, context: Context): Promise<Leased> {
  const now = services.clock.now();
  const fresh = freshened(services, item, { ...context, now });
  const known = await contactFor(services, fresh, now);
  const sendable = withheldIn(fresh, leavingNow(services, fresh, now), known, { ...context, now });
  const leaseId = services.random.id();
  const until = later(now, LEASE_SECONDS);
  const leased = lease(sendable.outbox, now, { id: leaseId, until, emailsLeave: emailsLeave(services) });
  const address = addressIn(item, known);
  const outbox = leased.map((entry) => withAddress(entry, leaseId, address));
  const secrets = new Map<string, Secrets>();
  const links = leasedBy(leaseId, outbox).flatMap((entry) =>
    makeLinks(entry, item, { random: services.random, now, into: secrets, known }),
  );
  const knownDays = isOwn(item) ? OWN_LINK_DAYS.known : KNOWN_DAYS;
  const kept = sendable.links.filter((link) => plusDays(link.expiresAt, knownDays) > now);
  const next: Item = { ...sendable, outbox, links: [...kept, ...links] };
  const taking = isDay(next) ? takeLines(next, leasedBy(leaseId, outbox), now) : next;
  return { item: bounded(taking, now), leaseId, secrets, known };
}

/** Lapses stale entries, and schedules those that have to leave at a certain time. */
function freshened(services: DeliveryServices, item: Item, context: Context): Item {
  if (isOwn(item)) return item;
  if (isLetter(item)) return keepSendingHours(item, context);
  return keepSendingHours(
    scheduleForLists(services, lapseStale(item, kindOf(item), context.now), context),
    context,
  );
}

const leasedBy = (leaseId: string, outbox: readonly OutboxEntry[]): EmailEntry[] =>
  outbox.filter(isEmail).filter(({ lease }) => lease?.id === leaseId);

/** Records the address that a customer email goes to, in case it bounces after the address was corrected. */
function withAddress(entry: OutboxEntry, leaseId: string, address: string | undefined): OutboxEntry {
  return isToCustomer(entry) && entry.lease?.id === leaseId && address !== undefined
    ? { ...entry, sentTo: addressKey(address) }
    : entry;
}

const bounded = (item: Item, now: string): Item =>
  isTask(item) ? withinBounds(item, now) : { ...item, links: boundedLinks(item.links, now) };

export const emailsLeave = ({ mailer }: DeliveryServices): boolean => mailer.isClosed !== true;

/** Read only when an email leaves. Emails to staff need it too: they say how the customer may be contacted. */
async function contactFor(services: DeliveryServices, item: Item, now: string): Promise<KnownContact> {
  const reached = reachedIn(item);
  return reached && leavingNow(services, item, now).length > 0
    ? services.contacts.read(reached)
    : nothingKnown;
}

const leavingNow = (services: DeliveryServices, { outbox }: Item, now: string): EmailEntry[] =>
  outbox.filter(isEmail).filter((entry) => isSendable(entry, now, emailsLeave(services)));

async function perform(
  services: DeliveryServices,
  { item, secrets, known }: Leased,
  mine: readonly OutboxEntry[],
  context: Context,
): Promise<Map<string, SendResult>> {
  const results = new Map<string, SendResult>();
  // Customer emails first: after a crash, emails to staff can be sent again, but emails to customers cannot.
  const emails = mine.filter(isEmail).toSorted((a, b) => Number(isToCustomer(b)) - Number(isToCustomer(a)));
  const related = emails.length > 0 && isTask(item) ? await relatedTo(services, item) : undefined;
  const writing = { ...context, ...(related ? { related } : {}) };
  for (const entry of emails) {
    const written = asKnownIn(item, knownTo(entry, item, known));
    results.set(entry.id, await sendEmail(services, written, entry, secrets.get(entry.id) ?? {}, writing));
  }
  const events = mine.filter((entry): entry is EventEntry => entry.type === 'event');
  if (!isTask(item)) return results;
  for (const [id, result] of await putEvents(services, item, events)) results.set(id, result);
  return results;
}

const knownTo = ({ to }: EmailEntry, item: Item, known: KnownContact): KnownContact =>
  to === 'crm' && isTask(item) ? asCrmKnows(known, item.storeId) : known;

/** The related handoff that this task's texts mention. If it cannot be read, they are written without it. */
export async function relatedTo(
  { tasks }: Pick<DeliveryServices, 'tasks'>,
  task: Task,
): Promise<Task | undefined> {
  const id = kindOf(task).relatedId(task);
  return id === undefined ? undefined : tasks.read(id).catch(() => undefined);
}

async function sendEmail(
  services: DeliveryServices,
  item: Item,
  entry: EmailEntry,
  secrets: Secrets,
  context: Context & { readonly related?: Task },
): Promise<SendResult> {
  if (isTask(item) && isListed(item, entry)) return putInList(services, item, entry, context);
  const { related } = context;
  const writing = {
    ...laterContext(context, services.clock.now()),
    linkOrigin: services.linkOrigin,
    ...(related ? { related } : {}),
  };
  const written = await writeFor(services, item, entry, secrets, writing);
  if (!('email' in written)) return written;
  // Only customer emails are checked against the stored task before sending; an email to staff can be corrected later.
  const isUnchanged = async () => (await readAgain(services, item))?.version === item.version + 1;
  return (
    (await noteLead(services, item, entry)) ??
    services.mailer.send(written.email, isToCustomer(entry) ? isUnchanged : undefined)
  );
}

function writeFor(
  services: DeliveryServices,
  item: Item,
  entry: EmailEntry,
  secrets: Secrets,
  context: WritingContext,
): Promise<Written> | Written {
  if (isOwn(item)) return writeOwnEmail(services, item, entry, secrets, context);
  return isLetter(item)
    ? writeLetter(item, entry, secrets, context)
    : writeEmail(item, entry, secrets, context);
}

/** A lead is recorded before it is sent. If that fails, it waits for the next try; otherwise the counts would miss it. */
async function noteLead(
  { leads, clock }: DeliveryServices,
  item: Item,
  { to }: EmailEntry,
): Promise<SendResult | undefined> {
  if (to !== 'crm' || !isTask(item)) return undefined;
  const { storeId, taskId } = item;
  return leads.note({ storeId, taskId, at: clock.now() }).then(
    () => undefined,
    (error: unknown) => ({ result: 'not-accepted', reason: { code: 'not-accepted', error: nameOf(error) } }),
  );
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'no answer');

async function putEvents(
  services: DeliveryServices,
  task: Task,
  entries: readonly EventEntry[],
): Promise<[string, SendResult][]> {
  const kind = kindOf(task);
  const composed = entries.map((entry) => ({ entry, event: outgoingEvent(task, entry, kind) }));
  const sendable = composed.flatMap(({ entry, event }) => (event ? [{ entry, event }] : []));
  // The data behind this event was taken back in the meantime, so there is nothing left to publish.
  const needless = composed.flatMap(({ entry, event }): [string, SendResult][] =>
    event ? [] : [[entry.id, { result: 'sent' }]],
  );
  if (sendable.length === 0) return needless;
  const answers = await services.bus.put(sendable.map(({ event }) => event));
  const results = sendable.map(({ entry }, at): [string, SendResult] => [
    entry.id,
    answers[at] ?? { result: 'unknown', reason: { code: 'no-answer', error: 'no entry' } },
  ]);
  return [...results, ...needless];
}

/**
 * Records the results of the sends and, in the same write, leases the entries that they made due. After a conflict the
 * results are recorded on the newer version: a result is never lost.
 */
function settle(
  services: DeliveryServices,
  leased: Leased,
  results: ReadonlyMap<string, SendResult>,
  { context, isLast }: { readonly context: Context; readonly isLast: boolean },
): Promise<Leased> {
  const unsent = unsentLinks(leased.secrets, results);
  return untilWritten(`Item ${itemIdOf(leased.item)}`, async (attempt) => {
    const base: Item | undefined =
      attempt === 1
        ? { ...leased.item, version: leased.item.version + 1 }
        : await readAgain(services, leased.item);
    if (!base) throw new Error(`Item ${itemIdOf(leased.item)} is gone`);
    const now = services.clock.now();
    const recorded = record(base.outbox, leased.leaseId, results, now, services.random.jitter());
    const links = base.links.filter(({ hash }) => !unsent.has(hash));
    const settled: Item = { ...base, outbox: withoutSentEvents(recorded), links };
    const followed = isTask(settled)
      ? askAboutUnsent(settled, kindOf(settled), laterContext(context, now))
      : settled;
    // After the last round nobody would send a leased entry, so it stays queued for the sweep.
    const next = isLast ? unleased(followed, now) : await prepare(services, followed, context);
    return (await services.tasks.write(next.item)) ? next : CONFLICT;
  });
}

const unleased = (item: Item, now: string): Leased => ({
  item: bounded(item, now),
  leaseId: '',
  secrets: new Map(),
  known: nothingKnown,
});

/** Sent events are removed; sent emails are kept, because they show who was notified of what. */
const withoutSentEvents = (entries: readonly OutboxEntry[]) =>
  entries.filter((entry) => entry.type === 'email' || entry.state !== 'sent');
