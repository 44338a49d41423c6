import { openDispute, standingMatches } from '../../functions/handoff/credit-record.ts';
import { type AnyTask, kindOf } from '../../functions/handoffs/kinds.ts';
import { isManager, type StaffMember } from '../../functions/people/staff.ts';
import { Browser, linkIn } from './browser.ts';
import type { Shopper } from './credit-stories.ts';
import type { Accepted } from './mail.ts';
import type { PeoplesWorld } from './people.ts';
import { people } from './roster.ts';

interface World extends PeoplesWorld {
  readonly shoppers: readonly Shopper[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A shopper is handed over on a page only so often in a run. */
const MOST_STARTS = 4;

/**
 * Whoever acts on credit: salespeople and advisors who start a handoff on their own page, take a wrong start back, and say
 * that a credit is not right; managers who decide; customers who say whether they met their advisor.
 */
export class CreditPeople {
  readonly #world: World;
  readonly #browser: Browser;
  #starts = 0;

  constructor(world: World) {
    this.#world = world;
    this.#browser = new Browser(world);
  }

  got(email: Accepted): void {
    const { chance, scheduler } = this.#world;
    const staff = people.find((person) => person.email === email.to);
    const wait = chance.skewed(20 * SECOND, 2 * HOUR);
    if (!staff) scheduler.after(wait, () => this.#sayWhetherMet(email));
    else scheduler.after(wait, () => this.#read(email, staff));
  }

  /** The list has a link to the reader's own page; from any other email they ask for it. */
  #read(email: Accepted, staff: StaffMember): void {
    const page = linkIn(email.text, 'me');
    const link = linkIn(email.text, 't');
    if (page !== undefined) this.#onOwnPage(page, staff);
    else if (link !== undefined && this.#world.chance.happens(0.2))
      void this.#post(link, { send: 'my-day' }, staff);
  }

  #onOwnPage(page: string, staff: StaffMember): void {
    const { chance, watch } = this.#world;
    for (const task of watch.tasks) this.#judgeCredit(page, task, staff);
    if (this.#starts < MOST_STARTS && chance.happens(0.5)) this.#start(page, staff);
  }

  #judgeCredit(page: string, task: AnyTask, staff: StaffMember): void {
    const { chance } = this.#world;
    if (task.storeId !== staff.storeId || task.credit === undefined) return;
    const path = `${page}/${task.taskId}`;
    if (openDispute(task) !== undefined) {
      const choice = chance.pick(['credit-stands', 'credit-does-not-stand']);
      if (isManager(staff) || chance.happens(0.1)) this.#twice(path, { choice }, staff);
      return;
    }
    const isTheirs = [...kindOf(task).sendersOf(task), task.assignee?.employeeNumber].includes(
      staff.employeeNumber,
    );
    if (isTheirs && standingMatches(task).length > 0 && chance.happens(0.5)) {
      this.#twice(path, { choice: 'credit-not-right', reason: 'I met them on the lot' }, staff);
    }
  }

  /** Now and then twice: a second press, or the same page in another window. */
  #twice(path: string, form: Readonly<Record<string, string>>, staff: StaffMember): void {
    const { chance, scheduler } = this.#world;
    void this.#post(path, form, staff);
    if (chance.happens(0.3))
      scheduler.after(chance.skewed(1, 10 * MINUTE), () => void this.#post(path, form, staff));
  }

  #start(page: string, staff: StaffMember): void {
    const { chance, scheduler, shoppers } = this.#world;
    // Nobody types a customer number: whoever has one is another shopper to the store, unless it knows them.
    const shopper = chance.oneOf(
      shoppers.filter(
        ({ storeId, customer }) => storeId === staff.storeId && customer['customerNumber'] === undefined,
      ),
    );
    const kind = kindStartedBy(staff);
    if (!shopper || kind === undefined) return;
    this.#starts += 1;
    const begin = async () => {
      const seen = await this.#post(`${page}/start?kind=${kind}`, formOf(shopper), staff);
      const [path] = seen?.reply.headers['location']?.split('?') ?? [];
      if (path !== undefined && chance.happens(0.25)) this.#takeBack(path, staff);
    };
    void begin();
    if (chance.happens(0.3)) scheduler.after(chance.skewed(1, 3 * SECOND), () => void begin());
  }

  /** It was the wrong shopper; or it was the right one after all. */
  #takeBack(path: string, staff: StaffMember): void {
    const { chance, scheduler } = this.#world;
    scheduler.after(chance.skewed(10 * SECOND, HOUR), async () => {
      await this.#post(path, { choice: 'started-by-mistake' }, staff);
      if (!chance.happens(0.2)) return;
      scheduler.after(
        chance.skewed(SECOND, 10 * MINUTE),
        () => void this.#post(path, { choice: 'undo' }, staff),
      );
    });
  }

  #sayWhetherMet(email: Accepted): void {
    const { chance, scheduler, watch } = this.#world;
    const link = linkIn(email.text, 'u');
    const isIntroduced = [...watch.tasks].some(
      ({ kind, taskId }) => kind === 'service-introduction' && taskId === email.task,
    );
    if (link === undefined || !isIntroduced || !chance.happens(0.7)) return;
    const say = () =>
      void this.#browser.post(
        `${link}/${chance.pick(['met', 'not-met'])}`,
        { choice: 'say' },
        { name: 'customer', isTheirs: true },
      );
    say();
    if (chance.happens(0.5)) scheduler.after(chance.skewed(SECOND, HOUR), say);
  }

  #post(path: string, form: Readonly<Record<string, string>>, staff: StaffMember) {
    const name = staff.employeeNumber;
    return this.#browser.post(path, form, { name, isTheirs: this.#world.isHere(staff) });
  }
}

function kindStartedBy({ role }: StaffMember): string | undefined {
  if (role === 'salesperson') return 'repair-instead';
  return role === 'service advisor' ? 'upgrade-conversation' : undefined;
}

const formOf = ({ customer, vin }: Shopper) => ({
  ...{ choice: 'start', ...customer, vin, year: '2019', make: 'Subaru', model: 'Legacy' },
  ...{ needs: 'It shakes', wants: 'just fix it', asked: 'Are there hybrids?' },
});
