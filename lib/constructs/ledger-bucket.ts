import { CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LEDGER } from '../../functions/ledger/facts.ts';
import { RESULTS } from '../../functions/numbers/facts-table.ts';
import { NUMBERS } from '../../functions/numbers/store-numbers.ts';
import type { HandoffFunction } from './handoff-function.ts';

/** Athena writes a large result in parts. */
const inParts = ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

/** A result is read as soon as it is ready. It is kept a week in case somebody has to look into it. */
const DAYS_OF_RESULTS = 7;

/**
 * The month files of outcome facts, with pseudonyms, and the numbers counted from them. They outlive the facts in the
 * table, and the stack.
 */
export class LedgerBucket extends Construct {
  readonly name: string;
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bucket = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        { prefix: RESULTS, expiration: Duration.days(DAYS_OF_RESULTS) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.name = this.#bucket.bucketName;
    Validations.of(this.#bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One function writes one file a month, and its log says which. A log of accesses would be another bucket; data events of CloudTrail record the rest where a group asks for them.',
    });
  }

  /** For writing the month files. */
  grantReadWrite(grantee: HandoffFunction): void {
    this.#grant(grantee, ['s3:GetObject', 's3:PutObject'], LEDGER);
    this.#grantList(grantee);
  }

  /**
   * Lets Athena read the month files and write results, which it does with the caller's permissions; and lets the
   * function store the numbers.
   */
  grantCounting(grantee: HandoffFunction): void {
    this.#grant(grantee, ['s3:GetObject'], LEDGER);
    this.#grant(grantee, inParts, RESULTS);
    this.#grant(grantee, ['s3:PutObject'], NUMBERS);
    this.#grantList(grantee);
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
      resourceArns: [this.#bucket.bucketArn],
    });
  }

  /** For reading the computed numbers. */
  grantReadNumbers(grantee: HandoffFunction): void {
    this.#grant(grantee, ['s3:GetObject'], NUMBERS);
    this.#grantList(grantee);
  }

  #grant(grantee: HandoffFunction, actions: string[], folder: string): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [`${this.#bucket.bucketArn}/${folder}*`] });
    const resource = this.#bucket.node.defaultChild;
    if (!CfnResource.isCfnResource(resource)) return;
    Validations.of(grantee.ownRole).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).getLogicalId(resource)}.Arn>/${folder}*]`,
      reason: 'The names of the files are not known: it uses what lies in its folder, and nothing else.',
    });
  }

  /** Without this permission, S3 answers a read of a missing file with `AccessDenied`, as if our permissions were wrong. */
  #grantList(grantee: HandoffFunction): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:ListBucket'],
      resourceArns: [this.#bucket.bucketArn],
    });
  }
}
