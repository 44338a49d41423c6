import { parseGroup } from '../../functions/group/group-file.ts';
import type { TaskKind } from '../../functions/handoffs/kinds.ts';
import { taskIdOf } from '../../functions/handoffs/kinds.ts';
import { answerRequest } from '../../functions/lambdas/answer-task/answer-request.ts';
import { readRequest } from '../../functions/lambdas/answer-task/request.ts';
import type { StaffMember } from '../../functions/people/staff.ts';
import groupFile from '../../groups/demo.json' with { type: 'json' };
import { deadlinesOf } from '../kinds/all-deadlines.ts';
import type { Fact, Happening } from '../kinds/deadlines.ts';
import { people, staffItem } from '../simulation/roster.ts';
import { SimulatedWorld } from '../simulation/world.ts';
import { emailsIn } from '../support/emails-in.ts';
import { ownPage } from '../support/listed-emails.ts';
import { OpeningMinutes, type Sign, WallClock } from '../support/opening-minutes.ts';
import { requestEvent } from './answer-visitor.ts';

/** Three stores, each with its own clock on the wall: without summer time, with Europe's, and with America's. */
export type Place = 'Phoenix' | 'London' | 'New York';

interface Store {
  readonly storeId: string;
  readonly timeZone: string;
  readonly hours: { readonly service: Sign; readonly sales: Sign };
  readonly holidays: readonly string[];
  readonly advisor: string;
  readonly seller: string;
  /** Told of what is late. */
  readonly managers: { readonly service: string; readonly sales: string };
}

const weekdays = (hours: string) => ({
  monday: hours,
  tuesday: hours,
  wednesday: hours,
  thursday: hours,
  friday: hours,
});

export const stores: Readonly<Record<Place, Store>> = {
  Phoenix: {
    storeId: 'lakeshore-subaru',
    timeZone: 'America/Phoenix',
    hours: {
      // Closed on Mondays.
      service: {
        tuesday: '07:30-18:00',
        wednesday: '07:30-18:00',
        thursday: '07:30-18:00',
        friday: '07:30-18:00',
        saturday: '08:00-15:00',
      },
      sales: { ...weekdays('09:00-20:00'), saturday: '09:00-18:00' },
    },
    // The last is the day on which the parts are counted.
    holidays: ['2026-11-26', '2026-12-25', '2028-02-29'],
    advisor: '1042',
    seller: '1077',
    managers: { service: '1001', sales: '1002' },
  },
  London: {
    storeId: 'lakeshore-honda',
    timeZone: 'Europe/London',
    hours: {
      service: { ...weekdays('08:00-17:30'), saturday: '08:30-12:30' },
      sales: { ...weekdays('09:00-18:00'), saturday: '09:00-18:00', sunday: '11:00-16:00' },
    },
    // Good Friday and Easter Monday; the clocks change on the Sunday between them.
    holidays: ['2026-12-25', '2026-12-28', '2027-03-26', '2027-03-29'],
    advisor: '2031',
    seller: '2051',
    managers: { service: '2001', sales: '2002' },
  },
  'New York': {
    storeId: 'lakeshore-ford',
    timeZone: 'America/New_York',
    hours: {
      // Vans of businesses are serviced in the night to Sunday, in which the clocks change.
      service: { ...weekdays('07:00-19:00'), saturday: '07:30-14:00', sunday: '00:30-06:00' },
      sales: { ...weekdays('09:00-20:00'), saturday: '09:00-17:00', sunday: '11:00-16:00' },
    },
    holidays: ['2026-11-26', '2026-12-25'],
    advisor: '3021',
    seller: '3041',
    managers: { service: '3001', sales: '3002' },
  },
};
export const places = ['Phoenix', 'London', 'New York'] as const satisfies readonly Place[];

const limits = Object.fromEntries(Object.entries(deadlinesOf).map(([kind, of]) => [kind, of.limits]));
export const departmentOf = (kind: TaskKind) => deadlinesOf[kind].department;

