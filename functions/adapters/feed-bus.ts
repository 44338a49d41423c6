import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { forEachAtOnce } from '../at-once.ts';
import type { FeedBus, FeedEvent } from '../feeds/ports.ts';
import type { Wait } from '../ports.ts';

/**
 * EventBridge takes ten entries and 256 KB a call. A single event cannot reach that size: its contract refuses it
 * first.
 */
const MOST_ENTRIES = 10;
const MOST_BYTES = 200_000;
const CALLS_AT_ONCE = 4;
const TRIES = 5;
const FIRST_WAIT_MS = 200;

/** Puts a file's events on the bus. Entries that EventBridge throttles are put again after a pause. */
export class EventBridgeFeedBus implements FeedBus {
  readonly #client: Pick<EventBridgeClient, 'send'>;
  readonly #busName: string;
  readonly #wait: Wait;

  constructor(client: Pick<EventBridgeClient, 'send'>, busName: string, wait: Wait) {
    this.#client = client;
    this.#busName = busName;
    this.#wait = wait;
  }

  async put(events: readonly FeedEvent[]): Promise<void> {
    const limits = { limit: () => CALLS_AT_ONCE, mustStop: () => false };
    const entries = events.map(({ source, detailType, detail }) => ({
      ...{ EventBusName: this.#busName, Source: source, DetailType: detailType },
      Detail: JSON.stringify(detail),
    }));
    await forEachAtOnce(inCalls(entries), limits, (some) => this.#putSome(some));
  }

  async #putSome(entries: readonly PutEventsRequestEntry[]): Promise<void> {
    let left = entries;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === TRIES) throw new Error(`The bus did not take ${left.length} events of a file`);
      if (attempt > 0) await this.#wait(FIRST_WAIT_MS * 2 ** attempt);
      const { Entries = [] } = await this.#client.send(new PutEventsCommand({ Entries: [...left] }));
      left = left.filter((_entry, at) => Entries[at]?.EventId === undefined);
    }
  }
}

function inCalls(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const calls: PutEventsRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail ?? '');
    const last = calls.at(-1);
    bytes = last === undefined || last.length === MOST_ENTRIES || bytes + size > MOST_BYTES ? 0 : bytes;
    if (last === undefined || bytes === 0) calls.push([entry]);
    else last.push(entry);
    bytes += size;
  }
  return calls;
}
