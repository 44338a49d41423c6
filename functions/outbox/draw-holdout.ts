import type { CustomerKey } from '../customers/ports.ts';
import { numberPseudonym } from '../customers/pseudonym.ts';
import { type Party, placesOf } from '../ledger/credit/weigh.ts';
import type { CreditEntry, CreditPlaces } from '../ports.ts';
import { armOf, type Holdout } from '../readiness/holdout.ts';
import type { Services } from './decide-and-deliver.ts';

export interface DrawingServices extends Pick<Services, 'group' | 'clock'> {
  readonly customerKey: CustomerKey;
  readonly credit: CreditPlaces;
}

type HouseholdEntry = Extract<CreditEntry, { of: 'household' }>;

export const householdsAmong = (found: readonly CreditEntry[]): readonly HouseholdEntry[] =>
  found.filter((entry) => entry.of === 'household').toSorted(byAge);

const byAge = (a: HouseholdEntry, b: HouseholdEntry): number =>
  a.since.localeCompare(b.since) || a.id.localeCompare(b.id);

/**
 * The arm of a customer's household. It is drawn at the first call and stored under every key by which credit finds a customer
 * of the household. It is stored before it is looked up, so that when two members are drawn at once, one finds the other's.
 * While the group holds out no share, nothing is read or stored. A customer without any such key is in no arm.
 */
export async function drawHoldout(
  { group, clock, customerKey, credit }: DrawingServices,
  party: Party,
): Promise<Holdout | undefined> {
  const percent = group.holdoutPercent;
  const places = placesOf(party);
  const [first] = places;
  if (percent === 0 || !first) return undefined;
  const { storeId } = party;
  const customerNumber = party.numbers[0] ?? '';
  const note = (entry: HouseholdEntry) =>
    credit.note({ ...entry, storeId, customerNumber }, places, entry.since);
  const [known] = householdsAmong(await credit.find(places));
  if (known) {
    await note(known);
    return holdoutOf(known);
  }
  const id = numberPseudonym(await customerKey.read(), 'household', first.join(' '));
  const own: HouseholdEntry = {
    ...{ of: 'household', id, arm: armOf(id, percent), since: clock.now() },
    ...{ storeId, customerNumber },
  };
  await note(own);
  const [eldest = own] = householdsAmong(await credit.find(places));
  return holdoutOf(eldest);
}

const holdoutOf = ({ id, arm, since }: HouseholdEntry): Holdout => ({ arm, household: id, since });
