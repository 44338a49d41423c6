import type { Context } from '../../handoff/context.ts';
import { noted } from '../../handoff/credit.ts';
import { draft } from '../../handoff/draft.ts';
import type { Chosen, Silence, Undoable } from '../../handoff/kind.ts';
import { limitsFrom } from './delivery.ts';
import { introductionTraits, keptOf, type ServiceIntroduction, signedAs, walkersAsked } from './task.ts';

/**
 * The salesperson signs that they brought the customer to Service, or to whoever was there. This does not end the handoff; a
 * member of Service signs as well. A manager sees both signatures, and who skips the walk-over.
 */
type Introduction = ServiceIntroduction;

/** The customer is at Service now: if that is before the delivery, the limits count from now. */
export const signOver = ({ task, by, context }: Chosen<Introduction>): Introduction =>
  signed(withLimits({ ...task, walkedOver: { by, at: context.now } }, context), context);

export const unsign = (task: Introduction, _undo: Undoable, context: Context): Introduction =>
  signed(withLimits({ ...task, walkedOver: undefined }, context), context);

/** A signature changes no state, so it is published separately for the ledger. */
const signed = (task: Introduction, { now }: Context): Introduction => noted(task, now, 'walked over');

export const restoreSignature = (task: Introduction, undo: Undoable): Introduction => ({
  ...task,
  walkedOver: keptOf(undo).walkedOver,
});

/** Only before the delivery: a signature after it gives nobody more time. */
function withLimits(task: Introduction, context: Context): Introduction {
  const { sold } = task.facts;
  const isAhead = sold !== undefined && (limitsFrom(sold, context) ?? '') > context.now;
  return isAhead && task.state === 'open'
    ? draft(task, introductionTraits, context).startDeadline('accept').task
    : task;
}

/** Service met the customer, but the person who was to bring them over did not sign. */
export function walkOverUnsigned(task: ServiceIntroduction): Silence | undefined {
  const { ended, walkedOver } = task;
  const employeeNumber = walkersAsked(task).at(-1);
  const isMet = ended !== undefined && signedAs.some((one) => one === ended.outcome);
  return isMet && walkedOver === undefined && employeeNumber !== undefined
    ? { employeeNumber, at: ended.at }
    : undefined;
}
