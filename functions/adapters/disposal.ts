import { lawfulRetention, type Retention } from '../group/retention.ts';

/** When an item is deleted, from when it was last used: DynamoDB's time-to-live, in seconds since 1970. */
export type DisposeAt = (lastUsedAt: string) => number;

const SECONDS_OF_MONTH = (365 / 12) * 24 * 60 * 60;

export const disposalBy =
  ({ months }: Retention): DisposeAt =>
  (lastUsedAt) =>
    Math.floor(Date.parse(lastUsedAt) / 1000) + Math.round(months * SECONDS_OF_MONTH);

/** For stores that name no customer, and for callers that know no group's file. */
export const lawfulDisposal = disposalBy(lawfulRetention);
