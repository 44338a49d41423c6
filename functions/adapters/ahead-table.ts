import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type AppointmentNote, appointmentNote } from '../history/appointments-ahead.ts';
import type { AppointmentsAhead } from '../history/ports.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { expiryAfter } from './expiry.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';

/** Longer than an advisor's list can be late. */
const DAYS_AFTER = 2;

/** Notes of booked appointments, deleted soon after their day: the visit itself is kept in the service history. */
export class AheadTable implements AppointmentsAhead {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async note(note: AppointmentNote): Promise<void> {
    const expiresAt = expiryAfter(note.startsAt, DAYS_AFTER);
    const item = { ...keys.ahead(note), type: 'appointment ahead', ...note, expiresAt };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }

  async on(storeId: string, date: string): Promise<readonly AppointmentNote[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.aheadOn(storeId, date));
    return items.map((item) => appointmentNote.parse(item));
  }
}
