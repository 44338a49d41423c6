import { choicesFor, readerOf } from '../../functions/handoff/choices.ts';
import type { Task } from '../../functions/handoff/task.ts';
import { everyKind, kindOf } from '../../functions/handoffs/kinds.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import { Browser, linkIn, linkToHandoff } from './browser.ts';
import type { Chance } from './chance.ts';
import type { Services } from './cloud.ts';
import type { Functions } from './functions.ts';
import type { History } from './history.ts';
import type { Accepted } from './mail.ts';
import { people } from './roster.ts';
import type { Scheduler } from './scheduler.ts';
import type { Watch } from './watch.ts';

/** What whoever reads our emails and presses our buttons needs of a simulated world. */
export interface PeoplesWorld {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly history: History;
  readonly functions: Functions<Services>;
  readonly watch: Watch;
  /** Works here at this moment, or left a minute ago. */
  readonly isHere: (person: StaffMember) => boolean;
  /** Nobody reads what comes from now on. */
  readonly isOver: () => boolean;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** Whatever a page of any kind of handoff offers. */
const everyChoice = [...new Set(everyKind.flatMap(({ choices }) => choices.map(({ name }) => name)))];

/** Whoever reads our emails: staff choose, twice or against each other; customers say no; strangers try links. */
export class People {
  /** How eager this run's people are, from 0 to 1. */
  readonly #eager: number;
  readonly #world: PeoplesWorld;
  readonly #browser: Browser;

  constructor(world: PeoplesWorld) {
    this.#world = world;
    this.#browser = new Browser(world);
    this.#eager = world.chance.pick([0, 0.3, 0.6, 0.9]);
  }

  got(email: Accepted): void {
    const { chance, scheduler } = this.#world;
    if (this.#world.isOver() || !chance.happens(this.#eager)) return;
    const staff = people.find((person) => person.email === email.to);
    const wait = chance.skewed(20 * SECOND, 8 * HOUR);
    scheduler.after(wait, () => (staff ? this.#choose(email, staff) : this.#sayNo(email)));
  }

  #choose(email: Accepted, staff: StaffMember): void {
    const { chance, scheduler } = this.#world;
    const opened = this.#opened(email, staff);
    if (!opened) return;
    const { link, task } = opened;
    if (chance.happens(0.1)) this.#tryStrangeLink(email);
    const form = this.#form(email, task, staff);
    this.#post(link, form, staff);
    // A double click, or the page of before once more.
    if (chance.happens(0.2)) {
      scheduler.after(chance.skewed(1, 3 * SECOND), () => this.#post(link, form, staff));
    }
    // Somebody who changes their mind, or chooses the opposite in another window.
    if (chance.happens(0.25)) {
      scheduler.after(chance.skewed(1, HOUR), () => this.#post(link, this.#form(email, task, staff), staff));
    }
  }

  /** The handoff of the email, or one of those on the reader's own page. */
  #opened(email: Accepted, staff: StaffMember): { link: string; task: Task | undefined } | undefined {
    const { chance, watch } = this.#world;
    const tasks: readonly Task[] = [...watch.tasks];
    const link = linkToHandoff(email.text);
    if (link !== undefined) return { link, task: tasks.find(({ taskId }) => taskId === email.task) };
    const page = linkIn(email.text, 'me');
    const theirs = tasks.filter(
      ({ storeId, assignee }) =>
        storeId === staff.storeId && assignee?.employeeNumber === staff.employeeNumber,
    );
    const task = chance.oneOf(theirs);
    return page === undefined || !task ? undefined : { link: `${page}/${task.taskId}`, task };
  }

  #form(email: Accepted, task: Task | undefined, staff: StaffMember): Record<string, string> {
    const { chance, scheduler } = this.#world;
    const at = (after: number) => new Date(scheduler.now + after).toISOString();
    const isQuestion = /^(We’re not sure|Our email to|Email to|Ask )|: our email /.test(email.subject);
    const answers = ['send-again', 'leave-it', 'customer-email'] as const;
    // Mostly what the page offers, sometimes what it did not offer any more.
    const named =
      task && chance.happens(0.9)
        ? choicesFor(task, kindOf(task), readerOf(staff)).map(({ name }) => name)
        : everyChoice;
    const choice =
      isQuestion && chance.happens(0.9)
        ? chance.pick(answers)
        : (chance.oneOf([...named, 'undo']) ?? 'accept');
    const colleagues = people.filter(({ storeId }) => storeId === staff.storeId);
    return {
      choice,
      seen: at(-chance.skewed(SECOND, HOUR)),
      reason: 'on vacation',
      note: 'called the customer',
      date: at(chance.between(DAY, 20 * DAY)).slice(0, 10),
      startsAt: at(chance.between(DAY, 10 * DAY)).slice(0, 16),
      dealNumber: '50001',
      amount: '9200',
      colleague: chance.oneOf(colleagues)?.employeeNumber ?? '',
      email: `customer-${chance.whole(1, 99)}@example.com`,
    };
  }

  #sayNo(email: Accepted): void {
    const { chance } = this.#world;
    const visit = linkIn(email.text, 'u', '/visit');
    if (visit !== undefined && chance.happens(0.4)) {
      const day = new Date(this.#world.scheduler.now + chance.between(DAY, 20 * DAY))
        .toISOString()
        .slice(0, 10);
      this.#post(
        visit,
        { choice: 'another-time', part: chance.pick(['any', 'morning', 'afternoon']), day },
        'the customer',
      );
      return;
    }
    const oneClick = linkIn(email.headers['List-Unsubscribe'] ?? '', 'u');
    const page = linkIn(email.text, 'u');
    if (chance.happens(0.6)) return;
    if (oneClick !== undefined && chance.happens(0.5)) {
      this.#post(oneClick, { 'List-Unsubscribe': 'One-Click' });
      return;
    }
    if (page === undefined) return;
    const wish = () => chance.pick(['yes', 'no-store', 'no-group']);
    const choice = chance.pick(['save', 'stop-store', 'stop-group']);
    const answer = () => chance.pick(['yes', 'yes', 'no']);
    this.#post(page, {
      ...{ choice, introduction: wish(), service: wish(), upgrade: wish() },
      ...{ phone: answer(), text: answer(), mail: answer() },
    });
  }

  /** A link with a letter changed, one task's secret at another task's door, a customer's secret at staff's door. */
  #tryStrangeLink(email: Accepted): void {
    const { chance } = this.#world;
    const link = linkToHandoff(email.text) ?? '';
    const [, door, task = '', secret = ''] = link.split('/');
    const other = [...this.#world.watch.tasks].find(({ taskId }) => taskId !== task)?.taskId ?? task;
    const strange = chance.pick([
      `/${door}/${task}/${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      `/${door}/${other === task ? task.replace(/./g, '0') : other}/${secret}`,
      `/u/${task}/${secret}`,
      `/t/${task}/${chance.text(16)}`,
    ]);
    const choice = chance.pick(['accept', 'decline', 'note', 'note']);
    this.#post(strange, { choice, reason: 'none of mine', note: 'none of mine' });
  }

  #post(path: string, form: Record<string, string>, by?: StaffMember | 'the customer'): void {
    const isTheirs = by === 'the customer' || (by !== undefined && this.#world.isHere(by));
    const name = typeof by === 'object' ? by.employeeNumber : (by ?? 'somebody else');
    void this.#browser.post(path, form, { name, isTheirs });
  }
}
