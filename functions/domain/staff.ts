import * as z from 'zod';
import { emailAddress, identifier, localDate, name, storeId } from '../contracts/fields.ts';

export const roles = ['service advisor', 'salesperson', 'service manager', 'sales manager'] as const;
export type Role = (typeof roles)[number];

/** One person at one store, as the roster holds them. Who works at two stores has a row in each. */
export const staffMember = z.object({
  storeId,
  employeeNumber: identifier,
  name,
  email: emailAddress,
  phone: z.string().trim().max(40).optional(),
  photo: z
    .url({ protocol: /^https$/, error: "expected an https address such as 'https://example.com/maya.jpg'" })
    .max(500)
    .optional(),
  role: z.enum(roles),
  startsOn: localDate,
  /** The last day of work. Only this says that someone left; absence from a file never does. */
  endsOn: localDate.optional(),
  /** The first day of an absence that has no end yet: nothing is theirs until a file empties it. */
  suspendedFrom: localDate.optional(),
  daysOff: z.array(localDate).max(100).default([]),
  /** An advisor's partner in Sales, by employee number. */
  partnerNumber: identifier.optional(),
  /** Set when SES reported that mail to the address bounces; cleared by a new address. */
  emailBouncedAt: z.string().optional(),
});
export type StaffMember = z.infer<typeof staffMember>;

export type Roster = readonly StaffMember[];

/** Employed on that date of the store, and not suspended. */
export function isActive({ startsOn, endsOn, suspendedFrom }: StaffMember, on: string): boolean {
  const isSuspended = suspendedFrom !== undefined && suspendedFrom <= on;
  return startsOn <= on && (endsOn === undefined || on <= endsOn) && !isSuspended;
}

/** Employed and not on a day off. */
export function isAtWork(person: StaffMember, on: string): boolean {
  return isActive(person, on) && !person.daysOff.includes(on);
}

/** Mail to the address does not bounce: a handoff that nobody reads did not happen. */
export const isReachable = (person: StaffMember) => person.emailBouncedAt === undefined;

/** An email would be read: of who is here, and has a mailbox. */
export const canBeTold = (person: StaffMember, on: string) => isActive(person, on) && isReachable(person);

export function findPerson(roster: Roster, employeeNumber: string): StaffMember | undefined {
  return roster.find((person) => person.employeeNumber === employeeNumber);
}
