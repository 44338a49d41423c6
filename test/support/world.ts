import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BatchWriteItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { readRosterCsv } from '../../bin/roster/csv.ts';
import { CachedRoster } from '../../functions/adapters/cached-roster.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import type { Fetch } from '../../functions/adapters/json-api.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { RosterStore } from '../../functions/adapters/roster-store.ts';
import { taskFromItem } from '../../functions/adapters/task-item.ts';
import { OWN_SOURCE } from '../../functions/contracts/contract.ts';
import type { Erasures } from '../../functions/customers/ports.ts';
import { FILE_UNFINISHED, unfinishedFile } from '../../functions/feeds/dropped-file.ts';
import { plusMinutes } from '../../functions/group/business-time.ts';
import type { Group } from '../../functions/group/group.ts';
import { parseGroup } from '../../functions/group/group-file.ts';
import { type Answered, answerTask, type Submitted } from '../../functions/handoff/answer.ts';
import { isEmail } from '../../functions/handoff/outbox.ts';
import type { Task } from '../../functions/handoff/task.ts';
import { type AnyTask, kindOf, type TaskKind, type TaskOf } from '../../functions/handoffs/kinds.ts';
import { type Outcome, readDropped, readUnfinished } from '../../functions/lambdas/read-feed/read-file.ts';
import { settleEmail } from '../../functions/lambdas/settle-email/settle-email.ts';
import { sweepDueWork } from '../../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import type { FunctionName } from '../../functions/lambdas.ts';
import { contextOfTask } from '../../functions/outbox/decide-and-deliver.ts';
import { writeAndDeliver } from '../../functions/outbox/deliver.ts';
import { planRosterChange } from '../../functions/people/roster-change.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { isManager } from '../../functions/people/staff.ts';
import type { Feeds, Outcomes } from '../../functions/ports.ts';
import { passOn, receiveEvents } from '../../functions/runtime/on-events.ts';
import groupFile from '../../groups/demo.json' with { type: 'json' };
import { feedsOf } from '../../lib/sources.ts';
import { functionOf, heard, heardByOutcomes, uses } from '../kinds/all-uses.ts';
import { Calls, type StoredFile } from './calls.ts';
import { openDynamoDBServer, requestedDynamoDB } from './dynamodb-server.ts';
import { lambdaContext as context } from './lambda-context.ts';
import { ListedEmails, waitsForList } from './listed-emails.ts';
import { MemoryDynamoDB } from './memory-dynamodb.ts';
import { keepsNothing, nobody, ORIGIN, readingServicesOver, servicesOver } from './services.ts';
import type { TestDynamoDB } from './test-dynamodb.ts';

/**
 * A dealer group in memory: our code above the SDK clients' `send`, on a table in memory, with a bus and a SES that
 * stand in for AWS, and a clock that the test moves. Each invocation has services of its own, as a new process has,
 * so that a test may stop one at any call and see another resume.
 */
export interface SentEmail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly replyTo?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly string[];
  readonly files: readonly { readonly type: string; readonly content: string }[];
  readonly tags: { readonly task: string; readonly entry: string };
  readonly at: string;
}

export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: unknown;
}

/** In minutes, as {@link World.advance} takes them. */
export const DAY = 24 * 60;
const SWEEP_MINUTES = 5;
/** What the samples come from. */
const SOURCES = ['dms.cdk', 'dms.tekion', 'dms.reynolds'];
const LAMBDA_TRIES = 3;

/** What a test makes of the demo group. */
type Change = (group: Group) => Group;
export const unchanged: Change = (group) => group;
/** How long Service has before Sales hears: 0 for tests of what Sales does then. */
export const headStartOf =
  (advisorHeadStartMinutes: Group['nudge']['advisorHeadStartMinutes']): Change =>
  (group) => ({ ...group, nudge: { ...group.nudge, advisorHeadStartMinutes } });

