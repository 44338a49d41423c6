import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

export interface BucketSpec {
  id: string;
  name: string;
  arn: string;
  /** Whether the bucket's events are published on the default bus. */
  reportsToEventBridge: boolean;
  lifecycle: LifecycleRule[];
}

export interface LifecycleRule {
  prefix: string;
  expiresAfterDays?: number;
  /** The age at which incomplete multipart uploads are removed. */
  abortsAfterDays?: number;
}

const days = z.coerce.number().int().positive();

const ruleSchema = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: days.optional(),
  AbortIncompleteMultipartUpload: z.object({ DaysAfterInitiation: days }).optional(),
  // Storage classes affect only the price, and without versions nothing is noncurrent.
  Transitions: z.unknown().optional(),
  NoncurrentVersionExpiration: z.unknown().optional(),
  NoncurrentVersionTransitions: z.unknown().optional(),
});

const bucketSchema = z.object({
  LifecycleConfiguration: z.object({ Rules: z.array(ruleSchema) }).optional(),
  NotificationConfiguration: z
    .strictObject(
      { EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean().default(true) }).optional() },
      'a bucket reports to EventBridge here, nowhere else',
    )
    .optional(),
});

const refused = [
  ...['VersioningConfiguration', 'ReplicationConfiguration', 'WebsiteConfiguration', 'CorsConfiguration'],
  ...['ObjectLockEnabled', 'ObjectLockConfiguration', 'InventoryConfigurations', 'AccelerateConfiguration'],
];

const validName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function readBuckets(stack: StackReader): BucketSpec[] {
  return stack.read('AWS::S3::Bucket', bucketSchema, refused).map(({ id, name, props }) => {
    if (!validName.test(name)) throw new Problem(`${id}: ${name} cannot be the name of a bucket`);
    const rules = props.LifecycleConfiguration?.Rules ?? [];
    const eventBridge = props.NotificationConfiguration?.EventBridgeConfiguration;
    return {
      id,
      name,
      arn: `arn:aws:s3:::${name}`,
      reportsToEventBridge: eventBridge?.EventBridgeEnabled ?? false,
      lifecycle: rules
        .filter(({ Status }) => Status === 'Enabled')
        .map(({ Prefix, ExpirationInDays, AbortIncompleteMultipartUpload }) => ({
          prefix: Prefix,
          ...(ExpirationInDays ? { expiresAfterDays: ExpirationInDays } : {}),
          ...(AbortIncompleteMultipartUpload
            ? { abortsAfterDays: AbortIncompleteMultipartUpload.DaysAfterInitiation }
            : {}),
        })),
    };
  });
}
