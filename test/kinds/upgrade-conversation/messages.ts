import type { KindMessages } from '../messages.ts';

/** Corrects the quote of which Sales was notified; see the folder of the repair options. */
export const upgradeConversationMessages: KindMessages = (world) =>
  world.putSample('repair-quote-high', {
    occurredAt: '2026-11-20T17:50:00Z',
    promisedAt: '2026-11-21T00:30:00Z',
  });
