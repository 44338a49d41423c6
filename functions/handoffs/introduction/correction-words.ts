import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { aside } from '../../mail/blocks.ts';
import { strong, type Words, words } from '../../mail/words.ts';
import type { SaleCorrection } from './task.ts';

/** For an email that replaces an earlier one, because the deal turned out to be another customer's, or another car's. */
export const correctedSubject = (correction: SaleCorrection | undefined, subject: Words): Words =>
  correction ? words`Corrected: ${subject}` : subject;

export const whatWasCorrected = (correction: SaleCorrection | undefined, { dealNumber }: VehicleSold) =>
  correction &&
  aside(
    words`${strong('What changed:')} deal ${dealNumber} is ${whose[correction.code]}. Please go by this email, not by the earlier one.`,
  );

const whose: Readonly<Record<SaleCorrection['code'], Words>> = {
  'another-buyer': words`another customer’s`,
  'another-car': words`for another car`,
};
