import * as z from 'zod';
import type { StackReader } from './reader.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  LocalSecondaryIndexes: z.array(indexSchema).optional(),
});

/** The parameters of CreateTable. Capacity, backups and time-to-live have no effect here. */
export type TableSpec = z.infer<typeof tableSchema> & { TableName: string };

export function readTables(stack: StackReader): TableSpec[] {
  const types = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];
  return types.flatMap((type) =>
    stack.read(type, tableSchema, ['KinesisStreamSpecification']).map(({ name, props }) => ({
      TableName: name,
      ...props,
    })),
  );
}
