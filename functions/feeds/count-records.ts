import * as z from 'zod';
import type { Detail, Mapped } from './map-record.ts';

/** read = events + skipped + waiting + refused. */
export interface RecordCounts {
  readonly read: number;
  readonly events: Readonly<Record<string, number>>;
  readonly skipped: Readonly<Record<string, number>>;
  readonly waiting: Readonly<Record<string, number>>;
  readonly refused: number;
  /** The amounts in the events in cents, by field: what each payer paid, and what was quoted. */
  readonly cents: Readonly<Record<string, number>>;
}

/** Counts what happened to the records of a file while it is read. */
export class Counts {
  read = 0;
  readonly #events = new Map<string, number>();
  readonly #skipped = new Map<string, number>();
  readonly #waiting = new Map<string, number>();
  readonly #cents = new Map<string, number>();
  #refused = 0;

  add(mapped: Mapped): void {
    this.read += 1;
    switch (mapped.kind) {
      case 'event':
        addTo(this.#events, mapped.detailType);
        for (const [name, cents] of centsIn(mapped.detail)) addTo(this.#cents, name, cents);
        break;
      case 'skipped':
        addTo(this.#skipped, mapped.because);
        break;
      case 'waiting':
        addTo(this.#waiting, mapped.because);
        break;
      case 'refused':
        this.#refused += 1;
    }
  }

  get sum(): RecordCounts {
    return {
      ...{ read: this.read, events: Object.fromEntries(this.#events) },
      ...{ skipped: Object.fromEntries(this.#skipped), waiting: Object.fromEntries(this.#waiting) },
      ...{ refused: this.#refused, cents: Object.fromEntries(this.#cents) },
    };
  }
}

function addTo(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

const amounts = z.looseObject({
  customerPayCents: z.number().optional(),
  warrantyCents: z.number().optional(),
  internalCents: z.number().optional(),
  quote: z.looseObject({ totalCents: z.number().optional() }).optional(),
});

function centsIn(detail: Detail): [name: string, cents: number][] {
  const { customerPayCents, warrantyCents, internalCents, quote } = amounts.safeParse(detail).data ?? {};
  const all = { customerPayCents, warrantyCents, internalCents, quotedCents: quote?.totalCents };
  return Object.entries(all).flatMap(([name, cents]) => (cents === undefined ? [] : [[name, cents]]));
}
