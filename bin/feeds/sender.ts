import { type Destination, MOST_ENTRIES, sendEvents } from '../events/send.ts';

/** Sends events in batches of ten, so that only ten are in memory, however long the file is. */
export class Sender {
  readonly notTaken: string[] = [];
  readonly #destination: Destination;
  readonly #from: string;
  #waiting: { source: string; 'detail-type': string; detail: object }[] = [];

  constructor(destination: Destination, from: string) {
    this.#destination = destination;
    this.#from = from;
  }

  async add(detailType: string, detail: object): Promise<void> {
    this.#waiting.push({ source: this.#from, 'detail-type': detailType, detail });
    if (this.#waiting.length === MOST_ENTRIES) await this.flush();
  }

  async flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    const sent = await sendEvents(batch, this.#destination, false);
    for (const { detailType, refused } of sent)
      if (refused !== undefined) this.notTaken.push(`the bus did not take ${detailType}: ${refused}`);
  }
}
