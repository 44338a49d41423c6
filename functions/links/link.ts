import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * A link is a secret for one person and one item. The item keeps its SHA-256; the secret itself is only in the email.
 */
export const link = z.object({
  /** SHA-256 of the secret, base64url. */
  hash: z.string(),
  /** Whose it is: an employee number, or the customer's page or one-click address for saying no. */
  of: z.union([z.object({ staff: z.string() }), z.enum(['customer preferences', 'customer one-click'])]),
  expiresAt: z.string(),
  /** Of a customer's link, the address that its email went to: an opt-out is by address, not by who has it later. */
  address: z.string().optional(),
});
export type Link = z.infer<typeof link>;

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

export const isStaffLink = ({ of }: Link): boolean => typeof of === 'object';
export const staffOf = ({ of }: Link): string | undefined => (typeof of === 'object' ? of.staff : undefined);

/** Days for which links in emails work; an opt-out must for 30 days at least [CAN-SPAM]. */
export const LINK_DAYS = { staff: 30, customer: 400 } as const;
/** How many days an expired link is kept, so that its owner can request a new one. */
export const KNOWN_DAYS = 60;
/** A person's own links are made every morning: the item has room for as many as a month makes. */
export const OWN_LINK_DAYS = { works: 14, known: 14 } as const;
