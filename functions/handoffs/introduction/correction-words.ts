import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { aside } from '../../mail/blocks.ts';
import { strong, type Words, words } from '../../mail/words.ts';
import type { SaleCorrection } from './task.ts';

/** For an email that replaces an earlier one, because the deal turned out to be another customer's. */
export const correctedSubject = (correction: SaleCorrection | undefined, subject: Words): Words =>
  correction ? words`Corrected: ${subject}` : subject;

export const whatWasCorrected = (correction: SaleCorrection | undefined, { dealNumber }: VehicleSold) =>
  correction &&
  aside(
    words`${strong('What changed:')} deal ${dealNumber} is another customer’s. Please go by this email, not by the earlier one.`,
  );
