/** Customer information is disposed of two years after its last use [FTC Safeguards Rule]. */
const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;

/** Seconds since 1970, as DynamoDB's time-to-live takes them. */
export const disposeAt = (lastUsedAt: string) =>
  Math.floor(Date.parse(lastUsedAt) / 1000) + TWO_YEARS_SECONDS;
