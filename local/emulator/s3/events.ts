import { randomUUID } from 'node:crypto';
import { account } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { BucketSpec } from '../stack/buckets.ts';
import type { WorkList } from '../work.ts';
import type { StoredObject } from './store.ts';

export type Reason =
  | 'PutObject'
  | 'CopyObject'
  | 'CompleteMultipartUpload'
  | 'DeleteObject'
  | 'Lifecycle Expiration';

/** Publishes changes to a bucket's objects on the default bus, if the bucket is configured to do so. */
export class BucketEvents {
  readonly #clock: Clock;
  readonly #work: () => WorkList;
  #count = 0;

  constructor(clock: Clock, work: () => WorkList) {
    this.#clock = clock;
    this.#work = work;
  }

  created(bucket: BucketSpec, { key, size, etag }: StoredObject, reason: Reason): void {
    this.#publish(bucket, 'Object Created', { key, size, etag, sequencer: this.#sequencer() }, { reason });
  }

  deleted(bucket: BucketSpec, { key }: StoredObject, reason: Reason): void {
    const how = { reason, 'deletion-type': 'Permanently Deleted' };
    this.#publish(bucket, 'Object Deleted', { key, sequencer: this.#sequencer() }, how);
  }

  #publish(bucket: BucketSpec, detailType: string, object: object, how: { reason: Reason }): void {
    if (!bucket.reportsToEventBridge) return;
    const byLifecycle = how.reason === 'Lifecycle Expiration';
    const detail = {
      version: '0',
      bucket: { name: bucket.name },
      object,
      'request-id': randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase(),
      requester: byLifecycle ? 's3.amazonaws.com' : account,
      ...(byLifecycle ? {} : { 'source-ip-address': '127.0.0.1' }),
      ...how,
    };
    const event = { source: 'aws.s3', detailType, resources: [bucket.arn], detail };
    this.#work().add({ kind: 'publish', ...event }, this.#clock.now());
  }

  /** A value that grows with each event of a key when compared as hexadecimal text. */
  #sequencer(): string {
    this.#count += 1;
    const at = Math.round(this.#clock.now()).toString(16).padStart(12, '0');
    return `${at}${(this.#count % 0x10000).toString(16).padStart(4, '0')}`.toUpperCase();
  }
}
