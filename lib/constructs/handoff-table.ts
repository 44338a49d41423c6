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

const indexes = {
  /** All that has a deadline, in one partition, oldest first: what the sweep reads. */
  due: { partitionKey: 'due', sortKey: 'dueAt' },
  /** The open tasks of a person. */
  'open-by-assignee': { partitionKey: 'openFor', sortKey: 'openSince' },
  /** The open tasks of a store. */
  'open-by-store': { partitionKey: 'openAt', sortKey: 'openSince' },
} as const;

export type IndexName = keyof typeof indexes;
export const indexNames: readonly IndexName[] = ['due', 'open-by-assignee', 'open-by-store'];

/** Everything the dealer group's handoffs are: one table, and sparse indexes that hold keys only. */
export class HandoffTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Items', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      timeToLiveAttribute: 'expiresAt',
      globalSecondaryIndexes: indexNames.map(sparseIndex),
    });
  }

  get name(): string {
    return this.table.tableName;
  }

  /** Read, decide, write: an item by its key, the items of one partition, a conditional write. Never a scan. */
  grantDecisions(grantee: IGrantable): void {
    this.grant(grantee, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
  }

  /** Keep one item more, unless it is kept already. */
  grantKeeping(grantee: IGrantable): void {
    this.grant(grantee, ['dynamodb:PutItem']);
  }

  /** The history is kept by the date of a visit: a corrected date moves the visit, and the old place is emptied. */
  grantHistory(grantee: IGrantable): void {
    this.grant(grantee, ['dynamodb:DeleteItem']);
  }

  grantQuery(grantee: IGrantable, ...names: readonly IndexName[]): void {
    const resourceArns = names.map((name) => `${this.table.tableArn}/index/${name}`);
    Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns });
  }

  private grant(grantee: IGrantable, actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}

function sparseIndex(indexName: IndexName): GlobalSecondaryIndexPropsV2 {
  const { partitionKey, sortKey } = indexes[indexName];
  return {
    indexName,
    partitionKey: text(partitionKey),
    sortKey: text(sortKey),
    projectionType: ProjectionType.KEYS_ONLY,
  };
}
