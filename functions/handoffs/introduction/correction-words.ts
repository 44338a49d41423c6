import type { VehicleSold } from '../../contracts/vehicle-sold.ts';
import { aside } from '../../mail/blocks.ts';
import { strong, type Words, words } from '../../mail/words.ts';
import { deliveryRow, type Moment } from './delivery-words.ts';
import type { SaleCorrection } from './task.ts';

/**
 * The subject of an email that replaces an earlier one: the deal is another customer's or another car's, or the delivery was
 * moved.
 */
export function correctedSubject(correction: SaleCorrection | undefined, subject: Words): Words {
  if (!correction) return subject;
  return correction.code === 'delivery-moved' ? words`New time: ${subject}` : words`Corrected: ${subject}`;
}

export function whatWasCorrected(correction: SaleCorrection | undefined, sold: VehicleSold, moment: Moment) {
  if (!correction) return undefined;
  if (correction.code !== 'delivery-moved')
    return aside(
      words`${strong('What changed:')} deal ${sold.dealNumber} is ${whose[correction.code]}. Please go by this email, not by the earlier one.`,
    );
  const [, when = words`not known yet`] = deliveryRow(moment, sold);
  return aside(words`${strong('What changed:')} the delivery was moved. It is now ${when}.`);
}

const whose: Readonly<Record<Exclude<SaleCorrection['code'], 'delivery-moved'>, Words>> = {
  'another-buyer': words`another customer’s`,
  'another-car': words`for another car`,
};
