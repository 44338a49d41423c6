import * as z from 'zod';
import { coded, conditionWords, dealTypeWords } from './code-words.ts';
import type { Contract } from './contract.ts';
import { plan } from './dates.ts';
import { readDays } from './dates-and-times.ts';
import { type EdgeReading, edge } from './edge.ts';
import {
  customer,
  envelopeFields,
  exact,
  identifier,
  instant,
  key,
  localDate,
  miles,
  sentences,
  storeId,
  vehicle,
  vin,
} from './fields.ts';
import { kilometers, readKilometers } from './odometer.ts';

/** An employee number alone is read as the salesperson. */
const readSalesperson = (written: unknown): EdgeReading => ({
  value: ['string', 'number'].includes(typeof written) ? { employeeNumber: written } : written,
});

export const vehicleSold = {
  detailType: 'vehicle-sold',
  title: 'A car was sold: a deal was booked, corrected, or delivered',
  sentBy: 'the DMS',
  key: 'storeId + dealNumber',
  foundBy: 'deal-unwound by storeId + dealNumber; the first service by storeId + VIN + customer number',
  schema: z
    .looseObject({
      ...envelopeFields,
      dealNumber: key(identifier).describe('A corrected deal keeps its number'),
      dealType: coded(z.enum(['retail', 'lease', 'wholesale', 'fleet', 'demo']), dealTypeWords).describe(
        'Or a word of your system for it, such as `Cash`, `Retail Finance`, `Balloon`, `One Pay`, `Dealer Trade`. Wholesale, fleet and demo deals are counted and create nothing',
      ),
      deliveryAt: exact(instant)
        .optional()
        .describe(
          "When the customer takes the car. In the future, the handoff waits for the store's day. Left out: now",
        ),
      deliveryOn: exact(localDate)
        .optional()
        .describe(
          "The store's date of the delivery, from a source that has no time: send it instead of `deliveryAt`, which counts where both stand. On that day the handoff begins when Sales opens",
        ),
      customer,
      vehicle,
      salespeople: z
        .array(
          z
            .looseObject({ employeeNumber: identifier.optional().describe('By the roster') })
            .register(edge, { read: readSalesperson }),
        )
        .max(3, 'expected at most three salespeople')
        .transform((people) =>
          people.flatMap(({ employeeNumber, ...rest }) =>
            employeeNumber === undefined ? [] : [{ ...rest, employeeNumber }],
          ),
        )
        .default([])
        .describe(
          'The first owns the customer, the others are notified. A house deal has none, or one without a number: the sales manager takes their place',
        ),
      serviceAdvisorNumber: identifier
        .optional()
        .describe(
          "The customer's own advisor, where there is one already, at the store that services the car",
        ),
      serviceAt: storeId
        .optional()
        .describe(
          "The store whose Service takes the car over, where it is another than the group's file says for this store and make",
        ),
      condition: coded(z.enum(['new', 'used', 'certified']), conditionWords)
        .optional()
        .describe('A new car counts the miles of its first service from zero. Left out: by its odometer'),
      coBuyerNumber: identifier
        .optional()
        .describe(
          "The second buyer's number in the DMS of this store: one household with the customer, so that Sales is told of one of the two",
        ),
      tradeIns: z
        .array(
          z.looseObject({
            vin: vin
              .optional()
              .describe("The customer's former car: their first service of it at this store is over"),
          }),
        )
        .max(3, 'expected at most three trade-ins')
        .optional()
        .describe('Cars that the customer gave in payment'),
      promises: sentences.optional().describe('What the salesperson promised: floor mats, a second key'),
      prepaid: sentences.optional().describe('What is prepaid or free: two oil changes, tire rotation'),
      forHistory: z
        .boolean()
        .optional()
        .describe(
          'The sale is told so that it is known, because the connection began after it: nobody is introduced. The first service of the car is followed all the same',
        ),
      firstService: z
        .looseObject({
          dueOn: localDate.optional().describe('By this date'),
          dueMiles: miles.optional().describe('Or at these miles, if they come first'),
          dueKilometers: kilometers
            .optional()
            .describe('Instead of `dueMiles`, where the DMS counts in kilometers'),
        })
        .register(edge, { read: readKilometers })
        .optional()
        .describe("Where the DMS knows better than the brand's table"),
    })
    .register(edge, { read: readDays({ deliveryAt: 'deliveryOn' }) }),
  dates: {
    deliveryAt: plan(730, 60),
    deliveryOn: plan(730, 60),
    'firstService.dueOn': plan(730, 1_830),
  },
} satisfies Contract;
export type VehicleSold = z.infer<typeof vehicleSold.schema>;
