import * as z from 'zod';
import { coded, leadStatusWords } from './code-words.ts';
import type { Contract } from './contract.ts';
import { plan } from './dates.ts';
import { emailAddress, envelopeFields, identifier, instant, phone, vin } from './fields.ts';

export const leadStatuses = ['worked', 'appointment', 'sold', 'dead'] as const;
export type LeadStatus = (typeof leadStatuses)[number];

export const crmLeadUpdated = {
  detailType: 'crm-lead-updated',
  title: 'The CRM tells what became of a lead that it got from here',
  sentBy: 'the DMS',
  key: 'leadId, else email address or phone number together with the VIN; the latest counts',
  foundBy: 'the upgrade conversation that the lead came from, and the reconciliation of its store',
  schema: z
    .looseObject({
      ...envelopeFields,
      leadId: identifier
        .optional()
        .describe(
          'The id that the lead came with, `upgrade-…`. Without it, the lead is found by `vin` together with `email` or `phone`; what is found by neither is shown to the managers of Sales',
        ),
      crmNumber: identifier.optional().describe("The CRM's own number of the lead, as people find it there"),
      status: coded(z.enum(leadStatuses), leadStatusWords).describe(
        '`worked`: somebody is on it. `dead`: the CRM closed it without a sale. A lead that nobody has touched is not told',
      ),
      startsAt: instant.optional().describe('Of an appointment: when'),
      vin: vin.optional().describe('The car that the customer has'),
      email: emailAddress.optional().describe('The customer, as the CRM knows them'),
      phone: phone.optional().describe('The same by number'),
    })
    .refine(
      ({ leadId, crmNumber, vin: car, email, phone: number }) =>
        (leadId ?? crmNumber) !== undefined || (car !== undefined && (email ?? number) !== undefined),
      { path: ['leadId'], message: 'expected leadId or crmNumber, or vin together with email or phone' },
    ),
  dates: { startsAt: plan(365, 730) },
} satisfies Contract;
export type CrmLeadUpdated = z.infer<typeof crmLeadUpdated.schema>;
