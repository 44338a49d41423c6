import * as z from 'zod';
import { emailAddress } from '../contracts/fields.ts';

export const hostName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** The domain that SES signs emails for, and the address that emails come from. */
export const mailSender = z.strictObject({
  domain: z
    .string()
    .regex(hostName, "expected a domain such as 'mail.example.com'")
    .describe('The domain that SES signs for'),
  identity: z
    .enum(['created', 'existing'])
    .default('created')
    .describe(
      '`created`: the stack makes the identity of the domain in SES. `existing`: SES knows the domain already, and the stack neither changes nor deletes it',
    ),
  mailFrom: z
    .string()
    .regex(hostName, "expected a subdomain of sender.domain such as 'bounce.example.com'")
    .optional()
    .describe(
      "A subdomain for bounces, so that SPF agrees with the sender's domain; the stack prints its MX and SPF records. Left out: SES's own",
    ),
  dmarc: z
    .strictObject({
      policy: z
        .enum(['none', 'quarantine', 'reject'])
        .default('none')
        .describe('What mailboxes do with email that only claims to be from the domain'),
      reportsTo: emailAddress.optional().describe('Gets the reports of mailbox providers'),
    })
    .prefault({})
    .describe('The DMARC record that the stack prints, to be set in your DNS'),
  fromAddress: emailAddress.describe('Of that domain; what customers and staff see as the sender'),
  emailsPerSecond: z
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(10)
    .describe(
      'A sweep that has much to send sends no faster: stay below the sending rate that SES allows the account, since events send beside it',
    ),
});
