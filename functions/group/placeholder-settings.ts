import * as z from 'zod';
import { emailAddress, identifier } from '../contracts/fields.ts';

const entryMessage =
  "expected an address, 'none@' for a mailbox at any domain, or '@example.com' for a domain";
const addressEntry = z
  .union([emailAddress, z.string().regex(/^([a-z0-9._-]+@|@[a-z0-9.-]+)$/, entryMessage)], entryMessage)
  .meta({ format: 'email address, mailbox@ or @domain' });

const vinEntry = z
  .string()
  .regex(/^[A-Z0-9]{2,17}$/, 'expected capital letters and digits, as a VIN has them')
  .meta({ format: 'VIN' });

const ADD = 'Counts as a placeholder, too';
const EXCEPT = 'Counts as real here, although the built-in list has it';

/** What clerks type if a customer has no address, number or VIN. These lists are added to the built-in ones. */
export const placeholderSettings = z.strictObject({
  emails: z
    .strictObject({
      add: z.array(addressEntry).max(200).default([]).describe(ADD),
      except: z.array(addressEntry).max(200).default([]).describe(EXCEPT),
    })
    .prefault({})
    .describe(
      "Built in: `none@`, `noemail@`, `dnh@`, `wng@`, `na@`, `test@` and the like, the same words as a domain, the sender's domain, and the addresses of the store's own people",
    ),
  customerNumbers: z
    .strictObject({
      add: z.array(identifier).max(200).default([]).describe(ADD),
      except: z.array(identifier).max(200).default([]).describe(EXCEPT),
    })
    .prefault({})
    .describe('Built in: only zeros, five nines or more, `CASH`, `WALK-IN`, `UNKNOWN` and the like'),
  vins: z
    .strictObject({
      add: z.array(vinEntry).max(200).default([]).describe(ADD),
      except: z.array(vinEntry).max(200).default([]).describe(EXCEPT),
    })
    .prefault({})
    .describe('Built in: one character repeated, `UNKNOWN`, `NOVIN`, `12345678…` and the like'),
});
