import * as z from 'zod';
import type { Contract } from './contract.ts';
import { past } from './dates.ts';
import { edge } from './edge.ts';
import {
  andMore,
  careful,
  customerOfOrder,
  envelopeFields,
  exact,
  identifier,
  key,
  localDate,
  opCode,
  sentence,
  signedCents,
  vehicle,
} from './fields.ts';
import { limits } from './limits.ts';

/**
 * Who paid decides whether a visit was the first service; what was paid decides whether Sales is notified. So an
 * unreadable amount, such as dollars with decimals, must not become $0.
 */
const paidCents = exact(signedCents.default(0));

export const serviceVisitCompleted = {
  detailType: 'service-visit-completed',
  title: 'A repair order was closed: one visit for the history',
  sentBy: 'the DMS',
  key: 'storeId + roNumber',
  foundBy: 'repair-quoted by the same; the history by VIN',
  schema: z.looseObject({
    ...envelopeFields,
    roNumber: key(identifier).describe('The repair order that was closed'),
    serviceAdvisorNumber: identifier.optional().describe('The advisor who wrote the order'),
    customer: customerOfOrder,
    vehicle,
    closedOn: localDate.describe("The store's date on which it was closed"),
    openedOn: localDate
      .optional()
      .describe("The store's date on which it was written: when the customer came. Left out: `closedOn`"),
    opCodes: z
      .array(opCode)
      .max(100)
      .optional()
      .describe("The operation codes of its lines. Those of the group's file make it a first service"),
    customerPayCents: paidCents.describe('What the customer paid; negative for a credit'),
    warrantyCents: paidCents.describe('What warranty paid'),
    internalCents: paidCents.describe(
      'What the dealer paid itself: a prepaid service, or the preparation for delivery',
    ),
    declined: z
      .array(
        z.looseObject({
          description: sentence.describe('The work, in one line'),
          amountCents: signedCents.optional().describe('What it would have cost'),
        }),
      )
      .max(limits.list)
      .register(edge, { inPlaceOf: restOfLines })
      .default([])
      .describe('Work that was recommended and that the customer declined'),
    comeback: careful(z.boolean(), true)
      .optional()
      .describe('The car came back for work that was done before'),
    hardship: careful(z.boolean(), true)
      .optional()
      .describe('The customer asked for instalments, or to leave work for lack of money'),
  }),
  dates: { closedOn: past, openedOn: past },
} satisfies Contract;
export type ServiceVisitCompleted = z.infer<typeof serviceVisitCompleted.schema>;

const amounts = z.array(z.object({ amountCents: z.number().catch(0) }).catch({ amountCents: 0 }));

/** Combines the lines beyond the limit into one, so that the sum of declined work stays the same. */
function restOfLines(lost: readonly unknown[]) {
  const amountCents = amounts.parse(lost).reduce((sum, line) => sum + line.amountCents, 0);
  return { description: andMore(lost.length), amountCents };
}