export class World {
  readonly group: Group;
  readonly calls: Calls;
  readonly sent: SentEmail[] = [];
  /** Everything of ours that reached the bus. */
  readonly ours: BusEvent[] = [];
  /** Everything that files of feeds put on the bus. */
  readonly fromFeeds: BusEvent[] = [];
  /** What each event made a function call, in the order they came. */
  readonly invocations: { readonly of: string; readonly made: readonly string[] }[] = [];
  /** What the bus answered to each event that a DMS put on it. */
  readonly eventIds: string[] = [];
  now: string;
  /** Whether the inbox shows the lists that people get. If not, it shows each line of them as an email of its own. */
  showsLists = false;
  readonly #listed = new ListedEmails();
  /** Whether `keep-customers` works, too. Most tests are about handoffs, which do without it. */
  keepsCustomers = false;
  /** Whether outcomes are kept, too. */
  keepsOutcomes = false;
  /** What the function that reads files answered, one after the other. */
  readonly files: Outcome[] = [];
  /** Whether functions get what files of feeds say. Tests of the reading alone do without. */
  deliversFeeds = true;
  /** Whether an invocation that reads a file has no time left. */
  readingTimeIsUp = () => false;
  /** What APIs of others answer. Nobody plays them but a test that says so. */
  fetch: Fetch = nobody;
  /** Aborted once a decision has waited long enough for one of them: never, but in a test that says so. */
  timeLimit = () => new AbortController().signal;
  readonly #bucket = new Map<string, StoredFile>();
  readonly #dynamodb: TestDynamoDB;
  readonly #queue: BusEvent[] = [];
  readonly #taken: BusEvent[] = [];
  #roster: CachedRoster | undefined;
  #erasures: Erasures | undefined;
  #feeds: Feeds | undefined;
  #outcomes: Outcomes | undefined;
  #ids = 0;
  #table = '';

  private constructor(dynamodb: TestDynamoDB, group: Group, now: string) {
    this.#dynamodb = dynamodb;
    this.group = group;
    this.now = now;
    this.calls = new Calls(dynamodb.client, {
      email: (input) => this.#accept(input),
      event: (source, detailType, detail) => this.#onBus(source, detailType, detail),
      wrote: (item) => this.#listed.wrote(item),
      object: (key, etag) => this.#object(key, etag),
    });
  }

  /** In memory, unless the test or TEST_DYNAMODB asks for a DynamoDB server. */
  static async open(now = '2026-11-20T22:40:00.000Z', change: Change = unchanged, dynamodb?: TestDynamoDB) {
    const whole = dynamodb ?? (requestedDynamoDB ? await openDynamoDBServer() : new MemoryDynamoDB());
    const world = new World(whole, change(parseGroup(groupFile)), now);
    world.#table = await whole.createTable();
    await world.importRoster();
    return world;
  }

  async close(): Promise<void> {
    await this.#dynamodb.close();
  }

