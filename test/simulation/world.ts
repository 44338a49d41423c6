import type { Context } from 'aws-lambda';
import { OWN_SOURCE } from '../../functions/contracts/contract.ts';
import type { Group } from '../../functions/group/group.ts';
import { keepDeadLetter } from '../../functions/lambdas/keep-dead-letters/keep-dead-letters.ts';
import { refuseUnknownEvent } from '../../functions/lambdas/refuse-unknown-event/refuse-unknown-event.ts';
import { sesEvent, settleEmail } from '../../functions/lambdas/settle-email/settle-email.ts';
import { sweepDueWork } from '../../functions/lambdas/sweep-due-work/sweep-due-work.ts';
import { type FunctionName, lambdas } from '../../functions/lambdas.ts';
import { SWEEP_RESERVE_SECONDS } from '../../functions/runtime/environment.ts';
import { envelope, passOn, receiveEvents } from '../../functions/runtime/on-events.ts';
import { heardByOutcomes, uses } from '../kinds/all-uses.ts';
import { keepsNothing } from '../support/services.ts';
import { type BusEvent, deployedName, type Letter, SimulatedBus } from './bus.ts';
import { CarServices } from './car-services.ts';
import { Chance } from './chance.ts';
import { type Clients, clientsOf, type Services, type Starting, servicesOf, wholeGroup } from './cloud.ts';
import { SimulatedTable, type Written } from './dynamodb.ts';
import { Edge } from './edge.ts';
import { Functions, type Invocation, type Outcome } from './functions.ts';
import { History } from './history.ts';
import { type Accepted, SimulatedSes } from './mail.ts';
import { rosterItems } from './roster.ts';
import { Scheduler } from './scheduler.ts';
import type { SideStoryName } from './side-stories.ts';
import { Watch } from './watch.ts';
import { fairWeather, type Weather } from './weather.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TICK = 5 * MINUTE;
const RESERVE = SWEEP_RESERVE_SECONDS * SECOND;

/** What is changed about our code or AWS in a run that must fail. */
export interface Breakage {
  readonly clients?: (clients: Clients, about: Broken) => Clients;
  readonly services?: (services: Services, about: Broken) => Services;
  readonly drops?: readonly FunctionName[];
  /** What the bus hands over instead. */
  readonly events?: (event: BusEvent, now: string) => BusEvent;
  /** Nobody in Sales opens an email: what they would end by themselves stays open until the code ends it. */
  readonly salesIsSilent?: true;
  /** Each customer has a quote, and buys a car a few hours later. */
  readonly everybodyBuys?: true;
  /** Each customer buys a car, and their address is corrected just after a letter left for it. */
  readonly addressesAreCorrected?: true;
  /** Many are quoted at once where advisors have no head start: they reach Sales at the same moment. */
  readonly rushWithoutHeadStart?: true;
  /** `keep-outcomes` hears of everything, too. */
  readonly outcomesAreKept?: true;
  /** What is told in every run, instead of the main stories. Left out: those alone; or all that the seed says. */
  readonly tells?: readonly SideStoryName[] | 'what the seed says';
}
export interface Broken extends Starting {
  readonly table: SimulatedTable;
  readonly invocation: () => Invocation | undefined;
}

export interface Options {
  readonly seed: number;
  readonly start: number;
  readonly group?: Group;
  readonly weather?: Weather;
  readonly keepsHistory?: boolean;
  readonly breakage?: Breakage | undefined;
  /** Whether outcomes are kept, too. The calls would change the faults of every run without it. */
  readonly keepsOutcomes?: boolean | undefined;
  /** Everything stops at the first violation that says this. */
  readonly until?: RegExp | undefined;
}

/** A dealer group on simulated AWS. Everything that happens in it comes from its seed. */
export class SimulatedWorld {
  readonly scheduler: Scheduler;
  readonly history: History;
  readonly watch: Watch;
  readonly table: SimulatedTable;
  readonly ses: SimulatedSes;
  readonly bus: SimulatedBus;
  readonly carServices: CarServices;
  readonly edge: Edge;
  readonly functions: Functions<Services>;
  /** What EventBridge took, ours and others'. */
  readonly events: BusEvent[] = [];
  readonly chance: Chance;
  readonly group: Group;
  readonly keepsOutcomes: boolean;
  weather: Weather;
  /** No tick comes while it is stopped. */
  sweepIsStopped = false;
  readonly #onAccepted: ((email: Accepted) => void)[] = [];
  #acting: Invocation | undefined;
  #tickAt = Number.POSITIVE_INFINITY;
  readonly #breakage: Breakage;

