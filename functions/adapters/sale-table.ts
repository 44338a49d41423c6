import { isStandIn } from '../customers/without-placeholders.ts';
import { isAnotherUse } from '../handoff/number-reuse.ts';
import type { SaleHistory } from '../history/ports.ts';
import {
  carsOf,
  isTakenBack,
  type KnownDeal,
  knownDeal,
  placedSale,
  type Sale,
  saleOf,
  withSale,
  withUnwinding,
} from '../history/sales.ts';
import type { Clock } from '../ports.ts';
import { type DisposeAt, lawfulDisposal } from './disposal.ts';
import type { DynamoDB } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { type Key, keys, SALE } from './keys.ts';
import { type Copy, PlacedItems, places, withPlaces } from './placed-items.ts';
import { VersionedItems } from './versioned-items.ts';

const dealItem = knownDeal.extend({ places });

/**
 * Written as the version when the deal's number was reused since: the former deal's copies are written once and never
 * change.
 */
const FORMER_USE = 0;

/** The sales history: each deal once, with a copy under the car and one under the customer. */
export class SaleTable implements SaleHistory {
  readonly #disposeAt: DisposeAt;
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;
  readonly #copies: PlacedItems;
  readonly #clock: Clock;

  constructor(client: DynamoDB, table: string, clock: Clock, disposeAt: DisposeAt = lawfulDisposal) {
    this.#disposeAt = disposeAt;
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
    this.#copies = new PlacedItems(client, table, 'dealVersion');
    this.#clock = clock;
  }

  async record(sale: Sale, unwoundBy?: KnownDeal['unwoundBy']) {
    const expiresAt = this.#disposeAt(this.#clock.now());
    const { deal, known, version } = await this.#change(sale, unwoundBy, expiresAt);
    await this.#copies.place({ now: copiesOf(deal, expiresAt), known }, version);
    if (deal.sale && isAnotherUse(sale, deal.sale)) await this.#keepFormerUse({ sale, unwoundBy }, expiresAt);
    return { formerVins: formerVinsOf(deal, known) };
  }

  async dealsOf(storeId: string, customerNumber: string): Promise<readonly string[]> {
    const { pk } = keys.customerSince(storeId, customerNumber);
    const ofSales = {
      condition: 'sk BETWEEN :from AND :to',
      values: { ':from': SALE, ':to': `${SALE}~` },
    };
    const sales = await readItemCollection(this.#client, this.#table, pk, ofSales);
    return sales.map((item) => placedSale.parse(item).dealNumber);
  }

  /** The same version is written again: the previous invocation may have stopped halfway. */
  #change(sale: Sale, unwoundBy: KnownDeal['unwoundBy'], expiresAt: number) {
    return this.#items.change('A deal', keys.deal(sale.storeId, sale.dealNumber), (before) => {
      const { places: placesBefore, ...stored } = dealItem.parse(before.content ?? {});
      const updated = withSale(stored, sale);
      const deal = unwoundBy ? withUnwinding(updated, unwoundBy) : updated;
      const isNextUse = stored.sale !== undefined && isAnotherUse(deal.sale ?? {}, stored.sale);
      const known = withPlaces(isNextUse ? [] : placesBefore, placesOf(deal));
      return {
        content: { type: 'deal', ...deal, places: known, expiresAt },
        answer: { deal, known, version: before.version + 1 },
      };
    });
  }

  async #keepFormerUse(deal: KnownDeal, expiresAt: number): Promise<void> {
    for (const { key, copy } of copiesOf(deal, expiresAt)) await this.#copies.put(key, copy, FORMER_USE);
  }
}

/** The cars of earlier versions of the deal, if they were corrected since. */
const formerVinsOf = ({ sale }: KnownDeal, known: readonly Key[]): string[] => {
  const vins = known.flatMap(({ pk }) => (pk.startsWith(VEHICLE) ? [pk.slice(VEHICLE.length)] : []));
  const cars = sale ? carsOf(sale) : [];
  return [...new Set(vins)].filter((vin) => !cars.includes(vin));
};
const VEHICLE = keys.vehicle('');

/** A placeholder for a customer number or a VIN gets no copy: no sale may be found by one. */
function copiesOf(deal: KnownDeal, expiresAt: number): Copy[] {
  const sale = saleOf(deal);
  if (!sale) return [];
  const copy = { ...{ type: 'sale', ...sale, expiresAt }, ...(isTakenBack(deal) ? { takenBack: true } : {}) };
  const withCars = carsOf(sale)
    .filter((vin) => !isStandIn(vin))
    .map((vin) => ({
      key: keys.sale({ ...sale, vin }),
      copy: vin === sale.vin ? copy : { ...copy, isTradeIn: true },
    }));
  const withCustomer = { key: keys.saleToCustomer(sale), copy };
  return isStandIn(sale.customerNumber) ? withCars : [...withCars, withCustomer];
}

const placesOf = (deal: KnownDeal): Key[] => copiesOf(deal, 0).map(({ key }) => key);
