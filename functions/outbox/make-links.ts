import type { KnownContact } from '../customers/known-contact.ts';
import { plusDays } from '../group/business-time.ts';
import type { SendResult } from '../handoff/outbox.ts';
import { type EmailEntry, isStaff } from '../handoff/outbox-entry.ts';
import { hashOf, LINK_DAYS, type Link, OWN_LINK_DAYS } from '../links/link.ts';
import type { Secrets } from '../links/paths.ts';
import { type Item, isOwn, isTask } from '../my-day/outbox-owner.ts';
import type { Random } from '../ports.ts';
import { addressIn } from './any-item.ts';
import { isListed } from './next-list.ts';

interface Making {
  readonly random: Random;
  readonly now: string;
  readonly into: Map<string, Secrets>;
  readonly known: KnownContact;
}

/** The links of one email; their secrets go into the map. A line of a list has no links of its own. */
export function makeLinks(entry: EmailEntry, item: Item, { random, now, into, known }: Making): Link[] {
  if (entry.to === 'crm' || (isTask(item) && isListed(item, entry))) return [];
  if (isStaff(entry.to)) {
    const secret = random.secret();
    into.set(entry.id, { staff: secret });
    const days = isOwn(item) ? OWN_LINK_DAYS.works : LINK_DAYS.staff;
    return [{ hash: hashOf(secret), of: entry.to, expiresAt: plusDays(now, days) }];
  }
  const [preferences, oneClick] = [random.secret(), random.secret()];
  into.set(entry.id, { preferences, oneClick });
  const kept = {
    expiresAt: plusDays(now, LINK_DAYS.customer),
    address: addressIn(item, known),
  };
  return [
    { hash: hashOf(preferences), of: 'customer preferences', ...kept },
    { hash: hashOf(oneClick), of: 'customer one-click', ...kept },
  ];
}

/** Links of emails that were certainly not sent. Nobody has them, and the next attempt creates new ones. */
export function unsentLinks(
  secrets: ReadonlyMap<string, Secrets>,
  results: ReadonlyMap<string, SendResult>,
): ReadonlySet<string> {
  const unsent = [...secrets].filter(([id]) => isUnsent(results.get(id)));
  return new Set(unsent.flatMap(([, made]) => Object.values(made).map(hashOf)));
}

const isUnsent = (result: SendResult | undefined) =>
  result !== undefined && ['not-accepted', 'refused', 'withheld'].includes(result.result);