  constructor(options: Options) {
    const {
      seed,
      start,
      group = wholeGroup,
      weather = fairWeather,
      keepsHistory = false,
      keepsOutcomes = false,
      breakage = {},
      until,
    } = options;
    this.group = group;
    this.keepsOutcomes = keepsOutcomes;
    this.#breakage = breakage;
    this.weather = weather;
    this.scheduler = new Scheduler(start);
    this.chance = new Chance(seed, 'faults');
    this.history = new History(keepsHistory, () => this.scheduler.now);
    const { scheduler, chance, history } = this;
    const common = { scheduler, chance, history, weather: () => this.weather };
    this.watch = new Watch({
      group,
      now: () => scheduler.now,
      violated: (what) => {
        if (until?.test(what)) scheduler.stop();
      },
    });
    this.carServices = new CarServices({ ...common, broken: this.watch });
    this.edge = new Edge({ ...common, acting: (by, act) => this.#actAs(by, act), broken: this.watch });
    this.table = new SimulatedTable({
      now: () => scheduler.now,
      seenAt: () => scheduler.now + this.#lag(),
      wrote: (written) => this.#wrote(written),
    });
    this.ses = new SimulatedSes({
      ...common,
      accepted: (email) => this.#accepted(email),
      reported: (report, about) => this.bus.report(report, about),
    });
    this.bus = new SimulatedBus({
      ...common,
      isHeard: keepsOutcomes,
      invoke: (name, event) => this.#invoke(name, event),
      keep: (letters) => this.#keep(letters),
      took: (event) => this.events.push(event),
      heard: (about) => this.watch.heard(about),
    });
    this.functions = new Functions({
      ...common,
      servicesFor: (starting) => this.#servicesFor(starting, new Chance(seed, `process ${starting.number}`)),
      ended: (invocation, outcome) => this.watch.ended(invocation, outcome),
    });
    for (const item of rosterItems) this.table.place(item);
  }

  onAccepted(listener: (email: Accepted) => void): void {
    this.#onAccepted.push(listener);
  }

  async runFor(milliseconds: number): Promise<void> {
    await this.scheduler.runUntil(this.scheduler.now + milliseconds);
  }

  /** Everything that the archive holds comes once more. Our own events are kept out of it. */
  replayArchive(): void {
    this.history.add('operator', () => 'replays the archive');
    for (const event of this.events) if (event.source !== OWN_SOURCE) this.bus.replay(event);
  }

  /** The faults are over: from here on everything works. */
  heal(): void {
    this.weather = fairWeather;
    this.edge.outages.length = 0;
    this.sweepIsStopped = false;
    this.functions.deploy();
    this.#planTick(this.scheduler.now);
  }

  #servicesFor(
    starting: Starting & { self: () => { invocation: Invocation | undefined } | undefined },
    chance: Chance,
  ) {
    const { scheduler } = this;
    const caller = {
      get invocation() {
        return starting.self()?.invocation;
      },
    };
    const clock = { now: () => new Date(Math.floor(scheduler.now) + starting.skew).toISOString() };
    const plain = clientsOf(this, caller);
    const about = { ...starting, table: this.table, invocation: () => caller.invocation };
    const clients = this.#breakage.clients?.(plain, about) ?? plain;
    const wait = (milliseconds: number) => scheduler.sleep(milliseconds);
    const outcomes = this.keepsOutcomes ? undefined : keepsNothing;
    const services = servicesOf(clients, { clock, chance, group: this.group, wait, outcomes });
    return this.#breakage.services?.(services, about) ?? services;
  }

  #invoke(name: FunctionName, event: BusEvent): Promise<Outcome<unknown>> {
    if (this.#breakage.drops?.includes(name)) return Promise.resolve({ ok: true, value: 'dropped' });
    this.history.add('bus', () => `hands ${event.id} ${event['detail-type']} to ${name}`);
    const handed = this.#breakage.events?.(event, new Date(this.scheduler.now).toISOString()) ?? event;
    return this.functions.invoke(name, (services, invocation) => {
      invocation.isReplay = event['replay-name'] !== undefined;
      return handle(name, services, handed);
    });
  }

  async #keep(letters: readonly Letter[]): Promise<readonly string[]> {
    const all = letters.map(({ messageId }) => messageId);
    if (this.#breakage.drops?.includes('keep-dead-letters')) return [];
    const outcome = await this.functions.invoke('keep-dead-letters', (services) =>
      keepEach(services, letters),
    );
    return outcome.ok ? outcome.value : all;
  }

  #accepted(email: Accepted): void {
    this.watch.sent(email);
    for (const listener of this.#onAccepted) listener(email);
  }

  #wrote(written: Written): void {
    this.watch.wrote(written, this.#acting);
    const dueAt = written.after?.['dueAt']?.S;
    if (dueAt !== undefined) this.#planTick(Date.parse(dueAt));
  }

  #actAs<T>(by: Invocation, act: () => T): T {
    this.#acting = by;
    try {
      return act();
    } finally {
      this.#acting = undefined;
    }
  }

