import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { KeyPrefix } from '../access.ts';
import { type IndexName, indexNames, tableShape } from '../table-shape.ts';

export interface HandoffTableProps {
  /** The name of an existing table to use instead of creating one. */
  readonly existing: string | undefined;
}

/** The dealer group's data: one table with sparse, keys-only indexes. */
export class HandoffTable extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { existing }: HandoffTableProps) {
    super(scope, id);
    const { tableName, tableArn } =
      existing === undefined ? createTable(this) : TableV2.fromTableName(this, 'Items', existing);
    this.name = tableName;
    this.arn = tableArn;
  }

  /** Grants actions on items whose partition key begins with one of the prefixes, and on no others. */
  grantItems(grantee: IGrantable, actions: readonly string[], prefixes: readonly KeyPrefix[]): void {
    if (prefixes.length === 0) return;
    Grant.addToPrincipal({
      grantee,
      actions: actions.map((action) => `dynamodb:${action}`),
      resourceArns: [this.arn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': prefixes } },
    });
  }

  grantIndexes(grantee: IGrantable, names: readonly IndexName[]): void {
    if (names.length === 0) return;
    const resourceArns = names.map((name) => `${this.arn}/index/${name}`);
    Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns });
  }
}

function createTable(scope: Construct): TableV2 {
  return new TableV2(scope, 'Items', {
    partitionKey: text(tableShape.partitionKey),
    sortKey: text(tableShape.sortKey),
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    timeToLiveAttribute: tableShape.timeToLiveAttribute,
    globalSecondaryIndexes: indexNames.map(sparseIndex),
  });
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}

function sparseIndex(indexName: IndexName): GlobalSecondaryIndexPropsV2 {
  const { partitionKey, sortKey } = tableShape.indexes[indexName];
  return {
    indexName,
    partitionKey: text(partitionKey),
    sortKey: text(sortKey),
    projectionType: ProjectionType.KEYS_ONLY,
  };
}
