import * as z from 'zod';
import { coded, ownershipWords, payTypeWords, whereaboutsWords } from './code-words.ts';
import { past, plan } from './dates.ts';
import { readDays } from './dates-and-times.ts';
import { edge } from './edge.ts';
import {
  careful,
  cents,
  customerOfOrder,
  identifier,
  instant,
  localDate,
  miles,
  sentence,
  storeId,
  vehicle,
} from './fields.ts';
import { kilometers, readKilometers } from './odometer.ts';

/**
 * The fields of a repair order whose car is at the store, quoted or not: whose car it is, where the customer waits,
 * and what is known about the car.
 */

export const payType = coded(z.enum(['customer', 'warranty', 'internal']), payTypeWords);

export const orderFields = {
  serviceAdvisorNumber: identifier.optional().describe('The advisor who wrote the order'),
  salespersonNumber: identifier
    .optional()
    .describe("The customer's own salesperson, by whom the car was sold"),
  customer: customerOfOrder,
  vehicle,
  openedAt: instant.optional().describe('When the order was opened'),
  openedOn: localDate
    .optional()
    .describe("The store's date on which it was opened, from a source that has no time"),
  promisedAt: instant.optional().describe('When the customer was promised the car back'),
  promisedOn: localDate
    .optional()
    .describe(
      "The store's date of that promise, from a source that has no time: the car is back by the time that Service closes. `promisedAt` counts where both stand",
    ),
  customerIs: coded(z.enum(['waiting', 'dropped-off', 'in a loaner']), whereaboutsWords)
    .optional()
    .describe('Where the customer is while the car is here'),
};

/** For facts with the day on which they were found out: when too old, they count as unknown and are never scored. */
const aged = { asOf: localDate.describe('The day on which this was found out') };

/** What speaks for or against a conversation about another car, whatever the repair is. */
export const readinessFields = {
  value: z
    .looseObject({
      cents: cents.describe('The value'),
      source: sentence
        .optional()
        .describe(
          'Who appraised it, or which guide; with `goodThrough`, left out of an appraisal by the used-car desk',
        ),
      goodThrough: localDate.optional().describe('Of an appraisal: the last day on which the number holds'),
      estimate: z
        .boolean()
        .optional()
        .describe(
          'True: what a guide says of cars like it; nobody looked at this one. The sheet says *about*',
        ),
      ...aged,
    })
    .optional()
    .describe('What the car would bring as it stands'),
  equity: z
    .looseObject({
      lowCents: z.number().int().min(-1_000_000_000).max(1_000_000_000).describe('The lower end'),
      highCents: z.number().int().min(-1_000_000_000).max(1_000_000_000).describe('The upper end'),
      originalPriceCents: cents.optional().describe('What the car was bought for'),
      ...aged,
    })
    .optional()
    .describe('Value less payoff, negative where more is owed. Never send a payoff, rate or account'),
  lease: z
    .looseObject({
      maturesOn: localDate.describe('When the lease ends'),
      startedOn: localDate.optional().describe('When it began'),
      allowedMiles: miles.optional().describe('Over the whole lease'),
      allowedKilometers: kilometers
        .optional()
        .describe('Instead of `allowedMiles`, where the DMS counts in kilometers'),
      paymentsLeft: z.number().int().min(0).max(120).optional().describe('Monthly payments left'),
      ...aged,
    })
    .register(edge, { read: readKilometers })
    .optional()
    .describe('Where the car is leased'),
  loan: z
    .looseObject({ endsOn: localDate.describe('When the last payment is due'), ...aged })
    .optional()
    .describe('Where a loan on the car still runs. Never send a payoff, rate or account'),
  warranty: z
    .looseObject({
      factoryEndsOn: localDate.optional().describe('The factory warranty ends on this date'),
      factoryEndsMiles: miles.optional().describe('Or at these miles'),
      factoryEndsKilometers: kilometers
        .optional()
        .describe('Instead of `factoryEndsMiles`, where the DMS counts in kilometers'),
      extendedEndsOn: localDate.optional().describe('The extended cover ends on this date'),
      extendedEndsMiles: miles.optional().describe('Or at these miles'),
      extendedEndsKilometers: kilometers
        .optional()
        .describe('Instead of `extendedEndsMiles`, where the DMS counts in kilometers'),
      ...aged,
    })
    .register(edge, { read: readKilometers })
    .optional()
    .describe('What covers the car'),
  replacement: z
    .looseObject({
      monthlyPaymentCents: cents.describe('What it would be a month'),
      termMonths: z
        .number()
        .int()
        .min(1)
        .max(120)
        .optional()
        .describe(
          'For how many months. Without it and `moneyDownCents` no customer sees the payment on paper',
        ),
      moneyDownCents: cents.optional().describe('What is paid down for it; 0 where nothing is'),
      ...aged,
    })
    .optional()
    .describe('The payment on a comparable replacement: an estimate, with approved credit'),
  ownership: z
    .looseObject({
      boughtOn: localDate.optional().describe('When the customer bought or leased it'),
      certain: careful(z.boolean(), false)
        .optional()
        .describe('False where the DMS is not sure that this customer owns this car'),
      status: coded(z.enum(['owned', 'leased', 'loaner', 'fleet', 'sold', 'total loss']), ownershipWords)
        .optional()
        .describe('How the customer has the car'),
      ...aged,
    })
    .optional()
    .describe('Whose car it is'),
  customerSince: localDate.optional().describe('Since when this is a service customer'),
  circumstances: z
    .looseObject({
      openDealAtStores: z
        .array(storeId)
        .max(20)
        .optional()
        .describe('The stores of the group with an open deal; empty where it is known that there is none'),
      openComplaint: careful(z.boolean(), true).optional().describe('A complaint is open'),
      openRecall: careful(z.boolean(), true)
        .optional()
        .describe('A recall is open on this very car, by its VIN. Recalls of its model are none'),
      openComeback: careful(z.boolean(), true)
        .optional()
        .describe('The car is back for work that was done before'),
      askedForInstalments: careful(z.boolean(), true)
        .optional()
        .describe('The customer asked to pay in instalments'),
      lastContactedOn: localDate.optional().describe('When anybody of the group last contacted the customer'),
      saidNo: careful(z.boolean(), true).optional().describe('The customer said no to looking'),
      advisorSaidNo: careful(z.boolean(), true).optional().describe('The advisor asks for silence'),
    })
    .optional()
    .describe(
      'What speaks against a conversation now. Left out is unknown, and unknown never counts for one',
    ),
};

/** Moves a plain date from a source without times to the field for the store's date. */
export const readOrderDays = readDays({ openedAt: 'openedOn', promisedAt: 'promisedOn' });

export const readinessDates = {
  customerSince: past,
  'lease.startedOn': past,
  'ownership.boughtOn': past,
  'circumstances.lastContactedOn': past,
};

export const orderDates = {
  openedAt: past,
  openedOn: past,
  promisedAt: plan(365, 365),
  promisedOn: plan(365, 365),
  ...readinessDates,
};
