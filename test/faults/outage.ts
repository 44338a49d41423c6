import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { refusalFromItem } from '../../functions/adapters/readable-item.ts';
import type { Group } from '../../functions/group/group.ts';
import type { EmailEntry, EntryReason } from '../../functions/handoff/outbox-entry.ts';
import { itemIdOf } from '../../functions/my-day/outbox-owner.ts';
import { type Clients, wholeGroup } from '../simulation/cloud.ts';
import { errors, type Outage as OutOf } from '../simulation/edge.ts';
import { redrive } from '../simulation/play.ts';
import { checkPromises } from '../simulation/promises.ts';
import type { Told } from '../simulation/stories.ts';
import { SimulatedWorld } from '../simulation/world.ts';
import { emailsIn } from '../support/emails-in.ts';
import { standIn } from '../support/stand-in.ts';
import { headStartOf } from '../support/world.ts';
import { busyDay, visitBooked, yearsBefore } from './busy-day.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
/** A Tuesday, before any of the stores opens. */
const EARLY = '2026-11-17T11:55:30.000Z';

interface Known {
  /** As SES knows it. */
  readonly id: string;
  readonly entry: EmailEntry;
  /** Since when the oldest email of its task was owed, where one is. */
  readonly taskSince: string;
}

interface Setting {
  readonly hours: number;
  readonly from?: string;
  readonly group?: Group;
  readonly sesTakesPerSecond?: number;
}

/** So that emails to Sales are on their way when the outage begins. */
const salesAtOnce = headStartOf(0)(wholeGroup);

export const sending = (emailsPerSecond: number): Group => ({
  ...salesAtOnce,
  sender: { ...wholeGroup.sender, emailsPerSecond },
});

const LONGEST_BACKOFF = 4 * 60_000;

/** A busy day on which something of AWS is out from early morning on, and the minutes after it works again. */
export class Outage {
  readonly ses: SesAtRate;
  readonly #world: SimulatedWorld;
  readonly #begins: number;
  readonly #recovery: number;
  readonly #told: readonly Told[];
  owedAtRecovery: readonly Known[] = [];