  /** For whoever reads or writes the table without our services. */
  target() {
    const { client, endpoint } = this.#dynamodb;
    return { dynamodb: client, tableName: this.#table, endpoint };
  }

  /** Forgets everything but the roster: cheaper than another world. */
  async reset(now: string): Promise<void> {
    await this.#dynamodb.emptyTable(this.#table);
    await this.importRoster();
    this.sent.length = 0;
    this.showsLists = false;
    this.#listed.reset();
    this.ours.length = 0;
    this.fromFeeds.length = 0;
    this.eventIds.length = 0;
    this.#queue.length = 0;
    this.#taken.length = 0;
    this.deadLetters.length = 0;
    this.#reported = 0;
    this.invocations.length = 0;
    this.files.length = 0;
    this.#bucket.clear();
    this.readingTimeIsUp = () => false;
    this.deliversFeeds = true;
    this.#roster = undefined;
    this.#erasures = undefined;
    this.#feeds = undefined;
    this.#outcomes = undefined;
    this.now = now;
    this.calls.reset();
  }

  /** The roster's file comes with something else about a person. */
  async rosterSays(storeId: string, employeeNumber: string, change: Partial<StaffMember>): Promise<void> {
    const roster = new RosterStore(this.calls.invocation().dynamodb, this.#table);
    const before = (await roster.read(storeId)).find((one) => one.employeeNumber === employeeNumber);
    if (!before || !(await roster.put({ ...before, ...change }, before))) throw new Error('not changed');
  }

  /** From here on every invocation is of a process that has worked before, and knows the roster. */
  async keepWarm(): Promise<void> {
    const { dynamodb } = this.calls.invocation();
    const roster = new CachedRoster(new RosterStore(dynamodb, this.#table), { now: () => this.now });
    for (const { id } of this.group.stores) await roster.read(id);
    this.#roster = roster;
    this.#erasures = this.services().erasures;
    await this.#erasures.covers({ storeId: '' }, '');
    this.#outcomes = this.services().outcomes;
    this.#feeds = this.services().feeds;
    for (const { id } of this.group.stores) {
      for (const source of SOURCES) await this.#feeds.noteHeard({ storeId: id, source }, this.now);
    }
  }

  /** New services over the same AWS: what a cold start builds. */
  services(of?: FunctionName) {
    return this.#servicesOver(this.calls.invocation(of));
  }

  #servicesOver(clients: ReturnType<Calls['invocation']>) {
    return servicesOver({
      ...clients,
      clock: { now: () => this.now },
      random: {
        secret: () => `secret-${this.#next()}`,
        id: () => `id-${this.#next()}`,
        jitter: () => 0.5,
      },
      wait: async () => undefined,
      fetch: this.fetch,
      timeLimit: this.timeLimit,
      group: this.group,
      table: this.#table,
      roster: this.#roster,
      erasures: this.#erasures,
      feeds: this.#feeds,
      outcomes: this.#outcomes,
    });
  }

  /** A DMS puts an event on the bus; everything that follows from it at once has happened when this returns. */
  async put(detailType: string, detail: object, source = 'dms.test', time = this.#time()): Promise<void> {
    const id = `event-${this.#next()}`;
    this.eventIds.push(id);
    const event = { id, source, 'detail-type': detailType, time, detail };
    this.#taken.push(event);
    this.#queue.push(event);
    await this.deliver();
  }

  /** A file is put into the bucket, and read. Answers what was made of it. */
  async drop(key: string, content: string | Uint8Array): Promise<Outcome> {
    this.placeFile(key, content);
    return this.readAgain(key);
  }

  /** A file is in the bucket, which has not told of it yet. */
  placeFile(key: string, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const etag = createHash('md5').update(bytes).digest('hex');
    this.#bucket.set(key, { bytes, etag, modifiedAt: this.now });
  }

  /** The bucket tells of a file once more, as it may, and as Lambda does after a failure. */
  async readAgain(key: string): Promise<Outcome> {
    const { etag = '' } = this.#bucket.get(key) ?? {};
    const read = () => readDropped(this.#readingServices(), { key, etag }, this.readingTimeIsUp);
    const outcome = await this.#trying(read);
    this.files.push(outcome);
    await this.deliver();
    return outcome;
  }

  removeFile(key: string): void {
    this.#bucket.delete(key);
  }

  #object(key: string, etag: string): StoredFile | undefined {
    const found = this.#bucket.get(key);
    return found?.etag === etag ? found : undefined;
  }

  #readingServices() {
    return readingServicesOver({
      ...this.calls.invocation(),
      random: { id: () => `id-${this.#next()}` },
      clock: { now: () => this.now },
      wait: async () => undefined,
      group: this.group,
      feeds: feedsOf(this.group, 'groups/demo.json'),
      table: this.#table,
    });
  }

  /** The bus delivers an event of a DMS once more, as it does after a lost answer, and in a replay from the archive. */
  async redeliver(event = 0): Promise<void> {
    const taken = this.#taken.at(event);
    if (!taken) throw new Error(`no event ${event} was put`);
    this.#queue.push(taken);
    await this.deliver();
  }

  /** Whole seconds, as EventBridge writes them. */
  #time(): string {
    return `${this.now.slice(0, 19)}Z`;
  }

  /** A file of samples/, with what the test changes about it; it happened by now, at the latest. */
  async putSample(name: string, change: object = {}, source?: string): Promise<void> {
    const sample = JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8'));
    const happened = new Date(sample.detail.occurredAt).toISOString();
    const occurredAt = happened < this.now ? happened : this.now;
    await this.put(
      sample['detail-type'],
      { ...sample.detail, occurredAt, ...change },
      source ?? sample.source,
    );
  }

  /** Events in the order they came, each tried as Lambda tries it; what fails three times is a dead letter. */
  async deliver(): Promise<void> {
    for (let event = this.#queue.shift(); event; event = this.#queue.shift()) {
      await this.#invoke(event);
    }
    if (!this.showsLists) await this.#noteListed();
  }

  /** Not by calls of the product, which tests count. */
  async #noteListed(): Promise<void> {
    const dynamodb = this.#dynamodb.client;
    const services = this.#servicesOver({ ...this.calls.invocation(), dynamodb });
    await this.#listed.note({ ...services, linkOrigin: ORIGIN });
  }

