import * as z from 'zod';
import { emailAddress } from '../contracts/fields.ts';

const shortText = z.string().trim().min(1).max(100);

/** How a store's CRM accepts leads: by email, as ADF 1.0, with settings for the habits of each CRM. */
export const crmSettings = z.strictObject({
  leadAddress: emailAddress.describe(
    "The CRM's lead mailbox of this store: the whole body of the email is the lead, one lead an email",
  ),
  prolog: z
    .boolean()
    .default(true)
    .describe('Whether a lead begins with `<?xml …?>` and `<?adf …?>`. Some CRMs refuse it'),
  provider: shortText
    .default('Service to sales handoff')
    .describe('The lead source as the CRM knows it, for its reports'),
  service: shortText.default('Service to sales').describe('The kind of lead within that source'),
  idSource: shortText
    .optional()
    .describe('Stands as `<id source>` beside the id of a lead. Left out: `provider`'),
  dealerCode: z
    .strictObject({
      source: shortText.describe('Such as `Honda Dealer Code`'),
      code: shortText,
    })
    .optional()
    .describe('What the CRM knows this store by. Left out: `provider` and the id of the store'),
});
export type CrmSettings = z.infer<typeof crmSettings>;
