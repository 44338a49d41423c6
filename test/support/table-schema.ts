import { readFileSync } from 'node:fs';
import * as z from 'zod';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const tableProperties = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(
    z.object({
      IndexName: z.string(),
      KeySchema: keySchema,
      Projection: z.object({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']) }),
    }),
  ),
});

const template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })),
});

/**
 * The keys and indexes of the deployed table, read from the template that `test/infra/snapshot.test.ts` compares with
 * the stack. Reading the snapshot saves every test file the seconds that a synth takes.
 */
export const tableSchema = readTableSchema();

/** The partition and the sort key of each index, by its name. */
export const indexKeys: Readonly<Record<string, readonly [partition: string, sort: string]>> =
  Object.fromEntries(
    tableSchema.GlobalSecondaryIndexes.map(({ IndexName, KeySchema }) => [
      IndexName,
      [nameOf(KeySchema, 'HASH'), nameOf(KeySchema, 'RANGE')] as const,
    ]),
  );

function readTableSchema() {
  const file = new URL('../infra/dealer-group.template.snap', import.meta.url);
  const { Resources } = template.parse(JSON.parse(readFileSync(file, 'utf8')));
  const tables = Object.values(Resources).filter(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable');
  const [table] = tables;
  if (!table || tables.length > 1) throw new Error(`The stack has ${tables.length} tables, expected one`);
  return tableProperties.parse(table.Properties);
}

function nameOf(keys: z.infer<typeof keySchema>, type: 'HASH' | 'RANGE'): string {
  const key = keys.find(({ KeyType }) => KeyType === type);
  if (!key) throw new Error(`A key has no ${type} attribute`);
  return key.AttributeName;
}
