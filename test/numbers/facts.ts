import type { LedgerFact, Outcome } from '../../functions/ledger/facts.ts';

/** Writes facts by hand, as a month's file has them; numbers stand for themselves, without pseudonyms. */
export class FactsByHand {
  readonly facts: LedgerFact[] = [];
  readonly #storeId: string;

  constructor(storeId: string) {
    this.#storeId = storeId;
  }

  tell(about: Partial<LedgerFact>, outcome: Outcome): this {
    const id = JSON.stringify([this.#storeId, about, outcome]);
    this.facts.push({ v: 1, id, storeId: this.#storeId, ...about, ...outcome });
    return this;
  }

  sold(
    car: string,
    on: string,
    says: { by?: string; at?: string; dealType?: string; deal?: string } = {},
  ): this {
    const { by = 'S1', at = `${on}T20:00:00Z`, dealType = 'retail', deal = `deal of ${car}` } = says;
    return this.tell({ car, deal }, { what: 'sold', at, dealType, on, salespeople: [by] });
  }

  visited(
    car: string,
    on: string,
    says: { order?: string; at?: string; paidBy?: string; by?: string } = {},
  ): this {
    const { order = `${car} on ${on}`, at = `${on}T22:00:00Z`, paidBy = 'customer', by } = says;
    return this.tell(
      { car, order },
      { what: 'visited', at, on, paidBy, ...(by === undefined ? {} : { by }) },
    );
  }
}
