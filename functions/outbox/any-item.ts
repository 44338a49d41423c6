import { type Reached, reachedBy } from '../customers/contact-places.ts';
import type { KnownContact } from '../customers/known-contact.ts';
import type { Context } from '../handoff/context.ts';
import type { EmailEntry } from '../handoff/outbox-entry.ts';
import { addressOfCustomer, asKnown, reachedOf } from '../handoffs/kinds.ts';
import { type Item, isDay, isLetter, isOwn, isReport, isTask } from '../my-day/outbox-owner.ts';
import type { TaskStore } from '../ports.ts';
import { asKnownLetter, withholdLetter } from './letters.ts';
import { withhold } from './withhold.ts';

/** How the outbox reads an item of any type. A person's own day, for example, has no customer. */

export function reachedIn(item: Item): Reached | undefined {
  if (isOwn(item)) return undefined;
  return isLetter(item) ? reachedBy(item.storeId, item.customer) : reachedOf(item);
}

export function asKnownIn(item: Item, known: KnownContact): Item {
  if (isOwn(item)) return item;
  return isLetter(item) ? asKnownLetter(item, known) : asKnown(item, known);
}

/** The customer's current address. */
export function addressIn(item: Item, known: KnownContact): string | undefined {
  if (isLetter(item)) return asKnownLetter(item, known).customer.email;
  return isTask(item) ? addressOfCustomer(asKnown(item, known)) : undefined;
}

export function withheldIn(
  item: Item,
  leaving: readonly EmailEntry[],
  known: KnownContact,
  context: Context,
): Item {
  if (isOwn(item)) return item;
  return isLetter(item)
    ? withholdLetter(item, leaving, known, context)
    : withhold(item, leaving, known, context);
}

export function readAgain({ tasks }: { readonly tasks: TaskStore }, item: Item): Promise<Item | undefined> {
  if (isDay(item)) return tasks.readDay(item.dayId);
  if (isReport(item)) return tasks.readReport(item.reportId);
  return isLetter(item) ? tasks.readLetter(item.letterId) : tasks.read(item.taskId);
}
