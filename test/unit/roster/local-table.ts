import { openTable } from '../../support/table.ts';

export const tableName = 'handoff-test';

/** A DynamoDB in this process, with the table's own key. */
export const openLocalTable = () => openTable(tableName);
