import type { Campaign } from './campaign.ts';
import type { Letter } from './letter.ts';

export interface CampaignBook {
  read(campaignId: string): Promise<Campaign | undefined>;
  /** False if it was changed since it was read: read and decide again. */
  write(campaign: Campaign): Promise<boolean>;
  letters(campaignId: string): Promise<readonly Letter[]>;
}

/** A page of the customers whose latest advisor was a certain person. */
export interface PageOfCustomers {
  readonly customerNumbers: readonly string[];
  /** Where the next page starts; undefined if this is the last one. */
  readonly after: string | undefined;
}

export interface AdvisedCustomers {
  /**
   * The customers listed under each of the advisor's numbers. Some may have another advisor since, or have been
   * merged; their cards show that.
   */
  of(
    storeId: string,
    advisorNumbers: readonly string[],
    page: { readonly after: string | undefined; readonly most: number },
  ): Promise<PageOfCustomers>;
}
