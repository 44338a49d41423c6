/** Keys and indexes of the table: the stack creates them, and an existing table named in a group's file is checked. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLiveAttribute: 'expiresAt',
  indexes: {
    /** All items with a deadline in one partition, oldest first; read by the sweep. */
    due: { partitionKey: 'due', sortKey: 'dueAt' },
    /** The open tasks of a person. */
    'open-by-assignee': { partitionKey: 'openFor', sortKey: 'openSince' },
    /** The open tasks of a store. */
    'open-by-store': { partitionKey: 'openAt', sortKey: 'openSince' },
  },
} as const;

export type IndexName = keyof typeof tableShape.indexes;
export const indexNames: readonly IndexName[] = ['due', 'open-by-assignee', 'open-by-store'];

/** The parts of DynamoDB's table description that decide whether the stack can use the table. */
export interface DescribedTable {
  readonly status: string | undefined;
  readonly keys: Readonly<Record<string, string | undefined>>;
  readonly indexes: Readonly<
    Record<
      string,
      { readonly status: string | undefined; readonly keys: Readonly<Record<string, string | undefined>> }
    >
  >;
  readonly timeToLiveAttribute: string | undefined;
  readonly isRecoverable: boolean;
  readonly isProtected: boolean;
}

/** What is wrong with an existing table that the stack should use, each with the command that fixes it. */
export function problemsOfTable(name: string, table: DescribedTable): readonly string[] {
  const { partitionKey, sortKey, timeToLiveAttribute, indexes } = tableShape;
  return [
    ...(table.status === 'ACTIVE' ? [] : [`is ${table.status ?? 'unknown'}: wait until it is ACTIVE`]),
    ...(isKeyed(table.keys, partitionKey, sortKey)
      ? []
      : [`has other keys than ${partitionKey} and ${sortKey}: it is not a table of this software`]),
    ...indexNames.flatMap((index) => problemsOfIndex(index, table.indexes[index], indexes[index])),
    ...(table.timeToLiveAttribute === timeToLiveAttribute
      ? []
      : [
          `does not dispose of items by ${timeToLiveAttribute}: aws dynamodb update-time-to-live --table-name ${name} --time-to-live-specification Enabled=true,AttributeName=${timeToLiveAttribute}`,
        ]),
    ...(table.isRecoverable
      ? []
      : [
          `has no point-in-time recovery: aws dynamodb update-continuous-backups --table-name ${name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
        ]),
    ...(table.isProtected
      ? []
      : [`can be deleted: aws dynamodb update-table --table-name ${name} --deletion-protection-enabled`]),
  ];
}

function problemsOfIndex(
  index: IndexName,
  found: DescribedTable['indexes'][string] | undefined,
  { partitionKey, sortKey }: { readonly partitionKey: string; readonly sortKey: string },
): readonly string[] {
  if (!found) return [`has no index ${index}: restore with indexes, or add it (one a deploy, keys only)`];
  if (!isKeyed(found.keys, partitionKey, sortKey))
    return [`has an index ${index} with other keys than ${partitionKey} and ${sortKey}`];
  return found.status === 'ACTIVE' ? [] : [`builds its index ${index}: wait until it is ACTIVE`];
}

const isKeyed = (keys: DescribedTable['keys'], partitionKey: string, sortKey: string) =>
  keys['HASH'] === partitionKey && keys['RANGE'] === sortKey;

/** The value of a stack output by which a deploy recognizes a release that finds keyed opt-outs. */
export const OPT_OUT_HASHES = 'keyed';
