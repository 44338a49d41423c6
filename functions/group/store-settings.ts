import * as z from 'zod';
import { emailAddress, localDate, storeId } from '../contracts/fields.ts';
import { distanceUnits } from '../contracts/odometer.ts';
import { crmSettings } from './crm-settings.ts';
import { silentAfterHours } from './feed-settings.ts';
import { firstServiceInterval } from './first-service-interval.ts';
import { letterhead } from './letterhead.ts';
import { nudgePolicyOverride } from './nudge-policy.ts';
import { week } from './opening-hours.ts';
import { said } from './said-by-language.ts';
import { isTimeZone, timeZoneMessage } from './time-zone.ts';
import type { WantedCar } from './wanted-cars.ts';

const webAddress = z
  .url({ protocol: /^https$/, error: "expected an address that begins with 'https://'" })
  .max(500);

const allowedMessage = "expected an email address, or a domain such as '@example.com'";
const allowed = z
  .union([emailAddress, z.string().regex(/^@[a-z0-9.-]+$/, allowedMessage)], allowedMessage)
  .meta({ format: 'email address or @domain' });

/** A store in the group's file. */
export const storeSettings = z.strictObject({
  id: storeId.describe('What events and the roster call the store. Never changed: tasks are kept under it'),
  name: z.string().min(1).max(100).describe('As customers read it'),
  brand: z.string().min(1).max(60).describe('Finds the interval of the first service'),
  postalAddress: z
    .strictObject({
      street: z.string().min(1).max(120),
      city: z.string().min(1).max(80),
      state: z.string().min(2).max(40).describe('Or the province'),
      postalCode: z.string().min(3).max(12),
      country: z
        .string()
        .min(2)
        .max(60)
        .optional()
        .describe('Stands at the end of the address: `Canada`. Left out: none'),
    })
    .describe('Stands in every customer email, as the law asks of commercial ones'),
  phone: z.string().min(7).max(40).describe('As customers dial it'),
  distanceUnit: z
    .enum(distanceUnits)
    .default('miles')
    .describe('What emails, pages and the sheet of this store show. Distances are stored in miles'),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: ({ input }) => timeZoneMessage(input) })
    .describe(
      "The store's clock, by its region: hours, due dates and days off are counted by it. `EST`, `UTC` and other fixed offsets are refused, because they know no summer time",
    ),
  hours: z
    .strictObject({
      sales: week.describe('Opening hours of Sales, day by day. A day that is left out is closed'),
      service: week
        .optional()
        .describe(
          'Opening hours of Service, in the same way. Left out by a store without a service department, which needs `serviceAt`',
        ),
    })
    .describe('Reminders, escalations and summaries wait for them'),
  holidays: z.array(localDate).max(100).default([]).describe('Dates on which both departments are closed'),
  serviceAt: storeId
    .optional()
    .describe('The store whose Service takes over the cars that are sold here. Left out: this one'),
  serviceAtByMake: z
    .record(z.string(), storeId)
    .optional()
    .describe(
      'The same by the make of the car, before `serviceAt`; what the sale itself says goes before both',
    ),
  serviceDriveDirections: said
    .optional()
    .describe(
      'How to arrive: which door, which lane, said to the customer. One text in English, or `{ "en": …, "es": … }`. Needed of a store with a service department; left out by another: those of `serviceAt`',
    ),
  bookingLink: webAddress
    .optional()
    .describe('Where the customer books a service appointment. Needed and left out in the same way'),
  namesFormerAdvisor: z
    .boolean()
    .default(false)
    .describe(
      'Whether the letter to the customers of an advisor who left names them: "Maya has moved on". `false`: it only says who takes over',
    ),
  tellSalesAmounts: z
    .boolean()
    .default(true)
    .describe(
      'Whether the salesperson who sent a shopper to Service reads what the repair costs. `false`: only what was done',
    ),
  readyTomorrow: z
    .boolean()
    .default(true)
    .describe(
      'Whether the last list of the day tells advisors which of the customers who are booked for the next working day may be ready for another car. `false`: they are asked about when the visit begins',
    ),
  mode: z
    .enum(['off', 'staff-only', 'live'])
    .describe(
      '`off`: facts are kept, nothing is made of them. `staff-only`: customer emails are written to the log of the ' +
        'task instead of being sent. `live`: customers are written to',
    ),
  allowList: z
    .array(allowed)
    .min(1)
    .optional()
    .describe(
      'In a live store, the only customers written to: whole addresses, or domains. Left out: everybody',
    ),
  tradeValueOnPaper: z
    .boolean()
    .default(false)
    .describe(
      "Whether the copy of a repair options sheet that is printed for the customer carries the car's trade-in value and equity",
    ),
  firstService: firstServiceInterval.optional().describe("Overrides the group's table for this store"),
  silentAfterHours: silentAfterHours.optional().describe("Overrides the group's for this store"),
  letterhead: letterhead.optional().describe("Overrides the group's color or logo for this store"),
  crm: crmSettings
    .optional()
    .describe(
      'The CRM that gets a lead of each customer who is open to another car. Left out: none. See docs/crm.md',
    ),
  nudge: nudgePolicyOverride
    .optional()
    .describe("Overrides single values of the group's `nudge` for this store"),
});
export type StoreInFile = z.infer<typeof storeSettings>;
type OfService = 'serviceDriveDirections' | 'bookingLink';
/** A store. One without a service department has these two settings from the store that services its cars. */
export type Store = StoreInFile & { readonly [Name in OfService]: NonNullable<StoreInFile[Name]> } & {
  /** The cars that its used-car desk is looking for, from a file next to the group's. */
  readonly wanted?: readonly WantedCar[];
};
export type Department = keyof Store['hours'];
