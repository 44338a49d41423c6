/**
 * AWS in virtual time: a table in memory and an SES that take as long to answer as the real ones, on a clock that jumps
 * from one answer to the next. It counts calls and the items that they return. The functions are the product's own.
 */
import '../test/simulation/quiet.ts';
import '../test/simulation/speed.ts';
import { type AttributeValue, BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type SESv2Client, SendEmailCommand, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import type { Group } from '../functions/group/group.ts';
import { Scheduler } from '../test/simulation/scheduler.ts';
import { MemoryDynamoDB } from '../test/support/memory-dynamodb.ts';
import { servicesOver } from '../test/support/services.ts';
import { standIn } from '../test/support/stand-in.ts';
import { itemsIn } from './history-reads.ts';

const SECOND = 1_000;
/** Milliseconds that a call takes: what AWS's own metrics show within a region, rounded up. */
const LATENCY = { dynamodb: 8, ses: 90, eventbridge: 25 } as const;

export class VirtualAws {
  readonly scheduler: Scheduler;
  /** Calls by the command's name. */
  readonly calls = new Map<string, number>();
  itemsRead = 0;
  /** Emails that SES accepted, and when, in milliseconds. */
  readonly accepted: { readonly at: number; readonly text: string }[] = [];
  /** Emails that SES refused because they came too fast. */
  throttled = 0;
  readonly #memory = new MemoryDynamoDB();
  readonly #sesPerSecond: number;
  readonly #group: Group;
  #table = '';
  #ids = 0;

  private constructor(group: Group, now: string, sesPerSecond: number) {
    this.#group = group;
    this.#sesPerSecond = sesPerSecond;
    this.scheduler = new Scheduler(Date.parse(now));
  }

  static async open({
    group,
    now,
    sesPerSecond = 1_000,
  }: {
    group: Group;
    now: string;
    sesPerSecond?: number;
  }) {
    const aws = new VirtualAws(group, now, sesPerSecond);
    aws.#table = await aws.#memory.createTable();
    return aws;
  }

  get table(): string {
    return this.#table;
  }

  get now(): string {
    return new Date(this.scheduler.now).toISOString();
  }

  /** Places items as an earlier day left them; takes no time and counts as no call. */
  async place(items: readonly Record<string, AttributeValue>[]): Promise<void> {
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    await this.#memory.client.send(new BatchWriteItemCommand({ RequestItems: { [this.#table]: requests } }));
  }

  services() {
    return servicesOver({
      group: this.#group,
      table: this.#table,
      clock: { now: () => this.now },
      wait: (milliseconds) => this.scheduler.sleep(milliseconds),
      random: { id: () => this.#next('id'), secret: () => this.#next('secret'), jitter: () => 0.5 },
      dynamodb: standIn<DynamoDBClient>(async (command) => {
        this.#count(command);
        await this.scheduler.sleep(LATENCY.dynamodb);
        const answer = await Reflect.apply(this.#memory.client.send, this.#memory.client, [command]);
        this.itemsRead += itemsIn(answer);
        return answer;
      }),
      ses: standIn<SESv2Client>(async (command) => {
        this.#count(command);
        await this.scheduler.sleep(LATENCY.ses);
        return this.#send(command);
      }),
      eventbridge: standIn<EventBridgeClient>(async (command) => {
        this.#count(command);
        await this.scheduler.sleep(LATENCY.eventbridge);
        const entries = command instanceof PutEventsCommand ? (command.input.Entries ?? []) : [];
        return { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: this.#next('event') })) };
      }),
    });
  }

  /** Lets the clock run until the work is done; answers with its seconds. */
  async timed(work: Promise<unknown>): Promise<number> {
    const from = this.scheduler.now;
    const ended = { is: false };
    const end = () => {
      ended.is = true;
    };
    void work.then(end, end);
    while (!ended.is) {
      // Work that waits for nothing of AWS goes on between two turns of the event loop.
      if (this.scheduler.nextAt === undefined) await new Promise(setImmediate);
      else await this.scheduler.step();
    }
    await work;
    return (this.scheduler.now - from) / SECOND;
  }

  /** Calls and items read by the work, as a difference. */
  async counted(work: () => Promise<unknown>): Promise<{ calls: number; items: number; seconds: number }> {
    const [calls, items] = [this.totalCalls, this.itemsRead];
    const seconds = await this.timed(work());
    return { calls: this.totalCalls - calls, items: this.itemsRead - items, seconds };
  }

  get totalCalls(): number {
    return [...this.calls.values()].reduce((all, one) => all + one, 0);
  }

  #send(command: object): object {
    if (!(command instanceof SendEmailCommand)) throw new Error('expected SendEmail');
    const now = this.scheduler.now;
    const lately = this.#lately(now);
    if (lately >= this.#sesPerSecond) {
      this.throttled += 1;
      throw new TooManyRequestsException({ $metadata: {}, message: 'Maximum sending rate exceeded.' });
    }
    this.accepted.push({ at: now, text: command.input.Content?.Simple?.Body?.Text?.Data ?? '' });
    return { MessageId: this.#next('message') };
  }

  #lately(now: number): number {
    const first = this.accepted.findLastIndex(({ at }) => at <= now - SECOND);
    return this.accepted.length - 1 - first;
  }

  #count(command: object): void {
    const { name } = command.constructor;
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
  }

  #next(what: string): string {
    this.#ids += 1;
    return `${what}-${this.#ids}`;
  }
}
