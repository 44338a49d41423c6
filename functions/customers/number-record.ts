import * as z from 'zod';
import type { Customer } from '../contracts/fields.ts';

/** A customer's name and contact details, as stored. */
export const contactDetails = {
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  companyName: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  preferredLanguage: z.string().optional(),
};

const changed = z.object({ at: z.string(), ...contactDetails });
export type ContactChange = z.infer<typeof changed>;

/**
 * What a dealer system said about a customer number itself: newer contact details, and which numbers are the same customer.
 * Read when a handoff is shown or an email leaves, so open handoffs need not be rewritten.
 */
export const numberRecord = z.object({
  changed: changed.optional(),
  /** Numbers that were merged into this one. */
  replaces: z.array(z.string()).default([]),
  /** The number that this one was merged into. */
  replacedBy: z.string().optional(),
  mergedAt: z.string().optional(),
});
export type NumberRecord = z.infer<typeof numberRecord>;

/**
 * The newer contact details. For two changes of the same instant, any rule will do that gives the same answer in both orders.
 */
export function newest(...changes: readonly (ContactChange | undefined)[]): ContactChange | undefined {
  const rank = (one: ContactChange) => `${one.at} ${JSON.stringify(Object.entries(one).toSorted())}`;
  return changes
    .filter((one) => one !== undefined)
    .toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1))
    .at(0);
}

export const withChange = (known: NumberRecord, change: ContactChange): NumberRecord => ({
  ...known,
  changed: newest(known.changed, change),
});

const mergedAt = (known: NumberRecord, at: string) => [known.mergedAt ?? '', at].toSorted().at(-1);

/** The surviving number of a merge. */
export const withReplaced = (known: NumberRecord, numbers: readonly string[], at: string): NumberRecord => ({
  ...known,
  replaces: [...new Set([...known.replaces, ...numbers])].toSorted(),
  mergedAt: mergedAt(known, at),
});

/** Records that this number was merged into another; of two merges, the later counts. */
export const withSurvivor = (known: NumberRecord, replacedBy: string, at: string): NumberRecord =>
  known.replacedBy !== undefined && (known.mergedAt ?? '') > at
    ? known
    : { ...known, replacedBy, mergedAt: mergedAt(known, at) };

/** A fact's customer with later changes applied. Fields that a change leaves out stay as they were. */
export function withContactChange<C extends Customer>(
  customer: C,
  factAt: string,
  change: ContactChange | undefined,
): C {
  if (!change || change.at <= factAt) return customer;
  const { at: _at, ...details } = change;
  const given = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  return { ...customer, ...given };
}
