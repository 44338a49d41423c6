import { isDeepStrictEqual } from 'node:util';
import { fromItem } from '../../functions/adapters/dynamodb.ts';
import { keys } from '../../functions/adapters/keys.ts';
import { mayContact } from '../../functions/contracts/may-contact.ts';
import { customerPlace } from '../../functions/customers/contact-places.ts';
import { refusedIn } from '../../functions/customers/no-contact.ts';
import { numberRecord } from '../../functions/customers/number-record.ts';
import { type Remark, remarks, standing } from '../../functions/customers/statements.ts';
import type { AnyTask } from '../../functions/handoffs/kinds.ts';
import { keyOfPlace } from '../support/customer-key.ts';
import { wholeGroup } from './cloud.ts';
import type { SimulatedTable, Written } from './dynamodb.ts';
import type { Invocation } from './functions.ts';
import type { Told } from './stories.ts';

/** What a customer said holds under every number that the dealer system merged, and keeps Sales silent. */
export class CustomersWatched {
  readonly #links = new Map<string, { readonly at: number; readonly numbers: readonly string[] }[]>();
  /** By partition, and the customer in it: several may have one address. */
  readonly #remarks = new Map<
    string,
    Map<string, { readonly at: number; readonly all: readonly Remark[] }[]>
  >();

  wrote({ pk, after }: Written, now: number): void {
    if (!after) return;
    if (pk.startsWith('number#')) {
      const { replaces, replacedBy } = numberRecord.parse(fromItem(after));
      const numbers = [...replaces, ...(replacedBy === undefined ? [] : [replacedBy])];
      this.#links.set(pk, [...(this.#links.get(pk) ?? []), { at: now, numbers }]);
    }
    const sk = after['sk']?.S ?? '';
    if (sk.startsWith('memory')) {
      const all = remarks.parse(fromItem(after)['remarks'] ?? []);
      const ofPlace = this.#remarks.get(pk) ?? new Map();
      this.#remarks.set(pk, ofPlace.set(sk, [...(ofPlace.get(sk) ?? []), { at: now, all }]));
    }
  }

  #remarksBefore(pk: string, instant: number): readonly Remark[] {
    const items = [...(this.#remarks.get(pk)?.values() ?? [])];
    return items.flatMap((written) => lastBefore(written, instant)?.all ?? []);
  }

  /** The numbers that were merged with it when the invocation read what is known of it. */
  mergedWith(storeId: string, customerNumber: string, { readAt }: Invocation): readonly string[] {
    const { pk } = keys.customerNumber(storeId, customerNumber);
    return lastBefore(this.#links.get(pk), readAt.get(pk) ?? 0)?.numbers ?? [];
  }

  /** Why Sales was to be left alone when the quote's invocation read what was said, and decided for a nudge all the same. */
  brokenSilence(
    task: AnyTask,
    was: AnyTask | undefined,
    { name, readAt }: Invocation,
    now: number,
  ): readonly string[] {
    if (name !== 'review-repair-quote' || task.kind !== 'repair-options' || !task.assessment?.nudge)
      return [];
    const occasion = task.facts.quote ?? task.facts.visit;
    const before = was?.kind === 'repair-options' ? was : undefined;
    if (!occasion || isDeepStrictEqual(before?.assessment, task.assessment)) return [];
    // A number from the used-car desk follows a conversation that Sales already has.
    if (before?.salesAskedBy !== undefined && isDeepStrictEqual(before.facts, task.facts)) return [];
    const { pk } = keys.memoryOfCustomer(task.storeId, occasion.customer.customerNumber);
    // Whoever decides without asking has to know all the same.
    const asked = readAt.get(pk) ?? Number.POSITIVE_INFINITY;
    const own = this.#remarksBefore(pk, asked);
    // What ended it may be known at the customer's address only: a fact is kept in both places, and one write may fail.
    const elsewhere = [...readAt].filter(([place]) => place !== pk);
    const others = elsewhere.flatMap(([place, at]) => this.#remarksBefore(place, at));
    const why = standing([...own, ...others]).filter((one) => own.includes(one) && isSilencing(one, now));
    return why.map(({ said }) => `${task.taskId} would be nudged inside the silence of: ${said}`);
  }
}

/** A contact calls for some days of silence, a day more or less by the store's clock; a complaint for as long as it is open. */
const isSilencing = ({ said, at }: Remark, now: number): boolean =>
  said === 'complaint open' || (said === 'contacted elsewhere' && now - Date.parse(at) < SILENT_FOR);

const SILENT_FOR = (wholeGroup.nudge.contactedWithinDays - 1) * 86_400_000;

const lastBefore = <Noted extends { readonly at: number }>(
  all: readonly Noted[] = [],
  instant: number,
): Noted | undefined => all.findLast(({ at }) => at < instant);

type Detail = Told['detail'];
const text = (detail: Detail, name: string) => String(detail[name] ?? '');
const numberIn = (customer: unknown): string =>
  typeof customer === 'object' && customer !== null && 'customerNumber' in customer
    ? String(customer.customerNumber)
    : '';

/** What is kept of a fact about a customer, in any order and however often it is told. */
export const customerExpectations: Readonly<
  Record<string, (table: SimulatedTable, detail: Detail) => boolean>
> = {
  'customer-preferences-changed': (table, detail) => isRefusalKept(table, detail, detail['customerNumber']),
  'customer-contacted': (table, detail) =>
    isRefusalKept(table, detail, numberIn(detail['customer'])) &&
    isRemembered(table, detail, 'contacted elsewhere'),
  'complaint-opened': (table, detail) => isRemembered(table, detail, 'complaint open'),
  'complaint-closed': (table, detail) => isRemembered(table, detail, 'complaint open'),
  'customer-changed': (table, detail) => {
    const number = keys.customerNumber(text(detail, 'storeId'), numberIn(detail['customer']));
    const item = table.item(number.pk, number.sk);
    const known = numberRecord.parse(item ? fromItem(item) : {});
    const former = Array.isArray(detail['replaces']) ? detail['replaces'].map(String) : [];
    return (
      (known.changed?.at ?? '') >= text(detail, 'occurredAt') &&
      former.every((one) => known.replaces.includes(one))
    );
  },
};

/** A no at the customer's number holds until somebody takes it back. */
function isRefusalKept(table: SimulatedTable, detail: Detail, number: unknown): boolean {
  const said = mayContact.safeParse(detail['mayContact'] ?? inside(detail['customer'], 'mayContact') ?? {});
  const refused = said.success ? refusedIn(said.data) : [];
  const { pk, sk } = keyOfPlace(customerPlace(text(detail, 'storeId'), String(number)));
  const known = JSON.stringify(table.item(pk, sk) ?? {});
  return refused.every((channel) => known.includes(`"${channel}"`));
}

function isRemembered(table: SimulatedTable, detail: Detail, said: string): boolean {
  const { pk, sk } = keys.memoryOfCustomer(text(detail, 'storeId'), numberIn(detail['customer']));
  const item = table.item(pk, sk);
  const all = remarks.parse(item ? (fromItem(item)['remarks'] ?? []) : []);
  return all.some((one) => one.said === said && one.at >= text(detail, 'occurredAt'));
}

const inside = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