  #lag(): number {
    const { chance } = this;
    const isLate = chance.happens(this.weather.rateOf('index lags') * 3);
    return isLate ? chance.skewed(SECOND, 20 * MINUTE) : chance.between(5, 500);
  }

  /** Ticks that would find nothing are left out: the next one comes when something is due. */
  #planTick(dueAt: number): void {
    const at = Math.ceil(Math.max(dueAt, this.scheduler.now + 1) / TICK) * TICK;
    if (at >= this.#tickAt) return;
    this.#tickAt = at;
    this.scheduler.at(at, () => this.#tick(at));
  }

  #tick(at: number): void {
    if (at !== this.#tickAt) return;
    this.#tickAt = Number.POSITIVE_INFINITY;
    const next = this.#nextDue();
    if (next !== undefined) this.#planTick(Math.max(next, at + 1));
    if (this.sweepIsStopped || this.chance.happens(this.weather.rateOf('tick is lost') * 2)) return;
    this.sweep();
    if (this.chance.happens(this.weather.rateOf('tick comes twice') * 2)) {
      this.scheduler.after(this.chance.skewed(1, 20 * SECOND), () => this.sweep());
    }
  }

  sweep(): void {
    const { scheduler } = this;
    const seconds = lambdas['sweep-due-work'].timeoutSeconds;
    void this.functions.invoke('sweep-due-work', async (services, { startedAt }) => {
      const timeIsUp = () => startedAt + seconds * SECOND - scheduler.now < RESERVE;
      const { acted, failed } = await sweepDueWork(services, timeIsUp);
      return `acted on ${acted}, failed: ${failed.map(({ error }) => String(error)).join('; ')}`;
    });
  }

  #nextDue(): number | undefined {
    let next: number | undefined;
    const items = ['task#', 'day#', 'store#'].flatMap((kind) => [...this.table.partitionsOf(kind)]);
    for (const item of items) {
      const at = item['dueAt']?.S;
      if (at !== undefined) next = Math.min(next ?? Number.POSITIVE_INFINITY, Date.parse(at));
    }
    return next;
  }
}

async function handle(name: FunctionName, services: Services, event: BusEvent): Promise<unknown> {
  switch (name) {
    case 'settle-email':
      return settleEmail(services, sesEvent.parse(event.detail));
    case 'refuse-unknown-event':
      return refuseUnknownEvent(services, envelope.parse(event));
    case 'keep-outcomes':
      return passOn(() => services, heardByOutcomes)(event, contextOf(name));
    default:
      return receiveEvents(() => services, uses)(event, contextOf(name));
  }
}

/** As the handler of keep-dead-letters does it: the ids of the letters that could not be kept. */
async function keepEach(services: Services, letters: readonly Letter[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const letter of letters) {
    try {
      await keepDeadLetter(services, { ...letter, messageAttributes: { ...letter.messageAttributes } });
    } catch {
      failed.push(letter.messageId);
    }
  }
  return failed;
}

/** Of Lambda's context only the name is looked at; without its remaining time the wrapper starts no timer of its own. */
const contextOf = (name: FunctionName): Context =>
  JSON.parse(JSON.stringify({ functionName: deployedName(name) }));
