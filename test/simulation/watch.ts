import { addressFromItem } from '../../functions/adapters/address-table.ts';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { taskFromItem } from '../../functions/adapters/task-item.ts';
import { customerPlace, emailPlaces } from '../../functions/customers/contact-places.ts';
import type { Group } from '../../functions/group/group.ts';
import { emailRecords } from '../../functions/handoff/item-bounds.ts';
import { transitions } from '../../functions/handoff/lifecycle.ts';
import { EVIDENCE_MINUTES, isToCustomer, sameRecipient } from '../../functions/handoff/outbox.ts';
import {
  type EmailEntry,
  type EventEntry,
  isStaff,
  type OutboxEntry,
  type SettledEmail,
} from '../../functions/handoff/outbox-entry.ts';
import { numberOf } from '../../functions/handoff/queue.ts';
import type { Task } from '../../functions/handoff/task.ts';
import { type AnyTask, reachedOf } from '../../functions/handoffs/kinds.ts';
import { findMessage } from '../../functions/handoffs/letters.ts';
import { type MyDay, myDay } from '../../functions/my-day/my-day.ts';
import { keyOfPlace } from '../support/customer-key.ts';
import { emailsIn } from '../support/emails-in.ts';
import { brokenValues } from './car-services.ts';
import { CustomersWatched } from './consent-promises.ts';
import { brokenCreditWrite } from './credit-promises.ts';
import type { Written } from './dynamodb.ts';
import type { Item } from './expression.ts';
import { brokenVisit } from './first-service-promises.ts';
import type { Invocation, Outcome } from './functions.ts';
import { brokenLead, RefusedChannels } from './lead-promises.ts';
import { brokenLeaving } from './letter-promises.ts';
import { ListWatch } from './list-promises.ts';
import type { Accepted } from './mail.ts';
import { brokenUse } from './number-promises.ts';
import { isOutOfHours } from './sending-hours.ts';
import { brokenNo } from './visit-promises.ts';

/**
 * Watches every write and every email as it happens. It knows the promises, not the code: what it says is compared
 * with what the table and SES saw.
 */
interface World {
  /** As it is meant, whatever a breakage makes of it. */
  readonly group: Group;
  readonly now: () => number;
  readonly violated: (what: string) => void;
}

/** A person's choice, known to be made with a link that was theirs. */
export interface Click {
  readonly isTheirs: boolean;
}

export class Watch {
  readonly violations: string[] = [];
  readonly clicks = new Map<Invocation, Click>();
  /** The events that each task ever owed. */
  readonly owedEvents = new Map<string, Map<string, EventEntry>>();
  readonly #world: World;
  /** Emails that SES was asked to take, and writes: by item and day. */
  readonly #callsOfDay = new Map<string, number>();
  /** By task and entry. */
  readonly #accepted = new Map<string, Accepted[]>();
  readonly #leasedAt = new Map<string, number>();
  readonly #chosenAgain = new Map<string, number>();
  readonly #evidenceAt = new Map<string, number>();
  readonly #optedOut: { readonly pk: string; readonly no: string; readonly at: number }[] = [];
  readonly #customers = new CustomersWatched();
  readonly #refused = new RefusedChannels();
  readonly #tasks = new Map<string, AnyTask>();
  /** People's own items: what they owe, by the id that their emails carry. */
  readonly #days = new Map<string, MyDay>();

  readonly lists = new ListWatch(
    (dayId, entry) => this.acceptedOf(dayId, entry).length > 0,
    (what) => this.violated(what),
  );

  constructor(world: World) {
    this.#world = world;
  }

  get tasks(): Iterable<AnyTask> {
    return this.#tasks.values();
  }

  storeOf(taskId: string): string | undefined {
    return this.#tasks.get(taskId)?.storeId;
  }

  get days(): Iterable<MyDay> {
    return this.#days.values();
  }

  acceptedOf(task: string, entry: string): readonly Accepted[] {
    return this.#accepted.get(`${task} ${entry}`) ?? [];
  }

