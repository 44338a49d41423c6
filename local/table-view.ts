import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface TaskView {
  taskId: string;
  kind: string;
  state: string;
  storeId: string;
  assignee: { employeeNumber: string; name: string; email: string } | null;
  dueAt: string | null;
  createdAt: string;
  /** What else is worth showing. */
  [more: string]: unknown;
}

export interface DeadLetterView {
  queue: string;
  at: string;
  reason: string;
  event: unknown;
}

/** What the desk shows of the table: the one thing here that knows how our items look. */
export interface TableView {
  tasks(): Promise<TaskView[]>;
  deadLetters(): Promise<DeadLetterView[]>;
}

export type OpenTableView = (table: { client: DynamoDBClient; tableName: string }) => TableView;

/** Shows nothing: the seat for the table's item codec. */
export const openTableView: OpenTableView = () => ({
  tasks: async () => [],
  deadLetters: async () => [],
});
