import type { FirstServiceVisit } from './task.ts';

/**
 * Whose name the customer's letters carry: the person who accepted, or the advisor whom the customer knows. Until then it is
 * the store's, because somebody who was only asked may pass the handoff on an hour later.
 */
export const letterFrom = (task: FirstServiceVisit): string =>
  (hasAccepted(task) ? task.assignee?.employeeNumber : knownAdvisor(task)) ?? 'the store';

/** Items of an older release do not record who accepted. */
const hasAccepted = ({ assignee, acceptedBy, state }: FirstServiceVisit): boolean =>
  state === 'accepted' || (acceptedBy !== undefined && acceptedBy === assignee?.employeeNumber);

/**
 * Applies even before Service gets the handoff: a visit booked months ahead is confirmed by the advisor whom the customer met.
 */
function knownAdvisor({ assignee, facts: { due } }: FirstServiceVisit): string | undefined {
  if (due?.knowsAdvisor === false) return undefined;
  if (!assignee) return due?.serviceAdvisorNumber;
  return assignee.reason === 'own' ? assignee.employeeNumber : undefined;
}
