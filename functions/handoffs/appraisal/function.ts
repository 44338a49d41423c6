import { appraisalRequested } from '../../contracts/appraisal-requested.ts';
import { decidesOnEvents, type Lambda } from '../../lambda.ts';

export const appraisalFunction = {
  entry: 'handoffs/appraisal/handler.ts',
  description: 'An advisor wants a real number: asks the used-car desk what the car is worth',
  handles: { 'appraisal-requested': appraisalRequested },
  ...decidesOnEvents,
} as const satisfies Lambda;
