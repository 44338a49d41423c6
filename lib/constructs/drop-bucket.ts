import { CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { ArnPrincipal, Grant, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DROP } from '../../functions/feeds/dropped-file.ts';
import type { HandoffFunction } from './handoff-function.ts';

/** Once it is read, a file is needed only to find out what went wrong, which happens within days. */
export const RAW_DAYS = 14;

/**
 * Where dealers' systems put their files, `drop/<feed>/`. The bucket keeps no versions, so nothing outlives its
 * fourteen days. A file that is overwritten while it is read counts as another file: its ETag differs.
 */
export class DropBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        { expiration: Duration.days(RAW_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // A bucket with files in it cannot be deleted. Its files expire by themselves.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    reportToEventBridge(bucket);
    acknowledgeFindings(bucket);
    this.#bucket = bucket;
    this.name = bucket.bucketName;
    this.arn = bucket.bucketArn;
  }

  /** `aws.s3` is a source that only AWS itself can use. */
  get eventPattern(): EventPattern {
    return {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [this.name] }, object: { key: [{ prefix: DROP }] } },
    };
  }

  grantRead(grantee: HandoffFunction): void {
    Grant.addToPrincipal({ grantee, actions: ['s3:GetObject'], resourceArns: [`${this.arn}/${DROP}*`] });
    // Without this permission, S3 answers a read of a missing file with `AccessDenied`, as if our permissions were
    // wrong.
    Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [this.arn] });
    this.acknowledgeFolder(grantee.ownRole, DROP);
  }

  /** Lets a principal of another account put files into one folder, and nothing else. */
  admitWriter(feedName: string, arn: string): void {
    this.#bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ArnPrincipal(arn)],
        actions: ['s3:PutObject'],
        resources: [`${this.arn}/${DROP}${feedName}/*`],
      }),
    );
  }

  /** Suppresses the linter's warning about a role that may use all files of a folder. */
  acknowledgeFolder(role: Role, folder: string): void {
    const bucket = Stack.of(this).getLogicalId(resourceOf(this.#bucket));
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/${folder}*]`,
      reason: 'The names of the files are not known: it uses what lies in its folder, and nothing else.',
    });
  }

  /** Allows adding files, but not reading any. */
  grantPut(grantee: HandoffFunction): void {
    Grant.addToPrincipal({ grantee, actions: ['s3:PutObject'], resourceArns: [`${this.arn}/${DROP}*`] });
    this.acknowledgeFolder(grantee.ownRole, DROP);
  }
}

/** Set on the bucket resource itself: the option of CDK's own class adds a CDK function that would set it. */
function reportToEventBridge(bucket: Bucket): void {
  resourceOf(bucket).addPropertyOverride('NotificationConfiguration', {
    EventBridgeConfiguration: { EventBridgeEnabled: true },
  });
}

function resourceOf(bucket: Bucket): CfnResource {
  const resource = bucket.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error('A bucket has a resource');
  return resource;
}

function acknowledgeFindings(bucket: Bucket): void {
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason:
      "A log of accesses would be another bucket that keeps the names of dealers' files for longer than the files. Each file that is read leaves a receipt; data events of CloudTrail record the rest where a group asks for them.",
  });
}
