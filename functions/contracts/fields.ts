import * as z from 'zod';
import { readDay } from './dates-and-times.ts';
import { careful, type EdgeReading, edge, exact, key } from './edge.ts';
import { addressOfCustomer } from './email-address.ts';
import { readLanguage } from './language.ts';
import { limits } from './limits.ts';
import { mayContact } from './may-contact.ts';
import { odometer, readOdometer } from './odometer.ts';
import { readCustomerName } from './person-name.ts';
import { numberIn } from './read-at-the-edge.ts';

export { emailAddress } from './email-address.ts';
export { careful, exact, key };

/** Fields that more than one event has. Money is in cents, an instant is stored in UTC, a date has no time zone. */

/**
 * An id in the DMS: the number of a deal, repair order, customer, employee or appointment. Unique within a store
 * only. A JSON Schema cannot express the preprocessing, so `meta` describes it for the docs.
 */
export const identifier = z
  .preprocess(
    (value) => {
      if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
      // `#48211` is a way to write the number; the `#` is not part of it.
      return typeof value === 'string' ? value.trim().replace(/^#\s*/, '') : value;
    },
    z
      .string("expected an identifier such as '48211'")
      .min(1, 'expected an identifier, got an empty text')
      .max(limits.identifier)
      .regex(/^[\p{L}\p{N}._/*:+& -]+$/u, 'expected letters, digits and . _ / - * : + & only'),
  )
  .meta({ type: ['string', 'integer'], format: 'identifier', maxLength: limits.identifier });

export const storeId = z
  .string("expected a store id of the group's file, such as 'north'")
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected a store id of the group's file, such as 'north'")
  .meta({ format: 'store id' });

const withinYears = (date: Date) =>
  date.getUTCFullYear() >= limits.years.from && date.getUTCFullYear() <= limits.years.to;
const yearsMessage = `expected a year from ${limits.years.from} to ${limits.years.to}`;

/** An ISO 8601 instant with its offset, kept in UTC with milliseconds so that text order is time order. */
export const instant = z.iso
  .datetime({
    offset: true,
    error: "expected an instant with its offset such as '2026-11-20T16:30:00-06:00'",
  })
  .transform((text) => new Date(text))
  .refine((date) => !Number.isNaN(date.getTime()) && withinYears(date), yearsMessage)
  .transform((date) => date.toISOString());

/** A calendar date of the store, as YYYY-MM-DD. */
export const localDate = z.iso
  .date("expected a date such as '2026-11-20'")
  .refine((text) => withinYears(new Date(`${text}T00:00:00Z`)), yearsMessage)
  .register(edge, { read: readDay });

/** Whole cents of the store's currency, at most ten million dollars: more is a typing error. */
const MOST_CENTS = 1_000_000_000;
export const cents = z.number().int('expected whole cents').min(0).max(MOST_CENTS).meta({ format: 'cents' });

/** Negative for a credit or a discount. */
export const signedCents = z
  .number()
  .int('expected whole cents')
  .min(-MOST_CENTS)
  .max(MOST_CENTS)
  .meta({ format: 'cents' });

export const miles = z
  .number()
  .int()
  .min(0)
  .max(2_000_000)
  .meta({ format: 'miles' })
  .register(edge, { read: readWhole });

/** Reads an odometer from exports that write tenths or append the unit. */
function readWhole(written: unknown): EdgeReading {
  const value =
    typeof written === 'string' ? numberIn(written.replace(/\s*mi(?:les)?\.?\s*$/i, '')) : written;
  return { value: typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : written };
}

/** Text for people to read; one that is too long is cut. */
const text = (most: number) => z.string().trim().min(1).max(most).register(edge, { isCut: true });
export const sentence = text(limits.sentence);
export const sentences = z
  .array(sentence)
  .max(limits.list)
  .register(edge, { inPlaceOf: (lost) => andMore(lost.length) });
export const name = text(limits.name);

export const andMore = (count: number): string => `and ${count} more`;

/** An operation code of the DMS, such as `LOF` or `05SUZ06K`. Compared without regard to case. */
export const opCode = z.string().trim().min(1).max(limits.identifier).meta({ format: 'operation code' });

export const vin = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{5,17}$/, 'expected a VIN: 17 letters and digits (5 to 17 before 1981)')
  .meta({ format: 'VIN' })
  .register(edge, { read: (written) => ({ value: withoutGaps(written) }) });

const withoutGaps = (written: unknown) =>
  typeof written === 'string' ? written.replace(/[\s\p{Pd}*]/gu, '') : written;

export const phone = z.string().trim().max(40).register(edge, { isCut: true, read: readPhone });

/**
 * Takes the first of several numbers. `(847) 555-0188 cell, (847) 555-0199 wife` would otherwise be one number of
 * twenty digits, which matches no *do not call*.
 */
function readPhone(written: unknown): EdgeReading {
  if (typeof written !== 'string') return { value: written };
  const numbers = written
    .slice(0, limits.sentence)
    .split(/[,;/|]|\s(?:or|and|y|o)\s/i)
    .filter((part) => part.replace(/\D/g, '').length >= PHONE_DIGITS);
  const [first, ...others] = numbers;
  return first === undefined || others.length === 0
    ? { value: written }
    : { value: first.trim(), odd: 'phone-taken-out' };
}

/** A number with fewer digits is an extension. */
const PHONE_DIGITS = 7;

/** What a fact has about a person or company in addition to the customer number. */
const details = {
  firstName: name.optional().describe('At least one of `firstName`, `lastName` and `companyName`'),
  lastName: name.optional(),
  companyName: name.optional().describe('Where the customer is a company'),
  email: addressOfCustomer
    .optional()
    .describe('A value that is not an address is left out with a warning, and staff are asked to get one'),
  phone: phone.optional().describe('As staff would dial it'),
  preferredLanguage: z
    .string()
    .trim()
    .max(35)
    .register(edge, { read: readLanguage })
    .optional()
    .describe(
      'A BCP 47 tag such as `es-US`, a code such as `spa`, or a name such as `Spanish`. We write English and Spanish; ' +
        'anything else is answered in English',
    ),
  mayContact: mayContact.optional(),
};

type Numbering = typeof identifier | z.ZodDefault<typeof identifier> | z.ZodOptional<typeof identifier>;

const customerWith = <Numbered extends Numbering>(customerNumber: Numbered) =>
  z
    .looseObject({ customerNumber, ...details })
    .refine(
      ({ firstName, lastName, companyName }) =>
        [firstName, lastName, companyName].some((part) => part !== undefined),
      { path: ['lastName'], message: 'expected at least one of firstName, lastName and companyName' },
    )
    .describe('A person or a company')
    .register(edge, { read: readCustomerName });

/** A person or a company. */
export const customer = customerWith(identifier.describe("The customer's number in the DMS of this store"));

/**
 * The customer of a repair order. A customer without a number is recognized only by name and car together, and is
 * never merged with another.
 */
export const customerOfOrder = customerWith(
  identifier
    .default('CASH')
    .describe("The customer's number in the DMS of this store. Leave it out for an order of a cash customer"),
);
export type Customer = z.infer<typeof customer>;

/** A customer whom the store may not know yet: one that can be reached, or has a number. */
export const customerOfLead = customerWith(
  identifier
    .optional()
    .describe(
      'Their number in the DMS of this store, where they have one. Left out: known by phone, else by email',
    ),
)
  .refine(
    ({ customerNumber, phone, email }) => [customerNumber, phone, email].some((one) => one !== undefined),
    { path: ['phone'], message: 'expected a customer number, a phone number or an email address' },
  )
  .register(edge, { read: readCustomerName });

const aboutVehicle = {
  year: z.number().int().min(1900).max(2100).optional().describe('Model year'),
  make: name.optional(),
  model: name.optional(),
  odometerMiles: miles.optional().describe('At the time of the event'),
  odometer: odometer
    .optional()
    .describe(
      'Instead of `odometerMiles`, where the DMS counts in kilometers: `{ "value": 144000, "unit": "kilometers" }`',
    ),
};

export const vehicle = z
  .looseObject({
    vin: vin.describe(
      '17 characters, or fewer with a `year` before 1981. A check digit that fails is a warning: grey imports exist',
    ),
    ...aboutVehicle,
  })
  .describe('The car')
  .register(edge, { read: readOdometer });
export type Vehicle = z.infer<typeof vehicle>;

/** The car as a salesperson at a desk enters it, who may not have the VIN at hand. */
export const vehicleOfLead = z
  .looseObject({
    vin: vin
      .optional()
      .describe('Where it is known: by it the handoff hears that the order was closed. 17 characters'),
    ...aboutVehicle,
  })
  .describe('The car')
  .register(edge, { read: readOdometer });

/** For our own events: tells apart the uses of a number that was reused for another customer and car. */
export const numberUse = z
  .number()
  .int()
  .min(2)
  .optional()
  .describe('2 and more where the number was used before, by another customer for another car');

/** What every event of the DMS carries. */
export const envelopeFields = {
  version: exact(z.literal(1)).default(1).describe("The contract's version"),
  storeId: key(storeId).describe("The store, by its id in the dealer group's file"),
  occurredAt: instant.describe(
    'When it became true in the DMS. Of two versions of one fact the later wins, in whatever order they come; what is ' +
      'dated more than a day ahead is refused',
  ),
  revision: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'Counts the versions of one fact. At the same `occurredAt` the higher one wins; left out it is the lowest',
    ),
  correlationId: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .describe('Yours, to find one story in your logs and ours'),
};
