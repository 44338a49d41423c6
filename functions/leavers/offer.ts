import { addDays, type LocalDate } from '../group/business-time.ts';
import type { Context } from '../handoff/context.ts';
import type { Roster, StaffMember } from '../people/staff.ts';
import type { Campaign } from './campaign.ts';

/** For as long as a manager is offered the letter. Later, most customers have met somebody else. */
const OFFERED_DAYS = 30;

/** Only an end date marks who left: colleagues must not learn that somebody is suspended, and customers least of all. */
export const advisorsWhoLeft = (roster: Roster, today: LocalDate): StaffMember[] =>
  roster.filter(
    ({ role, endsOn }) =>
      role === 'service advisor' &&
      endsOn !== undefined &&
      endsOn < today &&
      endsOn >= addDays(today, -OFFERED_DAYS),
  );

/** Who may take over: an advisor at work there, whom replies reach. */
export const newAdvisors = ({ roster, employed }: Pick<Context, 'roster' | 'employed'>): StaffMember[] =>
  roster.filter(
    ({ role, employeeNumber, emailBouncedAt }) =>
      role === 'service advisor' && emailBouncedAt === undefined && employed(employeeNumber) !== undefined,
  );

/** For so long a manager reads what became of it. */
const NEWS_DAYS = 7;

/** What a manager of Service reads of it in the morning and on their page. */
export function isNews({ step, walk }: Campaign, today: LocalDate): boolean {
  if (step.is === 'counting') return false;
  if (step.is === 'offered') return walk.toWrite > 0;
  return step.is === 'running' || step.at.slice(0, 10) >= addDays(today, -NEWS_DAYS);
}

/** All numbers under which dealer systems name the advisor. */
export const numbersOf = (leaver: string, person: StaffMember | undefined): readonly string[] => [
  ...new Set([leaver, ...(person?.otherNumbers ?? [])]),
];
