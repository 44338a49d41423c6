/** What the table has to be: the stack creates it so, and a table that a group's file names is checked against it. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLiveAttribute: 'expiresAt',
  indexes: {
    /** All that has a deadline, in one partition, oldest first: what the sweep reads. */
    due: { partitionKey: 'due', sortKey: 'dueAt' },
    /** The open tasks of a person. */
    'open-by-assignee': { partitionKey: 'openFor', sortKey: 'openSince' },
    /** The open tasks of a store. */
    'open-by-store': { partitionKey: 'openAt', sortKey: 'openSince' },
  },
} as const;

export type IndexName = keyof typeof tableShape.indexes;
export const indexNames: readonly IndexName[] = ['due', 'open-by-assignee', 'open-by-store'];
