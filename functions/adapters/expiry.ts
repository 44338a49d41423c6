import { plusDays } from '../group/business-time.ts';

/** When an item that is kept for some days is deleted: DynamoDB's time-to-live, in seconds since 1970. */
export const expiryAfter = (at: string, days: number): number =>
  Math.floor(Date.parse(plusDays(at, days)) / 1000);
