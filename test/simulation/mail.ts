import { SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import type { Chance } from './chance.ts';
import type { Invocation } from './functions.ts';
import type { History } from './history.ts';
import type { Scheduler } from './scheduler.ts';
import type { FaultKind, Weather } from './weather.ts';

/** An email that SES took: whether anybody was told is another matter. */
export interface Accepted {
  readonly messageId: string;
  readonly at: number;
  readonly by: Invocation;
  readonly task: string;
  readonly entry: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface World {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly weather: () => Weather;
  readonly history: History;
  readonly accepted: (email: Accepted) => void;
  /** An event of SES on the default bus. */
  readonly reported: (report: object, about: Accepted) => void;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** SES: takes emails, tells of them when it likes to, and never says whether it took one. */
export class SimulatedSes {
  readonly accepted: Accepted[] = [];
  readonly #world: World;
  /** A mailbox is there or it isn't, for the whole of a run. */
  readonly #dead = new Map<string, boolean>();

  constructor(world: World) {
    this.#world = world;
  }

  execute(command: object, by: Invocation): object {
    if (!(command instanceof SendEmailCommand)) {
      throw new Error(`The simulated SES knows no ${command.constructor.name}`);
    }
    const email = emailOf(command.input, { by, at: this.#world.scheduler.now, number: this.accepted.length });
    this.accepted.push(email);
    this.#world.accepted(email);
    this.#tell(email);
    return { MessageId: email.messageId };
  }

  #tell(email: Accepted): void {
    if (this.#happens('ses rejects what it accepted', 0.2)) {
      this.#report(email, 'Reject', 0);
      return;
    }
    this.#report(email, 'Send', 0);
    const after = this.#world.chance.skewed(SECOND, 60 * SECOND);
    if (this.#isDead(email.to)) {
      this.#report(email, 'Bounce', after, { bounce: { bounceType: 'Permanent' } });
      return;
    }
    if (this.#happens('mail is delayed', 1)) {
      this.#report(email, 'DeliveryDelay', after);
      this.#report(email, 'Bounce', after * 2, { bounce: { bounceType: 'Transient' } });
    }
    this.#report(email, 'Delivery', after * 3);
    const isToCustomer = email.headers['List-Unsubscribe'] !== undefined;
    if (isToCustomer && this.#happens('customer complains', 1)) this.#report(email, 'Complaint', HOUR);
  }

  #report(email: Accepted, eventType: string, after: number, more: object = {}): void {
    if (this.#happens('report of ses is lost', 4)) {
      this.#world.history.add('ses', () => `loses ${eventType} of ${email.messageId}`);
      return;
    }
    const report = {
      eventType,
      mail: {
        messageId: email.messageId,
        destination: [email.to],
        tags: { task: [email.task], entry: [email.entry], 'ses:configuration-set': ['handoff'] },
      },
      ...more,
    };
    const { chance, scheduler, reported } = this.#world;
    const copies = this.#happens('report of ses comes twice', 1) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const late = this.#happens('report of ses comes late', 1) ? chance.between(0, 3 * HOUR) : 0;
      const wait = after + late + chance.skewed(0.2 * SECOND, 20 * SECOND);
      scheduler.after(wait, () => reported(report, email));
    }
  }

  #isDead(address: string): boolean {
    const known = this.#dead.get(address);
    if (known !== undefined) return known;
    const isStaff = address.endsWith('@lakeshore.example');
    const isDead = this.#happens(isStaff ? 'staff address bounces' : 'customer address bounces', 2);
    this.#dead.set(address, isDead);
    return isDead;
  }

  #happens(kind: FaultKind, times: number): boolean {
    return this.#world.chance.happens(Math.min(this.#world.weather().rateOf(kind) * times, 0.9));
  }
}

function emailOf(
  input: SendEmailCommandInput,
  { by, at, number }: { by: Invocation; at: number; number: number },
): Accepted {
  const tag = (name: string) => input.EmailTags?.find(({ Name }) => Name === name)?.Value ?? '';
  const simple = input.Content?.Simple;
  return {
    messageId: `ses-${number + 1}`,
    at,
    by,
    task: tag('task'),
    entry: tag('entry'),
    to: input.Destination?.ToAddresses?.[0] ?? '',
    subject: simple?.Subject?.Data ?? '',
    text: simple?.Body?.Text?.Data ?? '',
    headers: Object.fromEntries((simple?.Headers ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
  };
}
