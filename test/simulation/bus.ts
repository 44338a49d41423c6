import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { FunctionName } from '../../functions/lambdas.ts';
import { hearers, type Route, routes } from '../../lib/routes.ts';
import type { Chance } from './chance.ts';
import type { Invocation, Outcome } from './functions.ts';
import type { History } from './history.ts';
import type { Accepted } from './mail.ts';
import type { Scheduler } from './scheduler.ts';
import type { FaultKind, Weather } from './weather.ts';

export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  /** Whole seconds; a redelivery and a replay keep it. */
  readonly time?: string;
  /** Only of an event that comes from the archive once more. */
  readonly 'replay-name'?: string;
  readonly detail: unknown;
}

/** What SQS hands over of a queue that nothing else may lose. */
export interface Letter {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: Readonly<Record<string, { readonly stringValue: string }>>;
}

interface World {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: () => Weather;
  readonly history: History;
  /** Whether what functions only hear is delivered, too. */
  readonly isHeard: boolean;
  /** One try of one function with one event. */
  readonly invoke: (name: FunctionName, event: BusEvent) => Promise<Outcome<unknown>>;
  /** Moves letters where refusals are kept: the ids of those that could not be. */
  readonly keep: (letters: readonly Letter[]) => Promise<readonly string[]>;
  /** Taken by EventBridge: from here on it may not be lost. */
  readonly took: (event: BusEvent) => void;
  /** The function that had a report of this email said that it was done with it. */
  readonly heard: (about: Accepted) => void;
}