const group = parseGroup({
  ...groupFile,
  handoffs: limits,
  stores: groupFile.stores.flatMap((store) => {
    const mine = Object.values(stores).find(({ storeId }) => storeId === store.id);
    if (!mine) return [];
    const { timeZone, hours, holidays } = mine;
    return [{ ...store, timeZone, hours, holidays }];
  }),
});

const MINUTE = 60_000;

/** A handoff of a store, known by the number that its dealer system gave it. */
export interface Handoff {
  readonly taskId: string;
  readonly place: Place;
  readonly kind: TaskKind;
  readonly number: string;
}

/** What somebody heard of being late, and when by the wall of the store. */
export interface Heard {
  readonly at: number;
  readonly what: 'reminder' | 'escalation';
  readonly late: 'accept' | 'finish';
  readonly to: string;
}

export class ThreeStores {
  readonly world: SimulatedWorld;
  readonly #until: number;
  readonly #clocks: Readonly<Record<Place, WallClock>>;
  readonly #daysOff: Readonly<Record<string, readonly string[]>>;
  readonly #minutes = new Map<string, OpeningMinutes>();
  /** What came of a choice and is not what its person wanted. */
  readonly refused: string[] = [];
  #numbers = 0;

  constructor(from: string, until: string, daysOff: Readonly<Record<string, readonly string[]>> = {}) {
    const start = Date.parse(from);
    this.#until = Date.parse(until);
    this.#daysOff = daysOff;
    this.world = new SimulatedWorld({ seed: 1, start, group });
    for (const person of people) {
      const off = [...(daysOff[person.employeeNumber] ?? [])];
      this.world.table.place(staffItem({ ...person, daysOff: off }));
    }
    const clockOf = (place: Place) => new WallClock(stores[place].timeZone, start, this.#until);
    this.#clocks = {
      Phoenix: clockOf('Phoenix'),
      London: clockOf('London'),
      'New York': clockOf('New York'),
    };
  }

  clock(place: Place): WallClock {
    return this.#clocks[place];
  }

