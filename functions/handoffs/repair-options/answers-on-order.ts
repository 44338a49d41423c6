import type { Circumstances } from '../../readiness/assessment.ts';
import { askerOf } from './conversation-request.ts';
import type { RepairOptions } from './task.ts';

/**
 * Answers already given on this order, and its household's arm. Whatever becomes known later, a quote, a visit or a number from
 * the used-car desk, nobody is asked again and no arm is drawn again.
 */
export function answersOnOrder(before: RepairOptions): Circumstances {
  const { state, ended, advisorSays: answer, circumstances } = before;
  const isAnswered = state === 'completed' && ended?.outcome !== 'order closed';
  return {
    // If the customer decides later, the salesperson already has the conversation, so there is nothing to ask again.
    ...(isAnswered && askerOf(before) === undefined ? { alreadyAnswered: true } : {}),
    ...(answer === 'not now' ? { advisorSaidNotNow: true } : {}),
    ...(answer === 'never' ? { advisorSaidNo: true } : {}),
    ...(answer === 'may be asked' && circumstances?.advisorSaidNo ? { advisorSaidNo: false } : {}),
    ...(circumstances?.holdout ? { holdout: circumstances.holdout } : {}),
  };
}
