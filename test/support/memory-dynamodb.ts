import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  DynamoDBServiceException,
  PutItemCommand,
  ResourceNotFoundException,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { SimulatedTable } from '../simulation/dynamodb.ts';
import { standIn } from './stand-in.ts';
import type { TestDynamoDB } from './test-dynamodb.ts';

const MOST_BYTES = 400 * 1024;

/**
 * The simulation's table as a DynamoDB of its own: much quicker than an embedded one, and held to the same behaviour
 * by `test/unit/adapters/dynamodb-contract.test.ts`. Its indexes show every write at once.
 */
export class MemoryDynamoDB implements TestDynamoDB {
  readonly client = standIn<DynamoDBClient>(async (command) => this.#execute(command));
  readonly endpoint = undefined;
  readonly #tables = new Map<string, SimulatedTable>();

  async createTable(): Promise<string> {
    const name = `handoffs-${this.#tables.size + 1}`;
    await this.emptyTable(name);
    return name;
  }

  async emptyTable(name: string): Promise<void> {
    const table = new SimulatedTable({ now: () => 0, seenAt: () => 0, wrote: () => undefined });
    this.#tables.set(name, table);
  }

  async close(): Promise<void> {
    this.#tables.clear();
  }

  #execute(command: object): object {
    if (command instanceof BatchWriteItemCommand) return this.#writeBatch(command);
    const table = this.#table(tableNameOf(command));
    if (command instanceof ScanCommand) return { Items: [...table.partitionsOf('')] };
    if (command instanceof PutItemCommand) refuseTooLarge(command.input.Item);
    return table.execute(command);
  }

  #writeBatch({ input: { RequestItems = {} } }: BatchWriteItemCommand): object {
    for (const [name, requests] of Object.entries(RequestItems)) {
      for (const { PutRequest } of requests) {
        if (!PutRequest?.Item) throw new Error('The table in memory takes batches of puts only');
        this.#table(name).place(PutRequest.Item);
      }
    }
    return { UnprocessedItems: {} };
  }

  #table(name: string): SimulatedTable {
    const table = this.#tables.get(name);
    if (table) return table;
    throw new ResourceNotFoundException({ $metadata: {}, message: 'Requested resource not found' });
  }
}

function tableNameOf(command: object): string {
  if (command instanceof BatchGetItemCommand) return Object.keys(command.input.RequestItems ?? {}).join();
  const input = 'input' in command ? command.input : undefined;
  const isNamed = typeof input === 'object' && input !== null && 'TableName' in input;
  return isNamed && typeof input.TableName === 'string' ? input.TableName : '';
}

function refuseTooLarge(item: Record<string, AttributeValue> = {}): void {
  if (sizeOfMap(item) <= MOST_BYTES) return;
  throw new DynamoDBServiceException({
    name: 'ValidationException',
    $fault: 'client',
    $metadata: {},
    message: 'Item size has exceeded the maximum allowed size',
  });
}

/** In bytes, by DynamoDB's rules: names count, and each list and map costs three, and each of its members one. */
function sizeOfMap(map: Readonly<Record<string, AttributeValue>>): number {
  return Object.entries(map).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);
}

function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.L) return 3 + value.L.reduce((sum, one) => sum + 1 + sizeOf(one), 0);
  if (value.M) return 3 + Object.keys(value.M).length + sizeOfMap(value.M);
  return 1;
}
