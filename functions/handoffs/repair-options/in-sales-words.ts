import { type Group, nudgePolicyOf, type Store } from '../../group/group.ts';
import { UNTIL_ANSWERED } from '../../group/nudge-policy.ts';
import type { Task } from '../../handoff/task.ts';
import { momentOf, timeOf } from '../../mail/format.ts';
import { phone, type Words, words } from '../../mail/words.ts';
import type { StaffMember } from '../../people/staff.ts';
import { askerOf } from './conversation-request.ts';
import type { RepairOptions } from './task.ts';

interface OrderInSales {
  readonly task: RepairOptions;
  /** The Sales conversation about the same order. */
  readonly related?: Task;
  readonly store: { readonly timeZone: string };
  readonly person: (employeeNumber: string | undefined) => StaffMember | undefined;
}

/** Who in Sales knows about the order, so that the advisor can name them; undefined if Sales was not notified. */
export function inSales({ task, related, store, person }: OrderInSales): Words | undefined {
  if (askerOf(task) === undefined) return undefined;
  if (!related) return words`Told just now: who comes to you follows by email`;
  const who = person(related.assignee?.employeeNumber);
  if (!who) return undefined;
  const named = who.phone === undefined ? words`${who.name}` : words`${who.name}, ${phone(who.phone)}`;
  switch (related.state) {
    case 'open':
      return words`${named}. Comes to you first; has not accepted yet`;
    case 'accepted':
      return related.acceptedAt === undefined
        ? words`${named}. Comes to you first`
        : words`${named}. Accepted ${momentOf(store.timeZone, related.acceptedAt, 'en')}; comes to you first`;
    case 'completed':
      return words`${named}. Done`;
    default:
      return undefined;
  }
}

type Asked = OrderInSales & { readonly group: Group; readonly store: Store };

/** When Sales is notified if the advisor does not answer; the policy may wait for a yes. */
export function whenSalesHears({ task, group, store }: Asked): Words {
  if (askerOf(task) !== undefined) return words`Sales knows. Say whether it’s a good time.`;
  const at = task.deadlines['head-start'];
  const waits = nudgePolicyOf(group, store).advisorHeadStartMinutes === UNTIL_ANSWERED;
  return at === undefined || waits
    ? words`Sales hears nothing before you say so with the button: good time, not now, or never.`
    : words`Sales hears of it at ${timeOf(store.timeZone, at, 'en')}, unless you say so before with the button: good time, not now, or never.`;
}
