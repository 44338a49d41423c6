import * as z from 'zod';
import { emailAddress, identifier, localDate, name, storeId } from '../contracts/fields.ts';
import type { Department } from '../group/group.ts';

export const roles = [
  'service advisor',
  'salesperson',
  'service manager',
  'sales manager',
  'used-car manager',
  'general manager',
  'BDC agent',
] as const;
export type Role = (typeof roles)[number];

/** The traits of a role. */
interface RoleTraits {
  /** The departments that they work for; the first is their own. */
  readonly departments: readonly [Department, ...Department[]];
  /** Sees everybody's handoffs, and may move them. */
  readonly isManager: boolean;
  /** Books appointments and answers calls, so gets no handoffs: those need somebody who meets the customer. */
  readonly onlyCalls?: true;
}

const traitsOf: Readonly<Record<Role, RoleTraits>> = {
  'service advisor': { departments: ['service'], isManager: false },
  salesperson: { departments: ['sales'], isManager: false },
  'service manager': { departments: ['service'], isManager: true },
  'sales manager': { departments: ['sales'], isManager: true },
  'used-car manager': { departments: ['sales'], isManager: false },
  'general manager': { departments: ['sales', 'service'], isManager: true },
  'BDC agent': { departments: ['service', 'sales'], isManager: false, onlyCalls: true },
};

/** The managers that an overdue handoff escalates to: the first of these roles that has an active person. */
export const managersOf = {
  service: ['service manager', 'general manager'],
  sales: ['sales manager', 'used-car manager', 'general manager'],
} as const satisfies Readonly<Record<Department, readonly Role[]>>;

export const isManager = ({ role }: Pick<StaffMember, 'role'>): boolean => traitsOf[role].isManager;

export const departmentOf = ({ role }: Pick<StaffMember, 'role'>): Department =>
  traitsOf[role].departments[0];

export const worksFor = ({ role }: Pick<StaffMember, 'role'>, department: Department): boolean =>
  traitsOf[role].departments.includes(department);

export const meetsCustomers = ({ role }: Pick<StaffMember, 'role'>): boolean =>
  traitsOf[role].onlyCalls !== true;

/** One person at one store. Somebody who works at two stores has a row in each. */
export const staffMember = z.object({
  storeId: storeId.describe("the store's id or name"),
  employeeNumber: identifier.describe('as the DMS knows the person; unique in the store'),
  name: name.describe('as customers read it'),
  email: emailAddress.describe('where their handoffs go'),
  phone: z.string().trim().max(40).optional().describe('the direct line, shown to customers'),
  photo: z
    .url({ protocol: /^https$/, error: "expected an https address such as 'https://example.com/maya.jpg'" })
    .max(500)
    .optional()
    .describe('an https address; customers see it'),
  role: z.enum(roles).describe(roles.map((role) => `\`${role}\``).join(', ')),
  startsOn: localDate.describe('the first day of work, `2026-11-20` or `11/20/2026`'),
  endsOn: localDate.optional().describe('the last day of work: only this says that somebody left'),
  suspendedFrom: localDate
    .optional()
    .describe(
      'the first day of an absence without an end: what they have moves on. Empty it when they are back',
    ),
  daysOff: z.array(localDate).max(100).default([]).describe('dates, separated by semicolons'),
  otherNumbers: z
    .array(identifier)
    .max(10)
    .optional()
    .describe('what other systems call the same person, separated by semicolons: `01077`, `JBLAKE`'),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/, "expected a language such as 'Spanish' or 'es'"))
    .max(10)
    .optional()
    .describe(
      'what they speak with customers besides English, separated by semicolons: `Spanish; pl`. A customer who prefers one of them goes to them first',
    ),
  partnerNumber: identifier
    .optional()
    .describe(
      'who they work with in the other department, by employee number: customers go from one to the other in both directions. One row of the two is enough',
    ),
  /** Set when SES reported that mail to the address bounces; cleared by a new address. */
  emailBouncedAt: z.string().optional(),
});
export type StaffMember = z.infer<typeof staffMember>;

/**
 * A person as stored: an address that an earlier release accepted and this one would refuse must not make the whole store
 * unreadable.
 */
export const storedStaffMember = staffMember.extend({ email: z.string() });

export type Roster = readonly StaffMember[];

/** Employed on that date, and not suspended. */
export function isActive({ startsOn, endsOn, suspendedFrom }: StaffMember, on: string): boolean {
  const isSuspended = suspendedFrom !== undefined && suspendedFrom <= on;
  return startsOn <= on && (endsOn === undefined || on <= endsOn) && !isSuspended;
}

/** Employed and not on a day off. */
export function isAtWork(person: StaffMember, on: string): boolean {
  return isActive(person, on) && !person.daysOff.includes(on);
}

/** A person with that role who is at work that day. */
export const atWorkAs = (roster: Roster, role: Role, on: string): StaffMember | undefined =>
  roster.find((person) => person.role === role && isAtWork(person, on));

/** Has a working mailbox. */
export const isReachable = (person: StaffMember) => person.emailBouncedAt === undefined;

/** Employed and reachable by email. */
export const canBeNotified = (person: StaffMember, on: string) => isActive(person, on) && isReachable(person);

export const speaks = ({ languages }: Pick<StaffMember, 'languages'>, language: string): boolean =>
  languages?.includes(language) === true;

/** Found by employee number, else by a number that another system has for the person. */
export function findPerson(roster: Roster, number: string): StaffMember | undefined {
  return (
    roster.find((person) => person.employeeNumber === number) ??
    roster.find((person) => person.otherNumbers?.includes(number))
  );
}
