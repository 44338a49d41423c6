import * as z from 'zod';
import type { Contract } from './contract.ts';
import {
  cents,
  customer,
  envelopeFields,
  identifier,
  instant,
  localDate,
  miles,
  sentence,
  storeId,
  vehicle,
} from './fields.ts';

/** A fact with the day it was found out: too old, it is unknown and never scored. */
const aged = { asOf: localDate };

export const repairQuoteHigh = {
  detailType: 'repair-quote-high',
  title: 'A high repair was quoted, or the quote of an order changed',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-order-voided and service-visit-completed by storeId + roNumber',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: identifier,
    serviceAdvisorNumber: identifier.optional(),
    /** The customer's own salesperson, by whom the car was sold. */
    salespersonNumber: identifier.optional(),
    customer,
    vehicle,
    openedAt: instant.optional(),
    /** When the customer was promised the car back. */
    promisedAt: instant.optional(),
    /** Where the customer is while the car is here. */
    customerIs: z.enum(['waiting', 'dropped-off', 'in a loaner']).optional(),
    quote: z.looseObject({
      /** What the customer would pay for everything quoted. */
      totalCents: cents,
      payType: z.enum(['customer', 'warranty', 'internal']).default('customer'),
      lines: z
        .array(
          z.looseObject({
            description: sentence,
            amountCents: cents,
            answer: z.enum(['approved', 'declined', 'open']).default('open'),
            /** What the customer gets for it, in the advisor's words: "good for another 40,000 miles". */
            buys: sentence.optional(),
            recall: z.boolean().optional(),
          }),
        )
        .max(20)
        .default([]),
      /** The advisor's or shop's word that this repair is worth doing on this car. */
      worthIt: z.boolean().optional(),
    }),
    /** What the car would bring as it stands. */
    value: z.looseObject({ cents, source: sentence.optional(), ...aged }).optional(),
    /** Value less payoff, negative where more is owed. Never a payoff, rate or account. */
    equity: z
      .looseObject({
        lowCents: z.number().int().min(-1_000_000_000).max(1_000_000_000),
        highCents: z.number().int().min(-1_000_000_000).max(1_000_000_000),
        originalPriceCents: cents.optional(),
        ...aged,
      })
      .optional(),
    lease: z
      .looseObject({
        maturesOn: localDate,
        startedOn: localDate.optional(),
        allowedMiles: miles.optional(),
        paymentsLeft: z.number().int().min(0).max(120).optional(),
        ...aged,
      })
      .optional(),
    warranty: z
      .looseObject({
        factoryEndsOn: localDate.optional(),
        factoryEndsMiles: miles.optional(),
        extendedEndsOn: localDate.optional(),
        extendedEndsMiles: miles.optional(),
        ...aged,
      })
      .optional(),
    /** A month's payment on a comparable replacement. */
    replacement: z.looseObject({ monthlyPaymentCents: cents, ...aged }).optional(),
    ownership: z
      .looseObject({
        boughtOn: localDate.optional(),
        /** False where the DMS is not sure that this customer owns this car. */
        certain: z.boolean().optional(),
        status: z.enum(['owned', 'leased', 'loaner', 'fleet', 'sold', 'total loss']).optional(),
        ...aged,
      })
      .optional(),
    customerSince: localDate.optional(),
    /** What speaks against a conversation now. Left out is unknown, and unknown never counts for one. */
    circumstances: z
      .looseObject({
        /** The stores of the group where a deal with the customer is open; empty where it is known that none is. */
        openDealAtStores: z.array(storeId).max(20).optional(),
        openComplaint: z.boolean().optional(),
        openComeback: z.boolean().optional(),
        askedForInstalments: z.boolean().optional(),
        lastContactedOn: localDate.optional(),
        saidNo: z.boolean().optional(),
        advisorSaidNo: z.boolean().optional(),
      })
      .optional(),
  }),
} satisfies Contract;
export type RepairQuoteHigh = z.infer<typeof repairQuoteHigh.schema>;
