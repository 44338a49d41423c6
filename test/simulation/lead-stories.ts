import type { Chance } from './chance.ts';
import type { Accepted } from './mail.ts';
import { people } from './roster.ts';
import type { Scheduler } from './scheduler.ts';
import type { Days } from './side-stories.ts';
import type { Told } from './stories.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The lead mailbox of every store's CRM. */
export const LEADS = 'leads@crm.simulated.example';

/**
 * Service customers who ask about another car, noted by one person or by two, again in the afternoon, and some of whom
 * say that nobody is to contact them.
 */
export function leadStories(chance: Chance, { start, span, storeIds }: Days): Told[] {
  return Array.from({ length: chance.whole(1, 3) }, (_one, at) => at).flatMap((number) => {
    const storeId = chance.oneOf(storeIds) ?? 'lakeshore-honda';
    const here = people.filter((one) => one.storeId === storeId);
    const customerNumber = `WISH-${number}`;
    const told = (at: number, detailType: string, detail: object): Told => ({
      ...{ at, source: 'dms.simulated', detailType },
      detail: { version: 1, storeId, occurredAt: instantOf(at), ...detail },
    });
    const customer = {
      ...{
        customerNumber,
        firstName: 'Olga',
        lastName: `Petrenko ${number}`,
        phone: `(847) 555-02${number}3`,
      },
      ...(chance.happens(0.7) ? { email: `wish-${number}@example.com` } : {}),
    };
    const vehicle = { vin: `1FMCU9MZ7RU${String(chance.whole(100_000, 999_999))}`, model: 'Escape' };
    const asks = (at: number) =>
      told(at, 'customer-asked-about-car', {
        ...{ customer, vehicle, asked: chance.pick(['What is a new Escape?', 'Is mine worth anything?']) },
        serviceAdvisorNumber: chance.oneOf(here.filter(({ role }) => role === 'service advisor'))
          ?.employeeNumber,
      });
    const first = start + chance.skewed(0, span);
    const no = first + chance.skewed(-HOUR, 2 * HOUR);
    return [
      asks(first),
      ...(chance.happens(0.4) ? [asks(first + chance.skewed(SECOND, 20 * MINUTE))] : []),
      ...(chance.happens(0.3) ? [asks(first + chance.between(HOUR, 8 * HOUR))] : []),
      ...(chance.happens(0.4)
        ? [
            told(no, 'customer-preferences-changed', {
              ...{ customerNumber, mayContact: { email: false, phone: false, text: false } },
            }),
          ]
        : []),
    ];
  });
}

interface World {
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly bus: { readonly put: (source: string, detailType: string, detail: unknown) => unknown };
  readonly isOver: () => boolean;
}

/** The CRM that reads its mailbox, and tells what became of a lead: late, twice, and not of every one. */
export class Crm {
  readonly told: Told[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  got({ to, task }: Accepted, storeId: string | undefined): void {
    const { chance } = this.#world;
    if (to !== LEADS || storeId === undefined || chance.happens(0.3)) return;
    const lead = { storeId, leadId: `upgrade-${task}`, crmNumber: `CRM-${chance.whole(1, 999)}` };
    const first = chance.skewed(MINUTE, 5 * HOUR);
    this.#say(first, { ...lead, status: chance.pick(['worked', 'appointment', 'sold', 'dead']) });
    if (chance.happens(0.4))
      this.#say(first + chance.skewed(MINUTE, 3 * HOUR), { ...lead, status: chance.pick(['sold', 'dead']) });
  }

  #say(after: number, lead: Told['detail']): void {
    const { chance, scheduler } = this.#world;
    scheduler.after(after, () => {
      if (this.#world.isOver()) return;
      const detail = { version: 1, occurredAt: instantOf(scheduler.now), ...lead };
      this.#put(detail);
      if (chance.happens(0.3)) scheduler.after(chance.skewed(SECOND, HOUR), () => this.#put(detail));
    });
  }

  #put(detail: Told['detail']): void {
    const [source, detailType] = ['dms.simulated', 'crm-lead-updated'];
    if (this.#world.isOver()) return;
    this.told.push({ at: this.#world.scheduler.now, source, detailType, detail });
    this.#world.bus.put(source, detailType, detail);
  }
}

const instantOf = (at: number) => new Date(Math.floor(at / SECOND) * SECOND).toISOString();
