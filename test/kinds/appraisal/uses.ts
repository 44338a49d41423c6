import { appraisalRequested } from '../../../functions/contracts/appraisal-requested.ts';
import { requestAppraisal } from '../../../functions/handoffs/appraisal/request-appraisal.ts';
import { on, type UsesOf } from '../../../functions/runtime/on-events.ts';

export const appraisalUses = {
  'appraisal-requested': on(appraisalRequested, requestAppraisal),
} satisfies UsesOf<'request-appraisal', never>;
