/** Customer information is deleted two years after its last use [FTC Safeguards Rule]. */
const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;

/** DynamoDB's time-to-live, in seconds since 1970. */
export const disposeAt = (lastUsedAt: string) =>
  Math.floor(Date.parse(lastUsedAt) / 1000) + TWO_YEARS_SECONDS;
