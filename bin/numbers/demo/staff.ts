import type { LocalDate } from '../../../functions/group/business-time.ts';
import type { Chance } from './chance.ts';

/** A person who works at the store for a while. */
export interface Employee {
  readonly employeeNumber: string;
  readonly name: string;
  readonly department: 'sales' | 'service';
  /** How often they do what they should: introduce a customer, refer one. */
  readonly diligence: number;
  readonly startDate: LocalDate;
  endDate?: LocalDate;
}

const firstNames = [
  'Ana',
  'Ben',
  'Carla',
  'Dev',
  'Elena',
  'Frank',
  'Grace',
  'Hugo',
  'Iris',
  'Jamal',
  'Kim',
  'Luis',
] as const;
const lastNames = [
  'Alvarez',
  'Brandt',
  'Cole',
  'Diaz',
  'Evans',
  'Fox',
  'Gupta',
  'Hill',
  'Ito',
  'Jansen',
  'Klein',
  'Lopez',
] as const;

/**
 * The share of a department's people who leave each month. NADA: 73 % of salespeople at non-luxury stores leave in a
 * year.
 */
const leavingPerMonth = { sales: 0.1, service: 0.02 } as const;

export class Staff {
  readonly #chance: Chance;
  readonly #prefix: string;
  readonly #all: Employee[] = [];
  #sales: readonly Employee[];
  #service: readonly Employee[];

  constructor(chance: Chance, prefix: string, today: LocalDate) {
    this.#chance = chance;
    this.#prefix = prefix;
    this.#sales = Array.from({ length: 7 }, () => this.#hire('sales', today));
    this.#service = Array.from({ length: 4 }, () => this.#hire('service', today));
  }

  get everybody(): readonly Employee[] {
    return this.#all;
  }

  /** Moves on by a month: some people leave, and somebody new takes each place. */
  monthPasses(today: LocalDate): void {
    this.#sales = this.#sales.map((one) => this.#orNext(one, today));
    this.#service = this.#service.map((one) => this.#orNext(one, today));
  }

  salesperson(): Employee {
    return this.#anyOf(this.#sales);
  }

  advisor(): Employee {
    return this.#anyOf(this.#service);
  }

  #anyOf(people: readonly Employee[]): Employee {
    const one = people[this.#chance.between(0, people.length - 1)];
    if (!one) throw new Error('a department without people');
    return one;
  }

  #orNext(one: Employee, today: LocalDate): Employee {
    if (!this.#chance.happens(leavingPerMonth[one.department])) return one;
    one.endDate = today;
    return this.#hire(one.department, today);
  }

  #hire(department: Employee['department'], startDate: LocalDate): Employee {
    const number = 100 + this.#all.length;
    const employee: Employee = {
      employeeNumber: `${this.#prefix}${number}`,
      name: `${this.#chance.of(firstNames)} ${this.#chance.of(lastNames)}`,
      department,
      startDate,
      diligence: this.#chance.share(0.25, 0.95),
    };
    this.#all.push(employee);
    return employee;
  }
}
