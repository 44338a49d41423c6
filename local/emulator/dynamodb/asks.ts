import * as z from 'zod';
import { arnOf } from '../aws.ts';
import type { Ask } from '../iam/ask.ts';
import type { TableSpec } from '../stack/tables.ts';

const item = z.record(z.string(), z.unknown());
const values = z.record(z.string(), z.unknown()).nullish();

/** The parts of a request that name the table, the index and the partitions. */
const requestSchema = z.object({
  TableName: z.string().nullish(),
  IndexName: z.string().nullish(),
  Key: item.nullish(),
  Item: item.nullish(),
  KeyConditionExpression: z.string().nullish(),
  KeyConditions: z.record(z.string(), z.object({ AttributeValueList: z.array(z.unknown()) })).nullish(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).nullish(),
  ExpressionAttributeValues: values,
});

type Request = z.infer<typeof requestSchema>;

const batchGetSchema = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(item) })),
});
const batchWriteSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: item }).nullish(),
        DeleteRequest: z.object({ Key: item }).nullish(),
      }),
    ),
  ),
});

const scalarSchema = z.union([
  z.object({ S: z.string() }).transform(({ S }) => S),
  z.object({ N: z.string() }).transform(({ N }) => N),
  z.object({ B: z.string() }).transform(({ B }) => B),
]);

function partitionKeyOf(
  table: TableSpec | undefined,
  indexName: string | null | undefined,
): string | undefined {
  const indexes = [...(table?.GlobalSecondaryIndexes ?? []), ...(table?.LocalSecondaryIndexes ?? [])];
  const schema = indexName
    ? indexes.find((index) => index.IndexName === indexName)?.KeySchema
    : table?.KeySchema;
  return schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
}

const text = (value: unknown): string[] => {
  const read = scalarSchema.safeParse(value);
  return read.success ? [read.data] : [];
};

/** `#pk = :pk` or `:pk = #pk`, anywhere in the condition. */
const equality = /([#:]?[\w.-]+)\s*=\s*([#:]?[\w.-]+)/g;

function queriedKeys(request: Request, name: string): string[] {
  const nameOf = (operand: string): string => request.ExpressionAttributeNames?.[operand] ?? operand;
  const compared = [...(request.KeyConditionExpression ?? '').matchAll(equality)].flatMap(
    ([, one = '', other = '']) => {
      if (nameOf(one) === name) return text(request.ExpressionAttributeValues?.[other]);
      if (nameOf(other) === name) return text(request.ExpressionAttributeValues?.[one]);
      return [];
    },
  );
  return [...compared, ...(request.KeyConditions?.[name]?.AttributeValueList ?? []).flatMap(text)];
}

function leadingKeys(request: Request, table: TableSpec | undefined): string[] {
  const name = partitionKeyOf(table, request.IndexName);
  if (name === undefined) return [];
  return [...text(request.Key?.[name]), ...text(request.Item?.[name]), ...queriedKeys(request, name)];
}

interface TableKeys {
  table: string;
  keys: Record<string, unknown>[];
}

function batchOf(operation: string, body: unknown): TableKeys[] | undefined {
  if (operation === 'BatchGetItem') {
    const batch = batchGetSchema.safeParse(body);
    return Object.entries(batch.data?.RequestItems ?? {}).map(([table, { Keys: keys }]) => ({ table, keys }));
  }
  if (operation !== 'BatchWriteItem') return undefined;
  const batch = batchWriteSchema.safeParse(body);
  return Object.entries(batch.data?.RequestItems ?? {}).map(([table, requests]) => ({
    table,
    keys: requests.map(({ PutRequest: put, DeleteRequest: gone }) => put?.Item ?? gone?.Key ?? {}),
  }));
}

const contextOf = (keys: string[]): Pick<Ask, 'context'> =>
  keys.length > 0 ? { context: { 'dynamodb:LeadingKeys': keys } } : {};

/** The permissions that a request to DynamoDB needs. One that cannot be parsed needs its action on every resource. */
export function asksOf(operation: string, body: unknown, tables: TableSpec[]): Ask[] {
  const action = `dynamodb:${operation}`;
  const specOf = (name: string) => tables.find(({ TableName }) => TableName === name);
  const batch = batchOf(operation, body);
  if (batch && batch.length > 0) {
    return batch.map(({ table, keys }) => {
      const name = partitionKeyOf(specOf(table), undefined) ?? '';
      return { action, resource: arnOf.table(table), ...contextOf(keys.flatMap((key) => text(key[name]))) };
    });
  }
  const request = requestSchema.safeParse(body);
  const table = request.data?.TableName;
  if (!request.success || !table) return [{ action, resource: '*' }];
  const { IndexName: index } = request.data;
  const resource = index ? `${arnOf.table(table)}/index/${index}` : arnOf.table(table);
  return [{ action, resource, ...contextOf(leadingKeys(request.data, specOf(table))) }];
}
