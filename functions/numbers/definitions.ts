import type { Definition } from './definition.ts';
import { accepted, escalated } from './definitions/accepted.ts';
import { emailOutcomes } from './definitions/email-outcomes.ts';
import { firstServiceShow } from './definitions/first-service-show.ts';
import { firstVisitBooked } from './definitions/first-visit-booked.ts';
import { holdout } from './definitions/holdout.ts';
import { introduced, introducedHow } from './definitions/introduced.ts';
import { precision, silences } from './definitions/nudges.ts';
import {
  referralsAccepted,
  referralsSold,
  referredToSales,
  referredToService,
} from './definitions/referred.ts';
import { retainedVin } from './definitions/retained-vin.ts';
import { retention } from './definitions/retention.ts';
import { sold } from './definitions/sold.ts';
import { timeToAccept } from './definitions/time-to-accept.ts';

/** All numbers of the store, in the order in which a general manager would ask for them. */
export const definitions: readonly Definition[] = [
  sold,
  introduced,
  introducedHow,
  firstVisitBooked,
  firstServiceShow,
  retention,
  retainedVin,
  referredToSales,
  referralsAccepted,
  referredToService,
  referralsSold,
  accepted,
  timeToAccept,
  escalated,
  silences,
  precision,
  emailOutcomes,
  holdout,
];

/**
 * The five main numbers of a store: they are at the top of its page, make up its Monday email, and are compared
 * between stores.
 */
export const headlines = [
  'sold',
  'introduced',
  'first-visit-booked',
  'first-service-show',
  'referred-to-sales',
] as const;
export type Headline = (typeof headlines)[number];

export function definitionNamed(name: string): Definition {
  const found = definitions.find((definition) => definition.name === name);
  if (!found) throw new Error(`No number is called ${name}.`);
  return found;
}