  violated(what: string): void {
    this.violations.push(`${new Date(this.#world.now()).toISOString()} ${what}`);
    this.#world.violated(what);
  }

  asked(itemId: string): void {
    this.#count(itemId);
  }

  #count(itemId: string): void {
    const day = `${itemId} on ${new Date(this.#world.now()).toISOString().slice(0, 10)}`;
    const calls = (this.#callsOfDay.get(day) ?? 0) + 1;
    this.#callsOfDay.set(day, calls);
    if (calls === MOST_CALLS_PER_DAY + 1) this.violated(`more than ${MOST_CALLS_PER_DAY} calls about ${day}`);
  }

  #checkSize(id: string, item: Item): void {
    const kilobytes = Math.ceil(Buffer.byteLength(JSON.stringify(item)) / 1024);
    if (kilobytes > MOST_KILOBYTES) this.violated(`${id} has ${kilobytes} KB`);
  }

  #checkStorm(task: AnyTask, was: AnyTask | undefined): void {
    const [before, emails] = [was ? emailsIn(was).length : 0, emailsIn(task).length];
    if (before <= STORM && emails > STORM) this.violated(`${task.kind} ${task.taskId} owed ${emails} emails`);
    const asked = mostAsked(task);
    const letters = emailRecords(task).filter(({ to }) => to === 'customer').length;
    if (asked > letters * QUESTIONS_ABOUT_ONE) {
      this.violated(`${task.taskId} asked one person ${asked} times about ${letters} letters`);
    }
  }

  /** `by` is nobody where the simulation itself wrote: an older release, the roster command. */
  wrote({ pk, before, after }: Written, by: Invocation | undefined): void {
    this.#customers.wrote({ pk, before, after }, this.#world.now());
    if (pk.startsWith('place#')) this.#opted(pk, after);
    if (pk.startsWith('day#') && after) this.#wroteDay(myDay.parse(fromItem(after)), after, by);
    if (!pk.startsWith('task#')) return;
    if (!after) {
      this.violated(`a task was deleted: ${pk}`);
      return;
    }
    const task = taskFromItem(fromItem(after));
    const was = before && this.#tasks.get(task.taskId);
    this.#tasks.set(task.taskId, task);
    if (!by) return;
    this.#count(task.taskId);
    this.#checkSize(task.taskId, after);
    this.#checkClick(task, by);
    this.#checkDueAt(task.taskId, dueAtBy(task.outbox, task.deadlines), after);
    if (task.version !== (was?.version ?? 0) + 1) {
      this.violated(`${by.label} wrote version ${task.version} of ${pk} over ${was?.version ?? 'nothing'}`);
    }
    if (was && !mayMove(was, task))
      this.violated(`${by.label} moved ${pk} from ${was.state} to ${task.state}`);
    if (by.isReplay && isNews(was, task)) {
      this.violated(`${by.label} told people of ${task.taskId} what was replayed`);
    }
    this.#checkStorm(task, was);
    const broken = [
      ...brokenVisit(task, this.#world.now()),
      ...brokenUse(was, task),
      ...brokenNo(task),
      ...brokenLeaving(task, was, this.#world.now()),
      ...brokenValues(task),
      ...brokenCreditWrite(was, task, by),
      ...this.#customers.brokenSilence(task, was, by, this.#world.now()),
    ];
    for (const violation of broken) this.violated(violation);
    const { outbox, settled = [] } = task;
    this.#checkOutbox({ id: task.taskId, outbox, settled, was: was?.outbox ?? [], forgets: false }, by);
    for (const entry of task.outbox) if (entry.type === 'event') this.#noteEvent(task.taskId, entry);
  }

  #wroteDay(day: MyDay, item: Item, by: Invocation | undefined): void {
    const was = this.#days.get(day.dayId);
    this.#days.set(day.dayId, day);
    this.lists.wrote(day);
    if (!by) return;
    this.#count(day.dayId);
    this.#checkSize(day.dayId, item);
    this.#checkDueAt(day.dayId, dueAtBy(day.outbox), item);
    if (day.version !== (was?.version ?? 0) + 1) {
      this.violated(
        `${by.label} wrote version ${day.version} of ${day.dayId} over ${was?.version ?? 'nothing'}`,
      );
    }
    const { outbox } = day;
    this.#checkOutbox({ id: day.dayId, outbox, settled: [], was: was?.outbox ?? [], forgets: true }, by);
  }

  #checkOutbox(owing: Owing, by: Invocation): void {
    for (const entry of owing.was) this.#checkEntry(owing, entry, by);
    for (const entry of owing.outbox) this.#noteLease(owing, entry, by);
  }

  /** What SES took, at the moment it took it. */
  sent(email: Accepted): void {
    const id = `${email.task} ${email.entry}`;
    const before = this.#accepted.get(id) ?? [];
    this.#accepted.set(id, [...before, email]);
    const task = this.#tasks.get(email.task);
    const owing = task ?? this.#days.get(email.task);
    const entry = owing && emailsIn(owing).find(({ id: of }) => of === email.entry);
    if (!entry) this.violated(`SES took an email that nothing owes: ${id}`);
    else if (task && entry.to === 'customer') this.#checkCustomer(task, entry, email, before.length);
    else if (before.length > 0) this.#checkStaffTwice(id, entry);
    if (task && entry?.to === 'crm') this.#checkLead(task, email);
    if (task && entry?.message === 'upgrade-nudge') this.#checkMoment(task, id);
  }

  #checkLead(task: AnyTask, { by }: Accepted): void {
    for (const violation of brokenLead(task)) this.violated(violation);
    const reached = reachedOf(task);
    const read = reached ? emailPlaces(reached).map((place) => keyOfPlace(place).pk) : [];
    const refused = read.flatMap((pk) => this.#refused.before(pk, by.readAt.get(pk) ?? 0, task.storeId));
    if (['email', 'phone'].every((channel) => refused.includes(channel)))
      this.violated(`the CRM got a lead of ${task.taskId}, who said no to every channel`);
  }

  /** A nudge about a car that left says nothing true any more. */
  #checkMoment(task: Task, id: string): void {
    if (task.state !== 'cancelled' || task.ended === undefined) return;
    if ((this.#leasedAt.get(id) ?? 0) > Date.parse(task.ended.at) + SLACK) {
      this.violated(`a nudge that had lost its moment was sent: ${id}`);
    }
  }

  /** A report of SES reached us, and the invocation that had it said it was done. */
  heard(email: Accepted): void {
    const id = `${email.task} ${email.entry}`;
    if (!this.#evidenceAt.has(id)) this.#evidenceAt.set(id, this.#world.now());
  }

  /** An invocation came to its end: what SES answered it is written down, and nothing is left in its hands. */
  ended(invocation: Invocation, outcome: Outcome<unknown>): void {
    if (!outcome.ok || invocation.isDisturbed) return;
    if (invocation.leases.size > 0) this.#checkHands(invocation);
    for (const { task, entry } of invocation.answers) this.#checkRecorded(invocation, task, entry);
  }

  #checkHands(invocation: Invocation): void {
    for (const owing of [...this.#tasks.values(), ...this.#days.values()]) {
      for (const { id, lease, state } of owing.outbox) {
        if (state === 'sending' && lease && invocation.leases.has(lease.id)) {
          this.violated(`${invocation.label} ended and left ${owing.kind} ${id} in its hands`);
        }
      }
    }
  }

  #checkRecorded(invocation: Invocation, taskId: string, entryId: string): void {
    const entry = this.#tasks.get(taskId)?.outbox.find(({ id }) => id === entryId);
    if (
      entry &&
      ['sending', 'unknown', 'asked', 'owed'].includes(entry.state) &&
      this.#onceOnly(taskId, entryId)
    ) {
      this.violated(
        `${invocation.label} heard that ${taskId} ${entryId} was taken, but it is ${entry.state}`,
      );
    }
  }

  #onceOnly = (task: string, entry: string) => !this.#chosenAgain.has(`${task} ${entry}`);

  #checkClick(task: Task, by: Invocation): void {
    if (by.name !== 'answer-task') return;
    if (this.clicks.get(by)?.isTheirs !== true) {
      this.violated(`${by.label} changed ${task.taskId} for somebody with no link to it`);
    }
  }

  #checkDueAt(id: string, wanted: string | undefined, item: Item): void {
    if (item['dueAt']?.S !== wanted) {
      this.violated(`${id} is due at ${item['dueAt']?.S}, but has something to do at ${wanted}`);
    }
  }

  #checkEntry({ id, outbox, settled, forgets }: Owing, was: OutboxEntry, by: Invocation): void {
    const is = outbox.find((one) => one.id === was.id);
    if (!is) {
      const isSettled = ['sent', 'given-up', 'withheld', 'lapsed'].includes(was.state);
      const mayGo = was.type === 'event' || (forgets && isSettled) || (isSettled && hasLine(settled, was));
      if (!mayGo) this.violated(`${by.label} lost ${id} ${was.id}, which was ${was.state}`);
      return;
    }
    if (was.state === 'lapsed' && !['lapsed', 'sent'].includes(is.state) && by.name !== 'answer-task') {
      this.violated(`${by.label} took ${id} ${was.id} from lapsed to ${is.state}`);
    }
    // A lead that may not have left is decided on anew, and its customer may have said no since.
    const again = was.type === 'email' && was.to === 'crm' ? [...staffAgain, 'withheld'] : staffAgain;
    const isStaffAgain = was.state === 'unknown' && !isToCustomer(was) && again.includes(is.state);
    if (was.state === is.state || nextStates[was.state].includes(is.state) || isStaffAgain) {
      this.#noteChoice(id, was, is, by);
    } else {
      this.violated(`${by.label} took ${id} ${was.id} from ${was.state} to ${is.state}`);
    }
  }

  /** Only a person's choice makes an email to a customer owed again of which nobody knows whether it was sent. */
  #noteChoice(ownerId: string, was: OutboxEntry, is: OutboxEntry, by: Invocation): void {
    if (was.state !== 'asked' || !['owed', 'sending', 'withheld'].includes(is.state)) return;
    const id = `${ownerId} ${is.id}`;
    if (by.name === 'answer-task') this.#chosenAgain.set(id, (this.#chosenAgain.get(id) ?? 0) + 1);
    else this.violated(`${by.label} answered the question about ${id} by itself`);
  }

  #noteLease({ id, was }: Owing, entry: OutboxEntry, by: Invocation): void {
    const { lease } = entry;
    if (entry.state !== 'sending' || !lease) return;
    const before = was.find((one) => one.id === entry.id);
    if (before?.lease?.id === lease.id) return;
    by.leases.add(lease.id);
    this.#leasedAt.set(`${id} ${entry.id}`, this.#world.now());
  }

  #noteEvent(taskId: string, entry: EventEntry): void {
    const owed = this.owedEvents.get(taskId) ?? new Map<string, EventEntry>();
    this.owedEvents.set(taskId, owed.set(entry.id, entry));
  }

  #checkCustomer(task: Task, entry: EmailEntry, email: Accepted, before: number): void {
    const id = `${task.taskId} ${entry.id}`;
    if (before > (this.#chosenAgain.get(id) ?? 0))
      this.violated(`the customer got ${id} (${entry.message}) twice`);
    if (isOutOfHours(this.#world.group, task.storeId, email.at))
      this.violated(`the customer got ${id} at night`);
    const reached = reachedOf(task);
    const places = reached ? emailPlaces({ ...reached, email: email.to }) : [email.to];
    if (reached?.customerNumber !== undefined) {
      const { storeId, customerNumber } = reached;
      const merged = this.#customers.mergedWith(storeId, customerNumber, email.by);
      places.push(...merged.map((number) => customerPlace(storeId, number)));
    }
    for (const { pk } of places.map(keyOfPlace)) {
      const readAt = email.by.readAt.get(pk);
      if (readAt === undefined) this.violated(`${id} went to a customer who was not asked about`);
      const no = this.#optedOut.find(
        (one) =>
          one.pk === pk &&
          one.at < (readAt ?? 0) &&
          meant(one.no, task.storeId, findMessage(entry.message)?.optOutKind),
      );
      if (no) this.violated(`${id} went to a customer who had said no (${no.no})`);
    }
  }

  /** Staff may get an email twice only where nothing had told us, when it was taken up again, that SES has it. */
  #checkStaffTwice(id: string, entry: EmailEntry): void {
    const evidence = this.#evidenceAt.get(id);
    const leased = this.#leasedAt.get(id) ?? 0;
    if (evidence !== undefined && evidence < leased) {
      this.violated(`staff got ${id} (${entry.message}) twice, though SES had told of the first`);
    }
  }

  #opted(pk: string, after: Item | undefined): void {
    const record = after && fromItem(after);
    this.#refused.wrote(pk, addressFromItem(record ?? {}), this.#world.now());
    const nos: { kind: string; storeId: string; channel?: string }[] = Array.isArray(record?.['optOuts'])
      ? record['optOuts']
      : [];
    const ofEmail = nos.filter(({ channel = 'email' }) => channel === 'email');
    const stand = ofEmail.map(({ kind, storeId }) => `${kind} ${storeId}`);
    const kept = this.#optedOut.filter((one) => one.pk !== pk || stand.includes(one.no));
    const fresh = stand
      .filter((no) => !kept.some((one) => one.pk === pk && one.no === no))
      .map((no) => ({ pk, no, at: this.#world.now() }));
    this.#optedOut.splice(0, this.#optedOut.length, ...kept, ...fresh);
  }
}

/** What an item owes, and owed before this write. */
interface Owing {
  readonly id: string;
  readonly outbox: readonly OutboxEntry[];
  /** What is left of emails that the outbox had no room for. */
  readonly settled: readonly SettledEmail[];
  readonly was: readonly OutboxEntry[];
  /** A person's own item forgets what is settled. */
  readonly forgets: boolean;
}

const hasLine = (lines: readonly SettledEmail[], { message, to }: EmailEntry) =>
  lines.some((line) => line.message === message && sameRecipient(line.to, to));

/**
 * Whatever SES answers for a day. A sweep that finds it closed stops after two emails; each takes a lease, a call and a
 * write, so that the oldest item of all, which every sweep tries first, has no more than these in 288 sweeps.
 */
const MOST_CALLS_PER_DAY = 1_200;
/** More emails than the longest story of one handoff has: they answer each other. */
const STORM = 80;
/** Nobody knows whether a letter left, then it came back, then its address is suppressed. */
const QUESTIONS_ABOUT_ONE = 3;

/** How often the person was asked who was asked most often about emails to the customer. */
function mostAsked(task: Task): number {
  const questions = emailsIn(task).filter(({ message }) => message === 'customer-email-problem');
  const perPerson = Map.groupBy(questions, ({ to }) => (isStaff(to) ? to.staff : to));
  return Math.max(0, ...[...perPerson.values()].map(({ length }) => length));
}

/** Half of what DynamoDB takes. */
const MOST_KILOBYTES = 200;

/** Two clocks, each wrong by twenty seconds, and the longest invocation. */
const SLACK = 300_000;

const staffAgain: readonly string[] = ['owed', 'sending', 'lapsed'];
/** The states that an entry may have after another, for emails whose fate somebody knows. */
const nextStates: Readonly<Record<OutboxEntry['state'], readonly OutboxEntry['state'][]>> = {
  owed: ['sending', 'withheld', 'lapsed', 'sent', 'given-up'],
  sending: ['sent', 'owed', 'unknown', 'given-up', 'withheld', 'lapsed'],
  unknown: ['sent', 'asked', 'lapsed', 'given-up'],
  asked: ['owed', 'sending', 'withheld', 'lapsed', 'sent', 'given-up'],
  'given-up': ['sent'],
  // It had left before, at an attempt of which nobody knew, and SES tells of that late.
  withheld: ['sent'],
  // A choice that is taken back makes it owed again; the customer may have said no since.
  lapsed: ['owed', 'sending', 'withheld', 'sent'],
  sent: ['given-up'],
};

const moves = new Set(transitions.flatMap(({ from, to }) => from.map((one) => `${one} ${to}`)));
/** Two rows in one write: a choice is taken back to where it was made; a car that was sold again begins anew. */
const twoMoves = new Set([
  'completed accepted',
  'completed waiting',
  'waiting accepted',
  ...throughAwaited(),
]);

function throughAwaited(): string[] {
  const from = transitions.filter(({ to }) => to === 'awaited').flatMap((row) => row.from);
  const to = transitions.filter((row) => row.from.some((one) => one === 'awaited')).map((row) => row.to);
  return from.flatMap((one) => to.map((other) => `${one} ${other}`));
}

const mayMove = (was: Task, is: Task) =>
  was.state === is.state || moves.has(`${was.state} ${is.state}`) || twoMoves.has(`${was.state} ${is.state}`);

/** A replay may keep what an earlier delivery could not place yet; it begins, ends and sends nothing. */
function isNews(was: AnyTask | undefined, is: AnyTask): boolean {
  const madeBefore = was?.entriesMade ?? 0;
  const made = is.outbox.filter(({ id }) => numberOf(id) > madeBefore);
  const silent = [
    ...(isOlderDeal(was, is) ? made.filter(isOfDeal) : []),
    ...(isOlderStart(was, is) ? made.filter(isOfStart) : []),
  ];
  const before = was?.state ?? 'awaited';
  // What nobody had yet, and was over before it came, is put aside.
  const isPutAside = is.state === 'history' || (before === 'awaited' && is.state === 'cancelled');
  const isMoved = !isPutAside && is.state !== before;
  return isMoved || is.entriesMade - madeBefore > silent.length;
}

/**
 * An older version of a deal that no function was ever done with, which a later one took off the list. It says since when the
 * deal is one, and credit alone is weighed by that.
 */
const isOlderDeal = (was: AnyTask | undefined, is: AnyTask): boolean =>
  was?.kind === 'service-introduction' &&
  is.kind === 'service-introduction' &&
  is.facts.soldSince !== undefined &&
  is.facts.soldSince < (was.facts.soldSince ?? was.facts.sold?.occurredAt ?? '');

const isOfDeal = (entry: OutboxEntry): boolean =>
  entry.type === 'event' && entry.detailType === 'vehicle-owner-changed';

/** The same of a handoff that another system starts: an older word says that it began earlier, and credit is weighed again. */
const isOlderStart = (was: AnyTask | undefined, is: AnyTask): boolean =>
  was?.started !== undefined &&
  is.saidSince !== undefined &&
  is.saidSince < (was.saidSince ?? was.started.at);

const isOfStart = (entry: OutboxEntry): boolean =>
  entry.type === 'event' && entry.about?.code === 'noted' && entry.about.what === 'started earlier';

/** When an item has something to do, said anew: its deadlines, and each entry by its state. */
function dueAtBy(outbox: readonly OutboxEntry[], deadlines: Task['deadlines'] = {}): string | undefined {
  const ofEntries = outbox.map((entry) => {
    if (entry.state === 'owed') return entry.dueSince ?? entry.notBefore ?? entry.owedAt;
    if (entry.state === 'sending') return entry.lease?.until;
    if (entry.state !== 'unknown') return undefined;
    return new Date(Date.parse(entry.unknownSince ?? entry.owedAt) + EVIDENCE_MINUTES * 60_000).toISOString();
  });
  return [...Object.values(deadlines), ...ofEntries].filter((at) => at !== undefined).toSorted()[0];
}

/** Whether a no, as its kind and its place, was meant for this kind of email from this store. */
function meant(no: string, storeId: string, kind: string | undefined): boolean {
  const [what, where] = no.split(' ');
  return (what === 'all' || what === 'channel' || what === kind) && (where === 'group' || where === storeId);
}
