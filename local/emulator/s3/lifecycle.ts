import type { Clock } from '../clock.ts';
import type { Source } from '../engine.ts';
import type { BucketSpec, LifecycleRule } from '../stack/buckets.ts';
import type { BucketEvents } from './events.ts';
import type { ObjectStore, StoredObject, Upload } from './store.ts';

const dayMs = 24 * 3600_000;

/** S3 adds the days and rounds up to the next midnight in UTC. */
const expiryOf = (since: number, days: number): number => Math.ceil((since + days * dayMs) / dayMs) * dayMs;

const dueAfter = (since: number | undefined, days: number | undefined): number | undefined =>
  since === undefined || days === undefined ? undefined : expiryOf(since, days);

interface Due {
  at: number;
  perform(): void;
}

/** Expires objects and abandoned uploads by the local clock. */
export class Lifecycle implements Source {
  readonly #buckets: BucketSpec[];
  readonly #store: ObjectStore;
  readonly #events: BucketEvents;
  readonly #clock: Clock;
  /** Undefined until it is computed for the store's current contents. */
  #next: { at: number | undefined } | undefined;

  constructor(parts: { buckets: BucketSpec[]; store: ObjectStore; events: BucketEvents; clock: Clock }) {
    this.#buckets = parts.buckets.filter(({ lifecycle }) => lifecycle.length > 0);
    this.#store = parts.store;
    this.#events = parts.events;
    this.#clock = parts.clock;
  }

  /** Called after an object was put or removed. */
  changed(): void {
    this.#next = undefined;
  }

  nextDue(): number | undefined {
    this.#next ??= { at: this.#earliest() };
    return this.#next.at;
  }

  take(): () => Promise<void> {
    const now = this.#clock.now();
    const due = this.#work().filter(({ at }) => at <= now);
    this.changed();
    return async () => {
      for (const { perform } of due) perform();
      this.changed();
    };
  }

  /**
   * Looks only at the oldest object and upload of each rule, because it runs after every change, however large the
   * bucket is.
   */
  #earliest(): number | undefined {
    const instants = this.#buckets.flatMap(({ name, lifecycle }) =>
      lifecycle.flatMap(({ prefix, expiresAfterDays, abortsAfterDays }) => [
        dueAfter(this.#store.oldest(name, prefix), expiresAfterDays),
        dueAfter(this.#store.oldestUpload(name, prefix), abortsAfterDays),
      ]),
    );
    const known = instants.filter((at) => at !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  #work(): Due[] {
    return this.#buckets.flatMap((bucket) => bucket.lifecycle.flatMap((rule) => this.#dueBy(bucket, rule)));
  }

  #dueBy(bucket: BucketSpec, rule: LifecycleRule): Due[] {
    const { prefix, expiresAfterDays, abortsAfterDays } = rule;
    const objects = expiresAfterDays === undefined ? [] : this.#objects(bucket, prefix);
    const uploads = abortsAfterDays === undefined ? [] : this.#uploads(bucket, prefix);
    return [
      ...objects.map((object) => ({
        at: expiryOf(object.modified_at, expiresAfterDays ?? 0),
        perform: () =>
          this.#store.remove(object, () => this.#events.deleted(bucket, object, 'Lifecycle Expiration')),
      })),
      ...uploads.map((upload) => ({
        at: expiryOf(upload.started_at, abortsAfterDays ?? 0),
        perform: () => this.#store.endUpload(upload),
      })),
    ];
  }

  #objects({ name }: BucketSpec, prefix: string): StoredObject[] {
    const found: StoredObject[] = [];
    for (const object of this.#store.from(name, prefix)) {
      if (!object.key.startsWith(prefix)) break;
      found.push(object);
    }
    return found;
  }

  #uploads({ name }: BucketSpec, prefix: string): Upload[] {
    return this.#store.uploads(name).filter(({ key }) => key.startsWith(prefix));
  }
}
