import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { OWN_SOURCE } from '../contracts/contract.ts';
import type { SendResult } from '../handoff/outbox.ts';
import type { OutgoingEvent } from '../handoff/outgoing-events.ts';
import type { EventBus } from '../ports.ts';

/** EventBridge accepts ten entries a call. */
const ENTRIES = 10;

export class EventBridgeBus implements EventBus {
  readonly #client: Pick<EventBridgeClient, 'send'>;
  readonly #busName: string;

  constructor(client: Pick<EventBridgeClient, 'send'>, busName: string) {
    this.#client = client;
    this.#busName = busName;
  }

  async put(events: readonly OutgoingEvent[]): Promise<readonly SendResult[]> {
    const answers: SendResult[] = [];
    for (let at = 0; at < events.length; at += ENTRIES) {
      answers.push(...(await this.#putSome(events.slice(at, at + ENTRIES))));
    }
    return answers;
  }

  async #putSome(events: readonly OutgoingEvent[]): Promise<SendResult[]> {
    try {
      const { Entries = [] } = await this.#client.send(
        new PutEventsCommand({
          Entries: events.map(({ detailType, detail }) => ({
            EventBusName: this.#busName,
            Source: OWN_SOURCE,
            DetailType: detailType,
            Detail: JSON.stringify(detail),
          })),
        }),
      );
      // Each entry has its own result: the call succeeds even if some entries failed.
      return events.map((_event, at) =>
        Entries[at]?.EventId === undefined
          ? {
              result: 'not-accepted',
              reason: { code: 'not-accepted', error: Entries[at]?.ErrorCode ?? 'no answer' },
            }
          : { result: 'sent' },
      );
    } catch (error) {
      const name = error instanceof Error ? error.name : 'no answer';
      return events.map(() => ({ result: 'unknown', reason: { code: 'no-answer', error: name } }));
    }
  }
}
