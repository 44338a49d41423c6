import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { DUE, keys } from '../domain/keys.ts';
import type { TaskStore } from '../domain/ports.ts';
import type { Task } from '../domain/task.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { taskFromItem, taskToItem } from './task-item.ts';

/** What a page of the index `due` says: where the next one begins, as text. */
const place = z.record(z.string(), z.object({ S: z.string() }));
const DUE_PER_PAGE = 100;

export class TaskTable implements TaskStore {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(taskId: string): Promise<Task | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: toItem(keys.task(taskId)), ConsistentRead: true }),
    );
    return Item && taskFromItem(fromItem(Item));
  }

  async write(task: Task): Promise<boolean> {
    const next = { ...task, version: task.version + 1 };
    return conditionally(
      this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: toItem(taskToItem(next)),
          ...(task.version === 0
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : {
                ConditionExpression: '#version = :read',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: toItem({ ':read': task.version }),
              }),
        }),
      ),
    );
  }

  async findDue(now: string, page?: string): Promise<{ taskIds: readonly string[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: 'due',
        KeyConditionExpression: 'due = :due AND dueAt <= :now',
        ExpressionAttributeValues: toItem({ ':due': DUE, ':now': now }),
        ScanIndexForward: true,
        Limit: DUE_PER_PAGE,
        ...(page === undefined ? {} : { ExclusiveStartKey: place.parse(JSON.parse(page)) }),
      }),
    );
    const taskIds = Items.map((item) =>
      z.object({ pk: z.string() }).parse(fromItem(item)).pk.slice('task#'.length),
    );
    return { taskIds, ...(LastEvaluatedKey ? { next: JSON.stringify(LastEvaluatedKey) } : {}) };
  }
}
