import { appraisalRequested } from '../../contracts/appraisal-requested.ts';
import { on, onEvents } from '../../runtime/on-events.ts';
import { once } from '../../runtime/once.ts';
import { readEnvironment } from '../../runtime/read-environment.ts';
import { decidingServices } from '../../runtime/services.ts';
import { requestAppraisal } from './request-appraisal.ts';

// Once for each cold start.
const services = once(() => decidingServices(readEnvironment('request-appraisal', 'sending')));

// Called by AWS for each event that a rule routes here.
export const handler = onEvents('request-appraisal', services, {
  'appraisal-requested': on(appraisalRequested, requestAppraisal),
});
