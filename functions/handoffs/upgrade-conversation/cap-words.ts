import type { CapName } from './task.ts';

/** Why a nudge was held back, phrased to follow "because". */
export const capWords: Readonly<Record<CapName, string>> = {
  customer: 'the customer was nudged about lately',
  vehicle: 'the car was nudged about lately',
  household: 'the household was nudged about lately',
  person: "the person's nudges of the day are used up",
  'days-ahead': 'the person has more nudges than days to come',
};