  constructor({ hours, from = EARLY, group = salesAtOnce, sesTakesPerSecond = 1_000 }: Setting) {
    this.#begins = Date.parse(from);
    this.#recovery = this.#begins + hours * HOUR;
    const start = this.#begins - 14 * HOUR;
    this.ses = new SesAtRate(sesTakesPerSecond, () => this.#world.scheduler.now, this.#recovery);
    const breakage = { clients: (real: Clients) => this.ses.inFrontOf(real) };
    this.#world = new SimulatedWorld({ seed: 1, start, group, breakage });
    this.#told = [
      ...yearsBefore(start),
      ...visitBooked(start, this.#recovery - HOUR / 2),
      ...busyDay(this.#begins, this.#recovery),
    ];
  }

  async passes(out: Pick<OutOf, 'service' | 'error'> | 'the sweep'): Promise<void> {
    const world = this.#world;
    for (const { at, source, detailType, detail } of this.#told) {
      world.scheduler.at(at, () => world.bus.put(source, detailType, detail));
    }
    await world.runFor(this.#begins - world.scheduler.now);
    if (out === 'the sweep') world.sweepIsStopped = true;
    else world.edge.outages.push({ ...out, from: this.#begins, until: this.#recovery });
    await world.runFor(this.#recovery - this.#begins);
    this.owedAtRecovery = this.inState('owed');
  }

  async recovers(within: number): Promise<void> {
    this.#world.heal();
    await this.#world.runFor(within);
  }

  async redriven(within: number): Promise<void> {
    redrive(this.#world);
    await this.#world.runFor(within);
  }

  inState(...states: readonly EmailEntry['state'][]): Known[] {
    return this.#emails().filter(({ entry }) => states.includes(entry.state) && !this.#waits(entry));
  }

  /** For its own time, such as the morning or the next list: longer than any try of an email that was refused. */
  #waits({ state, notBefore = '', attempts }: EmailEntry): boolean {
    const longest = attempts === 0 ? 0 : LONGEST_BACKOFF;
    const then = new Date(this.#world.scheduler.now + longest).toISOString();
    return state === 'owed' && notBefore > then;
  }

  /** Why emails are in this state, by message, each reason once. */
  reasonsOf(state: EmailEntry['state']): Record<string, (EntryReason | undefined)[]> {
    const byMessage = Map.groupBy(this.inState(state), ({ entry }) => entry.message);
    const reasons = (all: readonly Known[]) => [
      ...new Map(all.map(({ entry: { reason } }) => [JSON.stringify(reason), reason])).values(),
    ];
    return Object.fromEntries([...byMessage].map(([message, all]) => [message, reasons(all)]));
  }

  /** What was owed at the recovery, in the order in which SES took it. */
  get madeUpFor(): Known[] {
    return this.#acceptedSince(this.#recovery).flatMap((id) =>
      this.owedAtRecovery.filter((one) => one.id === id),
    );
  }

  /** How many of each message SES took after the recovery. */
  madeUpForMessages(): Record<string, number> {
    const ids = this.#acceptedSince(this.#recovery);
    const messages = this.#emails().filter(({ id }) => ids.includes(id));
    const byMessage = Map.groupBy(messages, ({ entry }) => entry.message);
    return Object.fromEntries([...byMessage].map(([message, all]) => [message, all.length]));
  }

  /** Whose handoff or list owes this message since the recovery, and to whom; also where it waits for a list. */
  owedSinceRecovery(message: string): string[] {
    const recovery = new Date(this.#recovery).toISOString();
    return this.#emails()
      .filter(({ entry }) => entry.message === message && entry.owedAt >= recovery)
      .map(({ id, entry: { to } }) => `${id.split(' ')[0]} ${JSON.stringify(to)}`);
  }

  /** Emails that SES took more than once, to whomever. */
  get sentTwice(): string[] {
    const ids = this.#acceptedSince(0);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  }

  get toldWhileOut(): string[] {
    return this.#told
      .filter(({ at }) => at >= this.#begins)
      .map(inWords)
      .toSorted();
  }

  deadLetters(): string[] {
    return [...this.#world.table.partitionsOf(keys.refused)]
      .map((item) => refusalFromItem(fromItem(item)))
      .filter(({ source }) => source === 'dms.test')
      .map(({ detailType, detail }) => `${detailType} ${detail}`)
      .toSorted();
  }

  /** What the simulation asks after every run: each event has its task, and nothing is stuck or said twice. */
  brokenPromises(): readonly string[] {
    checkPromises(this.#world, this.#told);
    return this.#world.watch.violations;
  }

  #emails(): Known[] {
    const { tasks, days } = this.#world.watch;
    return [...tasks, ...days].flatMap((item) => {
      const emails = emailsIn(item);
      const since = emails.filter(({ state }) => state === 'owed').map(({ owedAt }) => owedAt);
      const [taskSince = ''] = since.toSorted();
      return emails.map((entry) => ({ id: `${itemIdOf(item)} ${entry.id}`, entry, taskSince }));
    });
  }

  #acceptedSince(at: number): string[] {
    return this.#world.ses.accepted
      .filter((email) => email.at >= at)
      .map(({ task, entry }) => `${task} ${entry}`);
  }
}

const inWords = ({ detailType, detail }: Told) => `${detailType} ${JSON.stringify(detail)}`;

/** SES with a sending rate: what comes faster than that is refused, as SES refuses it. */
class SesAtRate {
  tooFast = 0;
  askedWhileOut = 0;
  /** The emails that it was asked to take, each once. */
  readonly triedWhileOut = new Set<string>();
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #recovery: number;
  #lately: number[] = [];

  constructor(perSecond: number, now: () => number, recovery: number) {
    this.#perSecond = perSecond;
    this.#now = now;
    this.#recovery = recovery;
  }

  inFrontOf(real: Clients): Clients {
    return {
      ...real,
      ses: standIn<Clients['ses'] & { send: unknown }>((command) =>
        this.#takes(command) ? Reflect.apply(real.ses.send, real.ses, [command]) : tooFast(),
      ),
    };
  }

  #takes(command: object): boolean {
    const now = this.#now();
    if (now < this.#recovery) {
      this.askedWhileOut += 1;
      if (command instanceof SendEmailCommand)
        this.triedWhileOut.add(JSON.stringify(command.input.EmailTags));
      return true;
    }
    this.#lately = this.#lately.filter((at) => at > now - SECOND);
    if (this.#lately.length >= this.#perSecond) {
      this.tooFast += 1;
      return false;
    }
    this.#lately.push(now);
    return true;
  }
}

const tooFast = () => Promise.reject(errors['ses throttles']());
