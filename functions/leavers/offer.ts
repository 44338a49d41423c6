import { addDays, type LocalDate } from '../group/business-time.ts';
import type { Context } from '../handoff/context.ts';
import type { Roster, StaffMember } from '../people/staff.ts';
import type { Campaign } from './campaign.ts';

/** How long a manager is offered the letter. Later, most customers have met somebody else. */
const OFFERED_DAYS = 30;

/** Only people with an end date count: colleagues, and above all customers, must not learn that somebody is suspended. */
export const advisorsWhoLeft = (roster: Roster, today: LocalDate): StaffMember[] =>
  roster.filter(
    ({ role, endsOn }) =>
      role === 'service advisor' &&
      endsOn !== undefined &&
      endsOn < today &&
      endsOn >= addDays(today, -OFFERED_DAYS),
  );

/** Who may take over: service advisors of the store who are still employed and whose email works. */
export const newAdvisors = ({ roster, employed }: Pick<Context, 'roster' | 'employed'>): StaffMember[] =>
  roster.filter(
    ({ role, employeeNumber, emailBouncedAt }) =>
      role === 'service advisor' && emailBouncedAt === undefined && employed(employeeNumber) !== undefined,
  );

/** How long a manager sees the result. */
const NEWS_DAYS = 7;

/** Whether service managers see the campaign in their morning email and on their page. */
export function isNews({ step, walk }: Campaign, today: LocalDate): boolean {
  if (step.is === 'counting') return false;
  if (step.is === 'offered') return walk.toWrite > 0;
  return step.is === 'running' || step.at.slice(0, 10) >= addDays(today, -NEWS_DAYS);
}

/** All employee numbers that dealer systems use for the advisor. */
export const numbersOf = (leaver: string, person: StaffMember | undefined): readonly string[] => [
  ...new Set([leaver, ...(person?.otherNumbers ?? [])]),
];
