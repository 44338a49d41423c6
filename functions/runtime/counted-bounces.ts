import type { StaffAddresses } from '../ports.ts';
import { STAFF_BOUNCES_METRIC } from './environment.ts';
import { telemetry } from './telemetry.ts';

/** Counts each bounce of an email to staff: several in an hour are a mail gateway that refuses SES, not several leavers. */
export const countingBounces = (addresses: StaffAddresses): StaffAddresses => ({
  flagBounced: async (bounce) => {
    await addresses.flagBounced(bounce);
    telemetry.measure(STAFF_BOUNCES_METRIC, 1);
  },
});