/** An event on its way to its function; handled once the function said that it was done with it. */
interface Delivery {
  readonly name: FunctionName;
  event: BusEvent;
  readonly at: number;
  readonly done: () => void;
  isHandled: boolean;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const TRIES = 3;
/** Six times the keeper's timeout, as its queues have it. */
const VISIBILITY = 180 * SECOND;
const BATCH = 10;

/** Both buses, Lambda's asynchronous invocations, and the queues where what failed ends. */
export class SimulatedBus {
  readonly #world: World;
  #events = 0;
  #letters = 0;
  #queue: Letter[] = [];
  readonly #deliveries = new Map<string, Delivery>();
  #isPolling = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** PutEvents of our functions: each entry is taken or not, and says so. */
  execute(command: object, _by: Invocation): object {
    if (!(command instanceof PutEventsCommand)) {
      throw new Error(`The simulated EventBridge knows no ${command.constructor.name}`);
    }
    const Entries = (command.input.Entries ?? []).map(
      ({ Source = '', DetailType = '', Detail = '{}', Time }) => {
        if (this.#happens('eventbridge takes a part', 1)) return { ErrorCode: 'ThrottlingException' };
        return { EventId: this.put(Source, DetailType, JSON.parse(Detail), Time?.getTime()) };
      },
    );
    return { Entries, FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length };
  }

  put(source: string, detailType: string, detail: unknown, at = this.#world.scheduler.now): string {
    this.#events += 1;
    const time = `${new Date(at).toISOString().slice(0, 19)}Z`;
    const event = { id: `event-${this.#events}`, source, 'detail-type': detailType, time, detail };
    this.#world.history.add('bus', () => `takes ${event.id} ${detailType} from ${source}`);
    this.#world.took(event);
    for (const name of this.#targetsOf(event)) this.#deliver(name, event);
    return event.id;
  }

  /** SES puts its events on the default bus, whose rule knows one function. */
  report(detail: object, about: Accepted): void {
    this.#events += 1;
    const event = { id: `event-${this.#events}`, source: 'aws.ses', 'detail-type': 'Email Event', detail };
    this.#deliver('settle-email', event, () => this.#world.heard(about));
  }

  /** As an operator invokes it: once more from the start, with an event that it failed on. */
  invoke(functionName: string, event: BusEvent): void {
    const delivery = [...this.#deliveries.values()].find(
      (one) => one.event.id === event.id && deployedName(one.name) === functionName,
    );
    if (!delivery) {
      throw new Error(`${event.id} ${event['detail-type']} was never meant for ${functionName}`);
    }
    this.#world.history.add('operator', () => `gives ${event.id} to ${functionName} again`);
    delivery.event = event;
    this.#try(delivery, 1);
  }

  /** As an archive replays it: under the id and the time that it had. */
  replay(event: BusEvent): void {
    for (const name of this.#targetsOf(event)) this.#deliver(name, { ...event, 'replay-name': 'simulated' });
  }

  #targetsOf(event: BusEvent): FunctionName[] {
    const target = targetOf(event);
    return [...(target ? [target] : []), ...(this.#world.isHeard ? hearersOf(event) : [])];
  }

  /** What EventBridge took before an instant, and no function is done with. */
  unhandled(before: number): readonly BusEvent[] {
    return [...this.#deliveries.values()]
      .filter(({ at, isHandled }) => at < before && !isHandled)
      .map(({ event }) => event);
  }

  /** At least once, in any order: a copy may come at once, or hours later. */
  #deliver(name: FunctionName, event: BusEvent, done: () => void = () => undefined): void {
    const { chance, scheduler } = this.#world;
    const delivery: Delivery = { name, event, done, at: scheduler.now, isHandled: false };
    this.#deliveries.set(`${event.id} ${name}`, delivery);
    const copies = this.#happens('event comes twice', 2) ? chance.whole(2, 3) : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const late = this.#happens('event comes late', 1) ? chance.skewed(SECOND, 3 * HOUR) : 0;
      scheduler.after(late + chance.skewed(5, 800), () => this.#reach(delivery));
    }
  }

  #reach(delivery: Delivery): void {
    if (!this.#happens('rule cannot reach its function', 0.3)) {
      this.#try(delivery, 1);
      return;
    }
    const messageAttributes = {
      ERROR_CODE: { stringValue: 'NO_PERMISSIONS' },
      TARGET_ARN: { stringValue: arnOf(delivery.name) },
    };
    this.#send({ body: JSON.stringify(delivery.event), messageAttributes });
  }

  /** An asynchronous invocation: three tries, then the queue. */
  #try(delivery: Delivery, attempt: number): void {
    const { invoke, scheduler, chance } = this.#world;
    const { name, event } = delivery;
    void invoke(name, event).then((outcome) => {
      if (outcome.ok) {
        delivery.isHandled = true;
        if (outcome.value !== 'bounced-for-now') delivery.done();
        return;
      }
      if (attempt < TRIES) {
        const wait = attempt * 60 * SECOND * chance.between(0.9, 1.2);
        scheduler.after(wait, () => this.#try(delivery, attempt + 1));
        return;
      }
      this.#send({ body: JSON.stringify(failure(name, event, outcome.reason)), messageAttributes: {} });
    });
  }

  #send(letter: Omit<Letter, 'messageId'>): void {
    this.#letters += 1;
    const messageId = `letter-${this.#letters}`;
    this.#world.history.add('queue', () => `gets ${messageId}: ${letter.body.slice(0, 200)}`);
    this.#queue.push({ messageId, ...letter });
    this.#poll(SECOND);
  }

  #poll(wait: number): void {
    if (this.#isPolling) return;
    this.#isPolling = true;
    this.#world.scheduler.after(wait, () => {
      const batch = this.#queue.slice(0, BATCH);
      void this.#world.keep(batch).then((failed) => {
        this.#isPolling = false;
        const kept = batch.filter(({ messageId }) => !failed.includes(messageId));
        this.#queue = this.#queue.filter((letter) => !kept.includes(letter));
        if (this.#queue.length > 0) this.#poll(failed.length > 0 ? VISIBILITY : SECOND);
      });
    });
  }

  #happens(kind: FaultKind, times: number): boolean {
    return this.#world.chance.happens(Math.min(this.#world.weather().rateOf(kind) * times, 0.9));
  }
}

/** Those that only hear of it. Nobody in the simulation looks at customers' cards. */
const hearersOf = (event: BusEvent): FunctionName[] =>
  hearers.filter(({ to, pattern }) => to !== 'keep-customers' && fits(pattern, event)).map(({ to }) => to);

const fits = ({ detailType, source }: Route['pattern'], event: BusEvent): boolean =>
  detailType.includes(event['detail-type']) && (source === undefined || source.includes(event.source));

/** The rules, as lib/routes.ts lists them; what they don't know goes where unknown events go. */
function targetOf(event: BusEvent): FunctionName | undefined {
  const route = routes.find(({ pattern }) => fits(pattern, event));
  if (route) return route.to;
  return event.source === 'handoff' ? undefined : 'refuse-unknown-event';
}

export const deployedName = (name: FunctionName) => `handoff-${name}`;
const arnOf = (name: FunctionName) => `arn:aws:lambda:us-east-1:000000000000:function:${deployedName(name)}`;

/** What Lambda writes into its failure destination. */
function failure(name: FunctionName, event: BusEvent, why: string) {
  return {
    requestContext: {
      functionArn: `${arnOf(name)}:$LATEST`,
      approximateInvokeCount: TRIES,
    },
    requestPayload: event,
    responsePayload: { errorMessage: why },
  };
}
