import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * A link is a secret for one person and one item. The item keeps its SHA-256; the secret itself is only in the email.
 */
export const link = z.object({
  /** SHA-256 of the secret, base64url. */
  hash: z.string(),
  /** The owner: an employee number, or the customer's preferences page or one-click unsubscribe URL. */
  of: z.union([z.object({ staff: z.string() }), z.enum(['customer preferences', 'customer one-click'])]),
  expiresAt: z.string(),
  /** For a customer's link, the address that its email went to: an opt-out applies to that address. */
  address: z.string().optional(),
});
export type Link = z.infer<typeof link>;

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

export const isStaffLink = ({ of }: Link): boolean => typeof of === 'object';
export const staffOf = ({ of }: Link): string | undefined => (typeof of === 'object' ? of.staff : undefined);

/** Days for which links in emails work; an opt-out link must work for at least 30 days [CAN-SPAM]. */
export const LINK_DAYS = { staff: 30, customer: 400 } as const;
/** Days for which an expired link is kept, so that its owner can request a new one. */
export const KNOWN_DAYS = 60;
/** Every morning a new personal link is created; the item has room for a month of them. */
export const OWN_LINK_DAYS = { works: 14, known: 14 } as const;
