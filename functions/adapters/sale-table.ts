import { isStandIn } from '../customers/without-placeholders.ts';
import { isAnotherUse } from '../handoff/number-reuse.ts';
import {
  isTakenBack,
  type KnownDeal,
  knownDeal,
  type Sale,
  saleOf,
  withSale,
  withUnwinding,
} from '../history/sales.ts';
import type { Clock, SaleHistory } from '../ports.ts';
import { disposeAt } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { type Key, keys } from './keys.ts';
import { PlacedItems, places, withPlaces } from './placed-items.ts';
import { VersionedItems } from './versioned-items.ts';

const dealItem = knownDeal.extend({ places });

/** A deal whose number came back since: its copies are written once and stay. */
const FORMER_USE = 0;

/** The history of sales: each deal once, and a copy of its sale with the car and with the customer. */
export class SaleTable implements SaleHistory {
  readonly #items: VersionedItems;
  readonly #copies: PlacedItems;
  readonly #clock: Clock;

  constructor(client: DynamoDB, table: string, clock: Clock) {
    this.#items = new VersionedItems(client, table);
    this.#copies = new PlacedItems(client, table, 'dealVersion');
    this.#clock = clock;
  }

  async record(sale: Sale, unwoundBy?: KnownDeal['unwoundBy']) {
    const expiresAt = disposeAt(this.#clock.now());
    const { deal, known, version } = await this.#change(sale, unwoundBy, expiresAt);
    await this.#copies.place(copyOf(deal, expiresAt), { now: placesOf(deal), known }, version);
    if (deal.sale && isAnotherUse(sale, deal.sale)) await this.#keepFormerUse({ sale, unwoundBy }, expiresAt);
    return { formerVins: formerVinsOf(deal, known) };
  }

  /** The same version again is written again: the invocation before may have stopped after half of it. */
  #change(sale: Sale, unwoundBy: KnownDeal['unwoundBy'], expiresAt: number) {
    return this.#items.change('A deal', keys.deal(sale.storeId, sale.dealNumber), (before) => {
      const { places: placesBefore, ...stored } = dealItem.parse(before.content ?? {});
      const told = withSale(stored, sale);
      const deal = unwoundBy ? withUnwinding(told, unwoundBy) : told;
      const isNextUse = stored.sale !== undefined && isAnotherUse(deal.sale ?? {}, stored.sale);
      const known = withPlaces(isNextUse ? [] : placesBefore, placesOf(deal));
      return {
        content: { type: 'deal', ...deal, places: known, expiresAt },
        answer: { deal, known, version: before.version + 1 },
      };
    });
  }

  async #keepFormerUse(deal: KnownDeal, expiresAt: number): Promise<void> {
    for (const place of placesOf(deal)) await this.#copies.put(place, copyOf(deal, expiresAt), FORMER_USE);
  }
}

/** Cars that the deal was written with before. */
const formerVinsOf = ({ sale }: KnownDeal, known: readonly Key[]): string[] => {
  const vins = known.flatMap(({ pk }) => (pk.startsWith(VEHICLE) ? [pk.slice(VEHICLE.length)] : []));
  return [...new Set(vins)].filter((vin) => vin !== sale?.vin);
};
const VEHICLE = keys.vehicle('');

const copyOf = (deal: KnownDeal, expiresAt: number) => ({
  ...{ type: 'sale', ...saleOf(deal), expiresAt },
  ...(isTakenBack(deal) ? { takenBack: true } : {}),
});

/** Nothing is found by a stand-in. */
function placesOf(deal: KnownDeal): Key[] {
  const sale = saleOf(deal);
  if (!sale) return [];
  return [
    ...(isStandIn(sale.vin) ? [] : [keys.sale(sale)]),
    ...(isStandIn(sale.customerNumber) ? [] : [keys.saleToCustomer(sale)]),
  ];
}
