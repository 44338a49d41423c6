import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { fromItem, toItem } from '../../functions/adapters/dynamodb.ts';
import { type Key, keys } from '../../functions/adapters/keys.ts';
import demo from '../../groups/demo.json' with { type: 'json' };
import { shiftSample } from '../../local/shift-sample.ts';

/** The local run as `npm start` runs it, with a directory of its own, on ports that are free. */
const email = z.looseObject({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type InboxEmail = z.infer<typeof email>;

const task = z.looseObject({
  taskId: z.string(),
  kind: z.string(),
  state: z.string(),
  log: z.array(z.looseObject({ what: z.string() })),
  outbox: z.array(
    z.looseObject({ state: z.string(), to: z.unknown().optional(), notBefore: z.string().optional() }),
  ),
  assignee: z.looseObject({ employeeNumber: z.string(), email: z.string() }).nullable(),
});
export type ListedTask = z.infer<typeof task>;

const staffTo = z.object({ staff: z.string() });
const OWN_PATH = '/me/[0-9a-f]{32}/';
const health = z.looseObject({ bus: z.string(), table: z.string(), now: z.string() });
const START_MILLISECONDS = 120_000;
const WAIT_MILLISECONDS = 120_000;

export class LocalRun {
  readonly desk: string;
  readonly #events: EventBridgeClient;
  readonly #dynamodb: DynamoDBClient;
  readonly #process: ChildProcess;
  readonly #data: string;

  private constructor(child: ChildProcess, data: string, addresses: { desk: string; aws: string }) {
    this.#process = child;
    this.#data = data;
    this.desk = addresses.desk;
    const options = {
      endpoint: addresses.aws,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    this.#events = new EventBridgeClient(options);
    this.#dynamodb = new DynamoDBClient(options);
  }

  /** Of the demo group, or of what a test makes of it: with that group's past visits beside those of the samples. */
  static async start(
    now: string,
    group?: (file: typeof demo) => object,
    history: readonly object[] = [],
    more: readonly string[] = [],
  ): Promise<LocalRun> {
    const data = mkdtempSync(join(tmpdir(), 'handoff-browser-'));
    const options = ['--port', '0', '--aws-port', '0', '--data', data, '--fresh', '--now', now, ...more];
    const file = join(data, 'group.json');
    if (group) writeFileSync(file, JSON.stringify(group(demo)));
    const visits = join(data, 'visits.jsonl');
    const past = history.map((visit) => `${JSON.stringify(visit)}\n`);
    writeFileSync(visits, [readFileSync('samples/history.jsonl', 'utf8'), ...past].join(''));
    const child = spawn(process.execPath, ['bin/local.ts', ...options, ...(group ? ['--group', file] : [])], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const addresses = await readyLine(child);
      if (group) await importSamples(addresses.aws, visits);
      return new LocalRun(child, data, addresses);
    } catch (error) {
      child.kill();
      rmSync(data, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#events.destroy();
    this.#dynamodb.destroy();
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGINT');
    await ended;
    rmSync(this.#data, { recursive: true, force: true });
  }

  /** Puts a sample on the bus through the EventBridge API, moved to the clock's today, with what a test changes. */
  async putSample(name: string, change: object = {}): Promise<void> {
    const file = JSON.parse(readFileSync(`samples/${name}.json`, 'utf8'));
    const { bus, now } = health.parse(await this.#json('/healthz'));
    const { source, detail, ...rest } = shiftSample(
      { ...file, detail: { ...file.detail, ...change } },
      Date.parse(now),
    );
    const entry = {
      Source: source,
      DetailType: rest['detail-type'],
      Detail: JSON.stringify(detail),
      EventBusName: bus,
    };
    const { FailedEntryCount } = await this.#events.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount !== 0) throw new Error(`The bus refused ${name}`);
  }

  async inbox(): Promise<InboxEmail[]> {
    return z.array(email).parse(await this.#json('/inbox.json'));
  }

  async task(taskId: string): Promise<ListedTask | undefined> {
    return z
      .array(task)
      .parse(await this.#json('/tasks.json'))
      .find((one) => one.taskId === taskId);
  }

  /** Time passes, with every tick on the way: `PT20M`. */
  async advance(duration: string): Promise<void> {
    await this.#post('/clock', { advance: duration });
  }

  /** SES never answers the next email: nobody can say whether it was sent. */
  async loseNextEmail(): Promise<void> {
    await this.#post('/faults', { ses: 'timeout', count: 1 });
  }

  /** A month passes for the links of a task, and for nothing else: to play each minute of it takes minutes. */
  expireLinks(taskId: string): Promise<void> {
    return this.#expire(keys.task(taskId));
  }

  /** The same for a person's own link. */
  expireOwnLink(link: string): Promise<void> {
    const [, dayId = ''] = /\/me\/([0-9a-f]{32})\//.exec(link) ?? [];
    return this.#expire(keys.day(dayId));
  }

  async #expire(key: Key): Promise<void> {
    const { table: TableName } = health.parse(await this.#json('/healthz'));
    const Key = toItem({ ...key });
    const { Item } = await this.#dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    const { links, ...rest } = z
      .looseObject({ links: z.array(z.looseObject({})) })
      .parse(Item && fromItem(Item));
    const expired = links.map((link) => ({ ...link, expiresAt: '2026-11-20T00:00:00.000Z' }));
    await this.#dynamodb.send(new PutItemCommand({ TableName, Item: toItem({ ...rest, links: expired }) }));
  }

  /** A person's own link, in the latest of their emails that has one. */
  async ownLink(to: string, after = 0): Promise<string> {
    return until(`an email with the own link of ${to}`, async () => {
      const links = await this.#linksIn(to, OWN_PATH);
      return links.length > after ? links[0] : undefined;
    });
  }

  /** The link of a task in the email to somebody, once it is there. */
  async link(taskId: string, to?: string): Promise<string> {
    return until(`an email about ${taskId}${to ? ` to ${to}` : ''}`, async () => {
      const mine = (await this.inbox()).filter((one) => to === undefined || one.to.includes(to));
      return mine
        .map(({ html }) => new RegExp(`http[^"]*/[tu]/${taskId}/[\\w-]+`).exec(html)?.[0])
        .find(Boolean);
    });
  }

  /** The link of the named person: in the email about it or, where it comes as a line of a list, behind that list. */
  async linkOfNamed(taskId: string): Promise<string> {
    const { email, told } = await until(`somebody who has ${taskId}`, () => this.#told(taskId));
    const [mine] = await this.#linksIn(email, `/t/${taskId}/`);
    return mine ?? this.linkBehindList(taskId, email, told.notBefore);
  }

  /** The link of what comes to somebody as a line of a list, which is waited for if they have none yet. */
  async linkBehindList(taskId: string, to: string, listAt?: string): Promise<string> {
    const lists = await this.#linksIn(to, OWN_PATH);
    if (lists.length === 0) await this.#advanceTo(listAt ?? (await this.#lastListOf(taskId)));
    return `${await this.ownLink(to)}/${taskId}`;
  }

  /** When the last of what waits for a list leaves. */
  #lastListOf(taskId: string): Promise<string> {
    return until(`a list about ${taskId}`, async () =>
      (await this.task(taskId))?.outbox
        .flatMap(({ notBefore }) => notBefore ?? [])
        .toSorted()
        .at(-1),
    );
  }

  /** Whoever has it, once the email that says so was sent or waits for a list. */
  async #told(taskId: string) {
    const task = await this.task(taskId);
    const assignee = task?.assignee;
    if (!assignee) return undefined;
    const told = task.outbox.find(
      ({ to, state, notBefore }) =>
        staffTo.safeParse(to).data?.staff === assignee.employeeNumber &&
        (state === 'sent' || notBefore !== undefined),
    );
    return told && { email: assignee.email, told };
  }

  /** Of the emails to somebody, the latest first. */
  async #linksIn(to: string, path: string): Promise<string[]> {
    return (await this.inbox())
      .filter((one) => one.to.includes(to))
      .flatMap(({ html }) => new RegExp(`http[^"]*${path}[\\w-]+`).exec(html)?.[0] ?? []);
  }

  /** The sweep of five minutes later has put the lines of that time into their list. */
  async #advanceTo(instant: string): Promise<void> {
    const { now } = health.parse(await this.#json('/healthz'));
    const minutes = Math.ceil((Date.parse(instant) - Date.parse(now)) / 60_000) + 10;
    await this.advance(`PT${Math.max(minutes, 10)}M`);
  }

  /** The named person accepts it: the customer of a sold car is written to. */
  async accept(taskId: string): Promise<void> {
    const body = new URLSearchParams({ choice: 'accept' });
    const answer = await fetch(await this.linkOfNamed(taskId), { method: 'POST', body });
    if (!answer.ok) throw new Error(`accepting ${taskId}: ${answer.status}`);
  }

  async #post(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.desk}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  }

  async #json(path: string): Promise<unknown> {
    return (await fetch(`${this.desk}${path}`)).json();
  }
}

export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + WAIT_MILLISECONDS;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited in vain for ${what}`);
}

/** The first start brings them in by itself only for the demo group's own file. */
async function importSamples(aws: string, visits: string): Promise<void> {
  const commands = [
    ['bin/handoff.ts', 'roster', 'import', 'samples/roster.csv', '--yes'],
    ['bin/handoff.ts', 'import-history', visits, '--today', '2026-11-20'],
  ];
  const run = promisify(execFile);
  await Promise.all(commands.map((command) => run(process.execPath, [...command, '--local', aws])));
}

function readyLine(child: ChildProcess): Promise<{ desk: string; aws: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(
      () => reject(new Error(`The local run did not get ready: ${said}`)),
      START_MILLISECONDS,
    );
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const [, desk, aws] = /^ready: desk (\S+), aws (\S+)$/m.exec(said) ?? [];
      if (!desk || !aws) return;
      clearTimeout(late);
      resolve({ desk, aws });
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`The local run ended with ${code}: ${said}`)));
  });
}
