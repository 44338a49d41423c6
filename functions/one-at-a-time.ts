/** Runs the actions of one name one after the other, in the order given; actions of different names run in parallel. */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    // A failed action fails for its own caller only; the next one runs all the same.
    const running = before.then(act, act);
    this.#last.set(name, running);
    return await running;
  }
}
