import { type FunctionName, lambdas } from '../../functions/lambdas.ts';
import type { Chance } from './chance.ts';
import type { History } from './history.ts';
import type { Scheduler } from './scheduler.ts';
import type { Weather } from './weather.ts';

/** One execution environment: it has its own clock and its own memory, and serves one invocation at a time. */
export interface Process<Services> {
  readonly name: FunctionName;
  readonly number: number;
  /** How wrong its clock is, in milliseconds. */
  readonly skew: number;
  readonly services: Services;
  invocation: Invocation | undefined;
  isGone: boolean;
}

export interface Invocation {
  readonly label: string;
  readonly name: FunctionName;
  readonly startedAt: number;
  /** When each key was last read by it. */
  readonly readAt: Map<string, number>;
  /** The emails of which it heard that SES took them. */
  readonly answers: { readonly task: string; readonly entry: string }[];
  /** Leases that it took. */
  readonly leases: Set<string>;
  /** How many calls of AWS it has begun. */
  calls: number;
  /** DynamoDB did to it what may leave a write in doubt. */
  isDisturbed: boolean;
  /** Its event came from the archive once more. */
  isReplay: boolean;
  /** It ended by itself, or was stopped. */
  isOver: boolean;
  /** Nothing of it goes on after this. */
  readonly stop: (why: string) => void;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

interface World<Services> {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: () => Weather;
  readonly history: History;
  readonly servicesFor: (process: Starting<Services>) => Services;
  /** An invocation came to its end by itself: what it left behind can be looked at. */
  readonly ended: (invocation: Invocation, outcome: Outcome<unknown>) => void;
}
interface Starting<Services> {
  readonly name: FunctionName;
  readonly number: number;
  readonly skew: number;
  readonly self: () => Self<Services>;
}
type Self<Services> = Process<Services> | undefined;

/** A clock is wrong by up to this, before or behind: two together must not use up what a lease outlasts a timeout by. */
const WORST_SKEW = 20_000;
const WARM = 0.7;

/** Lambda: processes that are kept warm or started anew, stopped at their timeout, gone when they crash. */
export class Functions<Services> {
  readonly #world: World<Services>;
  #idle: Process<Services>[] = [];
  #release = 0;
  #processes = 0;
  #invocations = 0;
  #atWork = 0;

  constructor(world: World<Services>) {
    this.#world = world;
  }

  invoke<T>(
    name: FunctionName,
    work: (services: Services, invocation: Invocation) => Promise<T>,
  ): Promise<Outcome<T>> {
    const process = this.#take(name);
    const release = this.#release;
    this.#invocations += 1;
    const label = `${name}/${this.#invocations}`;
    return new Promise((resolve) => {
      const end = (outcome: Outcome<T>, isAlive: boolean) => {
        if (process.invocation !== invocation) return;
        process.invocation = undefined;
        invocation.isOver = true;
        this.#atWork -= 1;
        process.isGone = !isAlive;
        this.#world.history.add(label, () => (outcome.ok ? `ends: ${said(outcome.value)}` : outcome.reason));
        if (isAlive && release === this.#release) this.#idle.push(process);
        if (isAlive) this.#world.ended(invocation, outcome);
        resolve(outcome);
      };
      const invocation = this.#begin(name, label, (reason) => end({ ok: false, reason }, false));
      process.invocation = invocation;
      this.#atWork += 1;
      this.#world.history.add(label, () => `begins in process ${process.number}`);
      work(process.services, invocation).then(
        (value) => end({ ok: true, value }, true),
        (error: unknown) => end({ ok: false, reason: `throws ${String(error)}` }, true),
      );
    });
  }

  /** Invocations that have begun and not ended. */
  get atWork(): number {
    return this.#atWork;
  }

  /** A new release: no process of the old one is asked again. */
  deploy(): void {
    this.#release += 1;
    this.#idle = [];
  }

  #begin(name: FunctionName, label: string, stop: (why: string) => void): Invocation {
    const { scheduler } = this.#world;
    const seconds = lambdas[name].timeoutSeconds;
    scheduler.after(seconds * 1000, () => stop(`is stopped after ${seconds} s`));
    return {
      label,
      name,
      startedAt: scheduler.now,
      readAt: new Map(),
      answers: [],
      leases: new Set(),
      calls: 0,
      isDisturbed: false,
      isReplay: false,
      isOver: false,
      stop,
    };
  }

  #take(name: FunctionName): Process<Services> {
    const { chance } = this.#world;
    const warm = this.#idle.filter((process) => process.name === name);
    const process = chance.happens(WARM) ? chance.oneOf(warm) : undefined;
    if (!process) return this.#start(name);
    this.#idle = this.#idle.filter((one) => one !== process);
    return process;
  }

  #start(name: FunctionName): Process<Services> {
    const { chance, weather, servicesFor } = this.#world;
    this.#processes += 1;
    const isWrong = chance.happens(weather().rateOf('clock is wrong') * 5);
    const skew = isWrong ? Math.round(chance.between(-WORST_SKEW, WORST_SKEW)) : 0;
    let self: Self<Services>;
    const process: Process<Services> = {
      name,
      number: this.#processes,
      skew,
      services: servicesFor({ name, number: this.#processes, skew, self: () => self }),
      invocation: undefined,
      isGone: false,
    };
    self = process;
    return process;
  }
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
