import { InternalServerError, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { InternalException } from '@aws-sdk/client-eventbridge';
import {
  InternalServiceErrorException,
  LimitExceededException,
  MessageRejected,
  SendingPausedException,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import type { Chance } from './chance.ts';
import type { Invocation } from './functions.ts';
import type { History } from './history.ts';
import type { Scheduler } from './scheduler.ts';
import type { FaultKind, Weather } from './weather.ts';

export type Service = 'dynamodb' | 'ses' | 'eventbridge';

/** Whose call it is: nobody's any more where the invocation ended or was stopped. */
export interface Caller {
  readonly invocation: Invocation | undefined;
}

/** How one call goes: whether and when it takes effect, and what the caller hears of it. */
type Fate =
  | { readonly is: 'answered'; readonly times: 1 | 2 }
  | { readonly is: 'refused'; readonly error: Error }
  | { readonly is: 'failed'; readonly takesEffect: 'never' | 'before' | 'late'; readonly error: Error }
  | { readonly is: 'crash'; readonly takesEffect: boolean };

export interface Outage {
  readonly service: Service;
  readonly from: number;
  readonly until: number;
  readonly error: () => Error;
}

/** Milliseconds on the way there and back. */
const distance = { dynamodb: [1, 8], ses: [15, 90], eventbridge: [5, 25] } as const satisfies Record<
  Service,
  readonly [number, number]
>;
/** The clients give up after five seconds. */
const CLIENT_TIMEOUT = 5_000;
const LATEST_EFFECT = 20_000;

const metadata = { $metadata: {} } as const;
const notVerified = (identity: string) =>
  `Email address is not verified. The following identities failed the check in region US-EAST-1: ${identity}`;
const sent = (message: string) => ({ ...metadata, message });

export const errors = {
  timeout: () => Object.assign(new Error('no answer in time'), { name: 'TimeoutError' }),
  'dynamodb throttles': () => new ProvisionedThroughputExceededException(sent('too much')),
  'dynamodb fails': () => new InternalServerError(sent('it failed')),
  'ses throttles': () => new TooManyRequestsException(sent('Maximum sending rate exceeded.')),
  'ses quota': () => new LimitExceededException(sent('Daily message quota exceeded.')),
  'ses paused': () => new SendingPausedException(sent('Sending is paused.')),
  'ses refuses': () => new MessageRejected(sent('The message could not be sent: it contains a virus.')),
  'ses does not know our domain': () =>
    new MessageRejected(sent(notVerified('Lakeshore Subaru <care@lakeshore.example>'))),
  'ses is in the sandbox': () => new MessageRejected(sent(notVerified('maria.torres@example.com'))),
  'ses fails': () => new InternalServiceErrorException(sent('it failed')),
  'eventbridge fails': () => new InternalException(sent('it failed')),
} as const satisfies Record<string, () => Error>;

interface World {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: () => Weather;
  readonly history: History;
  /** Does what a call does, as the invocation that made it. */
  readonly acting: <T>(by: Invocation, act: () => T) => T;
  readonly broken: { readonly violated: (what: string) => void };
}

/** AWS's edge: every call of our code to an SDK client's `send` comes through here, and may go wrong here. */
export class Edge {
  /** How many calls were made, by name. */
  readonly counts = new Map<string, number>();
  readonly outages: Outage[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async call<T>(
    caller: Caller,
    { service, name, about }: { service: Service; name: string; about: () => string },
    effect: (by: Invocation) => T,
  ): Promise<T> {
    const { invocation } = caller;
    if (!invocation) return never();
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    invocation.calls += 1;
    const { scheduler, history } = this.#world;
    const fate = this.#fateOf(service);
    if (service === 'dynamodb' && !isPlain(fate)) invocation.isDisturbed = true;
    const say = (how: string) => history.add(invocation.label, () => `${name} ${about()} ${how}`);
    const take = () => this.#attempt(() => this.#world.acting(invocation, () => effect(invocation)));
    if (fate.is === 'crash') return this.#crash(caller, fate.takesEffect ? take : undefined, service, say);
    await scheduler.sleep(this.#travel(service));
    if (fate.is === 'refused') {
      say(`is refused: ${fate.error.name}`);
      return this.#throw(caller, invocation, fate.error);
    }
    if (fate.is === 'failed') return this.#fail(caller, invocation, fate, take, say);
    return this.#answer(caller, invocation, { service, times: fate.times, take, say });
  }

  async #answer<T>(
    caller: Caller,
    invocation: Invocation,
    call: { service: Service; times: 1 | 2; take: () => Took<T>; say: (how: string) => void },
  ): Promise<T> {
    const { scheduler } = this.#world;
    const { take, say, service, times } = call;
    let took = take();
    if (times === 2) {
      // The client heard nothing and asked again by itself: the caller hears the second answer only.
      await scheduler.sleep(this.#travel(service));
      took = take();
    }
    say('error' in took ? `fails: ${nameOf(took.error)}` : times === 2 ? 'was asked twice' : 'ok');
    await scheduler.sleep(this.#travel(service));
    if (caller.invocation !== invocation) return never();
    if ('error' in took) throw took.error;
    return took.value;
  }

  async #fail<T>(
    caller: Caller,
    invocation: Invocation,
    { takesEffect, error }: Fate & { is: 'failed' },
    take: () => Took<T>,
    say: (how: string) => void,
  ): Promise<T> {
    const { scheduler, chance } = this.#world;
    if (takesEffect === 'before') take();
    if (takesEffect === 'late') scheduler.after(chance.between(0, LATEST_EFFECT), () => void take());
    say(`fails: ${error.name}, takes effect: ${takesEffect}`);
    if (error.name === 'TimeoutError') await scheduler.sleep(CLIENT_TIMEOUT);
    return this.#throw(caller, invocation, error);
  }

  async #throw<T>(caller: Caller, invocation: Invocation, error: Error): Promise<T> {
    await this.#world.scheduler.sleep(1);
    if (caller.invocation !== invocation) return never();
    throw error;
  }

  async #crash<T>(
    caller: Caller,
    take: (() => Took<T>) | undefined,
    service: Service,
    say: (how: string) => void,
  ): Promise<T> {
    await this.#world.scheduler.sleep(this.#travel(service));
    take?.();
    say(`crashes ${take ? 'after' : 'before'} it took effect`);
    caller.invocation?.stop('is gone');
    return never();
  }

  /** What AWS says is said to nobody where nobody listens any more, so it is caught here. */
  #attempt<T>(take: () => T): Took<T> {
    try {
      return { value: take() };
    } catch (error) {
      if (!isOfAws(error)) this.#world.broken.violated(`the simulation can't play this: ${String(error)}`);
      return { error };
    }
  }

  #travel(service: Service): number {
    const { chance, weather } = this.#world;
    const [low, high] = distance[service];
    const isSlow = chance.happens(weather().rateOf('slow call'));
    return isSlow ? chance.between(high, CLIENT_TIMEOUT / 2) : chance.between(low, high);
  }

  #fateOf(service: Service): Fate {
    const { chance, scheduler } = this.#world;
    const out = this.outages.find(
      (one) => one.service === service && one.from <= scheduler.now && scheduler.now < one.until,
    );
    if (out) return { is: 'failed', takesEffect: 'never', error: out.error() };
    const happens = (kind: FaultKind) => chance.happens(this.#world.weather().rateOf(kind) / 3);
    if (happens('crash before a call')) return { is: 'crash', takesEffect: false };
    if (happens('crash after a call')) return { is: 'crash', takesEffect: true };
    return fates[service](happens, chance) ?? { is: 'answered', times: 1 };
  }
}

