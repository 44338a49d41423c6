import { createHash } from 'node:crypto';
import type { RecordName } from './judge-file.ts';

/** 16 MB, however long the files are. With a million records, one bit in seventeen is set. */
const BYTES = 2 ** 24;
const BITS = BYTES * 8;
const PLACES = 8;

/**
 * The records that occur in files, even those that were refused, as a Bloom filter. It never misses a record that it
 * contains. With a million records, about one in a billion others is mistaken for one of them.
 */
export class SeenRecords {
  readonly #bits = new Uint8Array(BYTES);

  add({ storeId, key }: RecordName): void {
    if (key === '') return;
    for (const place of placesOf(storeId, key))
      this.#bits[place >>> 3] = (this.#bits[place >>> 3] ?? 0) | (1 << (place & 7));
  }

  /** A row whose store could not be read counts for every store. */
  has({ storeId, key }: RecordName): boolean {
    return this.#holds(placesOf(storeId, key)) || this.#holds(placesOf(undefined, key));
  }

  #holds(places: readonly number[]): boolean {
    return places.every((place) => ((this.#bits[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0);
  }
}

function placesOf(storeId: string | undefined, key: string): readonly number[] {
  const digest = createHash('sha256')
    .update(JSON.stringify([storeId ?? '', key]))
    .digest();
  return Array.from({ length: PLACES }, (_, at) => digest.readUInt32LE(at * 4) % BITS);
}