  /** Of the manager who hears of it: where a manager has it, another one. */
  minutesForManager({ place }: Handoff, email: string): OpeningMinutes {
    const { hours, holidays, managers } = stores[place];
    const department = personOf(place, managers.service).email === email ? 'service' : 'sales';
    return new OpeningMinutes(this.#clocks[place], hours[department], holidays);
  }

  /** When reminders went to the person who got this one. */
  remindersTo(email: string): number[] {
    return this.world.ses.accepted
      .filter(({ to, subject }) => to === email && subject.startsWith('Reminder: '))
      .map(({ at }) => at);
  }

  /** The opening minutes that count for who has it: of the department, less the person's days off. */
  minutesFor({ place, kind }: Handoff): OpeningMinutes {
    const department = departmentOf(kind);
    const known = this.#minutes.get(`${place} ${department}`);
    if (known) return known;
    const { hours, holidays, advisor, seller } = stores[place];
    const off = this.#daysOff[department === 'sales' ? seller : advisor] ?? [];
    const counted = new OpeningMinutes(this.#clocks[place], hours[department], [...holidays, ...off]);
    this.#minutes.set(`${place} ${department}`, counted);
    return counted;
  }

  async pass(): Promise<void> {
    await this.world.scheduler.runUntil(this.#until - MINUTE);
  }

  /** The dealer system tells of it; for a conversation with Sales, the advisor does, of a customer open to looking. */
  begin(place: Place, kind: TaskKind, from: string): Handoff {
    this.#numbers += 1;
    const number = String(1000 + this.#numbers);
    const at = this.#clocks[place].when(from);
    const { begins } = deadlinesOf[kind];
    if ('after' in begins) {
      const before = deadlinesOf[begins.after];
      if ('after' in before.begins) throw new Error(`${begins.after} is not begun by an event`);
      this.#tell(before.begins, place, number, at - 2 * MINUTE);
      this.world.scheduler.at(at, () => this.#choose(idOf(place, begins.after, number), begins.by));
    } else this.#tell(begins, place, number, at);
    return { taskId: idOf(place, kind, number), place, kind, number };
  }

  /** The named person chooses, on their own page. */
  choose(handoff: Handoff, shown: string, choice: string, fields: Record<string, string> = {}): void {
    this.#when(handoff.place, shown, () => this.#choose(handoff.taskId, choice, fields));
  }

  /** The dealer system says that there is nothing left to do. */
  close({ place, kind, number }: Handoff, shown: string): void {
    this.#when(place, shown, () => {
      this.#put(...deadlinesOf[kind].closes(this.#happening(place, number)));
    });
  }

  /** By the list that took each reminder and each escalation, or by its own email where that left at once. */
  heard({ taskId }: Handoff): Heard[] {
    const { watch } = this.world;
    const task = [...watch.tasks].find((one) => one.taskId === taskId);
    return (task ? emailsIn(task) : []).flatMap(({ id, message, note }) => {
      if ((message !== 'reminder' && message !== 'escalation') || note?.code !== 'late') return [];
      const line = watch.lists.lineOf(taskId, id);
      const own = (listed: object | undefined) => (listed ? [] : watch.acceptedOf(taskId, id));
      const [left] = line?.takenBy === undefined ? own(line) : watch.acceptedOf(line.dayId, line.takenBy);
      if (!left) return [];
      const late = note.deadline === 'complete' ? 'finish' : 'accept';
      return [{ at: left.at, to: left.to, what: message, late }];
    });
  }

  /** The same as a person would tell it: `2026-11-27 09:15 Maya Torres is reminded to accept`. */
  told(handoff: Handoff): string[] {
    const clock = this.#clocks[handoff.place];
    return this.heard(handoff).map(({ at, what, late, to }) => {
      const verb = what === 'reminder' ? 'is reminded to' : 'hears that somebody is late to';
      return `${clock.at(at)} ${nameAt(to)} ${verb} ${late}`;
    });
  }

  get #now(): string {
    return new Date(Math.floor(this.world.scheduler.now)).toISOString();
  }

  #when(place: Place, shown: string, happens: () => void): void {
    this.world.scheduler.at(this.#clocks[place].when(shown), happens);
  }

  #tell(fact: Fact, place: Place, number: string, at: number): void {
    this.world.scheduler.at(at, () => this.#put(...fact(this.#happening(place, number))));
  }

  #happening(place: Place, number: string): Happening {
    const { storeId, advisor, seller } = stores[place];
    return { storeId, advisor, seller, number, occurredAt: this.#now };
  }

  #put(detailType: string, detail: object): void {
    this.world.bus.put('dms.test', detailType, detail);
  }

  #choose(taskId: string, choice: string, fields: Record<string, string> = {}): void {
    const task = [...this.world.watch.tasks].find((one) => one.taskId === taskId);
    const staff = task?.assignee?.employeeNumber;
    if (!task || staff === undefined) {
      this.refused.push(`${choice}: nobody has ${taskId}`);
      return;
    }
    const body = new URLSearchParams({ choice, seen: this.#now, ...fields }).toString();
    void this.world.functions.invoke('answer-task', async (services, invocation) => {
      this.world.watch.clicks.set(invocation, { isTheirs: true });
      const page = await ownPage(services, task.storeId, staff);
      const request = readRequest(requestEvent('POST', `${page}/${taskId}`, { body }));
      const { outcome } = await answerRequest(services, request);
      if (!outcome.startsWith('done')) this.refused.push(`${choice}: ${outcome}`);
      return outcome;
    });
  }
}

export function personOf(place: Place, employeeNumber: string): StaffMember {
  const person = people.find(
    (one) => one.storeId === stores[place].storeId && one.employeeNumber === employeeNumber,
  );
  if (!person) throw new Error(`${employeeNumber} does not work in ${place}`);
  return person;
}

const nameAt = (email: string) => people.find((person) => person.email === email)?.name ?? email;

const idOf = (place: Place, kind: TaskKind, number: string) =>
  taskIdOf(deadlinesOf[kind].subject({ storeId: stores[place].storeId, number }));
