import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { leadStatuses } from '../contracts/crm-lead-updated.ts';
import type { UnknownLead } from '../crm/reconciliation.ts';
import type { LeadBook, NotedLead } from '../ports.ts';
import { type DynamoDB, toItem } from './dynamodb.ts';
import { expiryAfter } from './expiry.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';

/** Longer than a CRM works on a lead. */
const LEAD_DAYS = 120;
/** Long enough for somebody to look into it. */
const UNKNOWN_DAYS = 14;

const noted = z.object({ taskId: z.string(), at: z.string() });
const unknown = z.object({
  id: z.string(),
  storeId: z.string(),
  leadId: z.string().optional(),
  crmNumber: z.string().optional(),
  status: z.enum(leadStatuses),
  at: z.string(),
});

export class LeadTable implements LeadBook {
  readonly #client: DynamoDB;
  readonly #table: string;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async note({ storeId, taskId, at }: NotedLead): Promise<void> {
    const key = keys.lead(storeId, taskId);
    await this.#put({ ...key, type: 'crm-lead', taskId, at, expiresAt: expiryAfter(at, LEAD_DAYS) });
  }

  async of(storeId: string): Promise<readonly NotedLead[]> {
    const items = await this.#read(storeId, 'lead');
    return items.map((item) => ({ storeId, ...noted.parse(item) }));
  }

  async keepUnknown(lead: UnknownLead): Promise<void> {
    const key = keys.unknownLead(lead.storeId, lead.id);
    await this.#put({
      ...key,
      type: 'crm-unknown-lead',
      ...lead,
      expiresAt: expiryAfter(lead.at, UNKNOWN_DAYS),
    });
  }

  /** Overwritten with an item that expires at once, so that no function that sends needs permission to delete. */
  async forgetUnknown(lead: Pick<UnknownLead, 'storeId' | 'id' | 'at'>): Promise<void> {
    const key = keys.unknownLead(lead.storeId, lead.id);
    await this.#put({ ...key, type: 'crm-known-lead', expiresAt: expiryAfter(lead.at, 0) });
  }

  async unknownOf(storeId: string): Promise<readonly UnknownLead[]> {
    const items = await this.#read(storeId, 'unknown');
    return items.filter(({ type }) => type === 'crm-unknown-lead').map((item) => unknown.parse(item));
  }

  #read(storeId: string, prefix: string) {
    // `$` is the character after `#`, so it ends the range.
    const values = { ':from': `${prefix}#`, ':to': `${prefix}$` };
    const from = { condition: 'sk BETWEEN :from AND :to', values };
    return readItemCollection(this.#client, this.#table, keys.leads(storeId), from);
  }

  async #put(item: object): Promise<void> {
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: toItem(item) }));
  }
}
