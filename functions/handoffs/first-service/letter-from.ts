import type { FirstServiceVisit } from './task.ts';

/**
 * Whom the customer's letters come from, and name: one face. That is who accepted, or the advisor whom the customer knows;
 * until then the store, because somebody who was only asked may pass the handoff on an hour later.
 */
export const letterFrom = (task: FirstServiceVisit): string =>
  (hasAccepted(task) ? task.assignee?.employeeNumber : knownAdvisor(task)) ?? 'the store';

/** An item of an older release does not say who accepted it. */
const hasAccepted = ({ assignee, acceptedBy, state }: FirstServiceVisit): boolean =>
  state === 'accepted' || (acceptedBy !== undefined && acceptedBy === assignee?.employeeNumber);

/** Also before Service gets it: a visit that is booked months ahead is confirmed by the advisor whom they met. */
function knownAdvisor({ assignee, facts: { due } }: FirstServiceVisit): string | undefined {
  if (due?.knowsAdvisor === false) return undefined;
  if (!assignee) return due?.serviceAdvisorNumber;
  return assignee.reason === 'own' ? assignee.employeeNumber : undefined;
}
