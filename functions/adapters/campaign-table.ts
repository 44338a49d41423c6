import { type Campaign, campaign } from '../leavers/campaign.ts';
import { type Letter, letter } from '../leavers/letter.ts';
import type { CampaignBook } from '../leavers/ports.ts';
import type { DynamoDB } from './dynamodb.ts';
import { readItemCollection } from './item-collection.ts';
import { keys } from './keys.ts';
import { campaignToItem } from './task-item.ts';
import { VersionedItems } from './versioned-items.ts';

/**
 * The letters to customers whose advisor left. A campaign names nobody but staff and never expires, so that a second
 * one for the same advisor cannot start.
 */
export class CampaignTable implements CampaignBook {
  readonly #client: DynamoDB;
  readonly #table: string;
  readonly #items: VersionedItems;

  constructor(client: DynamoDB, table: string) {
    this.#client = client;
    this.#table = table;
    this.#items = new VersionedItems(client, table);
  }

  async read(campaignId: string): Promise<Campaign | undefined> {
    const { content } = await this.#items.read(keys.campaign(campaignId));
    return content && campaign.parse(content);
  }

  write(of: Campaign): Promise<boolean> {
    return this.#items.write(keys.campaign(of.campaignId), campaignToItem(of), of);
  }

  async letters(campaignId: string): Promise<readonly Letter[]> {
    const items = await readItemCollection(this.#client, this.#table, keys.lettersOf(campaignId));
    return items.map((item) => letter.parse(item));
  }
}
