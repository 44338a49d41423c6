/** Runs the actions of one name one after the other, in the order in which they were given, and those of others beside them. */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    // A failure is the failure of its own caller alone.
    const running = before.then(act, act);
    this.#last.set(name, running);
    return await running;
  }
}