const isPlain = (fate: Fate) => fate.is === 'answered' && fate.times === 1;

type Happens = (kind: FaultKind) => boolean;

const fates: Record<Service, (happens: Happens, chance: Chance) => Fate | undefined> = {
  dynamodb: (happens, chance) => {
    const error = () => chance.pick([errors.timeout, errors['dynamodb fails']])();
    if (happens('dynamodb throttles')) return { is: 'refused', error: errors['dynamodb throttles']() };
    if (happens('dynamodb fails before')) return { is: 'failed', takesEffect: 'never', error: error() };
    if (happens('dynamodb fails after')) return { is: 'failed', takesEffect: 'before', error: error() };
    if (happens('dynamodb fails and writes late')) {
      return { is: 'failed', takesEffect: 'late', error: errors.timeout() };
    }
    return happens('dynamodb is asked twice by the client') ? { is: 'answered', times: 2 } : undefined;
  },
  ses: (happens, chance) => {
    const error = () => chance.pick([errors.timeout, errors['ses fails']])();
    if (happens('ses throttles')) return { is: 'refused', error: errors['ses throttles']() };
    if (happens('ses quota is used up')) return { is: 'refused', error: errors['ses quota']() };
    if (happens('ses account is paused')) return { is: 'refused', error: errors['ses paused']() };
    if (happens('ses refuses the email')) return { is: 'refused', error: errors['ses refuses']() };
    if (happens('ses fails before')) return { is: 'failed', takesEffect: 'never', error: error() };
    if (happens('ses accepts and fails')) return { is: 'failed', takesEffect: 'before', error: error() };
    return happens('ses fails and accepts late')
      ? { is: 'failed', takesEffect: 'late', error: errors.timeout() }
      : undefined;
  },
  eventbridge: (happens, chance) => {
    const error = () => chance.pick([errors.timeout, errors['eventbridge fails']])();
    if (happens('eventbridge fails before')) return { is: 'failed', takesEffect: 'never', error: error() };
    if (happens('eventbridge fails after')) return { is: 'failed', takesEffect: 'before', error: error() };
    return happens('eventbridge is asked twice by the client') ? { is: 'answered', times: 2 } : undefined;
  },
};

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'no answer');

type Took<T> = { readonly value: T } | { readonly error: unknown };

/** What AWS itself says is marked as such by the SDK; everything else is a mistake of the simulation. */
const isOfAws = (error: unknown) => error instanceof Error && '$fault' in error;

/** The process that waits for this is gone. */
const never = <T>() => new Promise<T>(() => undefined);
