/** What happened in a run, call by call: kept only while a failed seed is played again. */
export class History {
  readonly lines: string[] = [];
  readonly #isKept: boolean;
  readonly #now: () => number;

  constructor(isKept: boolean, now: () => number) {
    this.#isKept = isKept;
    this.#now = now;
  }

  add(who: string, what: () => string): void {
    if (!this.#isKept) return;
    this.lines.push(`${new Date(this.#now()).toISOString()} ${who.padEnd(28)} ${what()}`);
  }
}
