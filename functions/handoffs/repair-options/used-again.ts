import { type FactVersion, isNewer } from '../../contracts/fact-version.ts';
import type { Context } from '../../handoff/context.ts';
import { type Decision, draft } from '../../handoff/draft.ts';
import { FormerUseError, giveUpNumber } from '../../handoff/number-reuse.ts';
import { isOpen } from '../../handoff/task.ts';
import { withdrawAppraisal } from './appraisal.ts';
import { withdrawRequest } from './conversation-request.ts';
import { withoutSettling } from './line-by-line.ts';
import { type RepairOptions, repairOptionsTraits } from './task.ts';

/** The DMS reused the number for another customer and another car: their order gets a task of its own. */
export function useAgain(
  before: RepairOptions,
  known: FactVersion,
  fact: FactVersion & { readonly roNumber: string },
  context: Context,
): Decision<RepairOptions> {
  if (!isNewer(fact, known)) throw new FormerUseError('roNumber', fact.roNumber);
  const ending = { trigger: 'closing fact', outcome: 'number used again', by: 'dms' } as const;
  const left = draft(
    withdrawAppraisal(withoutSettling(before), 'order closed', context.now),
    repairOptionsTraits,
    context,
  );
  return giveUpNumber(left.when(isOpen(before), withdrawRequest), fact.occurredAt, ending);
}
