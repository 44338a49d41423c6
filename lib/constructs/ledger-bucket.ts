import { CfnResource, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LEDGER } from '../../functions/ledger/facts.ts';
import { NUMBERS } from '../../functions/numbers/store-numbers.ts';
import type { HandoffFunction } from './handoff-function.ts';

/** The month files of outcome facts, under pseudonyms. They outlive the facts in the table, and the stack. */
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
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.name = this.#bucket.bucketName;
    Validations.of(this.#bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One function writes one file a month, and its log says which. A log of accesses would be another bucket; data events of CloudTrail record the rest where a group asks for them.',
    });
  }

  /** Writes the month files. */
  grantReadWrite(grantee: HandoffFunction): void {
    this.#grant(grantee, ['s3:GetObject', 's3:PutObject'], LEDGER);
    this.#grantList(grantee);
  }

  /** Reads the numbers that were counted. */
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

  /** Without it S3 denies the reading of a file that is not there, as if our permissions were wrong. */
  #grantList(grantee: HandoffFunction): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:ListBucket'],
      resourceArns: [this.#bucket.bucketArn],
    });
  }
}
