import { addDays, localDate } from '../../group/business-time.ts';
import { timeOf, weekdayOf } from '../../mail/format.ts';
import type { MessageContext } from '../../mail/message.ts';
import { ours, type Words, words } from '../../mail/words.ts';

/** `Tomorrow at 4:00 PM`; if a closed day lies between, the name of the day. */
export function comingDay({ store, now }: Pick<MessageContext, 'store' | 'now'>, startsAt: string): Words {
  const time = ours(timeOf(store.timeZone, startsAt, 'en'));
  const today = localDate(store.timeZone, now);
  const day = localDate(store.timeZone, startsAt);
  if (day === today) return words`Today at ${time}`;
  if (day === addDays(today, 1)) return words`Tomorrow at ${time}`;
  return words`${weekdayOf(day)} at ${time}`;
}
