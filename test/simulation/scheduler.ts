interface Planned {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * The one clock and the one order of a run. Whatever waits, waits here; between two steps every promise that can go
 * on has gone on, so that the same seed always takes the same steps.
 */
export class Scheduler {
  /** Milliseconds since 1970, with a fraction, so that hardly two things happen at once. */
  now: number;
  readonly #heap: Planned[] = [];
  #planned = 0;
  #isStopped = false;

  constructor(now: number) {
    this.now = now;
  }

  at(time: number, run: () => void): void {
    this.#planned += 1;
    this.#push({ at: Math.max(time, this.now), order: this.#planned, run });
  }

  after(milliseconds: number, run: () => void): void {
    this.at(this.now + milliseconds, run);
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** Nothing happens any more: what was looked for was found. */
  stop(): void {
    this.#isStopped = true;
    this.#heap.length = 0;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get nextAt(): number | undefined {
    return this.#isStopped ? undefined : this.#heap[0]?.at;
  }

  async step(): Promise<void> {
    const next = this.#pop();
    if (!next) return;
    this.now = next.at;
    next.run();
    await everythingGoesOn();
  }

  /** Everything up to an instant; the clock then shows it. */
  async runUntil(time: number): Promise<void> {
    for (let at = this.nextAt; at !== undefined && at <= time; at = this.nextAt) await this.step();
    this.now = Math.max(this.now, time);
  }

  #push(planned: Planned): void {
    const heap = this.#heap;
    let at = heap.push(planned) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(planned, heap[parent])) break;
      swap(heap, at, parent);
      at = parent;
    }
  }

  #pop(): Planned | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || last === first) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const smaller = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      if (!isBefore(heap[smaller], heap[at])) return first;
      swap(heap, at, smaller);
      at = smaller;
    }
  }
}

function isBefore(one: Planned | undefined, other: Planned | undefined): boolean {
  if (!one || !other) return false;
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

function swap(heap: Planned[], one: number, other: number): void {
  const [a, b] = [heap[one], heap[other]];
  if (!a || !b) return;
  heap[one] = b;
  heap[other] = a;
}

/** Node runs every promise that is ready before it comes here. */
const everythingGoesOn = () => new Promise<void>((resolve) => setImmediate(resolve));