  readonly deadLetters: BusEvent[] = [];

  /** `keep-outcomes` hears an event, perhaps once more, or late. */
  keepOutcome(event: BusEvent): Promise<unknown> {
    const services = this.services('keep-outcomes');
    return passOn(() => services, heardByOutcomes)(event, context);
  }

  async #invoke(event: BusEvent): Promise<void> {
    const first = this.calls.made.length;
    await this.#deliverOne(event);
    this.invocations.push({ of: event['detail-type'], made: this.calls.made.slice(first) });
  }

  async #deliverOne(event: BusEvent): Promise<void> {
    try {
      if (event['detail-type'] === FILE_UNFINISHED) {
        const file = unfinishedFile.parse(event.detail);
        const read = () => readUnfinished(this.#readingServices(), file, this.readingTimeIsUp);
        this.files.push(await this.#trying(read));
        return;
      }
      if (isForFunctions(event['detail-type'])) {
        await this.#trying(() => {
          const services = this.services(functionOf(event['detail-type']));
          return receiveEvents(() => services, uses)(event, context);
        });
      }
      if (this.keepsCustomers) {
        await this.#trying(() => {
          const services = this.services('keep-customers');
          return passOn(() => services, heard)(event, context);
        });
      }
      if (this.keepsOutcomes) await this.#trying(() => this.keepOutcome(event));
    } catch {
      this.deadLetters.push(event);
    }
  }

  /** One tick of the five-minute schedule. */
  async sweep() {
    const swept = await sweepDueWork(this.services('sweep-due-work'), () => false).catch(
      (error: unknown) => ({ error }),
    );
    await this.deliver();
    return swept;
  }

  /** Moves the clock, sweeping at every tick that has something due; ticks that would find nothing are skipped. */
  async advance(minutes: number): Promise<void> {
    const until = plusMinutes(this.now, minutes);
    for (;;) {
      const due = await this.#nextDue();
      if (due === undefined || due > until) break;
      const tick = tickAfter(due > this.now ? due : plusMinutes(this.now, 1));
      if (tick > until) break;
      this.now = tick;
      await this.sweep();
    }
    this.now = until;
  }

  /** Moves the clock until nothing waits for a list any more. */
  async untilListsLeft(): Promise<void> {
    for (let at = await this.#nextList(); at !== undefined; at = await this.#nextList()) {
      await this.advance(Math.max(1, (Date.parse(at) - Date.parse(this.now)) / 60_000));
    }
  }

  async #nextList(): Promise<string | undefined> {
    const tasks: Task[] = await this.tasks();
    const waiting = tasks.flatMap((task) =>
      task.outbox.filter(isEmail).filter((entry) => waitsForList(task, entry)),
    );
    return waiting.map(({ notBefore = this.now }) => notBefore).toSorted()[0];
  }

  async tasks(): Promise<AnyTask[]>;
  async tasks<Name extends TaskKind>(kind: Name): Promise<TaskOf<Name>[]>;
  async tasks(kind?: TaskKind): Promise<AnyTask[]> {
    const items = await this.items('task');
    const tasks = items.map(taskFromItem);
    return kind ? tasks.filter((task) => task.kind === kind) : tasks;
  }

  async refusals(): Promise<Record<string, unknown>[]> {
    return this.items('refusal');
  }

  async items(type: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.#dynamodb.client.send(
      new ScanCommand({ TableName: this.#table, ConsistentRead: true }),
    );
    return Items.map((item) => fromItem(item)).filter((item) => item['type'] === type);
  }

  /** SES tells of an email that was sent, over the bus that tries again what fails. */
  async report(
    email: SentEmail,
    eventType: string,
    bounceType?: string,
    bounceSubType?: string,
  ): Promise<string> {
    const report = {
      eventType,
      mail: {
        messageId: 'ses-1',
        destination: [email.to],
        tags: { task: [email.tags.task], entry: [email.tags.entry] },
      },
      ...(bounceType ? { bounce: { bounceType, ...(bounceSubType ? { bounceSubType } : {}) } } : {}),
    };
    const without = this.keepsOutcomes ? {} : { outcomes: keepsNothing };
    const settling = () => ({ ...this.services('settle-email'), ...without });
    const outcome = await this.#trying(() => settleEmail(settling(), report));
    await this.deliver();
    return outcome;
  }

  /** As EventBridge and Lambda do it: what fails is tried again by a new process. */
  async #trying<T>(invoke: () => Promise<T>): Promise<T> {
    for (let attempt = 1; attempt < LAMBDA_TRIES; attempt += 1) {
      try {
        return await invoke();
      } catch {
        // Tried again below.
      }
    }
    return invoke();
  }

  /** SES tells of everything that it accepted and did not tell of yet. */
  async reportSent(): Promise<void> {
    for (const email of this.sent.slice(this.#reported)) await this.report(email, 'Send');
    this.#reported = this.sent.length;
  }

  #reported = 0;

  /** A person whose click got no answer clicks again. */
  async answerAgain(answer: Submitted): Promise<Answered['is']> {
    const [task] = await this.tasks();
    const { taskId = '', assignee } = task ?? {};
    return this.#trying(() => this.answer(taskId, answer, assignee?.employeeNumber));
  }

  /** The named person chooses, as their page lets them. */
  async answer(taskId: string, answer: Submitted, by?: string): Promise<Answered['is']> {
    const services = this.services();
    const task = await services.tasks.read(taskId);
    if (!task) return 'moved on';
    const context = await contextOfTask(services, task);
    const employeeNumber = by ?? task.assignee?.employeeNumber ?? '';
    const person = by === undefined ? undefined : context.person(by);
    const reader = { employeeNumber, isManager: person !== undefined && isManager(person) };
    const answered = answerTask(task, kindOf(task), reader, answer, context);
    if (answered.is === 'done') await writeAndDeliver(services, answered.task, context);
    await this.deliver();
    return answered.is;
  }

  /** Whoever has an introduction accepts it: then the customer gets their letter. */
  async acceptIntroductions(): Promise<void> {
    for (const { taskId, state } of await this.tasks('service-introduction')) {
      if (state === 'open') await this.answer(taskId, { choice: 'accept' });
    }
  }

  /** A sample of a sold car, and its introduction is accepted at once. */
  async sellAndAccept(change: object = {}, sample = 'vehicle-sold'): Promise<void> {
    await this.putSample(sample, change);
    await this.acceptIntroductions();
  }

  inbox(to?: string): SentEmail[] {
    const isOf = (email: SentEmail) => to === undefined || email.to === to;
    if (this.showsLists) return this.sent.filter(isOf);
    return [...this.sent.filter((email) => !isList(email)), ...this.#listed.emails]
      .filter(isOf)
      .toSorted((a, b) => a.at.localeCompare(b.at));
  }

  async importRoster(): Promise<void> {
    const { rows } = readRosterCsv(
      readFileSync(new URL('../../samples/roster.csv', import.meta.url), 'utf8'),
    );
    const { added } = planRosterChange({
      ...{ current: [], rows, now: this.now },
      // Of every store, also where a test leaves some out of its group.
      group: parseGroup(groupFile),
    });
    const people = added.map((person) => ({
      ...keys.staff(person.storeId, person.employeeNumber),
      type: 'staff',
      ...person,
    }));
    for (let at = 0; at < people.length; at += 25) {
      const requests = people.slice(at, at + 25).map((person) => ({ PutRequest: { Item: toItem(person) } }));
      await this.#dynamodb.client.send(
        new BatchWriteItemCommand({ RequestItems: { [this.#table]: requests } }),
      );
    }
  }

  async #nextDue(): Promise<string | undefined> {
    const { Items = [] } = await this.#dynamodb.client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: 'due',
        KeyConditionExpression: 'due = :due',
        ExpressionAttributeValues: toItem({ ':due': 'due' }),
        Limit: 1,
      }),
    );
    return Items[0]?.['dueAt']?.S;
  }

  #next(): number {
    this.#ids += 1;
    return this.#ids;
  }

  #accept(input: SendEmailCommandInput): string {
    const simple = input.Content?.Simple;
    const tag = (name: string) => input.EmailTags?.find(({ Name }) => Name === name)?.Value ?? '';
    this.sent.push({
      to: input.Destination?.ToAddresses?.[0] ?? '',
      subject: simple?.Subject?.Data ?? '',
      text: simple?.Body?.Text?.Data ?? '',
      html: simple?.Body?.Html?.Data ?? '',
      replyTo: input.ReplyToAddresses?.[0],
      headers: Object.fromEntries(
        (simple?.Headers ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']),
      ),
      attachments: (simple?.Attachments ?? []).map(({ FileName }) => FileName ?? ''),
      files: (simple?.Attachments ?? []).map(({ ContentType, RawContent }) => ({
        type: ContentType ?? '',
        content: new TextDecoder().decode(RawContent),
      })),
      tags: { task: tag('task'), entry: tag('entry') },
      at: this.now,
    });
    return `ses-${this.sent.length}`;
  }

  #onBus(source: string, detailType: string, detail: unknown): void {
    const id = `event-${this.#next()}`;
    const event = { id, source, 'detail-type': detailType, time: this.#time(), detail };
    if (source === OWN_SOURCE) this.ours.push(event);
    const isOfFeed = source.startsWith('feed.');
    if (isOfFeed) this.fromFeeds.push(event);
    if (isOfFeed && !this.deliversFeeds) return;
    if (this.keepsOutcomes || isForFunctions(detailType)) this.#queue.push(event);
  }
}

const isList = ({ subject, text }: SentEmail): boolean =>
  /^(?:Your list|Reminder): /.test(subject) && text.includes('/me/');

/** What a rule routes to a function that decides about it; others only hear it. */
const isForFunctions = (detailType: string): boolean =>
  !detailType.startsWith('handoff-') && (functionOf(detailType) !== undefined || !isHeard(detailType));

const isHeard = (detailType: string): boolean =>
  heardByOutcomes.some(({ contract }) => contract.detailType === detailType);

/** The next tick of the schedule at or after an instant. */
function tickAfter(at: string): string {
  const tick = SWEEP_MINUTES * 60_000;
  return new Date(Math.ceil(Date.parse(at) / tick) * tick).toISOString();
}
