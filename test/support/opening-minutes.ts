const MINUTE = 60_000;

/**
 * What the clock on a store's wall shows, minute by minute, asked of Intl. Nothing is worked out with time zones: what
 * is counted here is no echo of the code that it checks.
 */
export class WallClock {
  readonly #from: number;
  readonly #shows: readonly string[];

  constructor(timeZone: string, from: number, until: number) {
    this.#from = from;
    const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    const minutes = Math.ceil((until - from) / MINUTE);
    this.#shows = Array.from({ length: minutes }, (_one, at) => wall.format(from + at * MINUTE));
  }

  get minutes(): readonly string[] {
    return this.#shows;
  }

  /** `2026-11-24 09:15` */
  at(instant: number): string {
    return this.#shows[this.place(instant)] ?? 'out of these days';
  }

  /** The first instant at which it shows this. */
  when(shown: string): number {
    const place = this.#shows.indexOf(shown);
    if (place < 0) throw new Error(`No clock on this wall shows ${shown}`);
    return this.instant(place);
  }

  place(instant: number): number {
    return Math.floor((instant - this.#from) / MINUTE);
  }

  instant(place: number): number {
    return this.#from + place * MINUTE;
  }
}

/** Opening hours as a sign on the door says them: `{ saturday: '08:00-15:00' }`. A day that is left out is closed. */
export type Sign = Readonly<Record<string, string>>;

/** The minutes in which a department is open, counted one by one. */
export class OpeningMinutes {
  readonly #clock: WallClock;
  readonly #open: readonly boolean[];
  readonly #sign: Sign;

  constructor(clock: WallClock, sign: Sign, closedOn: readonly string[]) {
    this.#clock = clock;
    this.#sign = sign;
    this.#open = clock.minutes.map((shown) => isOpen(shown, sign, closedOn));
  }

  /** The minute that comes after so many opening minutes; at closing time, the one in which the doors open again. */
  after(instant: number, minutes: number): number {
    let place = this.#clock.place(instant);
    for (let left = minutes; left > 0; place += 1) if (this.#isOpen(place)) left -= 1;
    while (!this.#isOpen(place)) place += 1;
    return this.#clock.instant(place);
  }

  /** The next minute, this one included, in which lists leave: at opening, at one o'clock, an hour before closing. */
  nextList(instant: number): number {
    let place = this.#clock.place(instant);
    while (!this.#isList(place)) place += 1;
    return this.#clock.instant(place);
  }

  lastList(instant: number): number {
    let place = this.#clock.place(instant);
    while (place > 0 && !this.#isList(place)) place -= 1;
    return this.#clock.instant(place);
  }

  #isList(place: number): boolean {
    const [date = '', time = ''] = (this.#clock.minutes[place] ?? '').split(' ');
    return this.#isOpen(place) && listTimes(this.#sign[weekdayOf(date)]).includes(time);
  }

  isOpenAt(instant: number): boolean {
    return this.#isOpen(this.#clock.place(instant));
  }

  between(from: number, until: number): number {
    const [first, last] = [this.#clock.place(from), this.#clock.place(until)];
    return this.#open.slice(first, last).filter((one) => one).length;
  }

  #isOpen(place: number): boolean {
    const open = this.#open[place];
    if (open === undefined) throw new Error('Counted past the end of these days');
    return open;
  }
}

function isOpen(shown: string, sign: Sign, closedOn: readonly string[]): boolean {
  const [date = '', time = ''] = shown.split(' ');
  const [opens, closes] = sign[weekdayOf(date)]?.split('-') ?? [];
  if (opens === undefined || closes === undefined || closedOn.includes(date)) return false;
  return opens <= time && time < closes;
}

const weekdays = new Map<string, string>();
const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' });

function weekdayOf(date: string): string {
  const known = weekdays.get(date) ?? weekday.format(Date.parse(date)).toLowerCase();
  weekdays.set(date, known);
  return known;
}

function listTimes(hours: string | undefined): string[] {
  const [opens = '', closes = ''] = hours?.split('-') ?? [];
  const [hour = '', minute = ''] = closes.split(':');
  const last = `${String(Number(hour) - 1).padStart(2, '0')}:${minute}`;
  return [opens, ...['13:00', last].filter((time) => opens < time && time <= last)];
}
