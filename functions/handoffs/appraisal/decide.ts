import type { AppraisalRequested } from '../../contracts/appraisal-requested.ts';
import { isNewer, type Received, versionOf } from '../../contracts/fact-version.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft, unchanged } from '../../handoff/draft.ts';
import { restart } from '../../handoff/restart.ts';
import { isEnded, isOpen, type OutcomeOf } from '../../handoff/task.ts';
import { type Routed, route } from '../../people/routing.ts';
import type { AssessedOrder } from '../../readiness/assessed-order.ts';
import { type Appraisal, appraisalTraits } from './task.ts';

/**
 * Service asks the used-car desk what a car is worth while its customer decides on a repair. The repair order is the key, so
 * asking twice creates one request, and a request that arrives after its own withdrawal starts nothing.
 */
const decide = (task: Appraisal, context: Context) => draft(task, appraisalTraits, context);

export function decideRequested(
  before: Appraisal,
  request: Received<AppraisalRequested>,
  { facts: { quote } }: AssessedOrder,
  context: Context,
): Decision<Appraisal> {
  if (!quote || !isNewer(request, before.facts.asked)) return unchanged(before, 'already-known');
  const { asks, askedBy } = request;
  const by = askedBy ?? before.facts.asked?.by;
  const asked = { ...versionOf(request), ...(by === undefined ? {} : { by }) };
  const task = { ...before, updatedAt: context.now, facts: { ...before.facts, asked } };
  return asks === 'asked'
    ? begin({ ...task, facts: { ...task.facts, quote } }, context)
    : end(task, asks, context);
}

function begin(task: Appraisal, context: Context): Decision<Appraisal> {
  if (isOpen(task)) return decide(task, context).done('already-asked');
  const anew = isEnded(task) ? restart(withoutNumber(task), 'reinstated', context.now) : task;
  return decide(anew, context)
    .step('opening fact', { by: 'advisor' })
    .assign(appraiserFor(anew, undefined, context))
    .startDeadline('accept')
    .email({ message: 'appraisal-wanted', to: 'assignee' })
    .announce()
    .done('created');
}

/** Ends the request. A number already given stays in the sheet, and can no longer be taken back once the order is over. */
function end(task: Appraisal, outcome: OutcomeOf<Appraisal>, context: Context): Decision<Appraisal> {
  const noted = decide(task, context);
  if (isEnded(task)) return noted.lockUndo().done('already-ended');
  if (task.state === 'awaited') return noted.done('kept-for-later');
  const by = outcome === 'order closed' || outcome === 'order voided' ? 'dms' : 'advisor';
  return noted.end({ trigger: 'closing fact', outcome, by }).done('cancelled');
}

export const withoutNumber = ({ facts: { appraised: _taken, ...facts }, ...task }: Appraisal): Appraisal => ({
  ...task,
  facts,
});

/** The used-car manager who is at work, else the manager of Sales. */
export const appraiserFor = (
  { taskId }: Pick<Appraisal, 'taskId'>,
  not: readonly string[] | undefined,
  { roster, today }: Pick<Context, 'roster' | 'today'>,
): Routed =>
  route({ department: 'sales', role: 'used-car manager', roster, on: today, customer: taskId, not });
