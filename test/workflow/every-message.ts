import { dayMessages, messages } from '../../functions/handoffs/letters.ts';
import { messagesByKind } from '../kinds/all-messages.ts';
import { emailsIn } from '../support/emails-in.ts';
import { DAY, type SentEmail, type World } from '../support/world.ts';

/** Days at two stores in which every message that there is gets sent, and every link in them is still in force. */
export async function everyMessage(world: World): Promise<void> {
  for (const send of Object.values(messagesByKind)) await send(world);
  // To the day before the visit; what nobody takes up is late by then.
  await world.advance(3 * DAY);
}

export const everyMessageName = [...messages.keys(), ...Object.keys(dayMessages)].toSorted();

/** The messages that these emails are, by what the item that owed each of them says. */
export async function messagesOf(world: World, emails: readonly SentEmail[]): Promise<string[]> {
  const { tasks } = world.services();
  const names = new Set<string>();
  for (const { tags } of emails) {
    const item = (await tasks.read(tags.task)) ?? (await tasks.readDay(tags.task));
    const entry = item && emailsIn(item).find(({ id }) => id === tags.entry);
    if (entry) names.add(entry.message);
  }
  return [...names].toSorted();
}
