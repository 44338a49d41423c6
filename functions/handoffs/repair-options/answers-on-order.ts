import type { Circumstances } from '../../readiness/assessment.ts';
import { askerOf } from './conversation-request.ts';
import type { RepairOptions } from './task.ts';

/**
 * Answers already given on this order, and its household's arm: whatever becomes known later, a quote, a visit or a number of the
 * used-car desk, neither asks nor draws again.
 */
export function answersOnOrder(before: RepairOptions): Circumstances {
  const { state, ended, advisorSays: answer, circumstances } = before;
  const isAnswered = state === 'completed' && ended?.outcome !== 'order closed';
  return {
    // The salesperson already has it, because the customer decides later: there is nothing to ask them again.
    ...(isAnswered && askerOf(before) === undefined ? { alreadyAnswered: true } : {}),
    ...(answer === 'not now' ? { advisorSaidNotNow: true } : {}),
    ...(answer === 'never' ? { advisorSaidNo: true } : {}),
    ...(answer === 'may be asked' && circumstances?.advisorSaidNo ? { advisorSaidNo: false } : {}),
    ...(circumstances?.holdout ? { holdout: circumstances.holdout } : {}),
  };
}
