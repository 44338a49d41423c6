import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LEDGER } from '../../functions/ledger/facts.ts';
import { type ColumnType, FACTS_TABLE, factColumns, RESULTS } from '../../functions/numbers/facts-table.ts';
import type { HandoffFunction } from './handoff-function.ts';
import type { LedgerBucket } from './ledger-bucket.ts';

const types: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  number: 'bigint',
  'yes or no': 'boolean',
  'list of texts': 'array<string>',
};

const GIGABYTE = 1024 ** 3;

/** The most that one query may read. Ten years of two hundred stores are less than half of it, in each join. */
const MOST_BYTES_SCANNED = 100 * GIGABYTE;

export interface LedgerQueriesProps {
  readonly groupName: string;
  readonly ledger: LedgerBucket;
}

/**
 * The month files as a table, and the work group that queries it. The table has no partitions: a number needs all
 * months, because a late fact corrects an early one.
 */
export class LedgerQueries extends Construct {
  readonly database: string;
  readonly workGroup: string;

  constructor(scope: Construct, id: string, { groupName, ledger }: LedgerQueriesProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    // The database's name has no hyphens, because SQL would read them as minus.
    this.database = `handoff_${groupName.replaceAll('-', '_')}`;
    this.workGroup = `handoff-${groupName}`;
    const database = new CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name: this.database, description: 'What became of handoffs, sales and visits' },
    });
    new CfnTable(this, 'Facts', {
      catalogId: account,
      databaseName: this.database,
      tableInput: {
        name: FACTS_TABLE,
        description: 'One outcome fact a row, under pseudonyms',
        tableType: 'EXTERNAL_TABLE',
        parameters: { classification: 'json', compressionType: 'gzip' },
        storageDescriptor: {
          location: `s3://${ledger.name}/${LEDGER}`,
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          compressed: true,
          // By default it matches field names to columns whatever their case.
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
          columns: Object.entries(factColumns).map(([name, type]) => ({
            name: name.toLowerCase(),
            type: types[type],
          })),
        },
      },
    }).addDependency(database);
    new CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroup,
      description: 'Asks the month files of outcome facts',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        bytesScannedCutoffPerQuery: MOST_BYTES_SCANNED,
        publishCloudWatchMetricsEnabled: false,
        resultConfiguration: {
          outputLocation: `s3://${ledger.name}/${RESULTS}`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }

  /** Lets a function query the table, and no other table of the account. */
  grantQueries(grantee: HandoffFunction): void {
    const arn = (service: string, resource: string, resourceName?: string) =>
      Stack.of(this).formatArn({
        service,
        resource,
        ...(resourceName === undefined ? { arnFormat: ArnFormat.NO_RESOURCE_NAME } : { resourceName }),
      });
    Grant.addToPrincipal({
      grantee,
      actions: ['athena:StartQueryExecution', 'athena:BatchGetQueryExecution'],
      resourceArns: [arn('athena', 'workgroup', this.workGroup)],
    });
    Grant.addToPrincipal({
      grantee,
      actions: ['glue:GetDatabase', 'glue:GetTable'],
      resourceArns: [
        arn('glue', 'catalog'),
        // Athena always looks at the default database before the one that is queried.
        arn('glue', 'database', 'default'),
        arn('glue', 'database', this.database),
        arn('glue', 'table', `${this.database}/${FACTS_TABLE}`),
      ],
    });
  }
}
