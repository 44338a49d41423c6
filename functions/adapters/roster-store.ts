import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { cellOf, rosterFields } from '../people/roster-fields.ts';
import { type StaffMember, storedStaffMember } from '../people/staff.ts';
import type { RosterReader, StaffAddresses, StaffBounce } from '../ports.ts';
import { conditionally, type DynamoDB, fromItem, toItem } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';

/** Items written before versions existed count as version 0. */
const versioned = storedStaffMember.extend({ version: z.number().int().default(0) });

/** The people of each store, one item per person. */
export class RosterStore implements RosterReader, StaffAddresses {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** Everybody including leavers, by employee number. A consistent read, so that nothing is routed to a leaver. */
  async read(storeId: string): Promise<StaffMember[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.roster(storeId));
    return items.map((item) => storedStaffMember.parse(item));
  }

  /**
   * Writes a person's fields from a file and leaves other attributes alone. `before` is the person as of the decision.
   * False if the person was changed or created since: read and decide again.
   */
  async put(person: StaffMember, before?: StaffMember): Promise<boolean> {
    const { storeId, employeeNumber } = person;
    const stored = before && (await this.#stored(storeId, employeeNumber));
    if (
      before &&
      (!stored || rosterFields.some((field) => cellOf(stored, field) !== cellOf(before, field)))
    ) {
      return false;
    }
    return conditionally(
      this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: toItem(keys.staff(storeId, employeeNumber)),
          ...updateOf(person, stored),
        }),
      ),
    );
  }

  /** Flags the person's address as bouncing. Never creates an item for somebody who is not on the roster. */
  async flagBounced({ storeId, employeeNumber, address, at }: StaffBounce): Promise<void> {
    await conditionally(
      this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: toItem(keys.staff(storeId, employeeNumber)),
          UpdateExpression: 'SET emailBouncedAt = :at',
          ConditionExpression: 'email = :address',
          ExpressionAttributeValues: toItem({ ':at': at, ':address': address }),
        }),
      ),
    );
  }

  /** Clears the flag when a mailbox works again. False if it was not flagged, or if the person now has another address. */
  async clearBounced(person: Pick<StaffMember, 'storeId' | 'employeeNumber' | 'email'>): Promise<boolean> {
    return conditionally(
      this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: toItem(keys.staff(person.storeId, person.employeeNumber)),
          UpdateExpression: 'REMOVE emailBouncedAt',
          ConditionExpression: 'email = :address AND attribute_exists(emailBouncedAt)',
          ExpressionAttributeValues: toItem({ ':address': person.email }),
        }),
      ),
    );
  }

  async #stored(storeId: string, employeeNumber: string) {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        Key: toItem(keys.staff(storeId, employeeNumber)),
        ConsistentRead: true,
      }),
    );
    return Item && versioned.parse(fromItem(Item));
  }
}

/** An update expression's names and values: sets the person's fields and removes the missing ones. */
function updateOf(person: StaffMember, stored: z.infer<typeof versioned> | undefined) {
  const values = { type: 'staff', ...person, version: (stored?.version ?? 0) + 1 };
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  const given = new Set(set.map(([name]) => name));
  // SES events can set the bounce flag at any time; only a new address clears it.
  const keepsFlag = stored?.email === person.email;
  const removed = [...rosterFields, ...(keepsFlag ? [] : ['emailBouncedAt'])].filter(
    (name) => !given.has(name),
  );
  const names = [...given, ...removed];
  const remove = removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '';
  return {
    UpdateExpression: `SET ${[...given].map((name) => `#${name} = :${name}`).join(', ')}${remove}`,
    ...conditionOf(stored),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: toItem({
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      ...(stored && { ':read': stored.version }),
    }),
  };
}

function conditionOf(stored: { readonly version: number } | undefined) {
  if (!stored) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const uncounted = stored.version === 0 ? ' OR attribute_not_exists(#version)' : '';
  return { ConditionExpression: `attribute_exists(pk) AND (#version = :read${uncounted})` };
}
