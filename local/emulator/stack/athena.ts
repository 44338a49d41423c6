import * as z from 'zod';
import { account, region } from '../aws.ts';
import { Problem } from '../problem.ts';
import type { StackReader } from './reader.ts';

/** A folder of a bucket. */
export interface S3Folder {
  bucket: string;
  prefix: string;
}

/** A table in the Glue catalog: the files of a folder, one JSON object a line. */
export interface GlueTableSpec {
  id: string;
  database: string;
  name: string;
  location: S3Folder;
  columns: { name: string; type: string }[];
}

export interface WorkGroupSpec {
  id: string;
  name: string;
  arn: string;
  results: S3Folder;
  mostBytes: number | undefined;
}

export const glueArn = (resource: string): string => `arn:aws:glue:${region}:${account}:${resource}`;

const folder = z.string().transform((url, context): S3Folder => {
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*[^/])\/?$/.exec(url) ?? [];
  if (bucket !== undefined && prefix !== undefined) return { bucket, prefix: `${prefix}/` };
  context.addIssue(`expected a folder such as s3://bucket/folder/, got ${url}`);
  return z.NEVER;
});

/** Glue's column types, and the types as which they are read here. */
export const columnTypes: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  int: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  'array<string>': 'VARCHAR[]',
};

const column = z.strictObject({
  Name: z.string().regex(/^[a-z0-9_]+$/, 'a column has a name in lower case'),
  Type: z.enum(Object.keys(columnTypes), { error: 'the local run does not play this type of a column' }),
  Comment: z.string().optional(),
});

const tableSchema = z.object({
  DatabaseName: z.string(),
  TableInput: z.object({
    Name: z.string().regex(/^[a-z0-9_]+$/, 'a table has a name in lower case'),
    TableType: z.literal('EXTERNAL_TABLE'),
    PartitionKeys: z.array(z.unknown()).max(0, 'the local run does not play partitions').default([]),
    StorageDescriptor: z.object({
      Location: folder,
      InputFormat: z.literal('org.apache.hadoop.mapred.TextInputFormat'),
      SerdeInfo: z.strictObject({
        SerializationLibrary: z.literal(
          'org.openx.data.jsonserde.JsonSerDe',
          'the local run reads JSON lines by org.openx.data.jsonserde.JsonSerDe only',
        ),
      }),
      Columns: z.array(column).min(1),
    }),
  }),
});

const databaseSchema = z.object({ DatabaseInput: z.object({ Name: z.string() }) });

export function readGlueTables(stack: StackReader): GlueTableSpec[] {
  const databases = stack
    .read('AWS::Glue::Database', databaseSchema)
    .map(({ props }) => props.DatabaseInput.Name);
  return stack.read('AWS::Glue::Table', tableSchema).map(({ id, props }) => {
    const { DatabaseName: database, TableInput: table } = props;
    if (!databases.includes(database)) throw new Problem(`${id}: no database of this stack is ${database}`);
    const { Location: location, Columns } = table.StorageDescriptor;
    const columns = Columns.map(({ Name: name, Type: type }) => ({ name, type }));
    return { id, database, name: table.Name, location, columns };
  });
}

const workGroupSchema = z.object({
  Name: z.string(),
  State: z.literal('ENABLED').default('ENABLED'),
  WorkGroupConfiguration: z.object({
    EnforceWorkGroupConfiguration: z.literal(true, 'a work group enforces its configuration here'),
    BytesScannedCutoffPerQuery: z.coerce.number().int().min(10_000_000).optional(),
    ResultConfiguration: z.object({ OutputLocation: folder }),
  }),
});

export function readWorkGroups(stack: StackReader): WorkGroupSpec[] {
  return stack.read('AWS::Athena::WorkGroup', workGroupSchema).map(({ id, props }) => {
    const { Name: name, WorkGroupConfiguration: configuration } = props;
    return {
      ...{ id, name, arn: `arn:aws:athena:${region}:${account}:workgroup/${name}` },
      results: configuration.ResultConfiguration.OutputLocation,
      mostBytes: configuration.BytesScannedCutoffPerQuery,
    };
  });
}
