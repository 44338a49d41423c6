import type { StaffAddresses } from '../ports.ts';
import { STAFF_BOUNCES_METRIC } from './environment.ts';
import { telemetry } from './telemetry.ts';

/**
 * Counts bounces of emails to staff. Several in an hour point to a mail gateway that blocks SES, rather than to
 * people who left.
 */
export const countingBounces = (addresses: StaffAddresses): StaffAddresses => ({
  flagBounced: async (bounce) => {
    await addresses.flagBounced(bounce);
    telemetry.measure(STAFF_BOUNCES_METRIC, 1);
  },
});
