import type { Group } from '../../functions/group/group.ts';
import { dayMessages, messages } from '../../functions/handoffs/letters.ts';
import { messagesByKind } from '../kinds/all-messages.ts';
import { emailsIn } from '../support/emails-in.ts';
import { DAY, type SentEmail, type World } from '../support/world.ts';

/** The Honda store tells Sales nothing before its advisors say so, and a car that was fixed is asked about the next day. */
export const everyMessageGroup = (group: Group): Group => ({
  ...group,
  recheckAfterDays: 1,
  stores: group.stores.map((store) =>
    store.id === 'lakeshore-honda'
      ? { ...store, nudge: { advisorHeadStartMinutes: 'until-answered' } }
      : store,
  ),
});

/** Days at the stores of {@link everyMessageGroup} in which every message is sent, and every link in them is still in force. */
export async function everyMessage(world: World): Promise<void> {
  for (const send of Object.values(messagesByKind)) await send(world);
  // To the day before the visit; what nobody takes up is late by then.
  await world.advance(3 * DAY);
}

/** Every message that leaves as an email; of those that come with lists, the lists. */
export const everyMessageName = [
  ...[...messages].filter(([, { leaves }]) => leaves !== 'next list').map(([name]) => name),
  ...Object.keys(dayMessages),
].toSorted();

/** The messages that these emails are, or that are a line of one, by what the item that owed each of them says. */
export async function messagesOf(world: World, emails: readonly SentEmail[]): Promise<string[]> {
  const { tasks } = world.services();
  const names = new Set<string>();
  for (const { tags } of emails) {
    const day = await tasks.readDay(tags.task);
    const owing = [
      { task: tags.task, entry: tags.entry },
      ...(day?.lines ?? []).filter(({ takenBy }) => takenBy === tags.entry),
    ];
    for (const { task, entry } of owing) {
      const item = (await tasks.read(task)) ?? day;
      const email = item && emailsIn(item).find(({ id }) => id === entry);
      if (email) names.add(email.message);
    }
  }
  return [...names].toSorted();
}
